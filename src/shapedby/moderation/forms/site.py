"""The site's rules as an administrator types them."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from shapedby.kernel import N_
from shapedby.screening.rules import Day, SiteRules
from shapedby.web.forms import Errors, Typed
from shapedby.web.words import done, says

MOST_LISTED = 300
MOST_LENGTH = 100
MOST_REASON = 500
MOST_HOURS = 500
MOST_VERSION = 2**31 - 1
DAY_MINUTES = 24 * 60
WEEK = range(7)
_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?)+")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


class Wrong(StrEnum):
    """What can be wrong with the site's rules."""

    TOO_MANY = "too_many"
    NOT_A_DOMAIN = "not_a_domain"
    NOT_HOURS = "not_hours"


says(
    {
        Wrong.TOO_MANY: N_("List at most {most} lines, of at most {length} characters each"),
        Wrong.NOT_A_DOMAIN: N_("“{line}” is not the name of a site, such as example.com"),
        Wrong.NOT_HOURS: N_(
            "Give both times, the earlier one first, such as 09:00 and 17:00. Leave both empty if nobody is there."
        ),
    }
)
done({"rules-changed": N_("The rules are saved. They count from now on.")})


def site_rules(form: Typed, errors: Errors, challenges: Collection[int]) -> tuple[SiteRules, str]:
    """Read the rules and the reason for the change; ``challenges`` are the numbers that can be chosen."""
    hours = errors.whole_number(form, "promised_hours", least=1, most=MOST_HOURS)
    seen = form["seen"]
    rules = SiteRules(
        version=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < len(str(MOST_VERSION)) else 0,
        first_post=form.ticked("first_post"),
        out_of_hours=form.ticked("out_of_hours"),
        words=_lines(form, errors, "words"),
        domains=_domains(form, errors),
        challenges=tuple(sorted(number for number in challenges if str(number) in form.all("challenge"))),
        days=tuple(_day(form, errors, number) for number in WEEK),
        promised_hours=hours or 1,
    )
    return rules, errors.text(form, "reason", most=MOST_REASON)


def typed_rules(rules: SiteRules) -> Typed:
    """Give the rules as the form would have been typed."""
    fields: dict[str, list[str]] = {
        "seen": [str(rules.version)],
        "first_post": ["yes"] if rules.first_post else [],
        "out_of_hours": ["yes"] if rules.out_of_hours else [],
        "words": ["\n".join(rules.words)],
        "domains": ["\n".join(rules.domains)],
        "challenge": [str(number) for number in rules.challenges],
        "promised_hours": [str(rules.promised_hours)],
    }
    for number, day in enumerate(rules.days):
        fields[f"opens_{number}"] = [_clock(day.start) if day.staffed else ""]
        fields[f"closes_{number}"] = [_clock(day.end) if day.staffed else ""]
    return Typed(fields)


def _lines(form: Typed, errors: Errors, name: str) -> tuple[str, ...]:
    lines = dict.fromkeys(" ".join(line.split()) for line in form[name].splitlines())
    # A star alone would hold everything.
    found = tuple(line for line in lines if line.strip("* "))
    if len(found) > MOST_LISTED or any(len(line) > MOST_LENGTH for line in found):
        errors.add(name, Wrong.TOO_MANY, most=MOST_LISTED, length=MOST_LENGTH)
        return ()
    return found


def _domains(form: Typed, errors: Errors) -> tuple[str, ...]:
    """Read one site a line, however it was copied: with its scheme, its path or “www.”."""
    found: list[str] = []
    for line in _lines(form, errors, "domains"):
        name = re.sub(r"^[a-z]+://", "", line.lower()).partition("/")[0].removeprefix("www.")
        if not _DOMAIN.fullmatch(name):
            errors.add("domains", Wrong.NOT_A_DOMAIN, line=line)
        found.append(name)
    return tuple(dict.fromkeys(found))


def _day(form: Typed, errors: Errors, number: int) -> Day:
    opens, closes = form[f"opens_{number}"].strip(), form[f"closes_{number}"].strip()
    if not opens and not closes:
        return Day()
    start, end = _minutes(opens), _minutes(closes)
    # Midnight at the end of a day is typed as 00:00.
    end = DAY_MINUTES if end == 0 else end
    if start is None or end is None or start >= end:
        errors.add(f"opens_{number}", Wrong.NOT_HOURS)
        return Day()
    return Day(start, end)


def _minutes(clock: str) -> int | None:
    found = _CLOCK.fullmatch(clock)
    return int(found[1]) * 60 + int(found[2]) if found else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
