"""Writes the results of numpy.broadcast_shapes: numpy/pairs.npy for two shapes, numpy/lists.txt for
three to five.

    python make_table.py        needs numpy; the committed files were made with numpy 2.4.6

pairs.npy is uint16 of shape (341, 341). The shapes of rank 0 to 4 over the lengths 0, 1, 2, 3 are
numbered rank by rank, and lexicographically within a rank: 0 is (), 1 is (0,), 4 is (3,), 5 is
(0, 0), 340 is (3, 3, 3, 3). The element [i, j] is the number of the shape that NumPy broadcasts the
shapes i and j to, which is always one of the 341, or 65535 if NumPy refuses.

lists.txt has one list of shapes per line: `(3,) (2,1) () = (2,3)`, or `= refused` if NumPy
refuses.
"""

from itertools import product
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent / "numpy"
REFUSED = 65535
SHAPES = [shape for rank in range(5) for shape in product(range(4), repeat=rank)]
LISTS = 3000


def joined(*shapes):
    """The shape that NumPy broadcasts the shapes to, or None."""
    try:
        return np.broadcast_shapes(*shapes)
    except ValueError:
        return None


# ---- two shapes --------------------------------------------------------------------------------


def pairs():
    number = {shape: k for k, shape in enumerate(SHAPES)} | {None: REFUSED}
    return np.array([[number[joined(a, b)] for b in SHAPES] for a in SHAPES], np.uint16)


# ---- three to five -----------------------------------------------------------------------------


def shapes_that_fit(rng):
    """Three to five shapes that broadcast with each other, made from one shape: each lacks some leading
    axes, and has the length 1 at some of the others."""
    whole = rng.choice([0, 1, 2, 3, 5, 7], rng.integers(0, 9))
    shapes = []
    for _ in range(rng.integers(3, 6)):
        axes = whole[rng.integers(0, len(whole) + 1) :] if rng.random() < 0.5 else whole
        shapes.append([int(length) if rng.random() < 0.6 else 1 for length in axes])
    return shapes


def shapes_at_random(rng):
    """Such shapes, with up to two lengths changed, so that many lists do not broadcast."""
    shapes = shapes_that_fit(rng)
    for _ in range(rng.integers(0, 3)):
        changed = shapes[rng.integers(0, len(shapes))]
        if changed:
            changed[rng.integers(0, len(changed))] = int(rng.choice([0, 2, 3, 5, 7]))
    return [tuple(shape) for shape in shapes]


def text(shape):
    return "refused" if shape is None else str(tuple(int(length) for length in shape)).replace(", ", ",")


def lists():
    rng = np.random.default_rng(2026)
    for _ in range(LISTS):
        shapes = shapes_at_random(rng)
        yield f"{' '.join(map(text, shapes))} = {text(joined(*shapes))}\n"


if __name__ == "__main__":
    np.save(HERE / "pairs.npy", pairs())
    header = f"# Written by make_table.py with numpy {np.__version__}.\n"
    (HERE / "lists.txt").write_text(header + "".join(lists()))
