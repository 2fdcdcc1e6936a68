"""Trains a small network on the first 1000 digits, and writes its weights and what NumPy computes with them (see README.md).

    python make_network.py       needs numpy; made with numpy 2.4.6

All arithmetic is in float64; the weights are rounded to float32 before the expected logits are computed with them.
"""

from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
TRAINED = 1000

x = np.load(HERE / "digits.npy").astype(np.float64) / 16
labels = np.load(HERE / "digits_labels.npy")

rng = np.random.default_rng(0)
w1, b1 = rng.normal(0, 0.2, (64, 32)), np.zeros(32)
w2, b2 = rng.normal(0, 0.2, (32, 10)), np.zeros(10)


def forward(x):
    hidden = np.maximum(x @ w1 + b1, 0)
    return hidden, hidden @ w2 + b2


for _ in range(2000):
    hidden, logits = forward(x[:TRAINED])
    slope = np.exp(logits - logits.max(axis=1, keepdims=True))
    slope /= slope.sum(axis=1, keepdims=True)
    slope[np.arange(TRAINED), labels[:TRAINED]] -= 1
    slope /= TRAINED
    back = (slope @ w2.T) * (hidden > 0)
    for weight, change in [
        (w2, hidden.T @ slope),
        (b2, slope.sum(axis=0)),
        (w1, x[:TRAINED].T @ back),
        (b1, back.sum(axis=0)),
    ]:
        weight -= 0.5 * change

for name, weight in [("w1", w1), ("b1", b1), ("w2", w2), ("b2", b2)]:
    np.save(HERE / f"network_{name}.npy", weight.astype(np.float32))
w1, b1, w2, b2 = (weight.astype(np.float32).astype(np.float64) for weight in (w1, b1, w2, b2))

logits = forward(x)[1]
right = (logits.argmax(axis=1) == labels)[TRAINED:]
print(f"{right.sum()} of {len(right)} of the other digits are read rightly")
np.save(HERE / "network_logits.npy", logits.astype(np.float32))
