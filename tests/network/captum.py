"""Reference values of attribution maps, by Captum 0.9.0 over PyTorch 1.13.1 (Debian 12's python3-torch): writes captum.csv.

Weights and images come from formulas, so that nothing large is stored: number i of a parameter named `name` is
sin(0.37 i + len(name)) / sqrt(inputs of a unit), of a bias 0.1 sin(...); number i of image k is 0.5 + 0.5 sin(0.7 i + k).
Rows: a name and its numbers, channels added up, in double precision.

Not asked for: `riemann_trapezoid`, whose weights do not sum to 1, and NoiseTunnel, whose noise is its own.

Run: python3 tests/network/captum.py > tests/network/captum.csv
"""
import collections

import torch
from captum.attr import (
    InputXGradient,
    IntegratedGradients,
    LayerGradCam,
    LayerGradientXActivation,
    Occlusion,
    Saliency,
)
from torch import nn

torch.set_default_dtype(torch.float64)
SIZE = (2, 8, 8)

logits = nn.Sequential(
    collections.OrderedDict(
        conv1=nn.Conv2d(2, 3, 3, padding=1),
        relu1=nn.ReLU(),
        pool=nn.MaxPool2d(2),
        conv2=nn.Conv2d(3, 4, 3, padding=1),
        relu2=nn.ReLU(),
        flatten=nn.Flatten(),
        fc=nn.Linear(64, 3),
    )
)
for name, parameter in logits.named_parameters():
    i = torch.arange(parameter.numel())
    wave = torch.sin(0.37 * i + len(name)).reshape(parameter.shape)
    inputs = parameter[0].numel() if parameter.dim() > 1 else 100
    parameter.data = wave / inputs**0.5
shares = nn.Sequential(logits, nn.Softmax(dim=1))


def image(k):
    i = torch.arange(SIZE[0] * SIZE[1] * SIZE[2])
    return (0.5 + 0.5 * torch.sin(0.7 * i + k)).reshape(1, *SIZE)


def tell(name, values):
    print(name, *(repr(float(value)) for value in values.detach().flatten()), sep=",")


for k in range(3):
    x, other = image(k), image(7)
    black = torch.zeros_like(x)
    tell(f"logits {k}", logits(x))
    for what, model in [("logit", logits), ("probability", shares)]:
        tell(f"saliency {what} {k}", Saliency(model).attribute(x, target=1, abs=False).sum(1))
        tell(f"input x gradient {what} {k}", InputXGradient(model).attribute(x, target=1).sum(1))
        for base, baseline in [("black", black), ("other", other)]:
            found = IntegratedGradients(model).attribute(
                x, baseline, target=1, n_steps=50, method="gausslegendre"
            )
            tell(f"integrated gradients {what} {base} {k}", found.sum(1))
        # The windows cover both channels, so that one of them tells all.
        found = Occlusion(model).attribute(
            x, sliding_window_shapes=(2, 3, 3), strides=(2, 1, 1), target=1, baselines=0
        )
        tell(f"occlusion {what} {k}", found[:, 0])
        found = LayerGradCam(model, logits.relu2).attribute(
            x, target=1, relu_attributions=False
        )
        tell(f"grad-cam {what} {k}", found)
        found = LayerGradientXActivation(model, logits.relu2).attribute(x, target=1)
        tell(f"gradient x activation {what} {k}", found.sum(1))
