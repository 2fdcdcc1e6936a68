"""Layers and the network of examples/digits with PyTorch, for inference in f32 on one core with one thread.

    pip install torch numpy safetensors
    python benches/torch_rows.py [--filter conv] [--rounds 200] [--core 1] [--compiled] [--beside FILE]

Times are CPU times of the process: the best of the rounds, each of 2 ms or more, the median and the ninetieth
percentile. `--compiled` adds `torch.compile` with constant parameters, which packs weights once; it needs a
C++ compiler, and takes a minute the first time. Outputs are compared with f64 first: `off` is the largest
error, in units of 2^-24 of the largest number of the output. FILE is what the rows L of the package in `peers`
printed: `ours/it` is the library's median there to the one here, of another process, so good to some ten per cent.
"""

import argparse
import copy
import os
import re
import sys
import time
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--filter", default="")
parser.add_argument("--rounds", type=int, default=200)
parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
parser.add_argument("--compiled", action="store_true")
parser.add_argument("--beside")
arguments = parser.parse_args()

# Before PyTorch is loaded: one core and one thread.
os.sched_setaffinity(0, {arguments.core})
for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from safetensors.torch import load_file  # noqa: E402
from torch import nn  # noqa: E402

DIGITS = Path(__file__).parent / "../examples/digits"
sys.path.insert(0, str(DIGITS))
from network import Network  # noqa: E402

torch.set_num_threads(1)
torch.manual_seed(0)
torch.empty(30 << 20, dtype=torch.uint8)  # the allocator has seen a large block freed, and keeps what follows
if arguments.compiled:
    torch._inductor.config.freezing = True


class Attention(nn.Module):
    def __init__(self, causal):
        super().__init__()
        self.causal = causal

    def forward(self, q, k, v):
        return F.scaled_dot_product_attention(q, k, v, is_causal=self.causal)


def cpu():
    found = {}
    for line in open("/proc/cpuinfo"):
        key, _, value = line.partition(":")
        found.setdefault(key.strip(), value.strip())
    name = re.sub(r"\s+", " ", found.get("model name", "an unknown CPU"))
    return f"{name} (family {found.get('cpu family')}, model {found.get('model')})"


def duration(seconds):
    number, unit = (seconds * 1e6, "us") if seconds < 1e-3 else (seconds * 1e3, "ms")
    return f"{number:.{2 if number < 10 else 1 if number < 100 else 0}f} {unit}"


def medians(path):
    """The library's median of each workload that a run of the peers printed, in seconds."""
    units, found, workload = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3}, {}, None
    for line in open(path) if path else ():
        if header := re.match(r"L\d (.*), \d+ rounds$", line):
            workload = header[1]
        elif workload and (row := re.match(r"  shapewright {20,}\s+([\d.]+) (ns|us|ms)", line)):
            found[workload] = float(row[1]) * units[row[2]]
    return found


OURS = medians(arguments.beside)


def timed(module, inputs):
    """Seconds of a call, one of each round, sorted."""
    start = time.process_time()
    for _ in range(5):
        module(*inputs)
    calls = max(1, int(2e-3 / ((time.process_time() - start) / 5)))
    seconds, begin = [], time.monotonic()
    while len(seconds) < arguments.rounds and (len(seconds) < 20 or time.monotonic() - begin < 10):
        start = time.process_time()
        for _ in range(calls):
            module(*inputs)
        seconds.append((time.process_time() - start) / calls)
    return np.sort(seconds)


def run(workload, module, inputs, unit, amount):
    """The rows of one workload, which takes `amount` operations, bytes or images."""
    if arguments.filter.lower() not in workload.lower():
        return
    module = module.eval()
    with torch.inference_mode():
        expected = copy.deepcopy(module).double()(*(x.double() for x in inputs))
        ways = [("as it is", module, inputs)]
        if inputs[0].ndim == 4 and not isinstance(module, Attention):
            last = {"memory_format": torch.channels_last}
            ways += [("channels last", copy.deepcopy(module).to(**last), [x.to(**last) for x in inputs])]
        if arguments.compiled:
            torch._dynamo.reset()
            ways += [("compiled", torch.compile(module, dynamic=False), inputs)]
        for way, module, inputs in ways:
            off = ((module(*inputs).double() - expected).abs().max() / expected.abs().max()).item() * 2**24
            assert off < 100, f"{workload}, {way}: off by {off}"
            seconds = timed(module, inputs)
            best, median, high = seconds[0], np.median(seconds), np.quantile(seconds, 0.9)
            rate = amount / best / (1 if unit == "images/s" else 1e9)
            cells = [duration(best), duration(median), duration(high)]
            cells = "".join(f"{cell:>10}" for cell in cells)
            beside = f"{OURS[workload] / median:>9.2f}" if workload in OURS else ""
            print(
                f"{workload:<44}{way:<15}{cells}{rate:>10,.{0 if rate > 1000 else 1}f} {unit:<9}{off:>6.1f}{beside}"
            )


def convolve(c, out, n, h, w, stride=1, groups=1):
    """A 3 x 3 convolution of (n, c, h, w), padded by 1."""
    kind = "depthwise" if groups == c else "conv2d"
    name = f"{kind} 3x3 p1{f' s{stride}' if stride > 1 else ''} ({n}, {c}, {h}, {w}) to {out}"
    module = nn.Conv2d(c, out, 3, stride, 1, groups=groups)
    work = 2 * 9 * (c // groups) * out * n * -(-h // stride) * -(-w // stride)
    run(name, module, [torch.randn(n, c, h, w)], "GF/s", work)


print(f"torch {torch.__version__}, {torch.get_num_threads()} thread, {cpu()}")
print(f"{'':<59}" + "".join(f"{column:>10}" for column in ("best", "median", "p90", "rate")) + f"{'off':>16}{'ours/it' if OURS else '':>9}")
for out in (128, 512):
    run(f"linear (64, 784) to {out}", nn.Linear(784, out), [torch.randn(64, 784)], "GF/s", 2 * 64 * 784 * out)
convolve(32, 64, 8, 28, 28)
convolve(32, 64, 1, 28, 28)
convolve(32, 64, 8, 28, 28, stride=2)
convolve(64, 64, 8, 28, 28, groups=64)
x = torch.randn(8, 64, 28, 28)
run("max pool 2x2 (8, 64, 28, 28)", nn.MaxPool2d(2), [x], "GB/s", x.nbytes * 5 // 4)
for causal in (False, True):
    work = 2 * 2 * 8 * 128 * 128 * 64 // (2 if causal else 1)
    name = f"attention (1, 8, 128, 64){', causal' if causal else ''}"
    run(name, Attention(causal), [torch.randn(1, 8, 128, 64) for _ in range(3)], "GF/s", work)
x = torch.randn(1000, 256)
run("layer norm (1000, 256)", nn.LayerNorm(256), [x], "GB/s", 2 * x.nbytes)
network = Network()
network.load_state_dict(load_file(DIGITS / "digits.safetensors"))
images = torch.from_numpy(np.load(DIGITS / "../data/digits.npy")).reshape(-1, 1, 8, 8)[::5] / 16
for batch in (1, 32, 360):
    run(f"digits, batch of {batch}", network, [images[:batch].contiguous()], "images/s", batch)
