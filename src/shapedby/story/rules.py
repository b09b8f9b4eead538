"""How the life of an idea is told, and what the statutory pages are made of."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from shapedby.ideas.rules import Stage, StepKind

KNOWN_AFTER = timedelta(days=7)
"""How long something of a person's must have been public before search engines may list what they write."""


class Point(StrEnum):
    """A point on the line of an idea's life."""

    SENT = "sent"
    PUBLISHED = "published"
    REVIEWED = "reviewed"
    DECIDED = "decided"
    DECLINED = "declined"
    STARTED = "started"
    FINISHED = "finished"


class Standing(StrEnum):
    """Whether a point lies behind, here or ahead."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Mark:
    """One point with when it was reached; ``by`` is the promised day of what is awaited here."""

    point: Point
    standing: Standing
    at: datetime | None = None
    by: date | None = None


REACHED_BY: Mapping[Point, StepKind] = {
    Point.SENT: StepKind.SENT,
    Point.PUBLISHED: StepKind.PUBLISHED,
    Point.REVIEWED: StepKind.UNDER_REVIEW,
    Point.DECIDED: StepKind.SHORTLISTED,
    Point.STARTED: StepKind.PROJECT,
    Point.FINISHED: StepKind.OUTCOME,
}
WAY = (Point.SENT, Point.PUBLISHED, Point.REVIEWED, Point.DECIDED, Point.STARTED, Point.FINISHED)
ANSWERED = frozenset({Stage.SHORTLISTED, Stage.PROJECT, Stage.NOT_TAKEN_FORWARD, Stage.MERGED})


def life(stage: Stage, reached: Iterable[tuple[StepKind, datetime]], answer_by: date | None) -> tuple[Mark, ...]:
    """Lay out the life of a public idea: done, then where it is now, then what may come.

    The date of a point is the last time that it was reached; ``answer_by`` stands where the answer is awaited.
    """
    dates = dict(reached)
    if stage is Stage.NOT_TAKEN_FORWARD:
        done = [Mark(point, Standing.DONE, dates.get(REACHED_BY[point])) for point in WAY[:2]]
        return (*done, Mark(Point.DECLINED, Standing.NOW, dates.get(StepKind.NOT_TAKEN_FORWARD)))
    at = _reached(stage, finished=StepKind.OUTCOME in dates)
    marks: list[Mark] = []
    for place, point in enumerate(WAY):
        standing = Standing.DONE if place < at else Standing.NOW if place == at else Standing.NEXT
        when = dates.get(REACHED_BY[point]) if place <= at else None
        awaited = answer_by if point is Point.REVIEWED and stage not in ANSWERED else None
        marks.append(Mark(point, standing, when, awaited))
    return tuple(marks)


def _reached(stage: Stage, *, finished: bool) -> int:
    """Give the place on the way where an idea is now."""
    if finished:
        return len(WAY) - 1
    return {Stage.OPEN: 1, Stage.UNDER_REVIEW: 2, Stage.SHORTLISTED: 3, Stage.PROJECT: 4}.get(stage, 1)


class About(StrEnum):
    """A statutory page, named as its address ends: ``/about/<name>``."""

    HOW_IT_WORKS = "how-it-works"
    RULES = "rules"
    ACCESSIBILITY = "accessibility"
    PRIVACY = "privacy"
    COOKIES = "cookies"
    TERMS = "terms"
    COMPLAINTS = "complaints"
    CONTACT = "contact"


class Why(StrEnum):
    """Why a statutory page cannot be saved."""

    COLLEAGUE_WAS_FASTER = "colleague_was_faster"


class Piece(StrEnum):
    """What a statutory page consists of: the council's words, and what the code itself knows."""

    TEXT = "text"
    COOKIES = "cookies"
    RULES = "rules"
    CHALLENGES = "challenges"
    RETENTION = "retention"


