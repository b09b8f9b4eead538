"""The published allow-list: what may stand in a text that a person typed. See docs/sanitiser.md."""

from __future__ import annotations

from typing import Final

ALLOWED_TAGS: Final = frozenset(
    {
        "a",
        "blockquote",
        "br",
        "code",
        "em",
        "h3",
        "h4",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "ul",
    }
)

ALLOWED_ATTRIBUTES: Final = {"a": frozenset({"href", "rel"})}
"""`rel` is never taken from the source: it is always LINK_REL."""

ALLOWED_SCHEMES: Final = frozenset({"http", "https", "mailto"})

LINK_REL: Final = "nofollow ugc noopener"

RENAMED: Final = {"b": "strong", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "i": "em"}
"""Tags that are let in under an allowed name: a page has one h1 and its own h2, and they are ours."""
