"""Writes values/*.txt: what NumPy gives for the expressions in tests/numpy_*.rs.

    python make_values.py        needs numpy; the tables say which version made them

Every string literal in such a test file that Python can evaluate is a NumPy expression; the others are listed when the script runs. A table
has two lines for each: the expression; then the element type, the shape and the elements of what it gives. Numbers are the
shortest that read back as the same bits. A test that asks for an expression without a line fails, and says so.

Names in expressions are NumPy's, the functions of this file, and inputs: `x34` is an f32 array of random numbers of the shape (3, 4), `y34`
another one. The letter says the type: `x y z` f32, `d e` f64, `i j` i32, `u v` u8, `p q` bool.
"""

import ast
import io
import math
import re
import warnings
import zlib
from decimal import Context, Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy import linalg

HERE = Path(__file__).parent
EXACT = Context(prec=60, traps=[])


# ---- inputs ----------------------------------------------------------------------------------------------------------


def normal(rng, shape, dtype):
    return rng.standard_normal(shape).astype(dtype)


def whole(rng, shape, dtype):
    limits = np.iinfo(dtype)
    return rng.integers(limits.min, limits.max, shape, dtype, endpoint=True)


def either(rng, shape, dtype):
    return rng.integers(0, 2, shape).astype(dtype)


LETTERS = {
    **dict.fromkeys("xyz", (normal, np.float32)),
    **dict.fromkeys("de", (normal, np.float64)),
    **dict.fromkeys("ij", (whole, np.int32)),
    **dict.fromkeys("uv", (whole, np.uint8)),
    **dict.fromkeys("pq", (either, np.bool_)),
}


class Inputs(dict):
    """Inputs by name, made when an expression names them."""

    def __missing__(self, name):
        match = re.fullmatch(r"([xyzdeijuvpq])(\d*)", name)
        if not match:
            raise KeyError(name)
        make, dtype = LETTERS[match[1]]
        rng = np.random.default_rng(zlib.crc32(name.encode()))
        return np.asarray(make(rng, tuple(map(int, match[2])), dtype))


def odd(dtype):
    """Numbers at which float arithmetic has corners."""
    info = np.finfo(dtype)
    with np.errstate(all="ignore"):
        numbers = [np.inf, 0.0, info.smallest_subnormal, info.tiny, 0.1, 1.0, 3.0, info.max]
        return np.array([np.nan] + numbers + [-number for number in numbers], dtype)


