"""The child process that decodes a stranger's picture and writes it anew: ``python -m shapedby.pictures.encoding``.

It reads the file on standard input and writes one line of JSON, then the bytes of both sizes. It may use so much
memory and so much time and no more, knows no database and no secret, and ends with the picture. What it writes is
made from the pixels alone: no place, no camera, no comment and nothing that was hidden behind the picture survives.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import warnings
from typing import IO

from PIL import Image, ImageCms, ImageOps

from shapedby.pictures.rules import LONG_SIDE, MOST_BYTES, MOST_PIXELS, SIDES, Why

MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 20
FORMATS = ("JPEG", "PNG", "WEBP")
STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
# A file that is a picture and also something that a browser or a reader would run is nobody's photograph.
ALSO = re.compile(rb"<\s*(?:script|html|svg|iframe|!doctype\s+html)[\s>]|<\?php|%PDF-\d|PK\x05\x06", re.IGNORECASE)
QUALITY = 82
PAPER = (255, 255, 255)


class Unfit(Exception):  # noqa: N818 - it is an answer, not a fault
    """The file is no picture that we take."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


def encode(data: bytes) -> list[tuple[bytes, int, int]]:
    """Give a picture in its two sizes, as JPEG with width and height; raises ``Unfit``."""
    picture = _opened(data)
    try:
        return [_written(_scaled(picture, side)) for side in SIDES]
    except (OSError, ValueError, SyntaxError) as error:
        raise Unfit(Why.BROKEN) from error


def _opened(data: bytes) -> Image.Image:
    """Decode a file of the formats we take; its size is checked before its pixels are read."""
    if not data.startswith(STARTS) or ALSO.search(data):
        raise Unfit(Why.NOT_A_PICTURE)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise Unfit(Why.TOO_MANY_PIXELS)
        # An MPO is a phone's JPEG with a second view behind it; the others move.
        if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":
            raise Unfit(Why.MOVES)
        picture.seek(0)
        picture.draft("RGB", (LONG_SIDE, LONG_SIDE))
        picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unfit(Why.TOO_MANY_PIXELS) from error
    except Image.UnidentifiedImageError as error:
        raise Unfit(Why.NOT_A_PICTURE) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Unfit(Why.BROKEN) from error
    return _plain(ImageOps.exif_transpose(picture))


def _plain(picture: Image.Image) -> Image.Image:
    """Give the pixels alone: in everybody's colours, on paper where they were clear."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "RGBA", "CMYK", "L"}:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            converted = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=mode)
            picture = converted or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that cannot be read changes the shades, not the picture
    if "A" in picture.getbands() or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        paper = Image.new("RGB", clear.size, PAPER)
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return picture.convert("RGB")


def _scaled(picture: Image.Image, side: int) -> Image.Image:
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    return small


def _written(picture: Image.Image) -> tuple[bytes, int, int]:
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue(), bare.width, bare.height


def answer(source: IO[bytes], out: IO[bytes]) -> None:
    """Read one file, and write what became of it."""
    data = source.read(MOST_BYTES)
    try:
        sizes = encode(data)
    except Unfit as unfit:
        out.write(json.dumps({"why": unfit.why.value}).encode() + b"\n")
        return
    except MemoryError:
        out.write(json.dumps({"why": Why.TOO_MANY_PIXELS.value}).encode() + b"\n")
        return
    told = [{"bytes": len(body), "width": width, "height": height} for body, width, height in sizes]
    out.write(json.dumps({"sizes": told}).encode() + b"\n" + b"".join(body for body, _, _ in sizes))


def main() -> None:
    """Bind oneself, then decode."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    answer(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
