"""Writes what NumPy computes from digits.npy, for examples and tests to be compared with (see README.md).

    python make_expected.py      needs numpy; made with numpy 2.4.6

All arithmetic is in float64. The mean and the variance stay float64; the normalised data is rounded to float32, once.
"""

from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
EPSILON = 1e-5

x = np.load(HERE / "digits.npy").astype(np.float64)
assert x.shape == (1797, 64)

mean = x.mean(axis=0)
var = x.var(axis=0)  # biased: divided by 1797
normalised = (x - mean) / np.sqrt(var + EPSILON)

# A feature that never changes must come out as exact zeros, not as rounding errors over sqrt(EPSILON).
constant = var == 0
assert (normalised[:, constant] == 0).all()
assert np.abs(normalised.mean(axis=0)).max() < 1e-14

np.save(HERE / "digits_mean.npy", mean)
np.save(HERE / "digits_var.npy", var)
np.save(HERE / "digits_normalised.npy", normalised.astype(np.float32))
print(f"constant features: {np.flatnonzero(constant).tolist()}")
