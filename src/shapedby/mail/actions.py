"""Queueing mail, in the transaction of what causes it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from shapedby.mail import queries
from shapedby.mail.queries import Letter
from shapedby.mail.rules import FIRST_OF_ALL, subject_and_body
from shapedby.web.forms import ADDRESS, MOST_ADDRESS
from shapedby.web.site import Site

_in_use: list[Site] = []

# Stands in a mail that goes to many, until each gets an address of their own to stop it with. Nobody can guess it.
_STOP = f"stop-{secrets.token_hex(16)}"


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets a mail: address, language, and the word that keeps this person from getting the same news twice."""

    address: str
    language: str
    once: str | None = None
    stop: str = ""
    """Where this person stops this kind of mail, an address of this site; empty where nobody can."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a mail says, the same for everybody who gets it."""

    subject: str
    text: str
    html: str


class BadAddress(ValueError):  # noqa: N818 - it names what was given
    """An address that no form of ours lets through; nothing was queued."""


def use(site: Site) -> None:
    """Say which installation's templates, languages and address mails are written with; once, at the start."""
    _in_use[:] = [site]


def in_use() -> Site:
    """Give the installation that mails are written for."""
    return _in_use[0]


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
    rendered: dict[str, Rendered] = {}
    for_each: list[tuple[Receiver, Rendered]] = []
    for receiver in receivers:
        language = spoken(receiver.language)
        if language not in rendered:
            rendered[language] = render(language, template, context, kind=kind)
        for_each.append((receiver, rendered[language]))
    return await put(for_each, kind=kind)


async def put(mails: Sequence[tuple[Receiver, Rendered]], *, kind: str) -> int:
    """Put mails that are already written into the outbox; gives how many were new. Raises ``BadAddress``."""
    letters: list[Letter] = []
    for receiver, said in mails:
        if len(receiver.address) > MOST_ADDRESS or not ADDRESS.fullmatch(receiver.address):
            raise BadAddress
        stop = in_use().settings.url + receiver.stop if receiver.stop else ""
        text, html = said.text.replace(_STOP, stop), said.html.replace(_STOP, stop)
        language, rank = spoken(receiver.language), 0 if kind in FIRST_OF_ALL else 1
        letters.append(
            Letter(receiver.address, said.subject, text, html, language, kind, receiver.once, stop=stop, rank=rank)
        )
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


def spoken(language: str) -> str:
    """Give the language that somebody is written to in: theirs where the council writes it, else its first."""
    site = in_use()
    return language if language in site.tongues else site.first_language


def render(
    language: str,
    template: str,
    context: Mapping[str, Any],
    *,
    kind: str,
    stops: bool = False,
    in_digest: bool = False,
) -> Rendered:
    """Write a mail in a language; with ``stops`` it says how to stop its kind.

    With ``in_digest`` it is only what it says, without its frame.
    """
    pages, given = _given(language, {**context, "mail_kind": kind, "stops": stops, "in_digest": in_digest})
    subject, text = subject_and_body(_plain(pages).get_template(f"mail/{template}.txt").render(given))
    html = pages.get_template(f"mail/{template}.html").render({**given, "subject": subject})
    return Rendered(subject, text, html)


def render_digest(language: str, groups: Sequence[tuple[str, Sequence[tuple[str, Mapping[str, Any]]]]]) -> Rendered:
    """Write one mail of many; ``groups`` are kinds of news, each with the templates and contexts of its news.

    One alone is a mail like any other, with the digest's frame.
    """
    told = [
        (kind, [render(language, template, context, kind=kind, in_digest=True) for template, context in news])
        for kind, news in groups
    ]
    shown = [(kind, [replace(one, html=Markup(one.html)) for one in news]) for kind, news in told]  # noqa: S704 - our own templates escaped it
    every = [one for _, news in told for one in news]
    context = {"groups": shown, "first": every[0].subject, "more": len(every) - 1}
    return render(language, "notices/digest", context, kind="digest", stops=True)


def _given(language: str, context: Mapping[str, Any]) -> tuple[Environment, dict[str, Any]]:
    """Give the templates of a language, and what every mail is given."""
    site, language = in_use(), spoken(language)
    shared: dict[str, Any] = {
        "url": site.settings.url,
        "council": {"name": site.settings.council, "languages": [], "mark": ""},
        "lang": language,
        "demo": site.settings.demo,
        "helplines": site.settings.helplines,
        "accent": site.settings.accent,
        "stop": _STOP,
    }
    return site.pages[language], {**shared, **context}


@lru_cache
def _plain(pages: Environment) -> Environment:
    """Give a language's templates as plain text needs them: nothing in it is markup, so nothing is escaped."""
    return pages.overlay(autoescape=False)
