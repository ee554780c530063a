"""Reads a recorded run by docs/PROTOCOL.md alone: a line of JSON for each frame, with the sum of each of its arrays."""
import json
import math
import struct
import sys
import zlib

FORMATS = {"U8": "B", "U16": "H", "U32": "I", "U64": "Q", "I64": "q", "F32": "f", "F64": "d", "BOOL": "?"}
KINDS = {1: "report", 2: "snapshot", 3: "reply", 4: "command", 5: "query", 6: "hello", 7: "admission", 8: "taken", 9: "steps"}


def arrays(value, body):
    """Every array of a header, as numbers, in the order in which they are written."""
    if isinstance(value, dict):
        if value.keys() == {"dtype", "shape", "data_offsets"}:
            first, end = value["data_offsets"]
            count = math.prod(value["shape"])
            yield struct.unpack(f"<{count}{FORMATS[value['dtype']]}", body[first:end])
            return
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from arrays(part, body)


def frames(stream):
    """Kind, header and body of each frame."""
    while prefix := stream.read(24):
        magic, version, kind, header_length, checksum, body_length = struct.unpack("<4sHHIIQ", prefix)
        if magic != b"PCPT" or version != 3:
            sys.exit(f"no frame of version 3: {prefix!r}")
        header, body = stream.read(header_length), stream.read(body_length)
        if zlib.crc32(struct.pack("<H", kind) + header + body) != checksum:
            sys.exit("a frame is damaged")
        yield KINDS[kind], json.loads(header), body


with open(sys.argv[1], "rb") as stream:
    for kind, header, body in frames(stream):
        name = next(iter(header)) if kind == "report" else kind
        sums = [math.fsum(number for number in array if number == number) for array in arrays(header, body)]
        print(json.dumps({"kind": kind, "name": name, "step": header.get("step"), "sums": sums}))
