"""Taking a passage out of an idea for good, when a moderator redacts it."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from shapedby.ideas import queries, rules
from shapedby.ideas.actions import alike
from shapedby.ideas.actions.shown import EXCERPT, whole_html
from shapedby.ideas.queries import versions as kept
from shapedby.ideas.queries.versions import Version
from shapedby.ideas.rules import MOST_GROUP, MOST_TITLE, Written
from shapedby.screening.actions.redacting import cut_also, redact_everywhere, when_redacted
from shapedby.screening.rules import Cut, Kind
from shapedby.text import clean_again, excerpt, one_line


def listen() -> None:
    """Hear from screening which passages nobody may read any more; called once when the application is made."""
    when_redacted(Kind.IDEA, _redacted)
    when_redacted(Kind.VERSION, _version_redacted)


async def _redacted(posting: int, cut: Cut) -> Markup | None:
    """Change every field that an idea keeps; its search words follow by themselves."""
    found = await queries.idea_of_posting(posting)
    if found is None:
        return None
    was = await queries.written(found.number)
    now = _without(was, cut)
    htmls = await _cleaned(now, was, (found.problem_html, found.proposal_html, found.beneficiaries_html))
    await queries.write(found.number, now)
    await queries.rewrite_shown(
        found.number, slug=rules.slug(now.title), htmls=htmls, excerpt=excerpt(htmls[1], EXCERPT)
    )
    await alike.index(found.number)
    for version in await kept.every_version(found.number):
        await _cut_version(version, cut)
    return whole_html(now.title, htmls, now.group)


async def _version_redacted(posting: int, cut: Cut) -> Markup | None:
    """Take a passage out of a version, of every other, and of the idea: it may stand in each of them."""
    version = await kept.version_of_posting(posting)
    found = await queries.any_idea(version.idea) if version else None
    if version is None or found is None:
        return None
    await cut_also(found.posting, cut, await redact_everywhere(Kind.IDEA, found.posting, cut))
    now = await kept.version_of_posting(posting)
    return whole_html(now.title, now.htmls, now.group) if now else None


async def _cut_version(version: Version, cut: Cut) -> None:
    was = version.written
    now = _without(was, cut)
    if now == was:
        return
    htmls = await _cleaned(now, was, version.htmls)
    await kept.rewrite_version(version.id, now, htmls)
    if version.posting is not None:
        await cut_also(version.posting, cut, whole_html(now.title, htmls, now.group))


def _without(was: Written, cut: Cut) -> Written:
    problem, proposal, beneficiaries = (cut.of(text) for text in was.texts)
    title, group = one_line(cut.of(was.title))[:MOST_TITLE], one_line(cut.of(was.group))[:MOST_GROUP]
    return replace(was, title=title, group=group, problem=problem, proposal=proposal, beneficiaries=beneficiaries)


async def _cleaned(now: Written, was: Written, before: tuple[Markup, ...]) -> tuple[Markup, Markup, Markup]:
    problem, proposal, beneficiaries = [
        await clean_again(text, was=typed, html=html) if text != typed else html
        for text, typed, html in zip(now.texts, was.texts, before, strict=True)
    ]
    return problem, proposal, beneficiaries
