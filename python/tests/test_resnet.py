"""ResNet-18 at 32 × 32: a real network, whole; skipped where torchvision is not installed."""

import copy
import types
import unittest

# First, as it skips all of this where PyTorch is not installed.
from networks import Training, attached, data, pictured

from hall import Hall, layers

import torch
from torch import nn

try:
    from torchvision.models import resnet18
except ImportError:
    resnet18 = None


from perceptarium.graph import GRADIENT


def network():
    """ResNet-18 as it is made for pictures of 32 × 32: a stem that keeps them large."""
    model = resnet18(num_classes=10)
    model.conv1 = nn.Conv2d(3, 64, 3, padding=1, bias=False)
    model.maxpool = nn.Identity()
    return model


def plainly(self, x):
    """A block of ResNet that writes nothing over."""
    out = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x)))))
    return self.relu(out + (x if self.downsample is None else self.downsample(x)))


def without_hooks(model, x, y):
    """Every activation and its gradient, by a copy whose layers do not work in place."""
    model = copy.deepcopy(model).eval()
    for module in model.modules():
        if isinstance(module, nn.ReLU):
            module.inplace = False
        if type(module).__name__ == "BasicBlock":
            module.forward = types.MethodType(plainly, module)
    values, counts = {}, {}

    def keep(name):
        def hook(_, __, output):
            counts[name] = counts.get(name, 0) + 1
            output.retain_grad()
            values[name if counts[name] == 1 else f"{name}:{counts[name]}"] = output

        return hook

    for name, module in model.named_modules():
        if name and not list(module.children()) and not isinstance(module, nn.Identity):
            module.register_forward_hook(keep(name))
    nn.functional.cross_entropy(model(x), y).backward()
    return values


@unittest.skipIf(resnet18 is None, "torchvision is not installed")
class ResNet(unittest.TestCase):
    def test_the_whole_of_it(self):
        x, y = data((3, 32, 32), count=16)
        training = Training(network, x, y, batch=4, optimiser=lambda some: torch.optim.SGD(some, lr=0.01))
        hall = Hall()
        handle = attached(training, hall, loss=nn.CrossEntropyLoss(), inputs=(x[:4], y[:4]))
        try:
            graph = hall.graph
            ops = [node["op"] if isinstance(node["op"], str) else next(iter(node["op"])) for node in graph["nodes"]]
            self.assertEqual(
                {op: ops.count(op) for op in ("convolution", "normalisation", "add", "linear", "pooling")},
                {"convolution": 20, "normalisation": 20, "add": 8, "linear": 1, "pooling": 1},
            )
            self.assertNotIn("other", ops)
            joins = [
                [graph["tensors"][at]["name"] for at in node["inputs"]]
                for node in graph["nodes"]
                if node["op"] == "add"
            ]
            self.assertEqual(
                joins[:3],
                [
                    ["layer1.0.bn2", "relu"],
                    ["layer1.1.bn2", "layer1.0.relu:2"],
                    ["layer2.0.bn2", "layer2.0.downsample.1"],
                ],
            )
            self.assertEqual(
                sum(one.numel() for one in training.model.parameters()), hall.of("Started")[0]["parameters"]
            )

            kept, step = {}, training.step

            def remember():
                kept[training.taken] = copy.deepcopy(training.model)
                kept.pop(training.taken - 4, None)
                step()

            training.step = remember
            names = hall.names("activation")
            wanted = [name for name in names if name != "Probabilities"]
            picture = pictured(training, hall, wanted + [name + GRADIENT for name in wanted], seconds=120)
            at = picture["step"] + training.taken - handle.step
            values = without_hooks(kept[at], x[:1], y[:1])
            shown = layers(picture)
            self.assertGreater(len(values), 55)
            for name, value in values.items():
                for told, right in ((shown[name], value[0]), (shown[name + GRADIENT], value.grad[0])):
                    told, right = torch.tensor(told["values"]), right.detach().reshape(-1)
                    worst = float((told - right).abs().max()) / max(1e-6, float(right.abs().max()))
                    self.assertLessEqual(worst, 1e-4, name)
        finally:
            handle.close()
            hall.close()


if __name__ == "__main__":
    unittest.main()
