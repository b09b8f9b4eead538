"""The published community rules, and what decides about reports and cases: pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from shapedby.kernel import N_, Actor
from shapedby.screening.rules import CaseState, Held, Publicity

MOST_NUMBER = 2**63 - 1
"""The largest number that an address can name."""


class Rule(StrEnum):
    """One of the community rules; a refusal names one."""

    NO_SELLING = "no_selling"
    BE_KIND = "be_kind"
    ON_TOPIC = "on_topic"
    NO_PERSONAL_DETAILS = "no_personal_details"
    NOTHING_ILLEGAL = "nothing_illegal"
    BE_YOURSELF = "be_yourself"
    ONE_IDEA = "one_idea"


@dataclass(frozen=True, slots=True)
class Published:
    """A rule as the public reads it; title and sentence are English, marked for the catalogues."""

    rule: Rule
    number: int
    title: str
    sentence: str


PUBLISHED = (
    Published(Rule.NO_SELLING, 1, N_("No selling"), N_("Do not advertise, and do not post links that sell something.")),
    Published(Rule.BE_KIND, 2, N_("Be kind"), N_("Disagree with what people say, and never insult or threaten them.")),
    Published(Rule.ON_TOPIC, 3, N_("Stay on the topic"), N_("Write about the question or the idea on the page.")),
    Published(
        Rule.NO_PERSONAL_DETAILS,
        4,
        N_("No personal details"),
        N_("Do not publish phone numbers, addresses or private things about yourself or anybody else."),
    ),
    Published(
        Rule.NOTHING_ILLEGAL, 5, N_("Nothing illegal"), N_("Do not post anything that the law forbids, or call for it.")
    ),
    Published(Rule.BE_YOURSELF, 6, N_("Be yourself"), N_("Do not pretend to be another person, or several people.")),
    Published(
        Rule.ONE_IDEA, 7, N_("One idea at a time"), N_("Put each idea on a page of its own, and do not post it twice.")
    ),
)


class Reason(StrEnum):
    """Why somebody reports a text."""

    SPAM = "spam"
    INSULT = "insult"
    OFF_TOPIC = "off_topic"
    NOT_TRUE_ABOUT_ME = "not_true_about_me"
    PRETENDS = "pretends"
    OTHER = "other"
    PERSONAL_DETAILS = "personal_details"
    ILLEGAL = "illegal"
    DANGER = "danger"


class Act(StrEnum):
    """What a moderator can decide."""

    PUBLISH = "publish"
    REFUSE = "refuse"
    KEEP = "keep"
    HIDE = "hide"
    QUARANTINE = "quarantine"
    ASK = "ask"
    REDACT = "redact"
    UNDO = "undo"
    UPHOLD = "uphold"
    """Only about an appeal: the first decision stands."""


class Why(StrEnum):
    """Why a case cannot be decided so."""

    YOUR_OWN = "your_own"
    NO_RULE = "no_rule"
    NOT_THIS_ACT = "not_this_act"
    CHANGED_MEANWHILE = "changed_meanwhile"
    COLLEAGUE_WAS_FASTER = "colleague_was_faster"
    NO_LONGER_WAITS = "no_longer_waits"
    NO_WORDS = "no_words"
    NOTHING_TO_UNDO = "nothing_to_undo"
    OTHER_CASE = "other_case"
    NOT_A_COLLEAGUE = "not_a_colleague"
    HANDED_MEANWHILE = "handed_meanwhile"
    REASON_REPEATS = "reason_repeats"
    NO_CASES = "no_cases"
    TOO_SHORT = "too_short"


BECOMES: dict[Act, Publicity | None] = {
    Act.PUBLISH: Publicity.PUBLIC,
    Act.REFUSE: Publicity.REFUSED,
    Act.KEEP: None,
    Act.HIDE: Publicity.HIDDEN,
    Act.QUARANTINE: Publicity.QUARANTINED,
    Act.ASK: Publicity.HELD,
}
"""What can be decided about a waiting case, and what becomes of the text; None: it stays as it is."""

LEAVES: dict[Act, CaseState] = {
    Act.PUBLISH: CaseState.DECIDED,
    Act.REFUSE: CaseState.DECIDED,
    Act.KEEP: CaseState.DECIDED,
    Act.HIDE: CaseState.DECIDED,
    Act.QUARANTINE: CaseState.OPEN,
    Act.ASK: CaseState.ASKED,
}
"""What becomes of the case."""

NEEDS_RULE = frozenset({Act.REFUSE, Act.HIDE})


@dataclass(frozen=True, slots=True)
class Reported:
    """A report as it was typed."""

    reason: Reason
    note: str
    email: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it was sent; ``seen`` is the version of the text on the moderator's page."""

    act: Act
    rule: Rule | None
    words: str
    seen: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision depends on, as it stands while the posting is locked.

    ``version`` changes with the text and with every decision about the case: see ``version_of``.
    """

    state: CaseState
    publicity: Publicity
    author: int
    version: str
    on_appeal: bool = False
    """It is decided by its own rules: see ``appeals``."""


def version_of(source: str, turn: int = 0) -> str:
    """Give a short word for a text and for the last decision about its case (``turn``: its number, or 0)."""
    words = hashlib.sha256(source.encode()).hexdigest()[:16]
    return f"{words}-{turn}" if turn else words


def why_stale(version: str, seen: str) -> Why | None:
    """Say what has changed since a moderator opened the page; None where nothing has."""
    if version == seen:
        return None
    same_words = version.partition("-")[0] == seen.partition("-")[0]
    return Why.COLLEAGUE_WAS_FASTER if same_words else Why.CHANGED_MEANWHILE


_ACTS: dict[Publicity, tuple[Act, ...]] = {
    Publicity.HELD: (Act.PUBLISH, Act.REFUSE, Act.QUARANTINE, Act.ASK),
    Publicity.PUBLIC: (Act.KEEP, Act.HIDE, Act.QUARANTINE, Act.ASK),
    Publicity.QUARANTINED: (Act.PUBLISH, Act.REFUSE),
}


def acts_for(publicity: Publicity) -> tuple[Act, ...]:
    """Give what can be decided: first the act that lets the text be seen, then the one that does not."""
    return _ACTS.get(publicity, ())


def fitting(act: Act, publicity: Publicity) -> Act:
    """Give the act that means the same for a text that is public already: to publish is to keep, to refuse to hide."""
    if publicity is not Publicity.PUBLIC:
        return act
    return {Act.PUBLISH: Act.KEEP, Act.REFUSE: Act.HIDE}.get(act, act)


def why_not_decide(actor: Actor, facts: Facts, act: Act, rule: Rule | None, seen: str) -> Why | None:
    """Say why a moderator cannot decide so; ``seen`` is the version of the text on the page they decided on."""
    if facts.state in {CaseState.DECIDED, CaseState.ASKED}:
        return Why.COLLEAGUE_WAS_FASTER
    if facts.state is CaseState.DROPPED:
        return Why.NO_LONGER_WAITS
    if facts.author == actor.person:
        return Why.YOUR_OWN
    if why := why_stale(facts.version, seen):
        return why
    if facts.on_appeal or act not in acts_for(facts.publicity):
        return Why.NOT_THIS_ACT
    return Why.NO_RULE if act in NEEDS_RULE and rule is None else None


def report_counts(reason: Reason, earlier: Collection[Reason]) -> bool:
    """Say whether a report counts beside the ones that the same person has made of the same text.

    One does; and one more when they say later that somebody may be in danger.
    """
    return not earlier or (reason is Reason.DANGER and Reason.DANGER not in earlier)


_RULE_OF: dict[Reason, Rule] = {
    Reason.SPAM: Rule.NO_SELLING,
    Reason.INSULT: Rule.BE_KIND,
    Reason.OFF_TOPIC: Rule.ON_TOPIC,
    Reason.PERSONAL_DETAILS: Rule.NO_PERSONAL_DETAILS,
    Reason.ILLEGAL: Rule.NOTHING_ILLEGAL,
    Reason.PRETENDS: Rule.BE_YOURSELF,
}


def likely_rule(held: Collection[Held], reported: Iterable[Reason]) -> Rule | None:
    """Guess the rule that a refusal would name, to save the moderator a click; None where nothing points to one."""
    rules = Counter(_RULE_OF[reason] for reason in reported if reason in _RULE_OF)
    if rules:
        return rules.most_common(1)[0][0]
    if Held.LOOKS_LIKE_SPAM in held:
        return Rule.NO_SELLING
    return Rule.NO_PERSONAL_DETAILS if Held.CONTACT_DETAILS in held else None
