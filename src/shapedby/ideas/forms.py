"""What a person types as an idea, and the words for its states and refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from shapedby.challenges.queries import Place
from shapedby.ideas.rules import (
    MOST_TEXT,
    MOST_TITLE,
    Because,
    Sort,
    Stage,
    StepKind,
    SupportState,
    Why,
    Written,
    languages_of,
)
from shapedby.kernel import N_, Words
from shapedby.text import one_line
from shapedby.web.forms import Errors, Typed
from shapedby.web.language import Tongue
from shapedby.web.words import says, sentence

TEXTS = ("problem", "proposal", "beneficiaries")


class Wrong(StrEnum):
    """What can be wrong with an idea."""

    NO_TITLE = "no_title"
    NO_PROBLEM = "no_problem"
    NO_PROPOSAL = "no_proposal"
    NO_BENEFICIARIES = "no_beneficiaries"
    NO_TOPIC = "no_topic"
    TOO_MUCH = "too_much"


says(
    {
        Wrong.NO_TITLE: N_("Give your idea a title"),
        Wrong.NO_PROBLEM: N_("Tell us what the problem is"),
        Wrong.NO_PROPOSAL: N_("Tell us what should happen"),
        Wrong.NO_BENEFICIARIES: N_("Tell us who this would help"),
        Wrong.NO_TOPIC: N_("Choose a topic"),
        Wrong.TOO_MUCH: N_("Shorten your texts: together they may have {most} characters, and they have {have}"),
    },
    {
        Why.NOT_OPEN_YET: N_("This question is not open for ideas yet."),
        Why.CLOSED: N_("This question no longer takes new ideas or changes to them."),
        Why.NOT_YOURS: N_("Only the person who wrote this can change it."),
        Why.HAS_SUPPORTERS: N_("People already support this idea as it stands, so its words can no longer change."),
        Why.BEING_DECIDED: N_("We are deciding about this idea, so it can no longer be changed or taken back."),
        Why.HIDDEN_BY_US: N_("We have hidden this idea, so it cannot be changed."),
        Why.WITHDRAWN: N_("This idea was taken back by the person who wrote it."),
        Why.NOT_FINISHED: N_("Something is still missing in this idea. Please finish it before you send it."),
        Why.NOT_PUBLIC: N_("This idea is not public at the moment."),
        Why.OWN_IDEA: N_("This is your own idea. Support counts the other people who want it too."),
        Why.DECIDED: N_("This question has been decided, so supports no longer change."),
        Why.COLLEAGUE_WAS_FASTER: N_("A colleague has changed this idea in the meantime. Look at it again first."),
    },
    {
        Stage.OPEN: N_("Open"),
        Stage.UNDER_REVIEW: N_("Under review"),
        Stage.SHORTLISTED: N_("Shortlisted"),
        Stage.PROJECT: N_("Being built"),
        Stage.NOT_TAKEN_FORWARD: N_("Not taken forward"),
        Stage.MERGED: N_("Joined with another idea"),
    },
    {
        SupportState.COUNTED: N_("You support this idea"),
        SupportState.HELD: N_("Your support is waiting for a check"),
        SupportState.SET_ASIDE: N_("Your support was set aside"),
        SupportState.WITHDRAWN: N_("You took your support back"),
    },
    {
        StepKind.DRAFTED: N_("Begun"),
        StepKind.SENT: N_("Sent"),
        StepKind.HELD: N_("Waiting for a check"),
        StepKind.PUBLISHED: N_("Published"),
        StepKind.REFUSED: N_("Not published"),
        StepKind.HIDDEN: N_("Hidden"),
        StepKind.CHANGED: N_("Changed by the person who wrote it"),
        StepKind.WITHDRAWN: N_("Taken back"),
        StepKind.UNDER_REVIEW: N_("Under review"),
        StepKind.SHORTLISTED: N_("Shortlisted"),
        StepKind.NOT_TAKEN_FORWARD: N_("Not taken forward"),
        StepKind.PROJECT: N_("Became a project"),
        StepKind.PHASE: N_("Next phase"),
        StepKind.OUTCOME: N_("Outcome"),
        StepKind.MERGED: N_("Joined with another idea"),
    },
    {
        Sort.SHUFFLE: N_("Fair shuffle"),
        Sort.NEWEST: N_("Newest"),
        Sort.SUPPORTED: N_("Most supported"),
    },
    {
        Because.UNSAID: N_("I would rather not say"),
        Because.SOLVED: N_("The problem is solved"),
        Because.ANOTHER: N_("Another idea says it better"),
        Because.CHANGED_MIND: N_("I have changed my mind"),
    },
)

_EMPTY = {
    "title": Wrong.NO_TITLE,
    "problem": Wrong.NO_PROBLEM,
    "proposal": Wrong.NO_PROPOSAL,
    "beneficiaries": Wrong.NO_BENEFICIARIES,
    "topic": Wrong.NO_TOPIC,
}


def read(
    form: Typed, errors: Errors, *, areas: Sequence[Place], topics: Sequence[Place], languages: Sequence[str]
) -> Written:
    """Read what was typed, with the errors that even a draft cannot be kept with: too long, or no such choice."""
    title = one_line(form["title"])
    if len(title) > MOST_TITLE:
        errors.text(form, "title", most=MOST_TITLE, needed=False)
    problem, proposal, beneficiaries = (form[name].strip() for name in TEXTS)
    together = len(problem) + len(proposal) + len(beneficiaries)
    if together > MOST_TEXT:
        longest = max(TEXTS, key=lambda name: len(form[name]))
        errors.add(longest, Wrong.TOO_MUCH, most=errors.tongue.number(MOST_TEXT), have=errors.tongue.number(together))
    return Written(
        title=title,
        problem=problem,
        proposal=proposal,
        beneficiaries=beneficiaries,
        area=errors.one_of(form, "area", _numbers(areas), needed=False),
        topic=errors.one_of(form, "topic", _numbers(topics), needed=False),
        language=languages_of(languages, form["language"]),
    )


def check_finished(typed: Written, errors: Errors, topics: Sequence[Place]) -> None:
    """Note everything that is missing before an idea can be sent, in the form's order."""
    for name, wrong in _EMPTY.items():
        if name == "topic" and not topics:
            continue
        if not str(getattr(typed, name) or "").strip():
            errors.add(name, wrong)


def as_typed(kept: Written) -> Typed:
    """Give a kept idea as the form's fields."""
    fields: Mapping[str, object] = {
        "title": kept.title,
        "problem": kept.problem,
        "proposal": kept.proposal,
        "beneficiaries": kept.beneficiaries,
        "area": kept.area or "",
        "topic": kept.topic or "",
        "language": kept.language,
    }
    return Typed({name: (str(value),) for name, value in fields.items()})


def note_of(because: Because, tongues: Mapping[str, Tongue]) -> Words:
    """Say a reason in every language of the council; nothing where none was given."""
    if because is Because.UNSAID:
        return {}
    return {code: sentence(tongue, because) for code, tongue in tongues.items()}


def _numbers(places: Sequence[Place]) -> dict[str, int]:
    return {str(place.id): place.id for place in places}
