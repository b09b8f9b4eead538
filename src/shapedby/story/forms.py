"""What is typed about the statutory pages, and their words."""

from collections.abc import Iterable

from shapedby.kernel import N_
from shapedby.story.actions import Edited, Problem
from shapedby.story.rules import About, Why
from shapedby.text import TOO_LONG, one_line
from shapedby.web.forms import Errors, Typed, whole
from shapedby.web.words import says

MOST_PROBLEM = 3_000
MOST_PLACE = 300

says(
    {
        About.HOW_IT_WORKS: N_("How it works"),
        About.RULES: N_("Community rules"),
        About.ACCESSIBILITY: N_("Accessibility"),
        About.PRIVACY: N_("Privacy"),
        About.COOKIES: N_("Cookies"),
        About.TERMS: N_("Terms"),
        About.COMPLAINTS: N_("Complaints"),
        About.CONTACT: N_("Contact us"),
    },
    {
        Why.COLLEAGUE_WAS_FASTER: N_(
            "A colleague has changed this page since you opened it. Read the newest version first: "
            "if you save again, your text takes its place"
        ),
    },
)


def read_statement(form: Typed, errors: Errors, languages: Iterable[str]) -> dict[str, Edited]:
    """Read a statutory page: one text for each language, and the version that each was made from."""
    texts = errors.words(form, "text", languages, most=TOO_LONG)
    return {code: Edited(text, whole(form[f"seen_{code}"], 0)) for code, text in texts.items()}


def read_problem(form: Typed, errors: Errors) -> Problem:
    """Read a report about the site itself."""
    words = errors.text(form, "words", most=MOST_PROBLEM)
    place = one_line(errors.text(form, "place", most=MOST_PLACE, needed=False))
    return Problem(words, place, errors.email(form, "email", needed=False))
