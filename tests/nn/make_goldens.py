"""Writes goldens/: inputs, parameters and outputs of layers, by PyTorch (see goldens/README.md).

    pip install torch numpy safetensors
    python make_goldens.py       made with torch 2.15.0, numpy 2.4.6 and safetensors 0.8.0 under Python 3.11

The cases are in cases/. Each is computed three times: of f64, of f32, and in f64 of the f32 inputs, which is
what the f32 result should be but for its rounding. Inputs are of a generator that the name of the case seeds:
so a new case changes no other. It prints how far PyTorch's f32 results are off, in units of 2^-24 of the
largest number of the result, and how large the files are.
"""

from pathlib import Path

import numpy as np
import safetensors
import torch

from cases import activations, attention, convolution, linear, losses, normalisation, pooling

FOLDER = Path(__file__).parent / "goldens"
FILES = [
    linear.linear,
    linear.embedding,
    normalisation.batch_norm,
    normalisation.layer_norm,
    normalisation.rms_norm,
    convolution.conv1d,
    convolution.conv2d,
    pooling.max_pool2d,
    pooling.avg_pool2d,
    pooling.global_pool2d,
    activations.activations,
    attention.attention,
    losses.losses,
]

torch.set_num_threads(1)  # the order of sums, and so the last bits, would depend on their number
FOLDER.mkdir(exist_ok=True)
print(f"torch {torch.__version__}, numpy {np.__version__}, safetensors {safetensors.__version__}\n")
lines, total = [], 0
for make in FILES:
    file = make()
    total += (size := file.write(FOLDER))
    worst = max(file.off, key=file.off.get)
    print(f"{file.name:<14}{len(file.lines):>4} cases{size:>9,} bytes", end="")
    print(f"   off by {file.off[worst]:.1f} at most, {worst}")
    lines += [f"{case} {line}" for case, line in file.lines.items()]
(FOLDER / "cases.txt").write_text("\n".join(lines) + "\n")
print(f"{'all':<14}{len(lines):>4} cases{total:>9,} bytes")
