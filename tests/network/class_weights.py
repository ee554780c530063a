"""Loss, gradients and three steps of a linear layer whose classes are weighed, by PyTorch in double precision.

Writes class_weights.csv beside it: the weights of the classes, then of each step the loss, and in the end the gradients of
the first step and the weights after the last. Run with PyTorch 1.13.
"""

from pathlib import Path

import torch

CLASSES, PIXELS, IMAGES = 3, 6, 7
WEIGHTS = [0.5, 2.0, 1.25]
LABELS = [0, 2, 0, 0, 1, 0, 2]


def number(at):
    return (at * 37 % 101) / 100 - 0.5


torch.set_default_dtype(torch.float64)
images = torch.tensor([number(at + 5) for at in range(IMAGES * PIXELS)]).reshape(IMAGES, PIXELS)
layer = torch.nn.Linear(PIXELS, CLASSES)
with torch.no_grad():
    layer.weight.copy_(torch.tensor([number(at) for at in range(CLASSES * PIXELS)]).reshape(CLASSES, PIXELS))
    layer.bias.copy_(torch.tensor([number(at + 50) for at in range(CLASSES)]))
loss_of = torch.nn.CrossEntropyLoss(weight=torch.tensor(WEIGHTS))
optimiser = torch.optim.SGD(layer.parameters(), lr=0.5)
losses, gradients = [], None
for _ in range(3):
    optimiser.zero_grad()
    loss = loss_of(layer(images), torch.tensor(LABELS))
    loss.backward()
    losses.append(loss.item())
    if gradients is None:
        gradients = [p.grad.flatten().tolist() for p in layer.parameters()]
    optimiser.step()
rows = [("class_weights", WEIGHTS), ("losses", losses), ("weight gradient", gradients[0]), ("bias gradient", gradients[1])]
rows += [("weight", layer.weight.flatten().tolist()), ("bias", layer.bias.tolist())]
text = "".join(name + ";" + ";".join(f"{number:.9g}" for number in numbers) + "\n" for name, numbers in rows)
Path(__file__).with_name("class_weights.csv").write_text(text)
