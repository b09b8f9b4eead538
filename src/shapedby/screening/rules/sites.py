"""The site's rules: what an administrator has decided that a person looks at first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shapedby.screening.rules.hours import Day, Week, is_staffed
from shapedby.screening.rules.postings import Held, Kind
from shapedby.screening.rules.sameness import Same

MOST_LISTED = 300
PROMISED_HOURS = 24
_FIRST_POSTS = frozenset({Kind.IDEA, Kind.COMMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRules:
    """What is held whatever it says, and the hours in which somebody decides; ``version`` 0 is how a site begins."""

    version: int = 0
    first_post: bool = False
    out_of_hours: bool = False
    words: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    challenges: tuple[int, ...] = ()
    days: tuple[Day, ...] = Week().days
    promised_hours: int = PROMISED_HOURS


@dataclass(frozen=True, slots=True)
class Found:
    """One rule that holds a text, and the listed word or domain it found."""

    held: Held
    shown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who sends a text, to which challenge and when: all that the rules ask beside its words."""

    kind: Kind
    challenge: int
    first_post: bool
    staff: bool
    imported: bool
    now: datetime


def why_site_holds(rules: SiteRules, source: str, same: Same, standing: Standing, week: Week) -> tuple[Found, ...]:
    """Give every rule of the site that holds a text.

    The council's own staff are no newcomers and keep no hours; what is imported was written elsewhere, at another time.
    """
    found = [Found(Held.LISTED_WORD, word) for word in listed_words(rules.words, source, same.plain)]
    found += [Found(Held.LISTED_DOMAIN, domain) for domain in listed_domains(rules.domains, same.hosts)]
    if standing.challenge in rules.challenges:
        found.append(Found(Held.HELD_CHALLENGE))
    if standing.staff or standing.imported:
        return tuple(found)
    if rules.first_post and standing.first_post and standing.kind in _FIRST_POSTS:
        found.append(Found(Held.FIRST_POST))
    if rules.out_of_hours and not is_staffed(standing.now, week):
        found.append(Found(Held.OUT_OF_HOURS))
    return tuple(found)


def listed_words(words: Iterable[str], *texts: str) -> list[str]:
    """Give the listed words that stand in a text as whole words, whatever their capitals; ``loan*`` finds loans."""
    folded = [fold(text) for text in texts]
    return [word for word in words if any(_pattern(word).search(text) for text in folded)]


def fold(text: str) -> str:
    """Write a text in small letters of one width, its words one space apart."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _pattern(word: str) -> re.Pattern[str]:
    begun = word.endswith("*")
    ending = r"\w*" if begun else ""
    return re.compile(rf"(?<!\w){re.escape(fold(word.removesuffix('*')))}{ending}(?!\w)")


def listed_domains(domains: Iterable[str], hosts: Iterable[str]) -> list[str]:
    """Give the listed domains that a text links to, or to a part of."""
    linked = tuple(hosts)
    return [domain for domain in domains if any(host == domain or host.endswith(f".{domain}") for host in linked)]
