"""Writes iris.csv from the copy of the data that scikit-learn ships, and iris_standardised.npy, what NumPy makes of it (see README.md).

    python make_iris.py          needs numpy and scikit-learn; made with numpy 2.4.6 and scikit-learn 1.9.1
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_iris

HERE = Path(__file__).parent
HEADER = "sepal_length,sepal_width,petal_length,petal_width"

iris = load_iris()
np.savetxt(HERE / "iris.csv", iris.data, fmt="%.1f", delimiter=",", header=HEADER, comments="")

x = np.loadtxt(HERE / "iris.csv", delimiter=",", skiprows=1)
assert x.shape == (150, 4) and (x == iris.data).all()

np.save(HERE / "iris_standardised.npy", (x - x.mean(axis=0)) / x.std(axis=0))
