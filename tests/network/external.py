"""Makes tests/network/external: the network of tests/network/brought with its numbers beside the file.

Python packages onnx 1.22.0 and onnx-ir 1.1.0, the latter of which torch.onnx.export of PyTorch 2 writes with:
external/onnx is onnx.save_model with all arrays in one file, external/pytorch is what ONNXProgram.save does.
"""

import pathlib

import onnx
import onnx_ir

here = pathlib.Path(__file__).parent
brought = here / "brought/model.onnx"
for name in ["onnx", "pytorch"]:
    folder = here / "external" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx.data").unlink(missing_ok=True)
    if name == "onnx":
        onnx.save_model(
            onnx.load(brought),
            folder / "model.onnx",
            save_as_external_data=True,
            all_tensors_to_one_file=True,
            location="model.onnx.data",
            size_threshold=0,
        )
    else:
        onnx_ir.save(
            onnx_ir.load(brought),
            folder / "model.onnx",
            external_data="model.onnx.data",
            size_threshold_bytes=0,
        )
