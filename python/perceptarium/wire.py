"""Frames: what a training and a hall say to each other, as bytes. docs/PROTOCOL.md is their reference."""

from __future__ import annotations

import json
import math
import struct
import zlib
from array import array
from typing import Any, Collection, Iterator, List, Optional, Sequence, Tuple

MAGIC = b"PCPT"
VERSION = 3
PREFIX = struct.Struct("<4sHHIIQ")

REPORT, SNAPSHOT, REPLY, COMMAND, QUERY, HELLO, WELCOME, TAKEN = range(1, 9)

#: The longest header and body that a frame may have, in bytes.
MOST_HEADER = 64 << 20
MOST_BODY = 256 << 20
#: Arrays of one frame.
MOST_ARRAYS = 4096

#: What a hall asks is short: a drawn picture is the longest of it.
MOST_ASKED = 4 << 20

_FORMATS = {"U8": "B", "U16": "H", "U32": "I", "U64": "Q", "I64": "q", "F32": "f", "F64": "d", "BOOL": "B"}


class FrameError(Exception):
    """Bytes are no frame; nothing that follows them can be read. Its text is one sentence."""


class Body:
    """The arrays of a frame under way; each begins at a multiple of eight bytes."""

    def __init__(self) -> None:
        self._parts: List[bytes] = []
        self._length = 0
        self.count = 0

    @property
    def length(self) -> int:
        """Bytes so far."""
        return self._length

    def add(self, dtype: str, data: bytes) -> Any:
        """Lays an array of numbers down, little-endian; what is returned stands for it in the header."""
        aligned = -(-self._length // 8) * 8
        self._parts.append(bytes(aligned - self._length))
        self._parts.append(data)
        self._length = aligned + len(data)
        self.count += 1
        length = len(data) // struct.calcsize(_FORMATS[dtype])
        return {"dtype": dtype, "shape": [length], "data_offsets": [aligned, self._length]}

    def bytes(self) -> bytes:
        """All of them."""
        return b"".join(self._parts)


def frame(kind: int, header: Any, body: bytes = b"") -> bytes:
    """One frame.

    Raises FrameError if it is longer than a frame may be, or holds a number that JSON lacks where none may stand.
    """
    try:
        words = json.dumps(header, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except ValueError as error:
        raise FrameError(f"a message of kind {kind} cannot be written: {error}") from None
    words += b" " * (-len(words) % 8)
    if len(words) > MOST_HEADER or len(body) > MOST_BODY:
        raise FrameError(f"a message of kind {kind} is longer than a frame may be")
    checksum = zlib.crc32(body, zlib.crc32(words, zlib.crc32(struct.pack("<H", kind))))
    prefix = PREFIX.pack(MAGIC, VERSION, kind, len(words), checksum, len(body))
    return b"".join((prefix, words, body))


def number(value: float) -> Any:
    """A number for a field that may hold what JSON lacks."""
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "inf" if value > 0 else "-inf"


def numbers(value: Any, body: bytes) -> Sequence[float]:
    """The numbers of an array in a header, or of a plain list; raises FrameError if they are none."""
    if isinstance(value, list):
        if not all(isinstance(one, (int, float)) for one in value):
            raise FrameError("a list holds something that is no number")
        return [float(one) for one in value]
    try:
        first, end = value["data_offsets"]
        format = _FORMATS[value["dtype"]]
        found = array(format, body[first:end])
        complete = 0 <= first <= end <= len(body) and math.prod(value["shape"]) == len(found)
    except (KeyError, TypeError, ValueError) as error:
        raise FrameError(f"an array cannot be read: {error!r}") from None
    if not complete:
        raise FrameError("an array does not lie in its frame")
    if struct.pack("=H", 1) != struct.pack("<H", 1):
        found.byteswap()
    return found


class Reader:
    """Takes bytes as they come and gives frames, one after the other.

    Only these kinds are read, and lengths are looked at before anything is kept.
    """

    def __init__(self, kinds: Collection[int], most_header: int = MOST_HEADER, most_body: int = MOST_BODY) -> None:
        self._kinds = kinds
        self._most = (most_header, most_body)
        self._bytes = bytearray()

    def feed(self, data: bytes) -> None:
        """Takes bytes; `frames` is to be asked before more are fed."""
        self._bytes += data

    def frames(self) -> Iterator[Tuple[int, Any, bytes]]:
        """Kind, header and body of each frame that is complete; raises FrameError at the first that is wrong."""
        while (one := self._next()) is not None:
            yield one

    def _next(self) -> Optional[Tuple[int, Any, bytes]]:
        if len(self._bytes) < PREFIX.size:
            self._refuse_others()
            return None
        magic, version, kind, header_length, said, body_length = PREFIX.unpack_from(self._bytes)
        if magic != MAGIC:
            raise FrameError(f"these bytes are no frame: {bytes(magic)!r}")
        if version != VERSION:
            raise FrameError(f"the frame is of version {version}, but version {VERSION} is read here")
        if kind not in self._kinds:
            raise FrameError(f"a message of kind {kind} is not expected here")
        if header_length > self._most[0] or body_length > self._most[1]:
            raise FrameError(f"a message of kind {kind} is {header_length + body_length} bytes long, which is too long")
        length = PREFIX.size + header_length + body_length
        if len(self._bytes) < length:
            return None
        header = bytes(self._bytes[PREFIX.size : PREFIX.size + header_length])
        body = bytes(self._bytes[PREFIX.size + header_length : length])
        del self._bytes[:length]
        found = zlib.crc32(body, zlib.crc32(header, zlib.crc32(struct.pack("<H", kind))))
        if found != said:
            raise FrameError(f"the frame is damaged: its bytes come to {found:08x}, but it says {said:08x}")
        try:
            return kind, json.loads(header), body
        except (ValueError, RecursionError) as error:
            raise FrameError(f"a message of kind {kind} cannot be read: {error}") from None

    def _refuse_others(self) -> None:
        """What does not begin as a frame is told at once, and not only when a whole prefix has come."""
        if not MAGIC.startswith(bytes(self._bytes[:4])):
            raise FrameError(f"these bytes are no frame: {bytes(self._bytes[:4])!r}")
