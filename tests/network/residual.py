"""The residual network of assets/networks/resnet.toml in PyTorch, in training mode: writes residual.csv.

Weights and images come from formulas, so that nothing large is stored: number i of a parameter named `name` is
sin(0.37 i + len(name)) / sqrt(inputs of a unit), of a normalisation's weight 1 + 0.1 sin(…), of a bias 0.1 sin(…).
Rows: a name, the Euclidean norm of its numbers, and its first four.

Run with Debian 12's python3-torch 1.13.1: python3 tests/network/residual.py > tests/network/residual.csv
"""
import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        if stride > 1:
            self.shortcut = nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False)
            self.shortcut_bn = nn.BatchNorm2d(outputs)

    def forward(self, x):
        made = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        kept = self.shortcut_bn(self.shortcut(x)) if hasattr(self, "shortcut") else x
        return F.relu(made + kept)


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(1, 8, 3, padding=1, bias=False)
        self.stem_norm = nn.BatchNorm2d(8)
        self.layer1 = nn.Sequential(Block(8, 8, 1), Block(8, 8, 1))
        self.layer2 = Block(8, 16, 2)
        self.fc = nn.Linear(16, 10)

    def forward(self, x):
        x = F.relu(self.stem_norm(self.stem(x)))
        return self.fc(self.layer2(self.layer1(x)).mean((2, 3)))


def fill(name, parameter):
    wave = torch.sin(0.37 * torch.arange(parameter.numel()) + len(name))
    if parameter.dim() > 1:
        return wave / (parameter.numel() // parameter.shape[0]) ** 0.5
    return 1 + 0.1 * wave if name.endswith("weight") else 0.1 * wave


def tell(name, numbers):
    numbers = numbers.detach().flatten()
    print(";".join([name, repr(numbers.norm().item()), *(repr(one.item()) for one in numbers[:4])]))


network = Residual().train()
with torch.no_grad():
    for name, parameter in network.named_parameters():
        parameter.copy_(fill(name, parameter).reshape(parameter.shape))
images = ((torch.arange(4 * 784) * 37 % 101) / 100).pow(2).reshape(4, 1, 28, 28)
labels = torch.tensor([0, 2, 4, 6])
rule = torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-4)
print("name;norm;first;second;third;fourth")
for step in range(3):
    rule.zero_grad()
    logits = network(images)
    loss = F.cross_entropy(logits, labels)
    loss.backward()
    if step == 0:
        tell("logits", logits)
        for name, parameter in network.named_parameters():
            tell(f"{name} gradient", parameter.grad)
    tell(f"loss {step}", loss.reshape(1))
    rule.step()
network.eval()
tell("asked", network(images))
for name, parameter in network.named_parameters():
    tell(name, parameter)
