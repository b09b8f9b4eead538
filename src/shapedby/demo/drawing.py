"""Four pictures for the demo, drawn when it is loaded: a street, a stop at night, a hill from above, a park."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Mapping, Sequence

from PIL import Image, ImageDraw

SIZE = (2400, 1600)
PAPER, INK, SUN, SEA = "#fbf6ea", "#22313a", "#f2b705", "#8fc3cf"
WALLS = ("#d9785f", "#e9c46a", "#7fa99b", "#c9d6df", "#e8a87c")
COATS = ("#b23a48", "#1f6b7a", "#f2b705", "#5b8e3e", "#8a4f9e", "#d9785f")
Point = tuple[float, float]
Draw = ImageDraw.ImageDraw


def street() -> bytes:
    """Draw children who cross a street in a row, with somebody in yellow before and behind them."""
    picture, draw = _sheet("#cfe4ea")
    draw.ellipse((1900, 120, 2140, 360), fill="#fff3c4")
    for place, wall in enumerate((*WALLS, WALLS[1])):
        _house(draw, 60 + place * 390, 380 + place % 3 * 70, wall)
    draw.rectangle((0, 1000, 2400, 1130), fill="#d8cfbd")
    draw.rectangle((0, 1130, 2400, 1600), fill="#6b7780")
    for place in range(7):
        left = 520 + place * 200
        draw.polygon([(left, 1160), (left + 110, 1160), (left + 60, 1590), (left - 80, 1590)], fill="#f4f1ea")
    for place, coat in enumerate(COATS):
        _person(draw, 800 + place * 160, 1380, coat, 210 + place % 2 * 20)
    _person(draw, 620, 1400, SUN, 330, arm=-1)
    _person(draw, 1780, 1400, SUN, 330)
    return _finished(picture)


def stop_at_night() -> bytes:
    """Draw a bus stop in the dark: a bench, somebody who waits, and a clock that says how long still."""
    picture, draw = _sheet("#16243a")
    stars = random.Random(7)  # noqa: S311 - stars, not secrets
    for _ in range(120):
        x, y = stars.randint(0, 2400), stars.randint(0, 800)
        draw.ellipse((x, y, x + 5, y + 5), fill="#9fb2cc")
    draw.ellipse((1960, 130, 2130, 300), fill="#f3edd2")
    draw.ellipse((2010, 110, 2160, 270), fill="#16243a")
    draw.polygon([(0, 900), (500, 640), (1100, 820), (1700, 600), (2400, 860), (2400, 1200), (0, 1200)], fill="#22385a")
    draw.rectangle((0, 1180, 2400, 1600), fill="#2b3440")
    draw.rectangle((0, 1180, 2400, 1260), fill="#55606b")
    draw.polygon([(640, 470), (1500, 470), (1740, 1180), (420, 1180)], fill="#3b4b66")
    draw.polygon([(700, 520), (1440, 520), (1640, 1180), (520, 1180)], fill="#f0d58c")
    draw.rectangle((600, 420, 1540, 490), fill="#0b5a57")
    draw.rectangle((700, 960, 1300, 1000), fill="#7a4b2a")
    for leg in (740, 1240):
        draw.rectangle((leg, 1000, leg + 26, 1180), fill="#5b3820")
    _person(draw, 1000, 1180, "#b23a48", 330)
    draw.rectangle((1790, 560, 1830, 1180), fill="#8894a0")
    draw.rounded_rectangle((1610, 430, 2010, 640), 24, fill="#0d1014", outline="#8894a0", width=8)
    for place, lit in enumerate((2, 1, 3)):
        draw.rectangle((1660, 475 + place * 50, 1860 - lit * 20, 497 + place * 50), fill=SUN)
        draw.rectangle((1900, 475 + place * 50, 1900 + lit * 25, 497 + place * 50), fill=SUN)
    return _finished(picture)


def hill_from_above() -> bytes:
    """Sketch a map of a hill by the sea, with six crosses where the puddles are."""
    picture, draw = _sheet("#efe6d2")
    draw.polygon([(0, 1230), (500, 1130), (980, 1290), (1600, 1180), (2400, 1330), (2400, 1600), (0, 1600)], fill=SEA)
    for ring, green in enumerate(("#d7dcb2", "#c6d29c", "#b4c786")):
        draw.ellipse((650 + ring * 190, 150 + ring * 120, 1990 - ring * 190, 1010 - ring * 120), fill=green)
    roads: Sequence[Sequence[Point]] = (
        [(80, 980), (520, 900), (900, 760), (1320, 600), (1800, 620), (2330, 520)],
        [(520, 900), (600, 500), (900, 240), (1400, 160)],
        [(1320, 600), (1380, 900), (1640, 1130)],
        [(900, 760), (1020, 480), (1400, 160), (1900, 260), (2330, 520)],
    )
    for width, colour in ((64, "#b7a98b"), (48, "#fffdf6")):
        for road in roads:
            draw.line(road, fill=colour, width=width, joint="curve")
    blocks = random.Random(3)  # noqa: S311 - houses, not secrets
    for x, y in ((220, 760), (340, 1010), (700, 980), (1140, 860), (1540, 760), (1980, 720), (1600, 380), (720, 640)):
        for place in range(3):
            left, top = x + place * 78, y + blocks.randint(-16, 16)
            draw.rectangle((left, top, left + 58, top + 50), fill=WALLS[(x + place) % 5], outline="#8a7a5c", width=4)
    draw.polygon([(1480, 880), (1540, 800), (1600, 880)], fill="#8a4f3c")
    draw.rectangle((1490, 880, 1590, 960), fill="#e9dcc3", outline="#8a7a5c", width=4)
    for x, y in ((330, 935), (640, 850), (600, 560), (980, 560), (1350, 760), (1780, 615)):
        draw.line((x - 34, y - 34, x + 34, y + 34), fill="#b3202a", width=16)
        draw.line((x - 34, y + 34, x + 34, y - 34), fill="#b3202a", width=16)
    draw.polygon([(2180, 190), (2230, 60), (2280, 190), (2230, 160)], fill=INK)
    return _finished(picture)


def park() -> bytes:
    """Draw a bandstand among trees, with bicycles under its roof."""
    picture, draw = _sheet("#dcebe4")
    draw.rectangle((0, 1010, 2400, 1600), fill="#a9c48b")
    draw.polygon([(900, 1600), (1500, 1600), (1330, 1090), (1080, 1090)], fill="#e6d9bb")
    for x, y, size in ((240, 1010, 1.3), (560, 980, 0.9), (1950, 990, 1.2), (2250, 1040, 1.5), (1700, 960, 0.7)):
        draw.rectangle((x - 22 * size, y - 130 * size, x + 22 * size, y + 60), fill="#7a5535")
        for dx, dy, radius in ((-90, -240, 150), (80, -260, 160), (0, -380, 150)):
            middle = (x + dx * size, y + dy * size)
            _disc(draw, middle, radius * size, "#5f8f57" if dy > -300 else "#73a468")  # noqa: PLR2004 - the top is lighter
    draw.polygon([(740, 620), (1200, 300), (1660, 620)], fill="#b5543c")
    draw.polygon([(1200, 300), (1660, 620), (1430, 620)], fill="#9c4230")
    draw.rectangle((780, 620, 1620, 670), fill="#f4ead2")
    for x in (810, 1010, 1360, 1560):
        draw.rectangle((x, 670, x + 30, 1040), fill="#f4ead2")
    draw.rectangle((740, 1040, 1660, 1110), fill="#cdb98f")
    for x in (900, 1120, 1340):
        _bicycle(draw, x, 980)
    _person(draw, 1820, 1330, "#1f6b7a", 300)
    _person(draw, 1960, 1340, "#d9785f", 210)
    return _finished(picture)


PICTURES: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "walking-bus": (
        street,
        "A drawing: children cross a street in a row, with a grown-up in yellow before and behind.",
    ),
    "real-clock": (stop_at_night, "A drawing of a bus stop at night, with a bench and a bright clock beside it."),
    "bandstand": (park, "A drawing of the bandstand between the trees, with three bicycles under its roof."),
    "puddles": (hill_from_above, "A map of the hill, with six red crosses where the puddles are."),
}
"""Which idea of the story has which picture, and what its author says that it shows."""

NOT_LOOKED_AT = frozenset({"puddles"})
"""Pictures that still wait for a moderator."""


def _sheet(colour: str) -> tuple[Image.Image, Draw]:
    picture = Image.new("RGB", SIZE, colour)
    return picture, ImageDraw.Draw(picture)


def _finished(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _disc(draw: Draw, middle: Point, radius: float, colour: str) -> None:
    x, y = middle
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _house(draw: Draw, left: int, top: int, wall: str) -> None:
    draw.polygon([(left - 20, top), (left + 180, top - 170), (left + 380, top)], fill="#5d4a44")
    draw.rectangle((left, top, left + 360, 1000), fill=wall)
    for row in range((1000 - top) // 210):
        for column in (50, 220):
            y = top + 50 + row * 200
            draw.rectangle((left + column, y, left + column + 90, y + 110), fill=PAPER, outline=INK, width=6)
    draw.rectangle((left + 140, 860, left + 220, 1000), fill="#4a3b36")


def _person(draw: Draw, x: int, foot: int, coat: str, tall: int, *, arm: int = 0) -> None:
    """Draw somebody who stands at ``x``; ``arm`` points to one side."""
    head = tall * 0.13
    shoulder = foot - tall + head * 2
    for side in (-1, 1):
        draw.line(
            (x + side * head * 0.5, foot - tall * 0.4, x + side * head * 0.9, foot), fill=INK, width=int(head * 0.7)
        )
    draw.polygon(
        [
            (x - head, shoulder),
            (x + head, shoulder),
            (x + head * 1.6, foot - tall * 0.3),
            (x - head * 1.6, foot - tall * 0.3),
        ],
        fill=coat,
    )
    if arm:
        draw.line((x, shoulder + head, x + arm * head * 4, shoulder + head * 0.6), fill=coat, width=int(head * 0.8))
        _disc(draw, (x + arm * head * 4.4, shoulder + head * 0.4), head * 0.9, "#b3202a")
    _disc(draw, (x, foot - tall + head), head, "#f0cfae")


def _bicycle(draw: Draw, x: int, ground: int) -> None:
    for wheel in (x - 62, x + 62):
        draw.ellipse((wheel - 52, ground - 52, wheel + 52, ground + 52), outline=INK, width=9)
    frame = [(x - 62, ground), (x - 20, ground - 78), (x + 44, ground - 78), (x + 4, ground), (x - 62, ground)]
    draw.line(frame, fill="#b23a48", width=10, joint="curve")
    draw.line((x + 62, ground, x + 40, ground - 104, x + 12, ground - 112), fill="#b23a48", width=10, joint="curve")
    draw.line((x + 4, ground, x - 26, ground - 98, x - 52, ground - 98), fill=INK, width=9)
