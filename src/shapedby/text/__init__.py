"""What people type, made safe to show: the only room that knows the sanitiser.

Everything public is importable from here; the files behind it are one step of the way each:
characters → markdown → sanitising (bleach, then nh3) → what is shown, found or searched.
"""

from __future__ import annotations

from .addresses import Address, safe_address
from .allowed import ALLOWED_ATTRIBUTES, ALLOWED_SCHEMES, ALLOWED_TAGS, LINK_REL
from .characters import one_line, visible
from .cleaning import Format, clean, clean_again, clean_later
from .contacting import Contact, ContactKind, contacts
from .limits import TOO_LONG, TextTooLong
from .lines import sanitise_lines
from .linking import Link, links
from .reading import excerpt, mark, plain

__all__ = [
    "ALLOWED_ATTRIBUTES",
    "ALLOWED_SCHEMES",
    "ALLOWED_TAGS",
    "LINK_REL",
    "TOO_LONG",
    "Address",
    "Contact",
    "ContactKind",
    "Format",
    "Link",
    "TextTooLong",
    "clean",
    "clean_again",
    "clean_later",
    "contacts",
    "excerpt",
    "links",
    "mark",
    "one_line",
    "plain",
    "safe_address",
    "sanitise_lines",
    "visible",
]
