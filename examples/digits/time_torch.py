"""Times PyTorch's inference of this network on one thread: best of many rounds, in CPU time of the process.

    python time_torch.py [--batch 360] [--rounds 300] [--core 1] [--compiled]

A batch is of the images that are for testing, again from the first where it is larger; their pixels are f32
of 0 to 1 before the time begins. `--compiled` adds `torch.compile` with constant parameters, so that batch
norms are folded and weights packed once; it needs a C++ compiler, and some 20 seconds the first time.
"""

import argparse
import os
import re
import time
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--batch", type=int, default=360)
parser.add_argument("--rounds", type=int, default=300)
parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
parser.add_argument("--compiled", action="store_true")
arguments = parser.parse_args()
os.sched_setaffinity(0, {arguments.core})

import numpy as np  # noqa: E402
import torch  # noqa: E402
from safetensors.torch import load_file  # noqa: E402

from network import Network  # noqa: E402

torch.set_num_threads(1)
torch.empty(30 << 20, dtype=torch.uint8)  # the allocator has seen a large block freed, and keeps what follows
HERE = Path(__file__).parent
network = Network().eval()
network.load_state_dict(load_file(HERE / "digits.safetensors"))
images = torch.from_numpy(np.load(HERE / "../data/digits.npy")).reshape(-1, 1, 8, 8)[::5] / 16
expected = load_file(HERE / "expected.safetensors")["logits.exact"]
chosen = torch.arange(arguments.batch) % len(images)
x, expected = images[chosen].contiguous(), expected[chosen]


def ways():
    yield "as it is", network, x
    last = Network().eval().to(memory_format=torch.channels_last)
    last.load_state_dict(network.state_dict())
    yield "channels last", last, x.to(memory_format=torch.channels_last)
    if arguments.compiled:
        torch._inductor.config.freezing = True
        yield "compiled", torch.compile(network, dynamic=False), x


cpu = {}
for line in open("/proc/cpuinfo"):
    key, _, value = line.partition(":")
    cpu.setdefault(key.strip(), value.strip())
name = re.sub(r"\s+", " ", cpu.get("model name", "an unknown CPU"))
family, model = cpu.get("cpu family"), cpu.get("model")
print(f"torch {torch.__version__}, {torch.get_num_threads()} thread, {name} (family {family}, model {model})")
print(f"{f'batch {arguments.batch}':<16}{'best':>12}{'median':>12}{'images/s, best':>18}")
with torch.inference_mode():
    for way, module, batch in ways():
        off = (module(batch).double() - expected).abs().max().item()
        assert off < 1e-4, f"{way}: logits are off by {off}"
        start = time.process_time()
        for _ in range(10):
            module(batch)
        calls = max(1, int(2e-3 / ((time.process_time() - start) / 10)))
        seconds = []
        for _ in range(arguments.rounds):
            start = time.process_time()
            for _ in range(calls):
                module(batch)
            seconds.append((time.process_time() - start) / calls)
        best, median = min(seconds), float(np.median(seconds))
        print(f"{way:<16}{best * 1e6:>9.1f} us{median * 1e6:>9.1f} us{arguments.batch / best:>18,.0f}")
