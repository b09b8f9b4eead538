"""What moderators type at the desk beside a decision, which cases they ask for, and the words for both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from shapedby.kernel import N_
from shapedby.moderation.forms.deciding import MOST_WORDS, VERSION_LENGTH
from shapedby.moderation.rules import NEEDS_RULE, Act, Rule, Why
from shapedby.moderation.rules.alike import Kinship
from shapedby.moderation.rules.desk import SHORTEST_PASSAGE, Age, Filter, Whose
from shapedby.screening.rules import Kind, RaisedBy
from shapedby.text import one_line
from shapedby.web.forms import Errors, Typed, chosen
from shapedby.web.words import done, says

MOST_REASON = 60
MOST_PASSAGE = 2_000
MOST_SEARCH = 100
_MARKUP = re.compile(r"[\[\](){}<>*_`#|~!\\\\]")
ACTS_TOGETHER = (Act.PUBLISH, Act.REFUSE, Act.QUARANTINE)

says({Whose.OURS: N_("Mine and nobody’s"), Whose.MINE: N_("Only mine"), Whose.ALL: N_("Everybody’s")})
says(
    {
        Age.ANY: N_("However long"),
        Age.TODAY: N_("Less than a day"),
        Age.DAYS: N_("One to seven days"),
        Age.WEEK: N_("More than a week"),
    }
)
says(
    {
        Kinship.AUTHOR: N_("same author"),
        Kinship.DOMAIN: N_("a link to the same site"),
        Kinship.WORDS: N_("nearly the same words"),
    }
)
done(
    {
        "case-undone": N_("Undone. The case waits again."),
        "case-handed": N_("Handed over."),
        "case-noted": N_("Your colleagues can read your note."),
        "case-redacted": N_("The words are gone everywhere, and a black bar stands in their place."),
        "mails-kept": N_("Saved."),
    }
)


def wanted(asked: Mapping[str, str]) -> Filter:
    """Read which cases a moderator looks at from an address; what is not one of ours filters nothing."""
    kinds, raisers = {kind.value: kind for kind in Kind}, {raiser.value: raiser for raiser in RaisedBy}
    return Filter(
        kind=kinds.get(asked.get("kind", "")),
        raised_by=raisers.get(asked.get("reason", "")),
        age=chosen(asked.get("age", ""), Age, Age.ANY),
        whose=chosen(asked.get("whose", ""), Whose, Whose.OURS),
        apart=asked.get("apart") == "yes",
        q=one_line(asked.get("q", ""))[:MOST_SEARCH],
    )


def query_of(wanted: Filter) -> str:
    """Write a filter as the end of an address, with its question mark; empty where it filters nothing."""
    parts = {
        "kind": wanted.kind,
        "reason": wanted.raised_by,
        "age": wanted.age if wanted.age is not Age.ANY else None,
        "whose": wanted.whose if wanted.whose is not Whose.OURS else None,
        "apart": "yes" if wanted.apart else None,
        "q": wanted.q,
    }
    kept = urlencode({name: part for name, part in parts.items() if part})
    return f"?{kept}" if kept else ""


@dataclass(frozen=True, slots=True)
class Redaction:
    """A passage as it was chosen, and the reason that everybody will read."""

    passage: str
    reason: str
    seen: str


def redaction(form: Typed, errors: Errors) -> Redaction | None:
    """Read a redaction; signs that mean markup are left out of its reason."""
    passage = errors.text(form, "passage", most=MOST_PASSAGE)
    if 0 < len(passage) < SHORTEST_PASSAGE:
        errors.add("passage", Why.TOO_SHORT)
    reason = _MARKUP.sub("", one_line(errors.text(form, "reason", most=MOST_REASON))).strip()
    if not reason:
        errors.text(Typed({}), "reason", most=MOST_REASON)
    return None if errors else Redaction(passage, reason, form["seen"][:VERSION_LENGTH])


@dataclass(frozen=True, slots=True)
class Together:
    """A decision about several cases; ``seen`` are the versions on the page, by case."""

    seen: dict[int, str]
    act: Act
    rule: Rule | None
    words: str


def together(form: Typed, errors: Errors) -> Together | None:
    """Read a decision about several cases."""
    numbers = [number for number in form.all("case") if number.isascii() and number.isdigit() and len(number) <= 15]  # noqa: PLR2004 - fits its column
    if not numbers:
        errors.add("case", Why.NO_CASES)
    act = errors.one_of(form, "act", {act.value: act for act in ACTS_TOGETHER})
    if act in NEEDS_RULE and not form["rule"]:
        errors.add("rule", Why.NO_RULE)
    rule = errors.choice(form, "rule", Rule, needed=False) if act in NEEDS_RULE else None
    words = errors.text(form, "words", most=MOST_WORDS, needed=False)
    seen = {int(number): form[f"seen_{number}"][:VERSION_LENGTH] for number in numbers}
    return None if errors or act is None else Together(seen, act, rule, words)
