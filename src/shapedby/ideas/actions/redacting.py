"""Taking a passage out of an idea for good, when a moderator redacts it."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from shapedby.ideas import queries, rules
from shapedby.ideas.actions.writing import EXCERPT, whole_html
from shapedby.ideas.queries import Idea
from shapedby.ideas.rules import MOST_TITLE, Written
from shapedby.screening.actions.redacting import when_redacted
from shapedby.screening.rules import Cut, Kind
from shapedby.text import clean_again, excerpt, one_line


def listen() -> None:
    """Hear from screening which passages nobody may read any more; called once when the application is made."""
    when_redacted(Kind.IDEA, _redacted)


async def _redacted(posting: int, cut: Cut) -> Markup | None:
    """Change every field that an idea keeps; its search words follow by themselves."""
    found = await queries.idea_of_posting(posting)
    if found is None:
        return None
    was = await queries.written(found.number)
    problem, proposal, beneficiaries = (cut.of(text) for text in was.texts)
    title = one_line(cut.of(was.title))[:MOST_TITLE]
    now = replace(was, title=title, problem=problem, proposal=proposal, beneficiaries=beneficiaries)
    htmls = await _cleaned(now, was, found)
    await queries.write(found.number, now)
    await queries.rewrite_shown(found.number, slug=rules.slug(title), htmls=htmls, excerpt=excerpt(htmls[1], EXCERPT))
    return whole_html(title, htmls)


async def _cleaned(now: Written, was: Written, found: Idea) -> tuple[Markup, Markup, Markup]:
    before = (found.problem_html, found.proposal_html, found.beneficiaries_html)
    problem, proposal, beneficiaries = [
        await clean_again(text, was=typed, html=html) if text != typed else html
        for text, typed, html in zip(now.texts, was.texts, before, strict=True)
    ]
    return problem, proposal, beneficiaries
