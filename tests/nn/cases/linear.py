"""Cases of linear layers, and of embeddings, whose parameters are a matrix."""

import numpy as np
import torch.nn.functional as F

from cases.golden_file import GoldenFile


def linear():
    file = GoldenFile("linear")
    for case, lead, fan_in, fan_out, bias in [
        ("n5_in7_out3_bias", (5,), 7, 3, True),
        ("n5_in7_out3", (5,), 7, 3, False),
        ("n4_in1_out3_bias", (4,), 1, 3, True),
        ("n4_in7_out1_bias", (4,), 7, 1, True),
        ("n4_in1_out1", (4,), 1, 1, False),
        ("in7_out3_bias", (), 7, 3, True),
        ("in7_out3", (), 7, 3, False),
        ("b2_t3_in5_out4_bias", (2, 3), 5, 4, True),
        ("b2_t3_in5_out4", (2, 3), 5, 4, False),
        ("n1_in7_out3_bias", (1,), 7, 3, True),
        ("n0_in7_out3_bias", (0,), 7, 3, True),
        ("n3_in67_out33_bias", (3,), 67, 33, True),
    ]:

        def inputs(rng):
            made = {"x": rng.standard_normal((*lead, fan_in))}
            made["weight"] = rng.standard_normal((fan_out, fan_in))
            return made | ({"bias": rng.standard_normal(fan_out)} if bias else {})

        file.add(f"linear.{case}", inputs, lambda x, weight, bias=None: F.linear(x, weight, bias))
    return file


def embedding():
    file = GoldenFile("embedding")
    for case, rows, width, indices in [
        ("v7_d5_n6", 7, 5, [0, 6, 3, 3, 1, 6]),
        ("v7_d3_b2_t3", 7, 3, [[2, 0, 6], [6, 6, 5]]),
        ("v4_d1_n2", 4, 1, [3, 0]),
        ("v1_d4_n3", 1, 4, [0, 0, 0]),
        ("v3_d2_n0", 3, 2, []),
    ]:
        file.add(
            f"embedding.{case}",
            lambda rng: {
                "indices": np.array(indices, np.int64),
                "weight": rng.standard_normal((rows, width)),
            },
            lambda indices, weight: F.embedding(indices, weight),
        )
    return file
