"""How long each kind of personal data is kept: one table, which the privacy page and the nightly job both read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from shapedby.ideas.rules.holding import ORIGINS_KEPT
from shapedby.kernel import N_

if TYPE_CHECKING:
    from shapedby.settings import Settings

WARNING_DAYS = 30
"""How long before an unused account is closed its owner is told."""

EXPORT_DAYS = 7
NIGHT = time(2)
"""When the tidying begins, by the council's clock."""


class Kept(StrEnum):
    """A kind of personal data that goes by itself."""

    DRAFTS = "drafts"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    QUARANTINED = "quarantined"
    REPORTS = "reports"
    NEEDS = "needs"
    DORMANT = "dormant"
    SIGN_INS = "sign_ins"
    WAYS_IN = "ways_in"
    MAILS = "mails"
    TOLD = "told"
    EXPORTS = "exports"
    ADDRESSES = "addresses"


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind: what it is in plain words, from when and for how many days it is kept, and the setting, if any."""

    kind: Kept
    what: str
    since: str
    days: Callable[[Settings], int]
    setting: str = ""


def _fixed(days: int) -> Callable[[Settings], int]:
    return lambda _settings: days


RULES: Mapping[Kept, Rule] = {
    rule.kind: rule
    for rule in (
        Rule(
            Kept.DRAFTS,
            N_("Drafts of ideas that were never sent"),
            N_("since you last changed them"),
            lambda using: using.keep_drafts,
            "SHAPEDBY_KEEP_DRAFTS",
        ),
        Rule(
            Kept.REFUSED,
            N_("Words that we refused or hid"),
            N_("since we decided"),
            lambda using: using.keep_refused,
            "SHAPEDBY_KEEP_REFUSED",
        ),
        Rule(
            Kept.WITHDRAWN,
            N_("Words that you took back"),
            N_("since you took them back"),
            lambda using: using.keep_withdrawn,
            "SHAPEDBY_KEEP_WITHDRAWN",
        ),
        Rule(
            Kept.QUARANTINED,
            N_("Words that our check took for advertising"),
            N_("since they were set aside"),
            _fixed(30),
        ),
        Rule(
            Kept.REPORTS,
            N_("What you told us when you reported a text, and where to answer you"),
            N_("since we decided"),
            lambda using: using.keep_reports,
            "SHAPEDBY_KEEP_REPORTS",
        ),
        Rule(
            Kept.NEEDS,
            N_("What you need to be able to come to a session"),
            N_("since the session"),
            lambda using: using.keep_needs,
            "SHAPEDBY_KEEP_NEEDS",
        ),
        Rule(
            Kept.DORMANT,
            N_("Accounts that nobody uses (we write 30 days before)"),
            N_("since you were last signed in"),
            lambda using: using.keep_dormant,
            "SHAPEDBY_KEEP_DORMANT",
        ),
        Rule(Kept.SIGN_INS, N_("Where you were signed in"), N_("since it ended"), _fixed(0)),
        Rule(Kept.WAYS_IN, N_("Links and codes that we mailed you to sign in"), N_("since they ended"), _fixed(1)),
        Rule(Kept.MAILS, N_("That we sent you a mail (its words go at once)"), N_("since it was sent"), _fixed(30)),
        Rule(Kept.TOLD, N_("Which news we told you"), N_("since we told you"), _fixed(30)),
        Rule(
            Kept.EXPORTS,
            N_("The file with everything about you that you asked for"),
            N_("since it was ready"),
            _fixed(EXPORT_DAYS),
        ),
        Rule(
            Kept.ADDRESSES,
            N_("A code made from your network address, kept with a support to find stuffed ballots"),
            N_("since you supported"),
            _fixed(ORIGINS_KEPT.days),
        ),
    )
}


def is_night_s_turn(last: datetime | None, now: datetime, zone: ZoneInfo) -> bool:
    """Say whether tonight's tidying is due: it is past two in the morning, and nobody has done it since."""
    here = now.astimezone(zone)
    begins = datetime.combine(here.date(), NIGHT, zone)
    return here >= begins and (last is None or last < begins)


def closes_on(now: datetime) -> date:
    """Give the day on which an account closes whose owner is told now."""
    return (now + timedelta(days=WARNING_DAYS)).date()


def retention_table(using: Settings) -> str:
    """Give every kind as a Markdown table, for ``docs/retention.md``."""
    rows = [
        f"| {rule.what} | {f'{rule.days(using)} days' if rule.days(using) else 'goes at once'} "
        f"| {rule.since} | {f'`{rule.setting}`' if rule.setting else 'fixed'} |"
        for rule in RULES.values()
    ]
    return "\n".join(["| what | kept for | counted | setting |", "|---|---|---|---|", *rows, ""])
