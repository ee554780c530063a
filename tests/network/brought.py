"""Makes tests/network/brought: a small residual network exported for training, and what PyTorch makes of three steps.

Debian's python3-torch (1.13). brought.csv: the losses of three steps of SGD with rate 0.1, and the logits of the first
image afterwards, in evaluation.
"""

import pathlib

import torch
from torch import nn

torch.manual_seed(1)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU()
        self.down = None
        if stride != 1 or inputs != outputs:
            self.down = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, x):
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return self.relu(y + (self.down(x) if self.down else x))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(1, 4, 3, 1, 1, bias=False)
        self.bn = nn.BatchNorm2d(4)
        self.layer1 = Block(4, 4, 1)
        self.layer2 = nn.Sequential(Block(4, 8, 2), Block(8, 8, 1))
        self.act = nn.SiLU()
        self.fc = nn.Linear(8, 10)

    def forward(self, x):
        x = self.act(self.bn(self.stem(x)))
        x = self.layer2(self.layer1(x))
        return self.fc(x.mean((2, 3)))


folder = pathlib.Path(__file__).parent / "brought"
folder.mkdir(exist_ok=True)
model = Network().train()
numbers = ((torch.arange(4 * 784) * 37 % 101).double() / 100) ** 2
images = numbers.float().reshape(4, 1, 28, 28)
torch.onnx.export(
    model,
    images,
    folder / "model.onnx",
    opset_version=16,
    input_names=["input"],
    dynamic_axes={"input": {0: "batch"}},
    training=torch.onnx.TrainingMode.TRAINING,
    do_constant_folding=False,
)
# Exporting runs the network, which moves what its normalisations remember: the file and the model have it alike.
optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
rows = []
for _ in range(3):
    optimiser.zero_grad()
    loss = nn.functional.cross_entropy(model(images), torch.tensor([0, 2, 4, 6]))
    loss.backward()
    optimiser.step()
    rows.append([loss.item()])
model.eval()
rows.append(model(images)[0].tolist())
text = "\n".join(",".join(f"{number:.9g}" for number in row) for row in rows)
(folder / "steps.csv").write_text(text + "\n")
