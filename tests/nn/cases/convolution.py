"""Cases of convolutions over one axis and over two.

Every value of a column of PAIRS is beside every value of each other column in some row, which is checked. In
a tight image the kernel fits once; in a loose one twice along the height and three times along the width, in
a large one five and six times, and then a stride of more than 1 leaves rows and columns that no window has.
"""

import itertools

import torch.nn.functional as F

from cases.golden_file import GoldenFile

WINDOWS = {"tight": (1, 1), "loose": (2, 3), "large": (5, 6)}

# kernel, stride, padding, dilation, (channels in, out, groups), bias, images, their size
PAIRS = [
    (1, 1, 0, 2, (2, 6, 2), True, 3, "tight"),
    (1, 2, 0, 2, (4, 2, 2), False, 3, "loose"),
    (1, 2, 1, 2, (1, 2, 1), True, 1, "loose"),
    (1, 3, 2, 1, (3, 2, 1), True, 3, "loose"),
    (1, 3, 2, 1, (3, 3, 3), False, 1, "loose"),
    (2, 1, 0, 1, (3, 3, 3), False, 3, "tight"),
    (2, 1, 1, 2, (4, 2, 2), False, 1, "tight"),
    (2, 2, 2, 1, (2, 6, 2), False, 1, "loose"),
    (2, 3, 0, 1, (1, 2, 1), True, 1, "loose"),
    (2, 3, 1, 2, (3, 2, 1), False, 3, "loose"),
    (3, 1, 1, 2, (1, 2, 1), True, 3, "tight"),
    (3, 2, 0, 2, (3, 2, 1), False, 1, "loose"),
    (3, 2, 1, 2, (3, 3, 3), True, 1, "loose"),
    (3, 3, 1, 1, (2, 6, 2), False, 3, "tight"),
    (3, 3, 2, 2, (4, 2, 2), False, 3, "tight"),
    (5, 1, 2, 2, (3, 2, 1), True, 1, "tight"),
    (5, 1, 2, 1, (1, 2, 1), False, 3, "loose"),
    (5, 2, 1, 1, (4, 2, 2), True, 1, "tight"),
    (5, 3, 0, 1, (2, 6, 2), True, 1, "tight"),
    (5, 3, 1, 2, (3, 3, 3), True, 1, "loose"),
]
for one, other in itertools.combinations(range(8), 2):
    values = [{row[column] for row in PAIRS} for column in (one, other)]
    missing = set(itertools.product(*values)) - {(row[one], row[other]) for row in PAIRS}
    assert not missing, f"columns {one} and {other} lack {missing}"

# What networks have most, and more channels than a vector has lanes.
USUAL = [
    (1, 1, 0, 1, (3, 2, 1), True, 1, "large"),
    (3, 1, 1, 1, (3, 2, 1), False, 3, "large"),
    (3, 2, 1, 1, (3, 2, 1), True, 3, "large"),
    (3, 1, 1, 1, (3, 3, 3), True, 1, "large"),
    (3, 1, 1, 1, (17, 13, 1), True, 1, "large"),
]


def add(file, case, convolve, n, channels, kernel, image, bias, numbers):
    c, out, groups = channels

    def inputs(rng):
        made = {"x": rng.standard_normal((n, c, *image))}
        made["weight"] = rng.standard_normal((out, c // groups, *kernel))
        return made | ({"bias": rng.standard_normal(out)} if bias else {})

    numbers = numbers | {"groups": groups}
    file.add(case, inputs, lambda x, weight, bias=None: convolve(x, weight, bias, **numbers), numbers)


def of_rank(rank):
    file, convolve = GoldenFile(f"conv{rank}d"), {1: F.conv1d, 2: F.conv2d}[rank]
    for kernel, stride, padding, dilation, channels, bias, n, size in PAIRS + USUAL:
        reach = dilation * (kernel - 1) + 1 - 2 * padding
        left = 0 if size == "tight" else stride - 1
        image = [max(1, reach + (windows - 1) * stride + left) for windows in WINDOWS[size]]
        case = f"conv{rank}d.k{kernel}_s{stride}_p{padding}_d{dilation}_g{channels[2]}"
        case += "_c{}to{}".format(*channels) if channels[0] > 4 else ""
        case += "_bias" if bias else ""
        numbers = {"stride": stride, "padding": padding, "dilation": dilation}
        add(file, case, convolve, n, channels, (kernel,) * rank, image[-rank:], bias, numbers)
    return file


def conv1d():
    return of_rank(1)


def conv2d():
    file = of_rank(2)
    numbers = {"stride": (2, 1), "padding": (1, 0), "dilation": (1, 2)}
    add(file, "conv2d.k3x2_s2x1_p1x0_d1x2_g1_bias", F.conv2d, 2, (2, 3, 1), (3, 2), (6, 5), True, numbers)
    numbers = {"stride": (1, 3), "padding": (0, 2), "dilation": (2, 1)}
    add(file, "conv2d.k1x5_s1x3_p0x2_d2x1_g2", F.conv2d, 2, (4, 2, 2), (1, 5), (3, 8), False, numbers)
    return file
