"""Cases of activations, softmax and its logarithm."""

import math

import numpy as np
import torch
import torch.nn.functional as F

from cases.golden_file import GoldenFile

TINY, LARGE = (1e-4, 1e-6, 1e-30, 1e-40), (0.5, 1, 5, 9, 13, 20, 60, 88, 100, 1000, 3e38)
EXTREMES = np.array([sign * x for x in (0.0, *TINY, *LARGE) for sign in (1, -1)])
SPECIAL = np.array([np.nan, np.inf, -np.inf])
ROWS = {
    "minus_infinity": [[-np.inf, 0, 1, -np.inf], [-np.inf, -np.inf, -np.inf, 2]],
    "nothing_left": [[-np.inf, -np.inf, -np.inf, -np.inf], [0, 1, 2, 3]],
    "nan_and_infinity": [[np.nan, 0, 1, 2], [np.inf, 0, 1, 2], [0, 1, 2, 3]],
    "large": [[1e4, -1e4, 9999, 0], [-1e4, -1e4, -10001, -10090], [3e38, 3e38, -3e38, 0]],
}


def activations():
    file = GoldenFile("activations")
    functions = {
        "relu": (F.relu, None),
        # 1 + erf, by which PyTorch computes it, cancels below -1.
        "gelu": (F.gelu, lambda x: 0.5 * x * torch.special.erfc(-x / math.sqrt(2))),
        "silu": (F.silu, None),
        "tanh": (torch.tanh, None),
        "sigmoid": (torch.sigmoid, None),
    }
    for name, (function, exact) in functions.items():
        file.add(f"{name}.values", lambda rng: {"x": 3 * rng.standard_normal(37)}, function, exact=exact)
        file.add(f"{name}.extremes", lambda rng: {"x": EXTREMES}, function, exact=exact)
        file.add(f"{name}.special", lambda rng: {"x": SPECIAL}, function, exact=exact)
    for name, function in {"softmax": torch.softmax, "log_softmax": torch.log_softmax}.items():
        for case, shape, axis in [
            ("n4_c7", (4, 7), -1),
            ("n3_c1", (3, 1), -1),
            ("c67", (67,), -1),
            ("axis1", (2, 5, 3), 1),
        ]:
            file.add(
                f"{name}.{case}",
                lambda rng: {"x": 4 * rng.standard_normal(shape)},
                lambda x: function(x, axis),
                {"axis": axis},
            )
        for case, rows in ROWS.items():
            file.add(
                f"{name}.{case}",
                lambda rng: {"x": np.array(rows)},
                lambda x: function(x, -1),
                {"axis": -1},
            )
    return file
