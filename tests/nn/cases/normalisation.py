"""Cases of batch, layer and RMS normalisation."""

import numpy as np
import torch
import torch.nn.functional as F

from cases.golden_file import GoldenFile, rounded

SHAPES = {
    "nc": (5, 3),
    "ncl": (3, 3, 5),
    "nchw": (2, 3, 4, 5),
    "ncdhw": (2, 3, 2, 3, 4),
    "nc_n1": (1, 4),
    "nchw_c1": (2, 1, 3, 2),
}
# Means and variances of four channels. Of the usual ones two variances are far below eps, one of them 0.
USUAL = ((0.5, -2.0, 0.25, 3.0), (1.5, 1e-12, 0.0, 40.0))
FAR = ((1000.0, -25000.0, 3.0, 7e5), (4.0, 1e-6, 1e-10, 2.0))


def batch_norm():
    file = GoldenFile("batch_norm")
    for kind in SHAPES:
        inference(file, kind, "1e-5", USUAL)
        inference(file, kind, "1e-3", USUAL, affine=False)
    inference(file, "nchw", "1e-3", USUAL)
    inference(file, "nchw", "1e-5", USUAL, affine=False)
    for kind, eps in [("nc", "1e-5"), ("nchw", "1e-5"), ("nchw", "1e-3")]:
        inference(file, kind, eps, FAR, place="_far")
    for kind in ("nc", "nchw"):
        training(file, kind)
    return file


def inference(file, kind, eps, statistics, affine=True, place=""):
    shape = SHAPES[kind]
    c, column = shape[1], (-1,) + (1,) * (len(shape) - 2)

    def inputs(rng):
        mean, var = (np.array(values)[:c] * rng.uniform(0.8, 1.2, c) for values in statistics)
        std = np.sqrt(var + 1e-6)
        x = mean.reshape(column) + std.reshape(column) * rng.standard_normal(shape)
        made = {"x": x, "running_mean": mean, "running_var": var}
        return made | (scale_and_shift(rng, c) if affine else {})

    def compute(x, running_mean, running_var, weight=None, bias=None):
        return F.batch_norm(x, running_mean, running_var, weight, bias, eps=float(eps))

    def exact(x, *channels):
        # PyTorch folds to x * scale + shift, which cancels where means are far from 0.
        mean, var, *affine = (values.reshape(column) for values in channels)
        normal = (x - mean) / torch.sqrt(var + rounded(eps))
        return normal * affine[0] + affine[1] if affine else normal

    case = f"batch_norm.{kind}{place}_eps{eps}{'' if affine else '_no_affine'}"
    file.add(case, inputs, compute, {"eps": eps}, exact)


def training(file, kind):
    """A step of training: the batch's statistics normalise, and the running ones go a tenth of the way."""

    def inputs(rng):
        shape, c = SHAPES[kind], SHAPES[kind][1]
        made = {"x": 3 + 2 * rng.standard_normal(shape)}
        made |= {"running_mean": rng.standard_normal(c), "running_var": rng.uniform(0.5, 2, c)}
        return made | scale_and_shift(rng, c)

    def compute(x, running_mean, running_var, weight, bias, eps=1e-5, momentum=0.1):
        mean, var = running_mean.clone(), running_var.clone()
        output = F.batch_norm(x, mean, var, weight, bias, training=True, momentum=momentum, eps=eps)
        return {"output": output, "running_mean_after": mean, "running_var_after": var}

    def exact(*given):
        return compute(*given, eps=rounded(1e-5), momentum=rounded(0.1))

    file.add(f"batch_norm.{kind}_training", inputs, compute, {"eps": "1e-5", "momentum": "0.1"}, exact)


def scale_and_shift(rng, c):
    return {"weight": rng.uniform(-1.5, 1.5, c), "bias": rng.standard_normal(c)}


def layer_norm():
    file = GoldenFile("layer_norm")
    for case, shape, eps, parameters, mean, spread in [
        ("n4_c7_eps1e-5_bias", (4, 7), "1e-5", ("weight", "bias"), 0, 1),
        ("n4_c7_eps1e-5_no_bias", (4, 7), "1e-5", ("weight",), 0, 1),
        ("n4_c7_eps1e-3_no_affine", (4, 7), "1e-3", (), 0, 1),
        ("b2_t3_c5_eps1e-5_bias", (2, 3, 5), "1e-5", ("weight", "bias"), 2, 3),
        ("c9_eps1e-5_bias", (9,), "1e-5", ("weight", "bias"), -1, 0.5),
        ("n3_c1_eps1e-5_bias", (3, 1), "1e-5", ("weight", "bias"), 0, 1),
        ("n2_c67_eps1e-12_bias", (2, 67), "1e-12", ("weight", "bias"), 1, 2),
        ("n3_c16_far_eps1e-5_bias", (3, 16), "1e-5", ("weight", "bias"), 5000, 1),
        ("n3_c16_small_eps1e-5_bias", (3, 16), "1e-5", ("weight", "bias"), 0, 1e-4),
        ("n2_c8_equal_eps1e-5_bias", (2, 8), "1e-5", ("weight", "bias"), 12.7, 0),
    ]:
        file.add(
            f"layer_norm.{case}",
            normal_rows(shape, parameters, mean, spread),
            lambda x, weight=None, bias=None: F.layer_norm(x, x.shape[-1:], weight, bias, float(eps)),
            {"eps": eps},
            lambda x, weight=None, bias=None: F.layer_norm(x, x.shape[-1:], weight, bias, rounded(eps)),
        )
    return file


def rms_norm():
    file = GoldenFile("rms_norm")
    for case, shape, eps, parameters, mean, spread in [
        ("n4_c7_eps1e-6", (4, 7), "1e-6", ("weight",), 0, 1),
        ("n4_c7_eps1e-5_no_weight", (4, 7), "1e-5", (), 0, 1),
        ("b2_t3_c5_eps1e-5", (2, 3, 5), "1e-5", ("weight",), 2, 3),
        ("c9_eps1e-6", (9,), "1e-6", ("weight",), -1, 0.5),
        ("n3_c1_eps1e-6", (3, 1), "1e-6", ("weight",), 0, 1),
        ("n2_c67_eps1e-6", (2, 67), "1e-6", ("weight",), 1, 2),
        ("n3_c16_small_eps1e-6", (3, 16), "1e-6", ("weight",), 0, 1e-4),
        ("n2_c8_zero_eps1e-6", (2, 8), "1e-6", ("weight",), 0, 0),
    ]:
        file.add(
            f"rms_norm.{case}",
            normal_rows(shape, parameters, mean, spread),
            lambda x, weight=None: F.rms_norm(x, x.shape[-1:], weight, float(eps)),
            {"eps": eps},
            lambda x, weight=None: F.rms_norm(x, x.shape[-1:], weight, rounded(eps)),
        )
    return file


def normal_rows(shape, parameters, mean, spread):
    def inputs(rng):
        made = {"x": mean + spread * rng.standard_normal(shape)}
        return made | {part: rng.uniform(-1.5, 1.5, shape[-1]) for part in parameters}

    return inputs
