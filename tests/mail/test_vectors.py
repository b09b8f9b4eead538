"""The public collections of attacks, in mails: an author's own words are quoted there, and do nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from attacking import attacks

from shapedby.mail.actions import queue, use
from shapedby.moderation import forms
from shapedby.moderation.rules import PUBLISHED
from shapedby.text import clean, plain
from shapedby.web.site import build

if TYPE_CHECKING:
    from ground import Database

TOGETHER = 40
TAGS = frozenset(
    "html head meta title body div main p a h1 h2 strong br blockquote footer header em ul ol li hr span b".split()
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.wrong += [] if tag in TAGS else [tag]
        for name, value in attrs:
            address = name in {"href", "src", "action"} and not re.match(r"https?://", value or "")
            self.wrong += [f"{tag} {name}={value}"] if name.startswith("on") or address else []


@pytest.fixture(scope="module")
def vectors() -> list[str]:
    return [vector.replace("\x00", "") for vector in attacks()]


@pytest.mark.parametrize("mail", ["moderation/refused", "moderation/asked", "screening/quarantined"])
async def test_no_vector_is_markup_in_a_mail_whatever_field_it_stands_in(
    mail: str, pool: Database, vectors: list[str]
) -> None:
    assert forms.MOST_WORDS  # its import registers the words
    use(build(pool.settings))
    for start in range(0, len(vectors), TOGETHER):
        some = "\n\n".join(vectors[start : start + TOGETHER])
        some = some.encode("utf-8", "ignore").decode()
        for text in (some, plain(some[:9_000]), plain(clean(some[:9_000]))):
            context = {"kind": "idea", "about": text, "posting": 1, "address": "/ideas/1", "text": text}
            given = {**context, "rule": PUBLISHED[0], "words": text, "until": None}
            await queue(address="v@example.org", language="en", kind="decision", template=mail, context=given)
    mails = await pool.ask("SELECT html FROM outgoing_mail WHERE address = 'v@example.org'")
    assert len(mails) > len(vectors) // TOGETHER
    for sent in mails:
        reader = _Reader()
        reader.feed(sent["html"])
        assert reader.wrong == []
