"""What officers type about challenges, areas and topics, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shapedby import text
from shapedby.challenges.queries import Place
from shapedby.challenges.rules import MOST_CRITERIA, Brief, Gap, Stage, Text, Weighed, Why, gaps, is_slug
from shapedby.kernel import N_, Words, said
from shapedby.web.forms import Errors, Typed, Wrong
from shapedby.web.language import Tongue
from shapedby.web.words import says, sentence

MOST = {
    Text.QUESTION: 160,
    Text.SUMMARY: 300,
    Text.WHY_ASKED: 3000,
    Text.WHO_DECIDES: 600,
    Text.WHAT_CHOSEN_GETS: 600,
    Text.PRIVACY_NOTE: 2000,
}
MOST_NAME = 80
MOST_MEANING = 300
MOST_SUPPORTS = 1_000_000
MOST_EACH = 1_000
MOST_DAYS = 365
FIRST_ROWS = 3
END_OF_DAY = time(23, 59)

says(
    {
        Stage.DRAFT: N_("Draft"),
        Stage.COMING: N_("Opens soon"),
        Stage.OPEN: N_("Open"),
        Stage.DECIDING: N_("Being decided"),
        Stage.DECIDED: N_("Decided"),
    },
    {
        Text.QUESTION: N_("The question"),
        Text.SUMMARY: N_("In one or two sentences"),
        Text.WHY_ASKED: N_("Why we ask"),
        Text.WHO_DECIDES: N_("Who decides"),
        Text.WHAT_CHOSEN_GETS: N_("What a chosen idea gets"),
        Text.PRIVACY_NOTE: N_("Privacy note"),
    },
    {
        Why.NOT_YOUR_ROLE: N_("Only officers can do this."),
        Why.TEXT_MISSING: N_("Every text is needed in each of the council's languages."),
        Why.BAD_SLUG: N_("Use 3 to 80 small letters, figures and hyphens for the address."),
        Why.SLUG_TAKEN: N_("This address is in use already. Choose another."),
        Why.CLOSES_BEFORE_IT_OPENS: N_("Choose a last day that is later than the first."),
        Why.CLOSES_IN_THE_PAST: N_("The last day has passed. Choose a later one."),
        Why.NO_CRITERION: N_("Write at least one criterion."),
        Why.WEIGHTS_ARE_NOT_100: N_("Change the weights so that together they make 100."),
        Why.NO_WEIGHT: N_("Give each criterion a weight of 1 or more."),
        Why.ALREADY_PUBLISHED: N_("This challenge is public already."),
        Why.FIXED_WHEN_PUBLISHED: N_(
            "People rely on the address, the dates and the weights of a public challenge, so those stay as they are."
        ),
        Why.NOT_OPEN: N_("This challenge takes no ideas now, so it cannot be closed or kept open."),
        Why.NOT_LATER: N_("Choose a day that is later than the one people know."),
        Why.NO_REASON: N_("Say why, in a few words."),
        Why.NOT_BEING_DECIDED: N_("A challenge can be finished only after it has closed."),
        Why.COLLEAGUE_WAS_FASTER: N_(
            "A colleague changed this while you were writing. Your text is below. Open the challenge again in a "
            "new tab to see what they wrote."
        ),
    },
)
FILL_IN = N_("{text}: fill this in")


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Give the first moment of a day here."""
    return datetime.combine(day, time(), zone)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Give the last minute of a day here, in summer time and in winter time."""
    return datetime.combine(day, END_OF_DAY, zone)


def filled(brief: Brief, languages: Sequence[str], zone: ZoneInfo, *, rows: int = 0) -> Typed:
    """Give a brief as the fields of its form; ``rows`` is how many criteria there is room for."""
    fields: dict[str, Sequence[str]] = {
        "slug": [brief.slug],
        "opens_on": [brief.opens_at.astimezone(zone).date().isoformat()],
        "closes_on": [brief.closes_at.astimezone(zone).date().isoformat()],
        "supports_needed": [str(brief.supports_needed)],
        "supports_each": [str(brief.supports_each or "")],
        "answer_days": [str(brief.answer_days)],
        "anonymous_allowed": ["yes" if brief.anonymous_allowed else ""],
        "areas": [str(number) for number in brief.areas],
        "topics": [str(number) for number in brief.topics],
        "rows": [str(room(rows, len(brief.criteria)))],
    }
    for which in Text:
        fields |= {f"{which}_{language}": [brief.text(which).get(language, "")] for language in languages}
    for row, criterion in enumerate(brief.criteria, start=1):
        fields[f"criterion_{row}_weight"] = [str(criterion.weight or "")]
        for language in languages:
            fields[f"criterion_{row}_name_{language}"] = [criterion.name.get(language, "")]
            fields[f"criterion_{row}_meaning_{language}"] = [criterion.meaning.get(language, "")]
    return Typed(fields)


def room(wished: int, written: int) -> int:
    """Say how many rows of criteria a form has."""
    return min(MOST_CRITERIA, max(FIRST_ROWS, wished, written))


@dataclass(frozen=True, slots=True)
class Desk:
    """What reading a form needs to know: the council's languages, and its time zone."""

    languages: Sequence[str]
    zone: ZoneInfo


