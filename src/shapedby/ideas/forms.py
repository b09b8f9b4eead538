"""What a person types as an idea, and the words for its states and refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from shapedby.challenges.queries import Place
from shapedby.ideas.rules import (
    MOST_GROUP,
    MOST_TEXT,
    MOST_TITLE,
    Because,
    Stage,
    StepKind,
    SupportState,
    Why,
    Written,
    languages_of,
    together,
)
from shapedby.ideas.rules.finding import Only, Sort
from shapedby.ideas.rules.versions import Change
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
        Why.BEING_DECIDED: N_("We are deciding about this idea, so it can no longer be changed or taken back."),
        Why.HIDDEN_BY_US: N_("We have hidden this idea, so it cannot be changed."),
        Why.WITHDRAWN: N_("This idea was taken back by the person who wrote it."),
        Why.NOT_FINISHED: N_("Something is still missing in this idea. Please finish it before you send it."),
        Why.NOT_PUBLIC: N_("This idea is not public at the moment."),
        Why.MERGED: N_("This idea was joined with another one. You can support that one."),
        Why.GROUP_NEEDS_ADULT: N_("An adult sends an idea for a group. Leave out the group’s name, or ask an adult."),
        Why.NOT_ANONYMOUS_HERE: N_("In this question your name stands beside your idea."),
        Why.VERSION_BEING_CHECKED: N_(
            "Our check has set the last change aside. Wait until a moderator has looked at it, or write to us."
        ),
        Why.OWN_IDEA: N_("This is your own idea. Support counts the other people who want it too."),
        Why.DECIDED: N_("This question has been decided, so supports no longer change."),
        Why.NO_SUPPORTS_LEFT: N_(
            "You have given all {each} supports that each person has for this question. Take one back to give it here."
        ),
        Why.SUPPORTS_STAND: N_("This question has closed, so supports can no longer be taken back."),
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
        StepKind.SUPPORTS_SET_ASIDE: N_("Supports set aside"),
        StepKind.SUPPORTS_RESTORED: N_("Supports counted again"),
        StepKind.PROMISE_MOVED: N_("The answer comes on another day"),
    },
    {
        Sort.SHUFFLE: N_("Fair shuffle"),
        Sort.NEWEST: N_("Newest"),
        Sort.SUPPORTED: N_("Most supported"),
        Sort.DISCUSSED: N_("Most discussed"),
    },
    {
        Only.ANSWERED: N_("Has an answer"),
        Only.NEEDS_SUPPORTERS: N_("Needs supporters"),
    },
    {
        Because.UNSAID: N_("I would rather not say"),
        Because.SOLVED: N_("The problem is solved"),
        Because.ANOTHER: N_("Another idea says it better"),
        Because.CHANGED_MIND: N_("I have changed my mind"),
    },
)

says(
    {
        together.Why.NOT_AN_AUTHOR: N_("Only those who write an idea, or an officer, can do this."),
        together.Why.TOO_MANY_AUTHORS: N_(
            "Up to five people can be invited to an idea. Take an invitation back first."
        ),
        together.Why.AUTHOR_ALREADY: N_("You write this idea already."),
        together.Why.INVITATION_ENDED: N_("This invitation no longer works. Ask for a new one."),
        together.Why.CANNOT_BE_CHANGED: N_("This idea can no longer be changed, so nobody can join in writing it."),
        together.Why.DIFFERENT_AGES: N_(
            "Adults and people under 18 can write together only when the idea is public. Wait until it is."
        ),
        together.Why.MOST_MAILS: N_("You have invited many people today. Go on tomorrow, or give somebody a link."),
        together.Why.SAME_IDEA: N_("Choose two different ideas."),
        together.Why.OTHER_QUESTION: N_("Only ideas that answer the same question can be joined."),
        together.Why.NOT_PUBLIC: N_("One of the ideas is not public at the moment, so they cannot be joined."),
        together.Why.BEING_DECIDED: N_("We have decided about one of the ideas already, so they cannot be joined."),
        together.Why.PROPOSED_ALREADY: N_("Somebody has already proposed to join this idea. Look at that first."),
        together.Why.PROPOSAL_ENDED: N_("This proposal has ended. You can make a new one."),
        together.Why.NOBODY_TO_ASK: N_("The author of the other idea is not here any more. Ask the council."),
    },
    {
        together.MergeBecause.SAME: N_("Both ask for the same thing."),
        together.MergeBecause.PART: N_("One is a part of the other."),
        together.MergeBecause.STRONGER: N_("Together they are stronger."),
    },
    {
        together.MergeState.PROPOSED: N_("Waiting for an answer"),
        together.MergeState.DONE: N_("Joined"),
        together.MergeState.DECLINED: N_("Somebody said no"),
        together.MergeState.WITHDRAWN: N_("Taken back"),
        together.MergeState.EXPIRED: N_("Nobody answered in time"),
    },
    {
        Change.SAME: N_("unchanged"),
        Change.REMOVED: N_("taken out"),
        Change.ADDED: N_("new"),
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
        group=one_line(errors.text(form, "group", most=MOST_GROUP, needed=False)),
        anonymous=form.ticked("anonymous"),
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
        "group": kept.group,
        "anonymous": "yes" if kept.anonymous else "",
    }
    return Typed({name: (str(value),) for name, value in fields.items()})


def note_of(because: Because, tongues: Mapping[str, Tongue]) -> Words:
    """Say a reason in every language of the council; nothing where none was given."""
    if because is Because.UNSAID:
        return {}
    return {code: sentence(tongue, because) for code, tongue in tongues.items()}


def _numbers(places: Sequence[Place]) -> dict[str, int]:
    return {str(place.id): place.id for place in places}
