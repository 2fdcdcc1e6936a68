"""Writes images.npy and labels.npy: digits for the firmware to read, of those for testing (every fifth of ../../data/digits.npy).

    python make_images.py        needs numpy; made with numpy 2.4.6
"""

from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "data"

images = np.load(DATA / "digits.npy")[::5]
labels = np.load(DATA / "digits_labels.npy")[::5]

# Of the 360, this one alone is misread: a 3 that looks like an 8. With it come the first of each digit, and five more.
MISREAD = 338
firsts = [int(np.flatnonzero(labels == digit)[0]) for digit in range(10)]
others = [k for k in range(len(labels)) if k not in firsts and k != MISREAD][:5]
chosen = firsts + others + [MISREAD]

# Pixels are counts of 0 to 16, so a byte each.
pixels = images[chosen].astype(np.uint8)
assert (pixels == images[chosen]).all()
np.save(HERE / "images.npy", pixels.reshape(-1, 1, 8, 8))
np.save(HERE / "labels.npy", labels[chosen])
