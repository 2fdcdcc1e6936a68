"""The workloads of the benches with NumPy, and with JAX where it is installed: rows in the format of `cargo bench`, on one core with one thread.

    pip install numpy jax
    python benches/numpy_rows.py [--filter W4] [--rounds 31] [--core 1] [--limits FILE]

FILE is what a run of the bench printed: the rows then have its limits as ratios. They are of another process, so they are good to some ten
per cent. Times are CPU times of the process. Every output is compared with f64 first.
"""

import argparse
import os
import re
import time

arguments = argparse.ArgumentParser()
arguments.add_argument("--filter", default="")
arguments.add_argument("--rounds", type=int, default=31)
arguments.add_argument("--core", type=int, default=None)
arguments.add_argument("--limits")
arguments = arguments.parse_args()

# Before NumPy is loaded: one core and one thread, and the kernel of BLAS that this machine has, not one that the environment forces.
os.sched_setaffinity(0, {arguments.core if arguments.core is not None else max(os.sched_getaffinity(0))})
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np  # noqa: E402

try:
    import jax
    import jax.numpy as jnp
except ImportError:
    jax = None

random = np.random.default_rng(1)
EPS = np.float32(1e-5)


def uniform(low, high, *shape):
    return random.uniform(low, high, shape).astype(np.float32)


def limits(path):
    """Seconds of the fastest kernel or peer of each workload that a run printed."""
    units, found, workload = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3}, {}, None
    for line in open(path) if path else ():
        if header := re.match(r"(W\d.*), \d+ rounds$", line):
            workload = header[1]
        elif workload and (row := re.match(r"  (.{31})\s+([\d.]+) (ns|us|ms)", line)):
            if not row[1].startswith("shapewright"):
                seconds = float(row[2]) * units[row[3]]
                found[workload] = min(found.get(workload, seconds), seconds)
        else:
            workload = workload if line.strip() else None
    return found


LIMITS = limits(arguments.limits)


def duration(seconds):
    number, unit = (seconds * 1e9, "ns") if seconds < 1e-6 else (seconds * 1e6, "us") if seconds < 1e-3 else (seconds * 1e3, "ms")
    return f"{number:.{2 if number < 10 else 1 if number < 100 else 0}f} {unit}"


def error(result, expected, scale):
    """The largest error in ULP of an f32 as large as the result, or as `scale`."""
    result, expected = np.asarray(result, np.float64), np.asarray(expected)
    assert result.shape == expected.shape, (result.shape, expected.shape)
    ulp = np.exp2(np.floor(np.log2(np.maximum(np.abs(expected), scale))) - 23)
    return float(np.max(np.abs(result - expected) / ulp))


def concatenated(result):
    return np.concatenate([np.asarray(part) for part in result]) if isinstance(result, tuple) else np.asarray(result)


def run(workload, unit, amount, expected, scale, ways):
    """Verifies each way to compute a workload, then times them in turn."""
    if not workload.startswith(arguments.filter):
        return
    found = []
    for name, way in ways:
        off = error(concatenated(way()), expected, scale)
        assert off < 5000, f"{workload}: {name} is off by {off} ULP"
        start = time.process_time()
        way()
        found.append([name, way, off, max(1, int(2e-3 / (time.process_time() - start))), []])
    begin = time.monotonic()
    for round in range(arguments.rounds):
        if round >= 3 and time.monotonic() - begin > 6:
            break
        for _, way, _, calls, seconds in found:
            way()
            start = time.process_time()
            for _ in range(calls):
                way()
            seconds.append((time.process_time() - start) / calls)
    print(f"\n{workload}, {len(found[0][4])} rounds")
    print(" " * 33 + "".join(f"{column:>9}" for column in ("time", "p10", "p90", unit, "/limit", "p10", "p90", "ours/it", "ULP")))
    for name, _, off, _, seconds in found:
        low, median, high = np.quantile(seconds, (0.1, 0.5, 0.9))
        limit = LIMITS.get(workload)
        ratios = [f"{time / limit:.2f}" if limit else "-" for time in (median, low, high)]
        cells = [duration(median), duration(low), duration(high), f"{amount / median / 1e9:.1f}", *ratios, "-", f"{off:.1f}"]
        print(f"  {name:<31}" + "".join(f"{cell:>9}" for cell in cells))


def jitted(function, *operands):
    """What JAX compiles of a function, with its operands, if it is there."""
    if jax is None:
        return []
    operands = [jnp.asarray(operand) for operand in operands]
    function = jax.jit(function)
    return [("JAX jit", lambda: jax.block_until_ready(function(*operands)))]


def batch_norm(workload, x, aligned, out):
    mean, var, gamma, beta = (
        uniform(low, high, *aligned) for low, high in ((-0.5, 0.5), (0.5, 2.0), (0.5, 1.5), (-0.5, 0.5))
    )
    wide = [operand.astype(np.float64) for operand in (x, mean, var, gamma, beta)]
    formula = lambda x, mean, var, gamma, beta: (x - mean) / np.sqrt(var + EPS) * gamma + beta  # noqa: E731
    scale = gamma / np.sqrt(var + EPS)
    shift = beta - mean * scale

    def folded():
        np.multiply(x, scale, out=out)
        np.add(out, shift, out=out)
        return out

    ways = {
        "into": [("NumPy, folded, into", folded)],
        "allocating": [("NumPy, as written", lambda: formula(x, mean, var, gamma, beta))]
        + jitted(lambda x, m, v, g, b: (x - m) / jnp.sqrt(v + EPS) * g + b, x, mean, var, gamma, beta),
    }
    expected = formula(*wide)
    if "(1000" in workload:
        run(workload, "GB/s", 2 * x.nbytes, expected, 2, ways["into"] + ways["allocating"])
    else:
        for kind, rows in ways.items():
            run(f"{workload}, {kind}", "GB/s", 2 * x.nbytes, expected, 2, rows)


