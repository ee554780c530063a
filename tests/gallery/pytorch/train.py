"""A training in PyTorch, watched or not, that prints a JSON line for each step: how long it took, its loss, and what an
example comes to, computed by functions of PyTorch alone.

    train.py STEPS [watched]

It ends early when its standard input is closed.
"""

import json
import select
import sys
import time
from collections import OrderedDict

import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(7)
model = nn.Sequential(
    OrderedDict(
        conv=nn.Conv2d(1, 4, 3),
        relu=nn.ReLU(inplace=True),
        pool=nn.MaxPool2d(2),
        flat=nn.Flatten(),
        fc=nn.Linear(4 * 3 * 3, 3),
    )
)
x, y = torch.randn(64, 1, 8, 8), torch.randint(0, 3, (64,))
optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
criterion = nn.CrossEntropyLoss()
watch = None
if "watched" in sys.argv:
    import perceptarium

    watch = perceptarium.watch(model, optimizer, loss=criterion, inputs=(x, y))


def example():
    """What the first example comes to, layer by layer, without the model's own call."""
    with torch.no_grad():
        conv = F.conv2d(x[:1], model.conv.weight, model.conv.bias)
        flat = F.max_pool2d(F.relu(conv), 2).flatten(1)
        return conv, F.linear(flat, model.fc.weight, model.fc.bias)


for step in range(1, int(sys.argv[1]) + 1):
    at = step * 16 % 64
    begun = time.perf_counter()
    optimizer.zero_grad()
    loss = criterion(model(x[at : at + 16]), y[at : at + 16])
    loss.backward()
    optimizer.step()
    took = time.perf_counter() - begun
    conv, fc = example()
    told = {
        "event": "step",
        "taken": step,
        "step": watch.step if watch else step,
        "seconds": took,
        "loss": loss.item(),
        "conv": conv.flatten().tolist(),
        "fc": fc.flatten().tolist(),
        "fc.weight": model.fc.weight.flatten().tolist(),
    }
    print(json.dumps(told), flush=True)
    if select.select([sys.stdin], [], [], 0.01)[0]:
        break
