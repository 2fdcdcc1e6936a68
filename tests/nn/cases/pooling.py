"""Cases of pools over windows, and over whole images."""

import numpy as np
import torch.nn.functional as F

from cases.golden_file import GoldenFile


def max_pool2d():
    file = GoldenFile("max_pool2d")
    # Of padding the images are all below 0, so that a padded 0 would show.
    for case, shape, kernel, stride, padding in [
        ("k2", (2, 3, 4, 6), 2, 2, 0),
        ("k2_of_odd_image", (1, 2, 5, 7), 2, 2, 0),
        ("k2_p1", (2, 1, 4, 5), 2, 2, 1),
        ("k2_s1", (1, 2, 3, 4), 2, 1, 0),
        ("k2_s3", (1, 2, 7, 6), 2, 3, 0),
        ("k2_s1_p1", (1, 2, 3, 4), 2, 1, 1),
        ("k3", (1, 2, 7, 9), 3, 3, 0),
        ("k3_as_large_as_the_image", (3, 2, 3, 3), 3, 3, 0),
        ("k3_s1_p1", (1, 2, 4, 3), 3, 1, 1),
        ("k3_s2", (2, 2, 6, 7), 3, 2, 0),
        ("k3_s2_p1", (2, 2, 6, 7), 3, 2, 1),
        ("k3_p1_of_one_pixel", (2, 3, 1, 1), 3, 3, 1),
        ("k2x3_s1x2_p1x0", (1, 2, 4, 7), (2, 3), (1, 2), (1, 0)),
    ]:
        file.add(
            f"max_pool2d.{case}",
            lambda rng: {"x": rng.standard_normal(shape) - (8 if padding else 0)},
            lambda x: F.max_pool2d(x, kernel, stride, padding),
            {"kernel": kernel, "stride": stride, "padding": padding},
        )
    for case, first, holes, stride, padding in [
        ("k2_nan", None, {(0, 0): np.nan, (2, 3): np.nan, (3, 1): -np.nan}, 2, 0),
        ("k2_s1_p1_nan", None, {(0, 0): np.nan, (2, 3): np.nan}, 1, 1),
        ("k2_infinities", -np.inf, {(0, 3): 1.0, (2, 0): np.inf, (3, 4): np.nan}, 2, 0),
        ("k2_p1_minus_infinity", -np.inf, {(1, 1): -3.0}, 2, 1),
        ("k2_signed_zeros", -0.0, {(0, 1): 0.0, (2, 2): 0.0}, 2, 0),
    ]:

        def inputs(rng):
            x = rng.standard_normal((1, 1, 4, 6)) if first is None else np.full((1, 1, 4, 6), first)
            for (row, column), value in holes.items():
                x[0, 0, row, column] = value
            return {"x": x}

        file.add(
            f"max_pool2d.{case}",
            inputs,
            lambda x: F.max_pool2d(x, 2, stride, padding),
            {"kernel": 2, "stride": stride, "padding": padding},
        )
    return file


def avg_pool2d():
    file = GoldenFile("avg_pool2d")
    for case, shape, kernel, stride, padding in [
        ("k2", (2, 3, 4, 6), 2, 2, 0),
        ("k2_of_odd_image", (1, 2, 5, 7), 2, 2, 0),
        ("k2_s1", (1, 2, 3, 4), 2, 1, 0),
        ("k3", (1, 2, 7, 9), 3, 3, 0),
        ("k2_p1", (2, 1, 4, 5), 2, 2, 1),
        ("k3_s2_p1", (2, 2, 6, 7), 3, 2, 1),
        ("k3_s1_p1", (1, 2, 4, 3), 3, 1, 1),
        ("k3_p1_of_one_pixel", (2, 3, 1, 1), 3, 3, 1),
        ("k2x3_s1x2_p1x0", (1, 2, 4, 7), (2, 3), (1, 2), (1, 0)),
    ]:
        numbers = {"kernel": kernel, "stride": stride, "padding": padding}
        for pads in (True, False) if padding else (True,):
            file.add(
                f"avg_pool2d.{case}{'' if pads else '_not_counting_padding'}",
                lambda rng: {"x": rng.standard_normal(shape) + 2},
                lambda x: F.avg_pool2d(x, kernel, stride, padding, count_include_pad=pads),
                numbers | {"count_include_pad": str(pads).lower()},
            )
    return file


def global_pool2d():
    file = GoldenFile("global_pool2d")
    ways = {
        "avg": lambda x: F.adaptive_avg_pool2d(x, 1).flatten(1),
        "max": lambda x: F.adaptive_max_pool2d(x, 1).flatten(1),
    }
    for way, compute in ways.items():
        for shape in [(2, 3, 4, 5), (1, 1, 1, 1), (3, 2, 1, 7)]:
            case = "n{}_c{}_h{}_w{}".format(*shape)
            file.add(f"{way}_global.{case}", lambda rng: {"x": rng.standard_normal(shape) - 3}, compute)

        def inputs(rng):
            x = rng.standard_normal((1, 4, 2, 3))
            x[0, 0, 1, 2], x[0, 1], x[0, 2, 0, 1] = np.nan, -np.inf, np.inf
            return {"x": x}

        file.add(f"{way}_global.nan_and_infinities", inputs, compute)
    return file