def moments(workload, x, axes):
    wide = x.astype(np.float64)
    expected = concatenated((wide.mean(axes), wide.var(axes)))
    ways = [("NumPy", lambda: (x.mean(axes), x.var(axes)))]
    run(workload, "GB/s", x.nbytes, expected, 1e-30, ways + jitted(lambda x: (x.mean(axes), x.var(axes)), x))


x = uniform(-2, 2, 1000, 256)
batch_norm("W1 batch norm (1000, 256)", x, (256,), np.zeros_like(x))
planes = uniform(-2, 2, 64, 64, 56, 56)
batch_norm("W2 batch norm (64, 64, 56, 56)", planes, (64, 1, 1), np.zeros_like(planes))
moments("W3a mean and variance (64, 64, 56, 56)", uniform(0.5, 1.5, 64, 64, 56, 56), (0, 2, 3))
del planes
moments("W3b mean and variance (1000, 256)", uniform(0.5, 1.5, 1000, 256), 0)

x, row, column = uniform(-1, 1, 1000, 256), uniform(-1, 1, 256), uniform(-1, 1, 1000, 1)
out = np.empty_like(x)
for name, operand in (("W4a (1000, 256) + (256,)", row), ("W4b (1000, 256) + (1000, 1)", column)):
    ways = [("NumPy, into", lambda: np.add(x, operand, out=out)), ("NumPy", lambda: x + operand)]
    run(name, "GB/s", 2 * x.nbytes, x.astype(np.float64) + operand, 1e-30, ways + jitted(lambda x, b: x + b, x, operand))
chosen = np.where(x > column, row, x).astype(np.float64)
ways = [("NumPy", lambda: np.where(x > column, row, x))] + jitted(lambda x, a, t: jnp.where(x > t, a, x), x, row, column)
run("W4c where(x > (1000, 1), (256,), x)", "GB/s", 2 * x.nbytes, chosen, 1e-30, ways)

a, b = uniform(-1, 1, 512, 64), uniform(-1, 1, 512, 64)
expected = np.square(a.astype(np.float64)[:, None] - b).sum(-1)
ways = [
    ("NumPy, as written", lambda: np.square(a[:, None] - b).sum(-1)),
    ("NumPy, by a product", lambda: np.square(a).sum(-1)[:, None] + np.square(b).sum(-1) - 2 * (a @ b.T)),
]
ways += jitted(lambda a, b: jnp.square(a[:, None] - b).sum(-1), a, b)
run("W5 pairwise distances 512 x 512 x 64", "GF/s", 3 * 512 * 512 * 64, expected, 1, ways)


def softmax(x):
    powers = np.exp(x - x.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


x = uniform(-5, 5, 1000, 256)
ways = [("NumPy", lambda: softmax(x))] + jitted(lambda x: jax.nn.softmax(x, -1), x)
run("W6 row softmax (1000, 256)", "GB/s", 2 * x.nbytes, softmax(x.astype(np.float64)), 1e-30, ways)

a, b = uniform(-1, 1, 8), uniform(-1, 1, 8)
run("W7 (8,) + (8,)", "GF/s", 8, a.astype(np.float64) + b, 1e-30, [("NumPy", lambda: a + b)])
for n in (4, 16):
    a, b = uniform(-1, 1, n, n), uniform(-1, 1, n, n)
    run(f"W7 ({n}, {n}) @ ({n}, {n})", "GF/s", 2 * n**3, a.astype(np.float64) @ b, 1, [("NumPy", lambda: a @ b)])
lane, gamma, beta = uniform(-1, 3, 64), uniform(0.5, 1.5, 64), uniform(-0.5, 0.5, 64)
layer_norm = lambda x: (x - x.mean()) / np.sqrt(x.var() + EPS) * gamma + beta  # noqa: E731
run("W7 layer norm (64,)", "GF/s", 8 * 64, layer_norm(lane.astype(np.float64)), 2, [("NumPy", lambda: layer_norm(lane))])

for left, right in (((256, 256),) * 2, ((1024, 1024),) * 2, ((32, 64, 64), (64, 64))):
    a, b = uniform(-1, 1, *left), uniform(-1, 1, *right)
    ways = [("NumPy", lambda: a @ b)] + jitted(lambda a, b: a @ b, a, b)
    run(f"W8 {left} @ {right}", "GF/s", 2 * a.size * right[-1], a.astype(np.float64) @ b, right[0] ** 0.5, ways)

x = uniform(0, 1, 10_000_000)
run("W9 sum of 10^7", "GB/s", x.nbytes, x.sum(dtype=np.float64), 1e-30, [("NumPy", x.sum)] + jitted(jnp.sum, x))
x = uniform(0, 1, 4096, 4096)
for axis in (0, 1):
    ways = [("NumPy", lambda: x.sum(axis))] + jitted(lambda x: x.sum(axis), x)
    run(f"W9 sum of (4096, 4096) over axis {axis}", "GB/s", x.nbytes, x.sum(axis, dtype=np.float64), 1e-30, ways)
