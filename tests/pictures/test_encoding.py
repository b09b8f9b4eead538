"""What becomes of a stranger's file: pixels in two sizes, or a reason why not."""

from __future__ import annotations

import io

import pytest
from drawn import PLACE, a_bomb, a_film, a_photograph, a_picture
from PIL import Image

from shapedby.pictures.encoding import Unfit, encode
from shapedby.pictures.rules import LONG_SIDE, SMALL_SIDE, Why, moved, why_not_upload


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_large_picture_comes_in_two_smaller_sizes_of_the_same_shape() -> None:
    (large, *size), (small, *small_size) = encode(a_picture(4000, 3000))
    assert size == [LONG_SIDE, 1200] == list(opened(large).size)
    assert small_size == [SMALL_SIDE, 360] == list(opened(small).size)
    assert opened(large).format == "JPEG"


def test_a_small_picture_is_not_made_larger() -> None:
    assert [one[1:] for one in encode(a_picture(300, 200))] == [(300, 200), (300, 200)]


def test_a_photograph_stands_upright_and_says_nothing_of_its_place() -> None:
    data = a_photograph()
    assert PLACE.encode() in data
    large, width, height = encode(data)[0]
    assert (width, height) == (300, 600)
    assert not opened(large).getexif()
    assert PLACE.encode() not in large
    assert set(opened(large).info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }
    red, green, _ = opened(large).convert("RGB").getpixel((290, 10))  # pyright: ignore[reportGeneralTypeIssues]
    assert red > 200 > green, "the red corner has turned to the right"


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGBA"), ("JPEG", "L")]
)
def test_every_kind_that_phones_and_drawings_come_in_is_taken(kind: str, mode: str) -> None:
    large, width, height = encode(a_picture(kind=kind, mode=mode))[0]
    assert (width, height) == (640, 480)
    assert opened(large).mode == "RGB"


def test_what_is_clear_lies_on_paper() -> None:
    large, _, _ = encode(a_picture(kind="PNG", mode="RGBA"))[0]
    assert opened(large).getpixel((600, 400)) == (255, 255, 255)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (SVG, Why.NOT_A_PICTURE),
        (b"<!doctype html><p>Hello", Why.NOT_A_PICTURE),
        (a_picture(kind="GIF"), Why.NOT_A_PICTURE),
        (a_picture(kind="BMP"), Why.NOT_A_PICTURE),
        (a_picture(kind="TIFF"), Why.NOT_A_PICTURE),
        (a_picture() + b"<script>alert(1)</script>", Why.NOT_A_PICTURE),
        (a_picture(comment=b"<?php system($_GET[0]) ?>"), Why.NOT_A_PICTURE),
        (a_picture() + b"%PDF-1.7 ...", Why.NOT_A_PICTURE),
        (a_picture() + b"PK\x05\x06" + b"\0" * 18, Why.NOT_A_PICTURE),
        (b"\xff\xd8\xff" + SVG, Why.NOT_A_PICTURE),
        (b"\xff\xd8\xff\xe0" + b"\0" * 400, Why.NOT_A_PICTURE),
        (b"RIFF\0\0\0\0WAVEfmt ", Why.NOT_A_PICTURE),
        (a_film(), Why.MOVES),
        (a_bomb(), Why.TOO_MANY_PIXELS),
        (a_picture(5000, 4001, "PNG", "1"), Why.TOO_MANY_PIXELS),
        (a_picture(800, 800)[:2500], Why.BROKEN),
        (a_picture(800, 800, "PNG")[:900], Why.BROKEN),
    ],
)
def test_what_is_no_picture_of_ours_is_refused_with_a_reason(data: bytes, why: Why) -> None:
    with pytest.raises(Unfit) as refused:
        encode(data)
    assert refused.value.why is why


def test_twenty_million_pixels_are_taken() -> None:
    assert encode(a_picture(5000, 4000, "PNG", "1"))[0][1:] == (1600, 1280)


def test_an_upload_is_weighed_before_anything_reads_it() -> None:
    assert why_not_upload(0) is Why.NOTHING_CHOSEN
    assert why_not_upload(10 * 1024 * 1024) is None
    assert why_not_upload(10 * 1024 * 1024 + 1) is Why.TOO_BIG


def test_a_picture_moves_one_place_and_not_over_the_edge() -> None:
    assert moved([1, 2, 3], 3, up=True) == [1, 3, 2]
    assert moved([1, 2, 3], 1, up=True) == [1, 2, 3]
    assert moved([1, 2, 3], 1, up=False) == [2, 1, 3]
    assert moved([1, 2, 3], 9, up=False) == [1, 2, 3]
