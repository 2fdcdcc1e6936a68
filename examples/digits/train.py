"""Trains a small network to read digits, and writes its parameters and what PyTorch computes with them.

    pip install torch numpy safetensors
    python train.py       made with torch 2.15.0, numpy 2.4.6 and safetensors 0.8.0 on Python 3.11

Of the images of ../data/digits.npy every fifth, from the first, is for testing (`i % 5 == 0`: 360 of them),
and the other 1437 are trained on, so that writers are in both parts. A pixel, a count of 0 to 16, is divided
by 16.
"""

from pathlib import Path

import numpy as np
import safetensors
import torch
import torch.nn.functional as F
from safetensors.torch import save_file

from network import Network

HERE = Path(__file__).parent
EPOCHS, BATCH = 40, 32

torch.set_num_threads(1)  # the order of sums, and so the last bits, would depend on their number
torch.use_deterministic_algorithms(True)
torch.manual_seed(0)

images = torch.from_numpy(np.load(HERE / "../data/digits.npy")).reshape(-1, 1, 8, 8) / 16
labels = torch.from_numpy(np.load(HERE / "../data/digits_labels.npy")).long()
tested = torch.arange(len(images)) % 5 == 0
x, y = images[~tested], labels[~tested]


def shifted(batch):
    """Each image moved by at most a pixel along each axis, so that there are nine times as many."""
    padded = F.pad(batch, (1, 1, 1, 1))
    places = torch.randint(0, 3, (len(batch), 2)).tolist()
    return torch.stack([padded[i, :, r : r + 8, c : c + 8] for i, (r, c) in enumerate(places)])


network = Network()
steps = EPOCHS * (len(x) // BATCH)
optimizer = torch.optim.AdamW(network.parameters(), weight_decay=1e-2)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=5e-3, total_steps=steps)
network.train()
for _ in range(EPOCHS):
    for batch in torch.randperm(len(x)).split(BATCH)[: len(x) // BATCH]:
        loss = F.cross_entropy(network(shifted(x[batch])), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()

network.eval()
save_file(network.state_dict(), HERE / "digits.safetensors", metadata={"format": "pt"})
x, y = images[tested], labels[tested]
with torch.inference_mode():
    logits = network(x)
    exact = network.double()(x.double())
predictions = logits.argmax(1)
accuracy = (predictions == y).double().mean().item()
expected = {"logits": logits, "logits.exact": exact, "predictions": predictions}
save_file(expected, HERE / "expected.safetensors", metadata={"accuracy": f"{accuracy:.4f}"})

best = exact.sort(1, descending=True).values
print(f"torch {torch.__version__}, numpy {np.__version__}, safetensors {safetensors.__version__}")
print(f"{(predictions == y).sum()} of {len(y)} digits are read rightly: {accuracy:.2%}")
print(f"f32 logits are off by {(logits - exact).abs().max():.1e} at most, of {exact.abs().max():.1f} at most")
print(f"the first of two logits is ahead by {(best[:, 0] - best[:, 1]).min():.3f} at least")
