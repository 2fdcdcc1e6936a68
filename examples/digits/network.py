"""The network of this example, in PyTorch."""

import torch.nn.functional as F
from torch import nn


class Network(nn.Module):
    """Images (n, 1, 8, 8) of 0 to 1 to logits (n, 10)."""

    def __init__(self):
        super().__init__()
        # A bias before a batch norm would be taken away with the mean.
        self.conv1 = nn.Conv2d(1, 16, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(32)
        self.conv3 = nn.Conv2d(32, 32, 3, padding=1, bias=False)
        self.bn3 = nn.BatchNorm2d(32)
        self.fc = nn.Linear(128, 10)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))  # (n, 16, 8, 8)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2)  # (n, 32, 4, 4)
        x = F.max_pool2d(F.relu(self.bn3(self.conv3(x))), 2)  # (n, 32, 2, 2)
        return self.fc(x.flatten(1))
