"""What a challenge must have, where it stands, and why something cannot be done with it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shapedby.kernel import Actor, Words

MOST_CRITERIA = 8
FULL_WEIGHT = 100
MOST_SLUG = 80
SHORTEST_SLUG = 3
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


class Stage(StrEnum):
    """Where a challenge stands; it follows from its dates alone."""

    DRAFT = "draft"
    COMING = "coming"
    OPEN = "open"
    DECIDING = "deciding"
    DECIDED = "decided"


class Text(StrEnum):
    """The texts that a challenge has in every language of the council."""

    QUESTION = "question"
    SUMMARY = "summary"
    WHY_ASKED = "why_asked"
    WHO_DECIDES = "who_decides"
    WHAT_CHOSEN_GETS = "what_chosen_gets"
    PRIVACY_NOTE = "privacy_note"


NEEDED_TEXTS = tuple(text for text in Text if text is not Text.PRIVACY_NOTE)


class Why(StrEnum):
    """Why something cannot be done with a challenge."""

    NOT_YOUR_ROLE = "not_your_role"
    TEXT_MISSING = "text_missing"
    BAD_SLUG = "bad_slug"
    SLUG_TAKEN = "slug_taken"
    CLOSES_BEFORE_IT_OPENS = "closes_before_it_opens"
    CLOSES_IN_THE_PAST = "closes_in_the_past"
    NO_CRITERION = "no_criterion"
    WEIGHTS_ARE_NOT_100 = "weights_are_not_100"
    NO_WEIGHT = "no_weight"
    ALREADY_PUBLISHED = "already_published"
    FIXED_WHEN_PUBLISHED = "fixed_when_published"
    NOT_OPEN = "not_open"
    NOT_LATER = "not_later"
    NO_REASON = "no_reason"
    NOT_BEING_DECIDED = "not_being_decided"
    COLLEAGUE_WAS_FASTER = "colleague_was_faster"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A criterion as an officer writes it; the weight is in percent, 0 while it is not said."""

    name: Words = field(default_factory=dict[str, str])
    meaning: Words = field(default_factory=dict[str, str])
    weight: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """All that an officer writes about a challenge; a draft's may have gaps."""

    slug: str
    opens_at: datetime
    closes_at: datetime
    question: Words = field(default_factory=dict[str, str])
    summary: Words = field(default_factory=dict[str, str])
    why_asked: Words = field(default_factory=dict[str, str])
    who_decides: Words = field(default_factory=dict[str, str])
    what_chosen_gets: Words = field(default_factory=dict[str, str])
    privacy_note: Words = field(default_factory=dict[str, str])
    supports_needed: int = 0
    supports_each: int | None = None
    """How many ideas one person can support at a time; None for as many as they like."""
    answer_days: int = 28
    anonymous_allowed: bool = False
    areas: tuple[int, ...] = ()
    topics: tuple[int, ...] = ()
    criteria: tuple[Weighed, ...] = ()

    def text(self, which: Text) -> Words:
        return getattr(self, which.value)


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a brief lacks; ``place`` is the form's field, the rest says which text."""

    place: str
    why: Why
    text: Text | None = None
    language: str = ""


def stage(
    published_at: datetime | None,
    opens_at: datetime,
    closes_at: datetime,
    decided_at: datetime | None,
    now: datetime,
) -> Stage:
    """Say where a challenge stands."""
    if published_at is None:
        return Stage.DRAFT
    if decided_at is not None:
        return Stage.DECIDED
    if now < opens_at:
        return Stage.COMING
    return Stage.OPEN if now < closes_at else Stage.DECIDING


def slug_of(question: str) -> str:
    """Suggest the end of a challenge's address from its question; empty where no letter is left."""
    plain = unicodedata.normalize("NFKD", question).encode("ascii", "ignore").decode().lower()
    slug = _NOT_SLUG.sub("-", plain.replace("'", "")).strip("-")
    if len(slug) <= MOST_SLUG:
        return slug
    return slug[:MOST_SLUG].rpartition("-")[0] or slug[:MOST_SLUG]


def numbered(slug: str, again: int) -> str:
    """Give an address for the second, third … challenge that would have the same one."""
    if again == 1 and len(slug) >= SHORTEST_SLUG:
        return slug
    return f"{slug[: MOST_SLUG - 5].strip('-')}-{again}"


def is_slug(text: str) -> bool:
    """Say whether a text can end an address: small letters, digits and single hyphens."""
    return SHORTEST_SLUG <= len(text) <= MOST_SLUG and _SLUG.fullmatch(text) is not None


def fingerprint(brief: Brief) -> str:
    """Give a short mark of everything a brief says, to see whether somebody changed it meanwhile."""
    said = [
        (sorted(part.items()) if isinstance(part, dict) else part)
        for name in Brief.__dataclass_fields__
        if name not in {"opens_at", "closes_at", "criteria"} and (part := getattr(brief, name)) is not None
    ]
    criteria = [(sorted(one.name.items()), sorted(one.meaning.items()), one.weight) for one in brief.criteria]
    dates = (brief.opens_at.timestamp(), brief.closes_at.timestamp())
    return hashlib.sha256(repr((said, criteria, dates)).encode()).hexdigest()[:16]