def read_draft(form: Typed, errors: Errors, desk: Desk) -> Brief | None:
    """Take a draft, which may have gaps; None with its errors noted where it cannot even be kept."""
    texts = {which.value: read_text(form, errors, which, desk.languages) for which in Text}
    if not any(texts[Text.QUESTION].values()):
        errors.add(f"{Text.QUESTION}_{desk.languages[0]}", Wrong.EMPTY)
    slug = form["slug"].strip().lower()
    if slug and not is_slug(slug):
        errors.add("slug", Why.BAD_SLUG)
    opens, closes = errors.day(form, "opens_on"), errors.day(form, "closes_on")
    if opens and closes and closes < opens:
        errors.add("closes_on", Why.CLOSES_BEFORE_IT_OPENS)
    criteria = read_criteria(form, errors, desk.languages)
    supports = errors.whole_number(form, "supports_needed", least=0, most=MOST_SUPPORTS)
    each = errors.whole_number(form, "supports_each", least=1, most=MOST_EACH, needed=False)
    days = errors.whole_number(form, "answer_days", least=1, most=MOST_DAYS)
    if errors or opens is None or closes is None or supports is None or days is None:
        return None
    return Brief(
        slug=slug,
        opens_at=midnight(opens, desk.zone),
        closes_at=end_of(closes, desk.zone),
        supports_needed=supports,
        supports_each=each,
        answer_days=days,
        anonymous_allowed=form.ticked("anonymous_allowed"),
        areas=numbers(form, "areas"),
        topics=numbers(form, "topics"),
        criteria=criteria,
        **texts,
    )


def read_published(form: Typed, errors: Errors, desk: Desk, before: Brief, tongue: Tongue) -> Brief | None:
    """Take the words of a public challenge, all of them in every language; the rest stays as it is."""
    texts = {which.value: read_text(form, errors, which, desk.languages) for which in Text}
    reworded = tuple(
        replace(
            criterion,
            name=_words(form, errors, f"criterion_{row}_name", desk.languages, MOST_NAME),
            meaning=_words(form, errors, f"criterion_{row}_meaning", desk.languages, MOST_MEANING),
        )
        for row, criterion in enumerate(before.criteria, start=1)
    )
    areas, topics = numbers(form, "areas"), numbers(form, "topics")
    nameless = form.ticked("anonymous_allowed")
    brief = replace(before, **texts, criteria=reworded, areas=areas, topics=topics, anonymous_allowed=nameless)
    lacking = gaps(brief, desk.languages, before.opens_at - timedelta(days=1))
    for place, lack in lacks_said(lacking, tongue).items():
        errors.found.setdefault(place, lack)
    return None if errors else brief


def read_text(form: Typed, errors: Errors, which: Text, languages: Sequence[str]) -> dict[str, str]:
    """Take one text of a challenge in each language; a question and its summary are one line each."""
    long = which not in {Text.QUESTION, Text.SUMMARY}
    return _words(form, errors, which.value, languages, MOST[which], lines=long)


def read_criteria(form: Typed, errors: Errors, languages: Sequence[str]) -> tuple[Weighed, ...]:
    """Take the rows of criteria in which something stands."""
    found: list[Weighed] = []
    for row in range(1, MOST_CRITERIA + 1):
        name = _words(form, errors, f"criterion_{row}_name", languages, MOST_NAME)
        meaning = _words(form, errors, f"criterion_{row}_meaning", languages, MOST_MEANING)
        weight = errors.whole_number(form, f"criterion_{row}_weight", least=0, most=100, needed=False)
        if weight or any(name.values()) or any(meaning.values()):
            found.append(Weighed(name=name, meaning=meaning, weight=weight or 0))
    return tuple(found)


def read_name(form: Typed, errors: Errors, languages: Sequence[str]) -> Words:
    """Take the name of an area or a topic, which every language needs."""
    name = _words(form, errors, "name", languages, MOST_NAME - 20)
    for language in languages:
        if not name.get(language):
            errors.add(f"name_{language}", Wrong.EMPTY)
    return name


def _words(
    form: Typed, errors: Errors, name: str, languages: Sequence[str], most: int, *, lines: bool = False
) -> dict[str, str]:
    typed = {language: errors.text(form, f"{name}_{language}", most=most, needed=False) for language in languages}
    tidy = text.visible if lines else text.one_line
    return {language: tidy(words) for language, words in typed.items() if words}


def numbers(form: Typed, name: str) -> tuple[int, ...]:
    """Take the numbers of what was ticked; others are left out."""
    return tuple(int(one) for one in form.all(name) if one.isascii() and one.isdigit() and len(one) < 10)  # noqa: PLR2004 - fits an integer


def choices(places: Sequence[Place], tongue: Tongue) -> list[tuple[str, str]]:
    """Give areas or topics as the options of a field: (value, name)."""
    return [(str(place.id), said(place.name, tongue.code)) for place in places]


def lacks_said(lacking: Sequence[Gap], tongue: Tongue) -> Mapping[str, str]:
    """Say each gap of a brief, by the form's field."""
    sentences: dict[str, str] = {}
    for gap in lacking:
        if gap.why is not Why.TEXT_MISSING:
            sentences.setdefault(gap.place, sentence(tongue, gap.why))
            continue
        what = sentence(tongue, gap.text) if gap.text else tongue.says(N_("Criterion"))
        sentences.setdefault(gap.place, tongue.says(FILL_IN).format(text=f"{what} ({gap.language})"))
    return sentences


PARTS = (
    ("part-question", N_("What you ask, and why"), ("question", "summary", "why_asked", "slug")),
    ("part-deciding", N_("Who decides, and what happens then"), ("who_decides", "what_chosen_gets")),
    ("part-criteria", N_("How you choose"), ("criterion_",)),
    ("part-dates", N_("Dates and numbers"), ("opens_on", "closes_on", "supports_", "answer_days")),
    ("part-where", N_("Areas and topics"), ("areas", "topics")),
    ("part-privacy", N_("Privacy note"), ("privacy_note",)),
)


def parts(lacking: Sequence[Gap]) -> list[tuple[str, str, int]]:
    """List the parts of the form as (anchor, English title, how many things are still missing)."""
    return [
        (anchor, title, sum(1 for gap in lacking if gap.place.startswith(fields))) for anchor, title, fields in PARTS
    ]
