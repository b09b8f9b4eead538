"""The public collections of attacks, and a reader of HTML that knows only the published allow-list."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from shapedby.text import ALLOWED_ATTRIBUTES, ALLOWED_SCHEMES, ALLOWED_TAGS, LINK_REL

VECTORS = Path(__file__).resolve().parents[2] / "shared" / "data" / "xss"


class Reader(HTMLParser):
    """Collects whatever a sanitised text must not have."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED_TAGS:
            self.wrong.append(f"tag {tag}")
        names = {name for name, _ in attrs}
        self.wrong += [f"attribute {tag} {name}" for name in names - ALLOWED_ATTRIBUTES.get(tag, frozenset())]
        if tag == "a":
            self._link(dict(attrs))

    def _link(self, attributes: dict[str, str | None]) -> None:
        address = attributes.get("href") or ""
        scheme = re.match(r"[a-z]+(?=:)", address)
        if scheme is None or scheme[0] not in ALLOWED_SCHEMES:
            self.wrong.append(f"scheme {address}")
        if (
            scheme
            and scheme[0] != "mailto"
            and not re.match(r"https?://[a-z0-9_.-]+\.[a-z0-9-]{2,63}(:[0-9]+)?([/?#]|$)", address)
        ):
            self.wrong.append(f"host {address}")
        if attributes.get("rel") != LINK_REL:
            self.wrong.append(f"rel {attributes.get('rel')}")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"instruction {data}")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"declaration {data}")


def wrong_in(html: str) -> list[str]:
    """List what stands in an HTML text outside the published allow-list."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.wrong


def attacks() -> list[str]:
    """Give the payloads of the collections, which are not part of this repository; skips where they are not."""
    files = sorted(VECTORS.glob("*.json"))
    if not files:
        pytest.skip("the collections of attacks are not beside this checkout (../shared/data/xss)")
    rows: list[dict[str, Any]] = [row for file in files for row in json.loads(file.read_text("utf-8"))]
    return [row["payload"] for row in rows]
