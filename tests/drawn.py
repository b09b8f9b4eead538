"""Pictures, drawn for tests: good ones, and those that somebody sends to see what happens."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw

PLACE = "Fore Street 12"


def a_picture(width: int = 640, height: int = 480, kind: str = "JPEG", mode: str = "RGB", **saved: Any) -> bytes:
    """Draw a picture with a red corner at the top left, so that its direction can be seen."""
    picture = Image.new(mode, (width, height), "white" if mode != "RGBA" else (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((0, 0, width // 3, height // 3), fill="red")
    out = io.BytesIO()
    picture.save(out, kind, **saved)
    return out.getvalue()


def a_photograph(turned: int = 6) -> bytes:
    """Draw a picture as a phone keeps it: lying on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010E] = PLACE
    exif.get_ifd(0x8825)[1] = "N"
    return a_picture(600, 300, exif=exif.tobytes(), comment=PLACE.encode())


def a_bomb(side: int = 30_000) -> bytes:
    """Write a small file that says it is a picture of 900 million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def a_film() -> bytes:
    """Draw a picture that moves."""
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()