def extremes(dtype):
    """Integers at which arithmetic wraps."""
    info = np.iinfo(dtype)
    if info.min < 0:
        return np.array([info.min, info.min + 1, -3, -1, 0, 1, 2, 7, info.max], dtype)
    return np.array([0, 1, 2, 7, info.max // 2, info.max - 1, info.max], dtype)


def spread(dtype, low, high, count=150):
    """Random numbers whose magnitudes range from 2 to the power `low` to 2 to the power `high`, of both signs."""
    rng = np.random.default_rng(count)
    magnitudes = np.exp2(rng.uniform(low, high, count))
    return (magnitudes * rng.choice([-1, 1], count)).astype(dtype)


def counted(*shape, dtype=np.float32):
    """0, 1, 2, .. in row-major order."""
    return np.arange(math.prod(shape), dtype=dtype).reshape(shape)


def scattered(*shape):
    """Numbers from 0 to 1, scattered by a formula, of which f32 holds every bit."""
    k = np.arange(math.prod(shape), dtype=np.uint64)
    return ((k * np.uint64(2654435761) % 2**32 >> np.uint64(8)) / 2**24).astype(np.float32).reshape(shape)


def windows(x, window, axis=-1):
    return np.lib.stride_tricks.sliding_window_view(x, window, axis)


# ---- functions whose reference is not NumPy's own ----------------------------------------------------------------------


def minus(a, b):
    """Numbers counted in shape `a`, minus 1000 times those counted in shape `b`: each pair of elements gives another number."""
    return counted(*a) - 1000 * counted(*b)


def trunc_divide(a, b):
    """Integer division that truncates, with 0 for a divisor of 0; NumPy's own floors."""
    quotient = lambda a, b: 0 if b == 0 else abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
    quotients = np.frompyfunc(quotient, 2, 1)(a.astype(object), b.astype(object))
    bits = 8 * a.dtype.itemsize
    return np.frompyfunc(lambda q: q % 2**bits, 1, 1)(quotients).astype(f"u{a.dtype.itemsize}").astype(a.dtype)


def minimum(a, b):
    """NumPy's, with -0.0 < +0.0; NumPy itself gives either zero."""
    negative = (a == 0) & (b == 0) & (np.signbit(a) | np.signbit(b))
    return np.where(negative, a.dtype.type(-0.0), np.minimum(a, b)) if a.dtype.kind == "f" else np.minimum(a, b)


def maximum(a, b):
    """NumPy's, with -0.0 < +0.0; NumPy itself gives either zero."""
    return -minimum(-a, -b) if a.dtype.kind == "f" else np.maximum(a, b)


def rounded(function, x):
    """`function` of decimal numbers to 60 digits for each element, rounded to the element type."""
    return np.array([function(Decimal(float(v))) for v in x.flat], np.float64).reshape(x.shape).astype(x.dtype)


def exp(x):
    """Correctly rounded."""
    return rounded(lambda v: float(v.exp(EXACT)), x)


def log(x):
    """Correctly rounded."""
    return rounded(lambda v: float(v.ln(EXACT)), x)


def broadcast_shapes(*shapes):
    """NumPy's, or [-1] where it raises an error."""
    try:
        return np.array(np.broadcast_shapes(*shapes), np.int64)
    except ValueError:
        return np.array([-1])


def npy(x):
    """The bytes of the file that NumPy saves."""
    file = io.BytesIO()
    np.save(file, x)
    return np.frombuffer(file.getvalue(), np.uint8)


def over(axis, keepdims, x, function):
    """`function` of a list of all exact elements of each region over `axis`, rounded once to the element type."""
    axes = range(x.ndim) if axis is None else [axis] if isinstance(axis, int) else axis
    axes = [k % x.ndim for k in axes]
    kept = [k for k in range(x.ndim) if k not in axes]
    regions = x.transpose(kept + axes).reshape([x.shape[k] for k in kept] + [-1 if x.size else 0])
    result = np.empty(regions.shape[:-1])
    for index in np.ndindex(result.shape):
        result[index] = function([Fraction(float(v)) for v in regions[index]])
    result = result.astype(x.dtype)
    return result.reshape([1 if k in axes else n for k, n in enumerate(x.shape)]) if keepdims else result


def exact_sum(x, axis=None, keepdims=False):
    return over(axis, keepdims, x, lambda v: float(sum(v)))


def exact_mean(x, axis=None, keepdims=False):
    return over(axis, keepdims, x, lambda v: float(sum(v) / len(v)))


def softmax(x, axis):
    """In f64, rounded once to the element type."""
    wide = x.astype(np.float64)
    powers = np.exp(wide - wide.max(axis=axis, keepdims=True))
    return (powers / powers.sum(axis=axis, keepdims=True)).astype(x.dtype)


def log_softmax(x, axis):
    wide = x.astype(np.float64)
    below = wide - wide.max(axis=axis, keepdims=True)
    return (below - np.log(np.exp(below).sum(axis=axis, keepdims=True))).astype(x.dtype)


def odd_rows():
    """Rows whose greatest number is infinite or NaN, and others."""
    inf, nan = np.inf, np.nan
    return np.array([[-inf, 0, -inf], [-inf, -inf, -inf], [inf, 0, 1], [nan, 0, 1], [3e38, -3e38, 0]], np.float32)


def logsumexp(x, axis):
    return np.log(np.exp(x.astype(np.float64)).sum(axis=axis)).astype(x.dtype)


def exact_matmul(a, b):
    """The product of exact numbers, each element rounded once to the element type."""
    exact = np.frompyfunc(lambda v: Fraction(float(v)), 1, 1)
    product = np.asarray(np.matmul(exact(a), exact(b)))
    return np.asarray(np.frompyfunc(float, 1, 1)(product), np.float64).astype(a.dtype)


def exact_solve(a, b):
    """The solution of exact equations, each element rounded once to the element type."""
    exact = lambda x: np.frompyfunc(lambda v: Fraction(float(v)), 1, 1)(x)
    rows = np.concatenate([exact(a), exact(b).reshape(len(a), -1)], 1)
    for k in range(len(a)):
        pivot = next(i for i in range(k, len(a)) if rows[i, k] != 0)
        rows[[k, pivot]] = rows[[pivot, k]]
        rows[k] = rows[k] / rows[k, k]
        for i in range(len(a)):
            if i != k:
                rows[i] = rows[i] - rows[i, k] * rows[k]
    return np.frompyfunc(float, 1, 1)(rows[:, len(a) :]).astype(np.float64).astype(a.dtype).reshape(b.shape)


def exact_inv(a):
    return exact_solve(a, np.eye(len(a), dtype=a.dtype))


def solved_size(a, b):
    """What an error of one part of each element of `a` may make of the solution."""
    wide, b = a.astype(np.float64), b.astype(np.float64)
    return (abs(linalg.inv(wide)) @ abs(wide) @ abs(linalg.solve(wide, b))).astype(a.dtype)


def positive(x):
    """A matrix that is positive definite, of whole numbers of 1/256, of which products are exact."""
    x = np.round(x * 16) / 16
    return (x @ x.T + np.eye(len(x), dtype=x.dtype)).astype(x.dtype)


def variance(v, ddof):
    mean = sum(v) / len(v)
    return sum((x - mean) ** 2 for x in v) / (len(v) - ddof)


def exact_var(x, axis=None, keepdims=False, ddof=0):
    return over(axis, keepdims, x, lambda v: float(variance(v, ddof)))


def exact_std(x, axis=None, keepdims=False, ddof=0):
    return over(axis, keepdims, x, lambda v: math.sqrt(variance(v, ddof)))


def batch_norm_size(x, gamma, beta, mean, var, eps):
    """The sizes of what `batch_norm` adds up."""
    return batch_norm(abs(x), abs(gamma), abs(beta), -abs(mean), var, eps)


def batch_norm(x, gamma, beta, mean, var, eps):
    """The formula as written, in f64, rounded once; the channels are axis 1."""
    gamma, beta, mean, var = (
        np.expand_dims(p.astype(np.float64), tuple(range(1, x.ndim - 1))) for p in (gamma, beta, mean, var)
    )
    return ((x.astype(np.float64) - mean) / np.sqrt(var + eps) * gamma + beta).astype(x.dtype)


def normalised(x):
    """Batch normalisation with the statistics of the data."""
    zeros, ones = np.zeros(x.shape[1]), np.ones(x.shape[1])
    axes = tuple(k for k in range(x.ndim) if k != 1)
    x64 = x.astype(np.float64)
    return batch_norm(x, ones, zeros, x64.mean(axes), x64.var(axes), 1e-5)


def normalised_size(x):
    """The sizes of what `normalised` adds up."""
    zeros, ones = np.zeros(x.shape[1]), np.ones(x.shape[1])
    axes = tuple(k for k in range(x.ndim) if k != 1)
    x64 = x.astype(np.float64)
    return batch_norm_size(x, ones, zeros, abs(x64).mean(axes), x64.var(axes), 1e-5)


# ---- tables ----------------------------------------------------------------------------------------------------------

FUNCTIONS = {
    **{name: getattr(np, name) for name in dir(np) if not name.startswith("_")},
    **{name: getattr(__builtins__, name) for name in ["abs", "slice", "tuple"]},
    **{name: value for name, value in globals().items() if callable(value) and value.__module__ == __name__},
}


def text(value):
    """The element as Rust reads it back."""
    if value.dtype.kind == "b":
        return str(bool(value)).lower()
    return np.format_float_scientific(value, unique=True, trim="-") if value.dtype.kind == "f" else str(value)


def element(value):
    if value.dtype.kind != "f":
        return text(value)
    if not np.isfinite(value):
        return str(value)
    return min(text(value), np.format_float_positional(value, unique=True, trim="-"), key=len)


def line(expression):
    with np.errstate(all="ignore"):
        result = np.asarray(eval(expression, dict(FUNCTIONS), Inputs()))
    name = str(result.dtype).replace("float", "f").replace("uint", "u").replace("int", "i")
    shape = str(result.shape)
    return " ".join([f"    {name}", shape, *(element(result[index]) for index in np.ndindex(result.shape))])


def write_table(test):
    source = "\n".join(row for row in test.read_text().splitlines() if not row.lstrip().startswith("//"))
    literals = dict.fromkeys(ast.literal_eval(found) for found in re.findall(r'"(?:[^"\\]|\\.)*"', source))
    (path,) = [HERE.parent / "tests" / found for found in literals if found.endswith(".txt")]
    rows = [f"# What NumPy {np.__version__} gives for the expressions in {test.name}. Written by make_values.py."]
    for expression in literals:
        try:
            values = line(expression)
        except (SyntaxError, NameError, KeyError, TypeError):
            if not expression.endswith(".txt"):
                print(f"{test.name}: no expression: {expression!r}")
            continue
        rows += [expression, values]
    path.write_text("\n".join(rows) + "\n")
    print(f"{path.name}: {len(rows) // 2} expressions, {path.stat().st_size} bytes")


warnings.simplefilter("ignore")
for test in sorted((HERE.parent / "tests").glob("numpy_*.rs")):
    write_table(test)
