"""Queueing mail, in the transaction of what causes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Environment

from shapedby.mail import queries
from shapedby.mail.queries import Letter
from shapedby.mail.rules import subject_and_body
from shapedby.web.forms import ADDRESS, MOST_ADDRESS
from shapedby.web.site import Site

_in_use: list[Site] = []


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets a mail: address, language, and the word that keeps this person from getting the same news twice."""

    address: str
    language: str
    once: str | None = None


class BadAddress(ValueError):  # noqa: N818 - it names what was given
    """An address that no form of ours lets through; nothing was queued."""


def use(site: Site) -> None:
    """Say which installation's templates, languages and address mails are written with; once, at the start."""
    _in_use[:] = [site]


async def queue(
    *, address: str, language: str, kind: str, template: str, context: Mapping[str, Any], once: str | None = None
) -> None:
    """Write one mail into the outbox, inside the caller's transaction.

    ``template`` is "slice/name": ``templates/mail/slice/name.txt`` (first line ``Subject: …``) and ``.html``, which
    are given ``context`` beside ``url`` (the site's address, without a slash at its end), ``council`` and ``lang``.
    A mail with a ``once`` that was queued before is left out. Raises ``BadAddress``.
    """
    receiver = Receiver(address, language, once)
    await queue_for_all([receiver], kind=kind, template=template, context=context)


async def queue_for_all(receivers: Iterable[Receiver], *, kind: str, template: str, context: Mapping[str, Any]) -> int:
    """Write the same mail to many, each in their language, rendered once a language; gives how many were new."""
    site = _in_use[0]
    rendered: dict[str, tuple[str, str, str]] = {}
    letters: list[Letter] = []
    for receiver in receivers:
        if len(receiver.address) > MOST_ADDRESS or not ADDRESS.fullmatch(receiver.address):
            raise BadAddress
        language = receiver.language if receiver.language in site.tongues else site.first_language
        if language not in rendered:
            rendered[language] = _render(site, language, template, context)
        subject, text, html = rendered[language]
        letters.append(Letter(receiver.address, subject, text, html, language, kind, receiver.once))
    return await queries.insert(letters) if letters else 0


async def forget_unsent(address: str, kind: str) -> None:
    """Forget the mails of a kind to an address."""
    await queries.delete_unsent(address, kind)


async def change_unsent(address: str, mentions: str, change: Callable[[str], str]) -> int:
    """Change the words of mails that have not left: those to an address, and those that mention something.

    ``change`` is given text and HTML alike. Gives how many mails it changed.
    """
    changed = 0
    for letter in await queries.unsent(address, mentions):
        was = (letter.subject, letter.text, letter.html)
        now = tuple(change(words) for words in was)
        if now != was:
            await queries.rewrite(letter.id, *now)
            changed += 1
    return changed


async def forget_old() -> int:
    """Forget what is noted of mails long sent; gives how many."""
    return await queries.delete_old()


def _render(site: Site, language: str, template: str, context: Mapping[str, Any]) -> tuple[str, str, str]:
    council = {"name": site.settings.council, "languages": [], "mark": ""}
    shared: dict[str, Any] = {
        "url": site.settings.url,
        "council": council,
        "lang": language,
        "demo": site.settings.demo,
        "helplines": site.settings.helplines,
    }
    given = {**shared, **context}
    plain, pages = _plain(site.pages[language]), site.pages[language]
    subject, text = subject_and_body(plain.get_template(f"mail/{template}.txt").render(given))
    return subject, text, pages.get_template(f"mail/{template}.html").render({**given, "subject": subject})


@lru_cache
def _plain(pages: Environment) -> Environment:
    """Give a language's templates as plain text needs them: nothing in it is markup, so nothing is escaped."""
    return pages.overlay(autoescape=False)
