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

LONGEST_SLUG = 60
MOST_GROUP = 80
TAKEN_SLUGS = frozenset(
    (
        "alike authors autosave comments edit instead merge pictures preview receipt send sent support take-back "
        "versions withdraw"
    ).split()
)
"""What stands behind an idea's number already; an idea of that title is addressed a little longer."""


class Stage(StrEnum):
    """What the council does with an idea."""

    OPEN = "open"
    UNDER_REVIEW = "under_review"
    SHORTLISTED = "shortlisted"
    PROJECT = "project"
    NOT_TAKEN_FORWARD = "not_taken_forward"
    MERGED = "merged"


ANSWERED = frozenset({Stage.SHORTLISTED, Stage.PROJECT, Stage.NOT_TAKEN_FORWARD})
"""Where the council has said what becomes of it."""


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
    SUPPORTS_SET_ASIDE = "supports_set_aside"
    SUPPORTS_RESTORED = "supports_restored"
    PROMISE_MOVED = "promise_moved"
    """The council answers on another day than it had promised, and says why."""


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
    BEING_DECIDED = "being_decided"
    HIDDEN_BY_US = "hidden_by_us"
    WITHDRAWN = "withdrawn"
    NOT_FINISHED = "not_finished"
    NOT_PUBLIC = "not_public"
    OWN_IDEA = "own_idea"
    MERGED = "merged"
    GROUP_NEEDS_ADULT = "group_needs_adult"
    NOT_ANONYMOUS_HERE = "not_anonymous_here"
    VERSION_BEING_CHECKED = "version_being_checked"
    DECIDED = "decided"
    NO_SUPPORTS_LEFT = "no_supports_left"
    SUPPORTS_STAND = "supports_stand"
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
    group: str = ""
    """The class or club that it is sent for; empty for a person's own idea."""
    anonymous: bool = False

    @property
    def texts(self) -> tuple[str, str, str]:
        return (self.problem, self.proposal, self.beneficiaries)

    @property
    def source(self) -> str:
        """The whole of it, as it is screened."""
        return "\n\n".join(text for text in (self.title, self.group, *self.texts) if text.strip())

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


def why_not_edit(
    actor: Actor, *, authors: Collection[int], publicity: Publicity, stage: Stage, asked: bool = False
) -> Why | None:
    """Say why somebody cannot change an idea; where people support it already, the change becomes a new version.

    ``asked``: a moderator waits for the change, and then it does not matter how far the council has come.
    """
    if actor.person not in authors or not actor.signed_in:
        return Why.NOT_YOURS
    if publicity is Publicity.WITHDRAWN:
        return Why.WITHDRAWN
    if publicity not in CHANGEABLE:
        return Why.HIDDEN_BY_US
    return Why.BEING_DECIDED if stage is not Stage.OPEN and not asked else None


def is_new_version(publicity: Publicity, *, supports: int, authors: int, versions: int) -> bool:
    """Say whether a change is a version of its own: others rely on the public words, or already did."""
    return publicity is Publicity.PUBLIC and (supports > 0 or authors > 1 or versions > 0)


def why_not_send_as(typed: Written, *, young: bool, anonymous_allowed: bool) -> Why | None:
    """Say why an idea cannot be sent for a group, or without a name."""
    if typed.group and young:
        return Why.GROUP_NEEDS_ADULT
    return Why.NOT_ANONYMOUS_HERE if typed.anonymous and not anonymous_allowed else None


def why_not_withdraw(actor: Actor, *, author: int, publicity: Publicity, stage: Stage) -> Why | None:
    """Say why somebody cannot take an idea back."""
    if actor.person != author or not actor.signed_in:
        return Why.NOT_YOURS
    if publicity is Publicity.WITHDRAWN:
        return Why.WITHDRAWN
    return Why.BEING_DECIDED if stage in {Stage.PROJECT, Stage.MERGED} else None


def why_not_support(
    actor: Actor,
    *,
    authors: Collection[int],
    publicity: Publicity,
    challenge: ChallengeStage,
    stage: Stage = Stage.OPEN,
) -> Why | None:
    """Say why somebody cannot support an idea, or withdraw that; whether they may post at all is asked elsewhere."""
    if publicity is not Publicity.PUBLIC:
        return Why.NOT_PUBLIC
    if stage is Stage.MERGED:
        return Why.MERGED
    if challenge not in {ChallengeStage.OPEN, ChallengeStage.DECIDING}:
        return Why.DECIDED
    return Why.OWN_IDEA if actor.signed_in and actor.person in authors else None


def why_not_one_more(state: SupportState | None, left: int | None) -> Why | None:
    """Say why somebody cannot support one more idea of a challenge; ``left`` is None where there is no limit."""
    stands = state is not None and state is not SupportState.WITHDRAWN
    return None if stands or left is None or left > 0 else Why.NO_SUPPORTS_LEFT


def why_not_take_support_back(challenge: ChallengeStage) -> Why | None:
    """Say why nobody can take a support back: the council decides on what stood when the question closed."""
    return None if challenge is ChallengeStage.OPEN else Why.SUPPORTS_STAND


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


def languages_of(offered: Iterable[str], wished: str) -> str:
    """Give the language that a text is written in: the one wished for where the council offers it, else its first."""
    languages = tuple(offered)
    return wished if wished in languages else languages[0]
