# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A small grey picture that looks like an x-ray of a tooth, made from nothing."""

import struct
import zlib

SIZE = 96


def xray(seed):
    """Bytes of a PNG, grey, different for each seed."""
    rows = b"".join(b"\0" + bytes(shade(x, y, seed) for x in range(SIZE)) for y in range(SIZE))
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 0, 0, 0, 0)
    parts = (b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def shade(x, y, seed):
    """Bright enamel, a darker pulp, and a background that fades."""
    middle = SIZE // 2 + (seed * 7) % 11 - 5
    width = 26 - abs(y - 30) // 4 if y < 60 else max(4, 22 - (y - 60) // 2)
    distance = abs(x - middle)
    if distance < 4 and 30 < y < 84:
        return 96
    if distance < width:
        return 205 - distance * 2 - y // 3
    return 30 + (x * 3 + y * 5 + seed * 17) % 23
