"""Writes checkpoints/: parameters as networks are saved, and what PyTorch computes with them (see README.md).

pip install torch numpy safetensors
python make_checkpoints.py       made with torch 2.15.0, numpy 2.4.6 and safetensors 0.8.0 on Python 3.11
"""

import copy
from pathlib import Path

import numpy as np
import safetensors.torch
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn

FOLDER = Path(__file__).parent / "checkpoints"


class Convolutional(nn.Module):
    """(n, 2, h, w) to (n, 3): the names are those of a `nn.Sequential` in a module."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(2, 4, 3, padding=1, bias=False),
            nn.BatchNorm2d(4),
            nn.ReLU(),
            nn.Conv2d(4, 6, 3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(6),
            nn.ReLU(),
        )
        self.classifier = nn.Linear(6, 3)

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


class Attention(nn.Module):
    """Causal self-attention of two heads over (n, t, 8)."""

    def __init__(self):
        super().__init__()
        self.q, self.k, self.v, self.out = (nn.Linear(8, 8) for _ in range(4))

    def forward(self, x):
        q, k, v = (part(x).unflatten(2, (2, 4)).transpose(1, 2) for part in (self.q, self.k, self.v))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.out(y.transpose(1, 2).flatten(2))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.attention = nn.LayerNorm(8), Attention()
        self.norm2, self.up, self.down = nn.LayerNorm(8), nn.Linear(8, 16), nn.Linear(16, 8)

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class Transformer(nn.Module):
    """Indices (n, t) below 11, at most 6 in a row, to logits (n, t, 11)."""

    def __init__(self):
        super().__init__()
        self.embedding, self.positions = nn.Embedding(11, 8), nn.Embedding(6, 8)
        self.block, self.norm = Block(), nn.LayerNorm(8)
        self.head = nn.Linear(8, 11, bias=False)

    def forward(self, indices):
        x = self.embedding(indices) + self.positions(torch.arange(indices.shape[1]))
        return self.head(self.norm(self.block(x)))


def parameters(network):
    return {name: values.contiguous() for name, values in network.state_dict().items()}


def save(name, network, x):
    """The parameters, and apart from them the input, the output and the output as it is in f64."""
    network.eval()
    with torch.inference_mode():
        exact = copy.deepcopy(network).double()(x.double() if x.is_floating_point() else x)
        expected = {"input": x, "output": network(x), "output.exact": exact}
    save_file(parameters(network), FOLDER / f"{name}.safetensors", metadata={"format": "pt"})
    save_file(expected, FOLDER / f"{name}.expected.safetensors")
    off = ((expected["output"].double() - exact).abs().max() / exact.abs().max()).item()
    print(f"{name}: {tuple(x.shape)} to {tuple(exact.shape)}, off by {off:.1e} of the largest")
    for part, values in parameters(network).items():
        print(f"    {part:<34}{str(tuple(values.shape)):<16}{str(values.dtype).removeprefix('torch.')}")


def scatter_affine(network):
    """Scales and shifts of normalisations are not left at 1 and 0, which would hide mistakes."""
    for part in network.modules():
        if isinstance(part, (nn.BatchNorm2d, nn.LayerNorm)):
            nn.init.uniform_(part.weight, -1.5, 1.5)
            nn.init.normal_(part.bias)


def sequential():
    """One network four times: what is f64 has digits that f32 lacks, and the others are rounded from f32."""
    f64 = {"dtype": torch.float64}
    layers = (nn.Linear(6, 8, **f64), nn.ReLU(), nn.Linear(8, 5, **f64), nn.ReLU(), nn.Linear(5, 3, **f64))
    wide = nn.Sequential(*layers)
    x = torch.randn(4, 6, **f64)
    single = copy.deepcopy(wide).float()
    save("sequential", single, x.float())
    save("sequential_f64", wide, x)
    save("sequential_f16", copy.deepcopy(single).half(), x.half())
    save("sequential_bf16", copy.deepcopy(single).bfloat16(), x.bfloat16())
    arrays = {name: values.numpy() for name, values in parameters(single).items()}
    np.savez(FOLDER / "sequential.npz", **arrays)
    np.savez_compressed(FOLDER / "compressed.npz", **arrays)


def batch_norm():
    network = Convolutional()
    scatter_affine(network)
    with torch.no_grad():
        for _ in range(5):  # which moves the running statistics, and counts the batches
            network(1 + 2 * torch.randn(8, 2, 7, 6))
    save("batch_norm", network, 1 + 2 * torch.randn(3, 2, 7, 6))


def module_prefixed():
    network = Transformer()
    scatter_affine(network)
    save("module_prefixed", nn.DataParallel(network), torch.tensor([[3, 0, 10, 7, 7], [1, 2, 3, 4, 10]]))


torch.set_num_threads(1)
FOLDER.mkdir(exist_ok=True)
print(f"torch {torch.__version__}, numpy {np.__version__}, safetensors {safetensors.__version__}")
for seed, make in enumerate([sequential, batch_norm, module_prefixed]):
    torch.manual_seed(seed)
    make()
