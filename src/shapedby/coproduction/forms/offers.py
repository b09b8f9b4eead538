"""What is typed about offers and needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shapedby.coproduction.forms import LINE, figure, lines
from shapedby.coproduction.rules.offers import OfferState, Thing, WhyNoOffer
from shapedby.kernel import N_, Words
from shapedby.text import one_line, visible
from shapedby.web.forms import Errors, Typed, Wrong
from shapedby.web.words import says

WORDS = 1000

says(
    {
        Thing.TIME: N_("Time"),
        Thing.SKILLS: N_("Skills"),
        Thing.SPACE: N_("Space"),
        Thing.EQUIPMENT: N_("Equipment"),
        Thing.DATA: N_("Data"),
        Thing.MONEY: N_("Money"),
    },
    {
        OfferState.OPEN: N_("Waits for an answer"),
        OfferState.MATCHED: N_("Accepted"),
        OfferState.DECLINED: N_("Not needed now"),
        OfferState.WITHDRAWN: N_("Taken back"),
        OfferState.ENDED: N_("Done"),
    },
    {
        WhyNoOffer.TOO_YOUNG: N_(
            "If you are under 18, talk to the person who looks after the session. Please make no offer here."
        ),
        WhyNoOffer.PROJECT_CLOSED: N_("This project is finished and needs nothing more. Thank you."),
        WhyNoOffer.TOO_MANY: N_("Ten of your offers wait for an answer. Let us answer them first."),
        WhyNoOffer.ALREADY_DECIDED: N_("This offer has its answer already. Look at it again first."),
        WhyNoOffer.NOT_MATCHED: N_("This offer belongs to no project yet."),
        WhyNoOffer.NO_PROJECT: N_("Choose the project that the offer is for."),
    },
)


@dataclass(frozen=True, slots=True)
class Offering:
    """What somebody offers."""

    kind: Thing
    words: str


def offering(form: Typed, errors: Errors) -> Offering:
    """Read what somebody offers."""
    kind = errors.choice(form, "kind", Thing) or Thing.TIME
    return Offering(kind, visible(errors.text(form, "words", most=WORDS)))


def need(form: Typed, errors: Errors, languages: Iterable[str]) -> tuple[Thing, Words]:
    """Read what a project needs."""
    kind = errors.choice(form, "kind", Thing) or Thing.TIME
    return kind, lines(errors.words(form, "what", languages, most=LINE))


@dataclass(frozen=True, slots=True)
class Giving:
    """What was given on a day: hours, or something lent."""

    on_day: date
    hours: Decimal | None
    what: str


def giving(form: Typed, errors: Errors) -> Giving:
    """Read what was given; hours or a thing is needed."""
    hours = figure(form, errors, "hours", needed=False)
    what = one_line(errors.text(form, "what", most=120, needed=False))
    if hours is not None and not 0 < hours <= 1000:  # noqa: PLR2004 - more hours than one day's giving ever has
        errors.add("hours", Wrong.NOT_A_NUMBER)
    if hours is None and not what:
        errors.add("hours", Wrong.EMPTY)
    return Giving(errors.day(form, "on_day") or date.min, hours, what)
