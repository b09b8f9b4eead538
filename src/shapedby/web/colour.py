"""The council's one colour as the pages need it: a wash of it, and its counterparts on a dark page."""

from shapedby.settings.accent import contrast

DARK_PAPER = "#12181d"
READABLE = 4.6
WASH = 0.11
DARK_WASH = 0.18
STEP = 0.04


def mixed(colour: str, other: str, share: float) -> str:
    """Mix two colours; ``share`` is how much of the other, 0 to 1."""
    channels = [
        round(int(colour[at : at + 2], 16) * (1 - share) + int(other[at : at + 2], 16) * share) for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def on_dark(accent: str) -> str:
    """Lighten a colour just enough that it reads on a dark page."""
    share = 0.0
    while contrast(mixed(accent, "#ffffff", share), DARK_PAPER) < READABLE + 1.5 and share < 1:
        share += STEP
    return mixed(accent, "#ffffff", min(share, 1))


def council_css(accent: str) -> bytes:
    """Write the stylesheet that carries the council's own colour, on light pages and on dark ones."""
    light = f"--accent:{accent};--accent-wash:{mixed('#ffffff', accent, WASH)}"
    shade = on_dark(accent)
    dark = f"--accent:{shade};--accent-wash:{mixed(DARK_PAPER, shade, DARK_WASH)};--on-accent:{DARK_PAPER}"
    return (
        f":root{{{light}}}@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f":root[data-theme=dark]{{{dark}}}"
    ).encode()
