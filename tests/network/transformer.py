"""Makes tests/network/transformer: a small vision transformer as ONNX, with its answers and one gradient.

Debian's python3-torch and python3-torchvision; the numbers are little-endian 32-bit floats. The files that are kept were
made so on another day, with other first weights; whatever is made here replaces all four of them together.
"""

import pathlib

import torch
from torchvision.models import VisionTransformer

torch.manual_seed(0)
folder = pathlib.Path(__file__).parent / "transformer"
folder.mkdir(exist_ok=True)
model = VisionTransformer(
    image_size=32, patch_size=8, num_layers=2, num_heads=2, hidden_dim=32, mlp_dim=64, num_classes=10
)
model.eval()
# torchvision begins its last layer with zeros.
torch.nn.init.normal_(model.heads[0].weight, std=0.5)
images = torch.randn(3, 3, 32, 32)
torch.onnx.export(
    model,
    images,
    folder / "model.onnx",
    opset_version=16,
    input_names=["input"],
    dynamic_axes={"input": {0: "batch"}},
)
logits = model(images)
torch.nn.functional.cross_entropy(logits, torch.tensor([0, 1, 2])).backward()
for name, tensor in [("input", images), ("logits", logits), ("gradient", model.conv_proj.weight.grad)]:
    tensor.detach().numpy().astype("<f4").tofile(folder / name)
