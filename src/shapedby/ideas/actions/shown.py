"""What others see of an idea, put together from its texts."""

from __future__ import annotations

from markupsafe import Markup, escape

EXCERPT = 200


def whole_html(title: str, htmls: tuple[Markup, ...], group: str = "") -> Markup:
    """Put a title, a group's name and cleaned texts together, for the desk."""
    lines = [Markup("<p><strong>{}</strong></p>").format(escape(title))]
    if group:
        lines.append(Markup("<p>{}</p>").format(escape(group)))
    return Markup("\n").join((*lines, *htmls))
