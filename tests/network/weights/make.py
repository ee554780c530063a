"""Small files of weights as torch 1.13 saves them, and what their network makes of two images: python3 make.py."""

from collections import OrderedDict
from pathlib import Path

import torch
from torch import nn

here = Path(__file__).parent
torch.manual_seed(3)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 3, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(3)
        self.conv2 = nn.Conv2d(3, 3, 3, padding=1, groups=3, bias=False)

    def forward(self, x):
        return self.conv2(torch.relu(self.bn1(self.conv1(x)))) + x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 3, 3, stride=2, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(3)
        self.layer1 = nn.Sequential(Block(), Block())
        self.fc = nn.Linear(3, 4)

    def forward(self, x):
        return self.fc(self.layer1(torch.relu(self.bn1(self.conv1(x)))).mean((2, 3)))


net = Net()
optimiser = torch.optim.Adam(net.parameters(), 0.05)
for _ in range(4):
    optimiser.zero_grad()
    nn.functional.cross_entropy(net(torch.rand(8, 1, 6, 6)), torch.arange(8) % 4).backward()
    optimiser.step()
net.eval()

torch.save(net.state_dict(), here / "state.pt")
torch.save(net.state_dict(), here / "legacy.pt", _use_new_zipfile_serialization=False)
torch.save(net, here / "module.pt")
checkpoint = {"epoch": 4, "model_state_dict": net.state_dict(), "optimizer_state_dict": optimiser.state_dict()}
torch.save(checkpoint, here / "checkpoint.pt", _use_new_zipfile_serialization=False)
half = OrderedDict((name, value.half() if value.is_floating_point() else value) for name, value in net.state_dict().items())
half["fc.weight"] = net.fc.weight.detach().bfloat16()
half["fc.bias"] = net.fc.bias.detach().double()
torch.save(half, here / "half.pt", _use_new_zipfile_serialization=False)
one = nn.Linear(2, 2)
torch.jit.script(one).save(str(here / "script.pt"))
torch.save({"a": torch.ones(2, 2).to_sparse()}, here / "sparse.pt", _use_new_zipfile_serialization=False)
torch.save([1, 2, 3], here / "list.pt", _use_new_zipfile_serialization=False)
# It says that it is 2^29 numbers, all the same one.
vast = {"a": torch.ones(1).expand(1 << 15, 1 << 14)}
torch.save(vast, here / "vast.pt", _use_new_zipfile_serialization=False)

images = torch.rand(2, 1, 6, 6)
with torch.no_grad():
    rows = [[f"{number:.9g}" for number in (*image.flatten().tolist(), *net(image[None])[0].tolist())] for image in images]
(here / "logits.csv").write_text("36 brightnesses, then 4 logits\n" + "".join(",".join(row) + "\n" for row in rows))
