"""Cases of losses: means of cross entropies and of squares."""

import numpy as np
import torch.nn.functional as F

from cases.golden_file import GoldenFile


def losses():
    file = GoldenFile("losses")
    for case, n, c, scale in [
        ("n5_c4", 5, 4, 2),
        ("n1_c3", 1, 3, 1),
        ("n3_c1", 3, 1, 1),
        ("n4_c10_large_logits", 4, 10, 500),
        ("n67_c3", 67, 3, 1),
        ("n0_c3", 0, 3, 1),
    ]:
        file.add(
            f"cross_entropy.{case}",
            lambda rng: {"logits": scale * rng.standard_normal((n, c)), "classes": rng.integers(0, c, n)},
            lambda logits, classes: F.cross_entropy(logits, classes),
        )
    ruled_out = np.array([[0, -np.inf, 1], [2, 1, -np.inf]])
    for case, classes in [("a_class_ruled_out", [0, 1]), ("the_class_ruled_out", [1, 0])]:
        file.add(
            f"cross_entropy.{case}",
            lambda rng: {"logits": ruled_out, "classes": np.array(classes)},
            lambda logits, classes: F.cross_entropy(logits, classes),
        )
    for case, shape in [("n7", (7,)), ("n5_c3", (5, 3)), ("n1", (1,)), ("n67_c2", (67, 2)), ("n0", (0,))]:
        file.add(
            f"mse_loss.{case}",
            lambda rng: {
                "predictions": rng.standard_normal(shape),
                "targets": 5 + rng.standard_normal(shape),
            },
            lambda predictions, targets: F.mse_loss(predictions, targets),
        )
    return file