def gaps(brief: Brief, languages: Sequence[str], now: datetime) -> list[Gap]:
    """List everything that a brief still needs before residents may see it, in the form's order."""
    found = _texts_missing(brief, languages)
    if not is_slug(brief.slug):
        found.append(Gap("slug", Why.BAD_SLUG))
    if brief.closes_at <= brief.opens_at:
        found.append(Gap("closes_on", Why.CLOSES_BEFORE_IT_OPENS))
    elif brief.closes_at <= now:
        found.append(Gap("closes_on", Why.CLOSES_IN_THE_PAST))
    return [*found, *_criteria_gaps(brief, languages)]


def _texts_missing(brief: Brief, languages: Sequence[str]) -> list[Gap]:
    found = [
        Gap(f"{text}_{language}", Why.TEXT_MISSING, text, language)
        for text in NEEDED_TEXTS
        for language in languages
        if not brief.text(text).get(language)
    ]
    if any(brief.privacy_note.values()):
        found += [
            Gap(f"{Text.PRIVACY_NOTE}_{language}", Why.TEXT_MISSING, Text.PRIVACY_NOTE, language)
            for language in languages
            if not brief.privacy_note.get(language)
        ]
    return found


def _criteria_gaps(brief: Brief, languages: Sequence[str]) -> list[Gap]:
    if not brief.criteria:
        return [Gap(f"criterion_1_name_{languages[0]}", Why.NO_CRITERION)]
    found: list[Gap] = []
    for row, criterion in enumerate(brief.criteria, start=1):
        for part, words in (("name", criterion.name), ("meaning", criterion.meaning)):
            found += [
                Gap(f"criterion_{row}_{part}_{language}", Why.TEXT_MISSING, None, language)
                for language in languages
                if not words.get(language)
            ]
        if criterion.weight < 1:
            found.append(Gap(f"criterion_{row}_weight", Why.NO_WEIGHT))
    if sum(criterion.weight for criterion in brief.criteria) != FULL_WEIGHT:
        found.append(Gap("criterion_1_weight", Why.WEIGHTS_ARE_NOT_100))
    return found


def why_not_prepare(actor: Actor) -> Why | None:
    """Say why somebody may not write challenges, areas and topics."""
    return None if actor.is_officer else Why.NOT_YOUR_ROLE


def why_not_save(
    actor: Actor, stage: Stage, *, before: Brief, after: Brief, languages: Sequence[str], now: datetime
) -> Why | None:
    """Say why a brief may not be changed so: a published one stays whole, and what people rely on stays."""
    if not actor.is_officer:
        return Why.NOT_YOUR_ROLE
    if stage is Stage.DRAFT:
        return Why.CLOSES_BEFORE_IT_OPENS if after.closes_at <= after.opens_at else None
    if _relied_on(before) != _relied_on(after):
        return Why.FIXED_WHEN_PUBLISHED
    lacks = [gap.why for gap in gaps(after, languages, now) if gap.why is not Why.CLOSES_IN_THE_PAST]
    return lacks[0] if lacks else None


def _relied_on(brief: Brief) -> tuple[object, ...]:
    """Give what people answer by: the address, the dates, the numbers and the weights stay once published."""
    weights = tuple(criterion.weight for criterion in brief.criteria)
    dates = (brief.opens_at.timestamp(), brief.closes_at.timestamp())
    numbers = (brief.supports_needed, brief.supports_each, brief.answer_days)
    return (brief.slug, dates, numbers, weights)


def why_not_publish(actor: Actor, stage: Stage, brief: Brief, *, languages: Sequence[str], now: datetime) -> Why | None:
    """Say why residents may not see a challenge yet."""
    if not actor.is_officer:
        return Why.NOT_YOUR_ROLE
    if stage is not Stage.DRAFT:
        return Why.ALREADY_PUBLISHED
    lacks = gaps(brief, languages, now)
    return lacks[0].why if lacks else None


def why_not_close(actor: Actor, stage: Stage) -> Why | None:
    """Say why a challenge cannot stop taking ideas now."""
    if not actor.is_officer:
        return Why.NOT_YOUR_ROLE
    return None if stage is Stage.OPEN else Why.NOT_OPEN


def why_not_extend(
    actor: Actor, stage: Stage, *, closes_at: datetime, later: datetime, reason: str, now: datetime
) -> Why | None:
    """Say why a challenge cannot stay open until ``later``."""
    if not actor.is_officer:
        return Why.NOT_YOUR_ROLE
    if stage not in {Stage.COMING, Stage.OPEN, Stage.DECIDING}:
        return Why.NOT_OPEN
    if later <= closes_at or later <= now:
        return Why.NOT_LATER
    return None if reason.strip() else Why.NO_REASON


def why_not_finish(actor: Actor, stage: Stage) -> Why | None:
    """Say why a challenge cannot be called decided; whether its ideas are answered is asked above."""
    if not actor.is_officer:
        return Why.NOT_YOUR_ROLE
    return None if stage is Stage.DECIDING else Why.NOT_BEING_DECIDED
