"""Writes digits.npy and digits_labels.npy from the copy of the data that scikit-learn ships (see README.md).

    python make_digits.py        needs numpy and scikit-learn; made with numpy 2.4.6 and scikit-learn 1.9.1
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

HERE = Path(__file__).parent

digits = load_digits()
pixels = digits.data.astype(np.float32)
labels = digits.target.astype(np.uint8)

# Pixels are counts of 0 to 16 and labels are 0 to 9: neither conversion rounds.
assert pixels.shape == (1797, 64) and (pixels == digits.data).all()
assert labels.shape == (1797,) and (labels == digits.target).all()

np.save(HERE / "digits.npy", pixels)
np.save(HERE / "digits_labels.npy", labels)
