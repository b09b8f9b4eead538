"""How somebody wants to hear of things, as their form says it; and the words for it all."""

from __future__ import annotations

from shapedby.kernel import N_
from shapedby.notices.rules import About, How, Kind
from shapedby.web.forms import Errors, Typed
from shapedby.web.words import says

says(
    {
        Kind.MY_IDEAS: N_("My ideas"),
        Kind.REPLIES: N_("Replies to me"),
        Kind.FOLLOWED: N_("Ideas I follow"),
        Kind.TOOK_PART: N_("Ideas I supported or commented on"),
        Kind.SESSIONS: N_("Workshops and meetings"),
        Kind.NEWS: N_("News of projects"),
        Kind.NEW_IDEAS: N_("New ideas"),
        Kind.DISCUSSIONS: N_("Discussions I follow"),
    },
    {
        How.AT_ONCE: N_("At once"),
        How.DAILY: N_("Once a day, all in one mail"),
        How.WEEKLY: N_("Once a week, all in one mail"),
        How.NEVER: N_("Not at all"),
    },
    {
        About.IDEA: N_("Idea"),
        About.CHALLENGE: N_("Question"),
        About.TOPIC: N_("Topic"),
        About.AREA: N_("Area"),
        About.THREAD: N_("Discussion"),
    },
)


def read_choices(form: Typed, errors: Errors) -> dict[Kind, How]:
    """Read how somebody wants to hear of each kind; a kind that the form does not name stays as it is."""
    wanted = {kind: errors.choice(form, f"how_{kind}", How) for kind in Kind if f"how_{kind}" in form}
    return {kind: how for kind, how in wanted.items() if how is not None}
