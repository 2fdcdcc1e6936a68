"""Writes quantised.safetensors: the network of ../../data (64 -> 32 -> relu -> 10) in integers of eight bits.

    python make_quantised.py        needs numpy; made with numpy 2.4.6

Scales are powers of two, so that what is left of them at run time are shifts. A pixel is a count of 0 to 16, of which the float
network takes a sixteenth. Sums are integers of 32 bits:

    sum1 = w1 @ counts + b1                      w1 and b1 times 2^S1, and b1 times 16 besides
    hidden = clip((sum1 + half) >> SHIFT, 0, 127)
    sum2 = w2 @ hidden + b2                      w2 times 2^S2, b2 times what hidden's unit is, too
"""

import json
import struct
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "data"


def power(weights):
    """The largest power of two by which all weights are within 127."""
    return int(np.floor(np.log2(127 / np.abs(weights).max())))


w1, b1, w2, b2 = (np.load(DATA / f"network_{name}.npy").astype(np.float64) for name in ("w1", "b1", "w2", "b2"))
images, labels = np.load(DATA / "digits.npy").astype(np.int64), np.load(DATA / "digits_labels.npy")
train = slice(0, 1000)  # what the network was trained on

s1, s2 = power(w1), power(w2)
q1 = np.rint(w1.T * 2**s1).astype(np.int8)
c1 = np.rint(b1 * 2**s1 * 16).astype(np.int32)
sum1 = images @ q1.T.astype(np.int64) + c1
# As fine as the greatest of the training data allows.
shift = int(np.ceil(np.log2(sum1[train].max() / 127)))
hidden = np.clip((sum1 + (1 << (shift - 1))) >> shift, 0, 127)
q2 = np.rint(w2.T * 2**s2).astype(np.int8)
c2 = np.rint(b2 * 2**s2 * 2**s1 * 16 / 2**shift).astype(np.int32)
found = (hidden @ q2.T.astype(np.int64) + c2).argmax(axis=1)

exact = np.maximum(images / 16 @ w1 + b1, 0) @ w2 + b2
test = slice(1000, None)
print("right, of those that were not trained on:", (found == labels)[test].mean(), "in floats:", (exact.argmax(axis=1) == labels)[test].mean())

tensors = {"w1": q1, "b1": c1, "w2": q2, "b2": c2, "shift": np.array([shift], dtype=np.int32)}
kinds, header, data = {"int8": "I8", "int32": "I32"}, {}, b""
for name, tensor in sorted(tensors.items(), key=lambda pair: -pair[1].itemsize):
    raw = np.ascontiguousarray(tensor).tobytes()
    header[name] = {"dtype": kinds[str(tensor.dtype)], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
    data += raw
text = json.dumps(header, separators=(",", ":")).encode()
text += b" " * (-len(text) % 8)
(HERE / "quantised.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)
