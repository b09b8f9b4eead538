"""The council's accent colour, and whether people can read it."""

from __future__ import annotations

import re

PAPER = "#fbfaf6"
WHITE = "#ffffff"
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, for text of ordinary size

_HEX = re.compile(r"#[0-9a-f]{6}", re.ASCII)
_STEPS = 24  # halvings: finer than one step of an 8-bit channel

Linear = tuple[float, float, float]


def is_colour(text: str) -> bool:
    """Say whether the text is a colour as we write it: `#` and six lower-case hexadecimal digits."""
    return _HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Give the WCAG contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(_linear(one)), _luminance(_linear(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def is_readable(accent: str) -> bool:
    """Say whether text in this colour reads on paper, and white text on this colour."""
    return min(contrast(accent, PAPER), contrast(accent, WHITE)) >= LEAST_CONTRAST


def nearest_readable(accent: str) -> str:
    """Give the lightest shade of the same hue that is readable (the colour itself if it is)."""
    if is_readable(accent):
        return accent
    bright = _linear(accent)
    low, high = 0.0, 1.0  # black always passes
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if is_readable(_written(bright, middle)):
            low = middle
        else:
            high = middle
    return _written(bright, low)


def _linear(colour: str) -> Linear:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _to_linear(red), _to_linear(green), _to_linear(blue)


# The two halves of the sRGB curve (IEC 61966-2-1), and their inverses.
def _to_linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  the norm's


def _from_linear(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055  # noqa: PLR2004  the norm's


def _luminance(colour: Linear) -> float:
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _written(colour: Linear, factor: float) -> str:
    return "#" + "".join(f"{round(_from_linear(channel * factor) * 255):02x}" for channel in colour)
