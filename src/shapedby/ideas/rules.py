"""What may happen to an idea, and why not."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from unicodedata import normalize

from shapedby.challenges.rules import Stage as ChallengeStage
from shapedby.kernel import Actor
from shapedby.screening.rules import Publicity

MOST_TITLE = 120
MOST_TEXT = 10_000
"""Characters of the three texts of an idea together."""

SEEDS = 64
"""How many orders the fair shuffle gives out each day."""

PAGE = 20
LONGEST_SLUG = 60
TAKEN_SLUGS = frozenset({"autosave", "comments", "edit", "preview", "send", "sent", "support", "take-back", "withdraw"})
"""What stands behind an idea's number already; an idea of that title is addressed a little longer."""


class Stage(StrEnum):
    """What the council does with an idea."""

    OPEN = "open"
    UNDER_REVIEW = "under_review"
    SHORTLISTED = "shortlisted"
    PROJECT = "project"
    NOT_TAKEN_FORWARD = "not_taken_forward"
    MERGED = "merged"


class SupportState(StrEnum):
    """What a support is worth now; only counted ones are counted."""

    COUNTED = "counted"
    HELD = "held"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"


class StepKind(StrEnum):
    """What can happen in the life of an idea."""

    DRAFTED = "drafted"
    SENT = "sent"
    HELD = "held"
    PUBLISHED = "published"
    REFUSED = "refused"
    HIDDEN = "hidden"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    UNDER_REVIEW = "under_review"
    SHORTLISTED = "shortlisted"
    NOT_TAKEN_FORWARD = "not_taken_forward"
    PROJECT = "project"
    PHASE = "phase"
    OUTCOME = "outcome"
    MERGED = "merged"


class Sort(StrEnum):
    """In which order ideas are listed."""

    SHUFFLE = "shuffle"
    NEWEST = "newest"
    SUPPORTED = "supported"


class Because(StrEnum):
    """Why an author takes an idea back; nobody has to say."""

    UNSAID = "unsaid"
    SOLVED = "solved"
    ANOTHER = "another"
    CHANGED_MIND = "changed_mind"


class Why(StrEnum):
    """Why something cannot be done with an idea."""

    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    NOT_YOURS = "not_yours"
    HAS_SUPPORTERS = "has_supporters"
    BEING_DECIDED = "being_decided"
    HIDDEN_BY_US = "hidden_by_us"
    WITHDRAWN = "withdrawn"
    NOT_FINISHED = "not_finished"
    NOT_PUBLIC = "not_public"
    OWN_IDEA = "own_idea"
    DECIDED = "decided"
    COLLEAGUE_WAS_FASTER = "colleague_was_faster"


@dataclass(frozen=True, slots=True)
class Written:
    """What a person typed as an idea, as it was typed; ``area`` and ``topic`` are numbers, or empty."""

    title: str = ""
    problem: str = ""
    proposal: str = ""
    beneficiaries: str = ""
    area: int | None = None
    topic: int | None = None
    language: str = "en"

    @property
    def texts(self) -> tuple[str, str, str]:
        return (self.problem, self.proposal, self.beneficiaries)

    @property
    def source(self) -> str:
        """The whole of it, as it is screened."""
        return "\n\n".join(text for text in (self.title, *self.texts) if text.strip())

    @property
    def finished(self) -> bool:
        """Whether all its texts are there; a topic is needed too where there are any to choose from."""
        return all(text.strip() for text in (self.title, *self.texts))


def why_not_write(stage: ChallengeStage) -> Why | None:
    """Say why nobody can add an idea to a challenge at this stage."""
    if stage is ChallengeStage.OPEN:
        return None
    return Why.NOT_OPEN_YET if stage in {ChallengeStage.DRAFT, ChallengeStage.COMING} else Why.CLOSED


CHANGEABLE = frozenset({Publicity.DRAFT, Publicity.HELD, Publicity.REFUSED, Publicity.PUBLIC})


def why_not_edit(actor: Actor, *, author: int, publicity: Publicity, stage: Stage, supports: int) -> Why | None:
    """Say why somebody cannot change an idea: it is not theirs, or others rely on its words."""
    if actor.person != author or not actor.signed_in:
        return Why.NOT_YOURS
    if publicity is Publicity.WITHDRAWN:
        return Why.WITHDRAWN
    if publicity not in CHANGEABLE:
        return Why.HIDDEN_BY_US
    if stage is not Stage.OPEN:
        return Why.BEING_DECIDED
    return Why.HAS_SUPPORTERS if publicity is Publicity.PUBLIC and supports else None


def why_not_withdraw(actor: Actor, *, author: int, publicity: Publicity, stage: Stage) -> Why | None:
    """Say why somebody cannot take an idea back."""
    if actor.person != author or not actor.signed_in:
        return Why.NOT_YOURS
    if publicity is Publicity.WITHDRAWN:
        return Why.WITHDRAWN
    return Why.BEING_DECIDED if stage in {Stage.PROJECT, Stage.MERGED} else None


def why_not_support(actor: Actor, *, author: int, publicity: Publicity, challenge: ChallengeStage) -> Why | None:
    """Say why somebody cannot support an idea, or withdraw that; whether they may post at all is asked elsewhere."""
    if publicity is not Publicity.PUBLIC:
        return Why.NOT_PUBLIC
    if challenge not in {ChallengeStage.OPEN, ChallengeStage.DECIDING}:
        return Why.DECIDED
    return Why.OWN_IDEA if actor.signed_in and actor.person == author else None


def promised_day(sent_on: date, days: int, closures: Collection[date] = ()) -> date:
    """Give the day by which the council has promised an answer; days on which it is closed do not count."""
    closed = frozenset(closures)
    day, left = sent_on, days
    while left > 0:
        day += timedelta(days=1)
        left -= day not in closed
    return day


def slug(title: str) -> str:
    """Make the readable end of an address from a title; ``idea`` where nothing readable is left."""
    plain = normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    words = "".join(letter if letter.isalnum() else " " for letter in plain.replace("'", "")).split()
    made = _cut("-".join(words)) or "idea"
    return f"{made}-idea" if made in TAKEN_SLUGS else made


def _cut(text: str) -> str:
    if len(text) <= LONGEST_SLUG:
        return text
    return text[: LONGEST_SLUG + 1].rpartition("-")[0] or text[:LONGEST_SLUG]


def order_key(day: date, seed: int) -> int:
    """Give the number that makes one of the day's orders: the same for a seed all day, another tomorrow."""
    return day.toordinal() * SEEDS + seed % SEEDS


def own_seed(person: int, day: date) -> int:
    """Give a signed-in person's order of the day."""
    return (person * 2_654_435_761 + day.toordinal() * 40_503) // 7 % SEEDS


def search_words(text: str) -> tuple[str, ...]:
    """Take a search apart into at most eight words without accents, in lower case."""
    kept = "".join(letter if letter.isalnum() else " " for letter in normalize("NFC", text.lower()))
    return tuple(kept.split()[:8])


def searched_number(text: str) -> int | None:
    """Give the idea's number where somebody searched for one: ``#12``."""
    digits = text.strip().removeprefix("#")
    if text.strip().startswith("#") and digits.isascii() and digits.isdigit() and len(digits) <= 9:  # noqa: PLR2004 - fits its column
        return int(digits)
    return None


def languages_of(offered: Iterable[str], wished: str) -> str:
    """Give the language that a text is written in: the one wished for where the council offers it, else its first."""
    languages = tuple(offered)
    return wished if wished in languages else languages[0]
