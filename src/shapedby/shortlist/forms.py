"""What officers type about ideas, and the sentences of this slice."""

from collections.abc import Mapping, Sequence

from shapedby import text
from shapedby.challenges.queries import Criterion
from shapedby.ideas.rules import Stage
from shapedby.kernel import N_, Words
from shapedby.shortlist.rules import MOST_POINTS, MOST_REASON, Due, ResponseKind, Sort, Why
from shapedby.web.forms import Errors, Typed
from shapedby.web.language import Tongue
from shapedby.web.words import says

MOST_NOTE = 2000

says(
    {
        ResponseKind.UNDER_REVIEW: N_("We are looking at this idea"),
        ResponseKind.SHORTLISTED: N_("On the shortlist"),
        ResponseKind.NOT_TAKEN_FORWARD: N_("Not taken forward"),
        ResponseKind.NOTE: N_("A note from the council"),
    },
    {
        Sort.DUE: N_("Answer due first"),
        Sort.SCORE: N_("Highest score"),
        Sort.SUPPORTED: N_("Most supported"),
        Sort.NEWEST: N_("Newest"),
    },
    {
        Due.ANSWERED: N_("Answered"),
        Due.OVERDUE: N_("Overdue"),
        Due.SOON: N_("Due within a week"),
        Due.LATER: N_("Later"),
    },
    {
        Why.NOT_YOUR_ROLE: N_("Only officers can do this."),
        Why.OWN_IDEA: N_("This idea is your own. A colleague decides about it."),
        Why.NOT_PUBLIC: N_("This idea is not public, so nothing can be decided about it."),
        Why.NOT_OPEN: N_("This idea is under review already, or decided."),
        Why.NOT_UNDER_REVIEW: N_("Take this idea under review first."),
        Why.ALREADY_DECIDED: N_("This idea has its answer already."),
        Why.TOO_FEW_SUPPORTS: N_(
            "It has fewer supports than the challenge asks for ({needed}), so it cannot go on the shortlist."
        ),
        Why.REASON_MISSING: N_("Write the reason in each of the council's languages. It will be public."),
        Why.POINTS_MISSING: N_("Give 0 to 5 points for each criterion."),
        Why.NOTHING_PROMISED: N_("We have promised no answer to this idea."),
        Why.PROMISE_BROKEN: N_(
            "The promised day is over, so it stays as it is, for everybody to see. Answer this idea instead."
        ),
        Why.DAY_IS_PAST: N_("Choose a day after today."),
        Why.DAY_IS_CLOSED: N_("The council is closed on that day. Choose another one."),
        Why.DAY_IS_FAR: N_("Choose a day within {days} days of the one we promised."),
        Why.SAME_DAY: N_("That is the day we have promised already. Choose another one."),
        Why.IDEAS_WAIT: N_("Ideas without an answer: {count}. Answer each of them first."),
    },
)

WRITE_IN = N_("{language}: write what we say. It will be public.")
LOOKING = N_("We are reading this idea and will weigh it by the criteria of this challenge.")
LOOKING_BY = N_(
    "We are reading this idea and will weigh it by the criteria of this challenge. You will have our answer by {day}."
)


def read_reason(form: Typed, errors: Errors, tongues: Mapping[str, Tongue]) -> dict[str, str]:
    """Take the reason in each language of the council; each is needed."""
    for code, tongue in tongues.items():
        errors.text(form, f"reason_{code}", most=MOST_REASON, needed=False)
        if not form[f"reason_{code}"].strip():
            errors.found[f"reason_{code}"] = errors.tongue.says(WRITE_IN).format(language=tongue.own_name)
    return {code: text.visible(form[f"reason_{code}"]).strip() for code in tongues}


def read_points(form: Typed, errors: Errors, criteria: Sequence[Criterion]) -> dict[int, int]:
    """Take the points for each criterion, by its number."""
    allowed = {str(points): points for points in range(MOST_POINTS + 1)}
    points: dict[int, int] = {}
    for criterion in criteria:
        name = f"points_{criterion.id}"
        if form[name] in allowed:
            points[criterion.id] = allowed[form[name]]
        else:
            errors.add(name, Why.POINTS_MISSING)
    return points


def proposed_reason(stage: Stage, day: Mapping[str, str], tongues: Mapping[str, Tongue]) -> Words:
    """Propose what we say when we begin to weigh an idea; ``day`` is the promised one in each language, or empty."""
    if stage is not Stage.OPEN:
        return {}
    return {
        code: tongue.says(LOOKING_BY).format(day=day[code]) if day.get(code) else tongue.says(LOOKING)
        for code, tongue in tongues.items()
    }
