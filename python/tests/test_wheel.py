"""The wheel: the same bytes each time, whole, and nothing is imported that is not needed."""

import base64
import csv
import hashlib
import io
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE))

import build_wheel  # noqa: E402
from perceptarium.sentences import SENTENCES  # noqa: E402


class Sentences(unittest.TestCase):
    def test_they_are_those_of_the_hall(self):
        words = (HERE.parent / "assets/words/en/attach.ftl").read_text()
        hall = dict(line.split(" = ", 1) for line in words.splitlines() if " = " in line)
        for key, sentence in SENTENCES.items():
            self.assertEqual(re.sub(r"\{ \$(\w+) \}", r"{\1}", hall[key]), sentence, key)


class Wheel(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.wheel = build_wheel.build(Path(self.folder.name) / "one")

    def test_the_same_sources_make_the_same_bytes(self):
        other = build_wheel.build(Path(self.folder.name) / "other")
        self.assertEqual(self.wheel.read_bytes(), other.read_bytes())
        self.assertEqual(self.wheel.name, f"perceptarium-{build_wheel.version()}-py3-none-any.whl")

    def test_its_list_is_right_and_all_modules_are_there(self):
        with zipfile.ZipFile(self.wheel) as archive:
            names = archive.namelist()
            said = f"perceptarium-{build_wheel.version()}.dist-info"
            rows = list(csv.reader(io.StringIO(archive.read(f"{said}/RECORD").decode())))
            self.assertEqual([row[0] for row in rows], names)
            for path, digest, length in rows[:-1]:
                data = archive.read(path)
                right = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
                self.assertEqual((digest, length), (f"sha256={right}", str(len(data))), path)
            self.assertIn("Requires-Python: >=3.9", archive.read(f"{said}/METADATA").decode())
            self.assertNotIn("Requires-Dist", archive.read(f"{said}/METADATA").decode())
        modules = {path.relative_to(HERE).as_posix() for path in (HERE / "perceptarium").rglob("*.py")}
        self.assertEqual({name for name in names if name.endswith(".py")}, modules)
        self.assertIn("perceptarium/py.typed", names)

    def test_it_says_the_version_that_its_project_file_says(self):
        text = (HERE / "pyproject.toml").read_text()
        self.assertIn(f'version = "{build_wheel.version()}"', text)

    def test_nothing_is_imported_before_it_is_used(self):
        script = (
            "import sys; sys.path.insert(0, sys.argv[1]); import perceptarium; "
            "print(perceptarium.__file__, [one for one in ('torch', 'keras', 'numpy', 'jax') if one in sys.modules])"
        )
        output = subprocess.run(
            [sys.executable, "-c", script, str(self.wheel)], capture_output=True, text=True, check=True
        )
        self.assertIn(".whl", output.stdout)
        self.assertTrue(output.stdout.strip().endswith("[]"), output.stdout)

    def test_without_pytorch_it_says_so(self):
        script = (
            "import sys; sys.path.insert(0, sys.argv[1]); sys.modules['torch'] = None; import perceptarium\n"
            "try: perceptarium.watch(None)\nexcept TypeError as error: print(error)"
        )
        output = subprocess.run(
            [sys.executable, "-c", script, str(self.wheel)], capture_output=True, text=True, check=True
        )
        self.assertIn("not installed", output.stdout)


if __name__ == "__main__":
    unittest.main()
