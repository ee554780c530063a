"""Networks and trainings that the tests watch."""

from __future__ import annotations

import unittest

try:
    import torch
    import torch.nn.functional as F
    from torch import nn
except ImportError:
    raise unittest.SkipTest("PyTorch is not installed") from None

from hall import TOKEN, Hall, until

import perceptarium

torch.set_num_threads(1)


class Functional(nn.Module):
    """Written as PyTorch's own examples are: modules for what is learned, functions for the rest; 28 × 28."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 4, 3)
        self.conv2 = nn.Conv2d(4, 8, 3, stride=2, padding=1)
        self.drop = nn.Dropout(0.25)
        self.fc = nn.Linear(8 * 7 * 7, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.relu(self.conv2(x))
        x = torch.flatten(self.drop(x), 1)
        return F.log_softmax(self.fc(x), dim=1)


class InPlace(nn.Module):
    """In-place layers, one module that is called twice, a sum and a concatenation; 8 × 8."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 3, padding=1)
        self.norm = nn.BatchNorm2d(6)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(6, 6, 3, padding=1)
        self.pool = nn.AvgPool2d(2)
        self.fc = nn.Linear(12 * 16, 5)

    def forward(self, x):
        first = self.relu(self.norm(self.conv1(x)))
        second = self.conv2(first)
        second += first
        second = self.relu(second)
        both = torch.cat([self.pool(first), self.pool(second)], dim=1)
        return self.fc(both.view(both.size(0), -1))


class Attention(nn.Module):
    """A small encoder of texts: 12 tokens of 20, attention written out."""

    def __init__(self, width=8):
        super().__init__()
        self.embed = nn.Embedding(20, width)
        self.place = nn.Parameter(torch.randn(12, width) * 0.1)
        self.norm = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, 20)

    def forward(self, tokens):
        x = self.embed(tokens) + self.place
        q, k, v = self.qkv(self.norm(x)).chunk(3, dim=-1)
        shares = torch.softmax(q @ k.transpose(-2, -1) / 2.83, dim=-1)
        return self.out(x + shares @ v).mean(dim=1)


def data(shape, classes=10, count=64, seed=1):
    """Examples and what is right for each, the same each time."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(count, *shape, generator=generator)
    return x, torch.randint(0, classes, (count,), generator=generator)


class Training:
    """A training of a network, the same each time; `step` takes one step and keeps its loss."""

    def __init__(self, network, x, y, loss=None, optimiser=None, batch=8, seed=0):
        torch.manual_seed(seed)
        self.model = network()
        self.loss = loss or nn.CrossEntropyLoss()
        make = optimiser or (lambda parameters: torch.optim.SGD(parameters, lr=0.05, momentum=0.9))
        self.optimiser = make(self.model.parameters())
        self.x, self.y, self.batch, self.taken = x, y, batch, 0
        self.losses = []

    def examples(self):
        """The batch of the next step."""
        at = [(self.taken * self.batch + one) % len(self.x) for one in range(self.batch)]
        return self.x[at], self.y[at]

    def step(self):
        x, y = self.examples()
        self.optimiser.zero_grad()
        loss = self.loss(self.model(x), y)
        loss.backward()
        self.optimiser.step()
        self.taken += 1
        self.losses.append(loss.item())

    def steps(self, count):
        for _ in range(count):
            self.step()
        return self


def attached(training, hall, **settings):
    """Watches a training in a hall, and takes steps until the hall has its graph."""
    handle = perceptarium.watch(training.model, training.optimiser, token=TOKEN, port=hall.port, **settings)
    until(lambda: hall.connected or handle.refused)

    def known():
        training.step()
        return hall.of("Graph")

    until(known)
    return handle


def pictured(training, hall, names, level=0, seconds=30.0):
    """Takes steps until the hall has a picture of these tensors, and returns it."""
    before = len(hall.snapshots)
    hall.watch(names, level=level)

    def there():
        training.step()
        found = [one for one in hall.snapshots[before:] if {layer["layer"] for layer in one["layers"]} >= set(names)]
        return found and found[-1]

    return until(there, seconds)


def hall():
    """A hall that listens."""
    return Hall()
