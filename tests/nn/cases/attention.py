"""Cases of scaled dot-product attention."""

import numpy as np
import torch.nn.functional as F

from cases.golden_file import GoldenFile


def attention():
    file = GoldenFile("attention")

    def add(case, b, h, t, keys, d, wide=None, mask=None, causal=False):
        def inputs(rng):
            made = {"q": rng.standard_normal((b, h, t, d)), "k": rng.standard_normal((b, h, keys, d))}
            made |= {"v": rng.standard_normal((b, h, keys, wide or d))}
            return made | ({"mask": mask(rng)} if mask else {})

        def compute(q, k, v, mask=None):
            return F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal)

        file.add(f"attention.{case}", inputs, compute, {"causal": str(causal).lower()})

    def sees(shape, hidden=()):
        """A boolean mask: true where a query sees a key. Each sees one, but those that are hidden."""

        def mask(rng):
            seen = rng.random(shape) < 0.6
            seen[..., 0] |= ~seen.any(-1)
            seen[..., hidden, :] = False
            return seen

        return mask

    def added(shape, hidden=()):
        """The same as numbers to add, which are not only 0 and minus infinity."""
        return lambda rng: np.where(sees(shape, hidden)(rng), rng.standard_normal(shape), -np.inf)

    add("b2_h3_t4_d5", 2, 3, 4, 4, 5)
    add("b1_h1_t1_d1", 1, 1, 1, 1, 1)
    add("b1_h2_t3_keys5_d4", 1, 2, 3, 5, 4)
    add("b1_h2_t5_keys3_d4_v7", 1, 2, 5, 3, 4, wide=7)
    add("causal_b2_h2_t5_d3", 2, 2, 5, 5, 3, causal=True)
    add("causal_t3_keys5", 1, 1, 3, 5, 4, causal=True)
    add("causal_t5_keys3", 1, 1, 5, 3, 4, causal=True)
    add("mask_of_t_keys", 2, 2, 4, 3, 5, mask=sees((4, 3)))
    add("mask_of_each_batch", 2, 2, 3, 4, 5, mask=sees((2, 1, 1, 4)))
    add("mask_of_each_head", 2, 3, 3, 3, 2, mask=sees((2, 3, 3, 3)))
    add("added_mask_of_t_keys", 2, 2, 4, 3, 5, mask=added((4, 3)))
    add("added_mask_of_each_head", 1, 3, 3, 4, 2, mask=added((3, 3, 4)))
    add("mask_hides_rows", 1, 2, 4, 3, 5, mask=sees((4, 3), hidden=(1, 3)))
    add("added_mask_hides_rows", 1, 2, 4, 3, 5, mask=added((4, 3), hidden=(0, 2)))
    return file