MADE_HERE: Mapping[About, tuple[Piece, ...]] = {
    About.COOKIES: (Piece.COOKIES,),
    About.RULES: (Piece.RULES,),
    About.PRIVACY: (Piece.RETENTION, Piece.CHALLENGES),
}
"""Which page shows what the code knows; it stands where the text says ``{cookies}`` and so on, else at the end."""

LONG = 4
"""Headings from which on a page has a table of contents."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A placeholder in square brackets that nobody has filled in yet."""

    name: About
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A page ready to show, as HTML: its headings (anchor, text) and its pieces in order."""

    contents: tuple[tuple[str, str], ...]
    pieces: tuple[tuple[Piece, str], ...]


_GAP = re.compile(r"\[[^\[\]\n<>]{2,80}\](?!\()")
_GAP_OR_TAG = re.compile(r"<[^>]*>|\[[^\[\]\n<>]{2,80}\]")
_HEADING = re.compile(r"<h3>(.*?)(?:\s*\{#([a-z][a-z0-9-]{0,40})\})?</h3>", re.DOTALL)
# A link to a page of this site is one to this host while it is cleaned: cleaning takes no link without a host.
_HERE = "https://this-site.invalid"


def gaps_in(source: str) -> list[str]:
    """List the placeholders of a text, each once: ``[phone number]``, but not the words of a link."""
    return list(dict.fromkeys(_GAP.findall(source)))


def before_cleaning(source: str) -> str:
    """Let the links of a council's text lead to pages of this site: ``[the rules](/about/rules)``."""
    return re.sub(r"\]\(/(?![/\\])", f"]({_HERE}/", source)


def after_cleaning(html: str) -> str:
    """Undo what ``before_cleaning`` did, in the HTML that cleaning made."""
    return re.sub(rf'<a href="{re.escape(_HERE)}/(?!/)([^"]*)"[^>]*>', r'<a href="/\1">', html)


def lay_out(html: str, about: About, names: Mapping[str, str], *, prefix: str = "", mark_gaps: bool = False) -> LaidOut:
    """Lay out a cleaned text: names filled in, anchors at its headings, what the code knows in its place.

    ``names`` fill ``{gaps}``, as HTML. A heading may end in its own anchor: ``## How we count {#support}``.
    Every anchor begins with ``prefix``, for pages that show several texts.
    """
    for name, value in names.items():
        html = html.replace(f"{{{name}}}", value)
    if mark_gaps:
        html = _GAP_OR_TAG.sub(lambda found: found[0] if found[0][0] == "<" else f"<mark>{found[0]}</mark>", html)
    contents: dict[str, str] = {}

    def anchored(found: re.Match[str]) -> str:
        anchor = prefix + (found[2] or f"part-{_slug(found[1])}")
        while anchor in contents:
            anchor += "-2"
        contents[anchor] = re.sub(r"<[^>]*>", "", found[1])
        return f'<h2 id="{anchor}">{found[1]}</h2>'

    html = _HEADING.sub(anchored, html).replace("<h4>", "<h3>").replace("</h4>", "</h3>")
    return LaidOut(tuple(contents.items()), tuple(_pieces(html, MADE_HERE.get(about, ()))))


def _pieces(html: str, made_here: Iterable[Piece]) -> list[tuple[Piece, str]]:
    """Part a page where the text names what the code knows; what it does not name comes at the end."""
    marks = {f"<p>{{{piece}}}</p>": piece for piece in made_here}
    if not marks:
        return [(Piece.TEXT, html)]
    parts = re.split("(" + "|".join(map(re.escape, marks)) + ")", html)
    pieces = [(marks[part], "") if part in marks else (Piece.TEXT, part) for part in parts]
    pieces += [(piece, "") for mark, piece in marks.items() if mark not in parts]
    return [(piece, text) for piece, text in pieces if piece is not Piece.TEXT or text.strip()]


def _slug(html: str) -> str:
    plain = unicodedata.normalize("NFKD", re.sub(r"<[^>]*>|&[a-z#0-9]+;", "", html)).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[:40].strip("-")
