"""What an officer types about a project, and the sentences of co-production."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from shapedby.coproduction.queries.figures import NewIndicator, Reading
from shapedby.coproduction.queries.work import NewChoice, NewMember
from shapedby.coproduction.rules import Outcome, Part, Phase, SessionKind, Side, State, Why
from shapedby.kernel import N_, Words
from shapedby.text import one_line
from shapedby.web.forms import Errors, Typed, Wrong
from shapedby.web.words import says

TITLE = 120
LINE = 200
TEXT = 4000
MOST_PEOPLE = 100_000
MOST_SAY = 1000

says(
    {
        Phase.PREPARE: N_("Get ready"),
        Phase.CO_DEFINE: N_("Agree the problem"),
        Phase.CO_CREATE: N_("Try answers"),
        Phase.IMPLEMENT: N_("Put it in place"),
    },
    {
        State.ACTIVE: N_("Being built with residents"),
        State.CLOSED: N_("Finished"),
    },
    {
        Outcome.STOPPED: N_("Stopped"),
        Outcome.PILOTED: N_("Tried out"),
        Outcome.RUNNING: N_("Running"),
        Outcome.HANDED_OVER: N_("Handed over"),
    },
    {
        Side.RESIDENT: N_("Resident"),
        Side.STAFF: N_("Council staff"),
        Side.PARTNER: N_("Partner"),
    },
    {
        Part.HOST: N_("Host"),
        Part.CORE_TEAM: N_("Core team"),
        Part.STAKEHOLDER: N_("Concerned by it"),
        Part.END_USER: N_("Will use it"),
        Part.INVITED_INNOVATOR: N_("Invited for fresh ideas"),
        Part.BROKER: N_("Brings people together"),
    },
    {
        SessionKind.WORKSHOP: N_("Workshop"),
        SessionKind.INTERVIEWS: N_("Interviews"),
        SessionKind.MEETING: N_("Meeting"),
        SessionKind.VISIT: N_("Visit"),
    },
    {
        Why.NOT_YOUR_ROLE: N_("Only officers can change a project."),
        Why.NOT_SHORTLISTED: N_("Only a shortlisted idea can become a project."),
        Why.ALREADY_A_PROJECT: N_("This idea is a project already. A colleague may have started it a moment ago."),
        Why.CLOSED: N_("This project is finished, so it can no longer be changed."),
        Why.EVIDENCE_MISSING: N_("Some of what must be ready first is still missing."),
        Why.NOT_THIS_PHASE: N_("The project is in another phase now. A colleague may have moved it a moment ago."),
        Why.NO_REASON: N_("Write the reason in every language of this site."),
        Why.NOT_LAST_PHASE: N_("A project can only finish in its last phase, unless it is stopped."),
        Why.NO_INDICATOR: N_("Record at least one figure of what changed before you finish the project."),
        Why.SESSION_AHEAD: N_("This session has not taken place yet. Record it afterwards."),
        Why.COLLEAGUE_WAS_FASTER: N_("A colleague changed this project a moment ago. Look at it again first."),
    },
)


@dataclass(frozen=True, slots=True)
class Founding:
    """What an officer says about a project to be started."""

    title: Words
    summary: Words


def founding(form: Typed, errors: Errors, languages: Iterable[str]) -> Founding:
    """Read the form that starts a project."""
    codes = tuple(languages)
    return Founding(
        lines(errors.words(form, "title", codes, most=TITLE)), errors.words(form, "summary", codes, most=600)
    )


def words(form: Typed, errors: Errors, name: str, languages: Iterable[str]) -> Words:
    """Read one text of the council's, needed in every language."""
    return errors.words(form, name, languages, most=TEXT)


def member(form: Typed, errors: Errors) -> NewMember:
    """Read somebody to be written into the team."""
    return NewMember(
        name=one_line(errors.text(form, "name", most=80)),
        side=errors.choice(form, "side", Side) or Side.RESIDENT,
        part=errors.choice(form, "part", Part) or Part.CORE_TEAM,
        organisation=one_line(errors.text(form, "organisation", most=LINE, needed=False)),
        since=errors.day(form, "since") or date.min,
    )


def choice(form: Typed, errors: Errors, languages: Iterable[str]) -> NewChoice:
    """Read what the team decided and how many of each side had a say."""

    def say(side: str) -> int:
        return errors.whole_number(form, side, least=0, most=MOST_SAY) or 0

    return NewChoice(
        decided_on=errors.day(form, "decided_on") or date.min,
        what=lines(errors.words(form, "what", languages, most=400)),
        residents=say("residents"),
        staff=say("staff"),
        partners=say("partners"),
    )


def indicator(form: Typed, errors: Errors, languages: Iterable[str]) -> NewIndicator:
    """Read a figure to be followed."""
    codes = tuple(languages)
    return NewIndicator(
        name=lines(errors.words(form, "name", codes, most=TITLE)),
        unit=lines(errors.words(form, "unit", codes, most=60, needed=False)),
        measured_by=lines(errors.words(form, "measured_by", codes, most=LINE)),
        before=figure(form, errors, "before") or Decimal(0),
        before_on=errors.day(form, "before_on") or date.min,
        target=figure(form, errors, "target", needed=False),
    )


def reading(form: Typed, errors: Errors, languages: Iterable[str]) -> Reading:
    """Read what a figure showed on a day."""
    number = errors.whole_number(form, "indicator", least=1, most=2**31 - 1)
    return Reading(
        indicator=number or 0,
        on_day=errors.day(form, "on_day") or date.min,
        value=figure(form, errors, "value") or Decimal(0),
        comment=lines(errors.words(form, "comment", languages, most=LINE, needed=False)),
    )


def lines(texts: Words) -> dict[str, str]:
    """Make each text one line."""
    return {language: one_line(text) for language, text in texts.items()}


def figure(form: Typed, errors: Errors, name: str, *, needed: bool = True) -> Decimal | None:
    """Read a figure with at most two decimals."""
    text = form[name].strip().replace(",", ".")
    if not text and not needed:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) >= Decimal(10) ** 12:
        errors.add(name, Wrong.NOT_A_NUMBER)
        return None
    return value.quantize(Decimal("0.01"))
