"""What authors, moderators and safeguarding people type beside the desk, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

from shapedby.kernel import N_
from shapedby.moderation.forms.deciding import MOST_WORDS
from shapedby.moderation.rules import Rule
from shapedby.moderation.rules.appeals import Result, WhyNoAppeal
from shapedby.moderation.rules.safeguarding import GuardedAct, GuardedDone, WhyNotGuarded
from shapedby.moderation.rules.suspending import Suspending, WhyNotSuspend
from shapedby.web.forms import Errors, Typed
from shapedby.web.words import done, says

MOST_APPEAL = 2_000
MOST_REASON = 1_000
MOST_NOTE_INSIDE = 4_000

says(
    {
        Result.WAITS: N_("Your appeal waits for a moderator"),
        Result.OVERTURNED: N_("We were wrong, and it is public now"),
        Result.STANDS: N_("The first decision stands"),
        Result.NOTHING_LEFT: N_("Nothing was left to decide"),
    }
)
says(
    {
        WhyNoAppeal.NOTHING_TO_APPEAL: N_("There is nothing here that you could appeal against."),
        WhyNoAppeal.APPEALED_BEFORE: N_("You have appealed against this already. You can do that once."),
        WhyNoAppeal.DECIDED_ON_APPEAL: N_("A second person has looked at this already, so this decision is the last."),
        WhyNoAppeal.YOU_DECIDED_FIRST: N_("The first decision was yours, so a colleague has to decide this appeal."),
    }
)
says(
    {
        WhyNotSuspend.YOURSELF: N_("You cannot suspend yourself, or end your own suspension."),
        WhyNotSuspend.STAFF: N_("Only an administrator can suspend somebody who works here."),
        WhyNotSuspend.SUSPENDED_ALREADY: N_("This person is suspended already. End that first."),
        WhyNotSuspend.HAS_LEFT: N_("This person has left."),
        WhyNotSuspend.NOT_IN_THE_FUTURE: N_("Choose a day after today, at most ten years ahead."),
        WhyNotSuspend.NOT_SUSPENDED: N_("This person is not suspended any more. Nothing was changed."),
    }
)
says(
    {
        GuardedAct.NOTE: N_("Write down what was done"),
        GuardedAct.PUBLISH: N_("Make the text public"),
        GuardedAct.HIDE: N_("Hide the text"),
        GuardedAct.GIVE_BACK: N_("Nobody is in danger: give it back to the moderators"),
        GuardedAct.CLOSE: N_("Close the case"),
    }
)
says(
    {
        WhyNotGuarded.CLOSED_ALREADY: N_("This case is closed. Nothing was changed."),
        WhyNotGuarded.NOT_NOW: N_("The text has changed since you opened the page. Please look at it again."),
        WhyNotGuarded.STILL_WAITS: N_("The text still waits. Make it public or give it back first."),
        WhyNotGuarded.NO_WORDS: N_("Write down what you did and why."),
    }
)
done(
    {
        "appeal-sent": N_("Thank you. Another moderator looks at it, and we write to you."),
        "appeal-overturned": N_("Published. Its author and the first moderator have been told."),
        "appeal-stands": N_("The decision stands. Its author and the first moderator have been told."),
        "suspended": N_("Suspended. The person has been told."),
        "suspension-ended": N_("Ended. Everything is as it was before, and the person has been told."),
        "passed-on": N_("Passed on to the safeguarding people. They have been told at once."),
        "guarded-done": N_("Written down."),
    }
)


class Lasts(StrEnum):
    """How long a suspension lasts."""

    WEEK = "7"
    MONTH = "30"
    YEAR = "365"
    DAY = "day"
    ENDED = "ended"


says(
    {
        Lasts.WEEK: N_("7 days"),
        Lasts.MONTH: N_("30 days"),
        Lasts.YEAR: N_("One year"),
        Lasts.DAY: N_("Until the day below"),
        Lasts.ENDED: N_("Until somebody ends it"),
    }
)


@dataclass(frozen=True, slots=True)
class AppealDecided:
    """A decision about an appeal as it was sent."""

    overturns: bool
    words: str


class Verdict(StrEnum):
    """What can be decided about an appeal."""

    PUBLISH = "publish"
    UPHOLD = "uphold"


def appealed(form: Typed, errors: Errors) -> str:
    """Read what an author says against a decision."""
    return errors.text(form, "words", most=MOST_APPEAL)


def appeal_decided(form: Typed, errors: Errors) -> AppealDecided | None:
    """Read a decision about an appeal; one that stands is explained to the author. None where something is wrong."""
    act = errors.choice(form, "act", Verdict)
    words = errors.text(form, "words", most=MOST_WORDS, needed=act is Verdict.UPHOLD)
    return None if errors or act is None else AppealDecided(act is Verdict.PUBLISH, words)


def suspending(form: Typed, errors: Errors, *, today: datetime, zone: tzinfo) -> Suspending | None:
    """Read a suspension; it ends at the end of its last day. None where something is to be put right."""
    rule = errors.choice(form, "rule", Rule)
    reason = errors.text(form, "reason", most=MOST_REASON)
    lasts = errors.choice(form, "lasts", Lasts)
    day = errors.day(form, "until") if lasts is Lasts.DAY else None
    if errors or rule is None or lasts is None:
        return None
    if lasts in {Lasts.WEEK, Lasts.MONTH, Lasts.YEAR}:
        day = today.astimezone(zone).date() + timedelta(days=int(lasts))
    until = datetime.combine(day, time(23, 59, 59), zone).astimezone(UTC) if day else None
    if until is not None and until <= today:
        errors.add("until", WhyNotSuspend.NOT_IN_THE_FUTURE)
        return None
    return Suspending(rule, reason, until, form.ticked("hides"))


def guarded_done(form: Typed, errors: Errors) -> GuardedDone | None:
    """Read what was done about a safeguarding case; None where something is to be put right."""
    act = errors.choice(form, "act", GuardedAct)
    reason = errors.text(form, "reason", most=MOST_NOTE_INSIDE)
    words = errors.text(form, "words", most=MOST_WORDS, needed=False)
    return None if errors or act is None else GuardedDone(act, reason, words)
