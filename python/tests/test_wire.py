"""Frames: the same bytes as the hall's, and nothing else is read."""

import json
import struct
import unittest
import zlib
from pathlib import Path

from hall import wire

GOLDEN = Path(__file__).resolve().parents[2] / "tests" / "gallery" / "wire" / "golden"
KINDS = set(range(1, 10))


def read(data: bytes, kinds=KINDS, **limits):
    reader = wire.Reader(kinds, **limits)
    reader.feed(data)
    return list(reader.frames())


class Golden(unittest.TestCase):
    def test_every_golden_frame_is_read_and_written_again_to_the_same_bytes(self):
        files = sorted(GOLDEN.glob("*.frame"))
        self.assertGreater(len(files), 30)
        same = 0
        for file in files:
            with self.subTest(file.name):
                data = file.read_bytes()
                ((kind, header, body),) = read(data)
                # Numbers are written as Rust and Python write them; what they say is the same.
                again = wire.frame(kind, header, body)
                self.assertEqual(read(again), [(kind, header, body)])
                raw = data[24 : 24 + struct.unpack_from("<I", data, 8)[0]].rstrip(b" ")
                if json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode() == raw:
                    same += 1
                    self.assertEqual(again, data)
        # Two write a number as 0.00001, Python as 1e-05.
        self.assertGreaterEqual(same, len(files) - 2)

    def test_plain_golden_frames_are_byte_for_byte(self):
        for name, kind, header in (
            ("command-pause", wire.COMMAND, "Pause"),
            ("command-advance", wire.COMMAND, {"Advance": {"steps": 10}}),
            ("report-state", wire.REPORT, {"State": {"state": "Training", "step": 3}}),
        ):
            self.assertEqual(wire.frame(kind, header), (GOLDEN / f"{name}.frame").read_bytes(), name)

    def test_arrays_of_golden_frames_are_read(self):
        ((_, header, body),) = read((GOLDEN / "snapshot.frame").read_bytes())
        values = [list(wire.numbers(layer["values"], body)) for layer in header["layers"]]
        self.assertEqual([len(one) for one in values], [3, 4])
        self.assertEqual(values[1], [1.0, 2.0, 3.0, 4.0])
        body = wire.Body()
        again = [body.add("F32", struct.pack(f"<{len(one)}f", *one)) for one in values]
        self.assertEqual(again, [layer["values"] for layer in header["layers"]])
        self.assertEqual(body.bytes(), (GOLDEN / "snapshot.frame").read_bytes()[-32:])


class Frames(unittest.TestCase):
    def test_frames_come_bit_by_bit_and_one_behind_the_other(self):
        frames = wire.frame(4, "Pause") + wire.frame(4, {"SetLearningRate": 0.5}, b"12345678")
        reader, found = wire.Reader(KINDS), []
        for at in range(len(frames)):
            reader.feed(frames[at : at + 1])
            found.extend(reader.frames())
        self.assertEqual(found, [(4, "Pause", b""), (4, {"SetLearningRate": 0.5}, b"12345678")])

    def test_what_is_no_frame_is_refused_in_a_sentence(self):
        good = wire.frame(4, "Pause")
        damaged = good[:-1] + b"x"
        other = good[:4] + struct.pack("<H", 4) + good[6:]
        for data, word in (
            (b"GET / HTTP/1.1\r\n\r\n" + bytes(24), "no frame"),
            (b"\xff", "no frame"),
            (damaged, "damaged"),
            (other, "version 4"),
            (good[:6] + struct.pack("<H", 9) + good[8:], "kind 9"),
            (good[:6] + struct.pack("<H", 1) + good[8:], "kind 1"),
            (good[:8] + struct.pack("<I", 1 << 31) + good[12:], "too long"),
            (good[:16] + struct.pack("<Q", 1 << 60) + good[24:], "too long"),
        ):
            with self.subTest(word), self.assertRaisesRegex(wire.FrameError, word):
                read(data, kinds={4, 5})
        words = b"[" * 100_000
        sum = zlib.crc32(struct.pack("<H", 4) + words)
        deep = struct.pack("<4sHHIIQ", b"PCPT", wire.VERSION, 4, len(words), sum, 0) + words
        with self.assertRaisesRegex(wire.FrameError, "cannot be read"):
            read(deep)

    def test_half_a_frame_is_waited_for_and_takes_no_more_than_came(self):
        reader = wire.Reader(KINDS)
        reader.feed(wire.frame(4, "Pause", bytes(1000))[:-1])
        self.assertEqual(list(reader.frames()), [])

    def test_numbers_that_json_lacks(self):
        found = [wire.number(one) for one in (1.5, float("nan"), float("inf"), -float("inf"))]
        self.assertEqual(found, [1.5, "NaN", "inf", "-inf"])
        with self.assertRaises(wire.FrameError):
            wire.frame(1, float("nan"))

    def test_arrays_lie_in_their_frame(self):
        body = struct.pack("<2f", 1.0, 2.0)
        good = {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}
        self.assertEqual(list(wire.numbers(good, body)), [1.0, 2.0])
        self.assertEqual(list(wire.numbers([1, 2.5], b"")), [1.0, 2.5])
        for wrong in (
            {**good, "data_offsets": [0, 16]},
            {**good, "data_offsets": [0, 7]},
            {**good, "shape": [3]},
            {**good, "dtype": "F16"},
            {**good, "data_offsets": [-8, 8]},
            {},
            None,
            ["a"],
        ):
            with self.subTest(wrong), self.assertRaises(wire.FrameError):
                wire.numbers(wrong, body)


if __name__ == "__main__":
    unittest.main()
