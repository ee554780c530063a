"""Builds the wheel of the package without build tools: a wheel is a ZIP archive of the modules, what is said of them, and
a list of all with their checksums (https://packaging.python.org/specifications/binary-distribution-format/).

    python3 build_wheel.py [FOLDER]

The same sources make the same bytes. The path of the wheel is printed.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sys
import zipfile
from pathlib import Path
from typing import Dict

HERE = Path(__file__).resolve().parent
PACKAGE = "perceptarium"
#: The first time that ZIP knows, so that nothing depends on when files were written.
WHEN = (1980, 1, 1, 0, 0, 0)


def version() -> str:
    """The version that the package says of itself."""
    text = (HERE / PACKAGE / "version.py").read_text(encoding="utf-8")
    found = re.search(r'^VERSION = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise SystemExit("version.py says no version")
    return found.group(1)


def contents() -> Dict[str, bytes]:
    """Every file of the wheel but its list, by its path within."""
    files = {
        path.relative_to(HERE).as_posix(): path.read_bytes()
        for path in (HERE / PACKAGE).rglob("*")
        if path.suffix == ".py" or path.name == "py.typed"
    }
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    metadata = (
        "Metadata-Version: 2.1\n"
        f"Name: {PACKAGE}\n"
        f"Version: {version()}\n"
        "Summary: Watch a training in the halls of Perceptarium\n"
        "License: MIT OR Apache-2.0\n"
        "Classifier: Programming Language :: Python :: 3\n"
        "Classifier: Typing :: Typed\n"
        "Requires-Python: >=3.9\n"
        "Description-Content-Type: text/markdown\n\n"
    )
    wheel = f"Wheel-Version: 1.0\nGenerator: build_wheel.py\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    said = f"{PACKAGE}-{version()}.dist-info"
    files[f"{said}/METADATA"] = (metadata + readme).encode()
    files[f"{said}/WHEEL"] = wheel.encode()
    files[f"{said}/top_level.txt"] = f"{PACKAGE}\n".encode()
    return files


def record(files: Dict[str, bytes]) -> bytes:
    """The list of all files with their checksums."""
    lines = []
    for path, data in sorted(files.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        lines.append(f"{path},sha256={digest},{len(data)}")
    lines.append(f"{PACKAGE}-{version()}.dist-info/RECORD,,")
    return ("\n".join(lines) + "\n").encode()


def build(folder: Path) -> Path:
    """Writes the wheel into a folder, which is made if it is not there."""
    files = contents()
    listed = sorted(files.items()) + [(f"{PACKAGE}-{version()}.dist-info/RECORD", record(files))]
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{PACKAGE}-{version()}-py3-none-any.whl"
    with zipfile.ZipFile(target, "w") as archive:
        for path, data in listed:
            entry = zipfile.ZipInfo(path, WHEN)
            entry.external_attr = 0o644 << 16
            # Stored: how well zlib compresses differs from one version to the next, and so would the bytes.
            entry.compress_type = zipfile.ZIP_STORED
            # The system that wrote it is part of the entry.
            entry.create_system = 3
            archive.writestr(entry, data)
    return target


if __name__ == "__main__":
    print(build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "dist"))
