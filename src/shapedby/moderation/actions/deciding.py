"""Deciding a case."""

from __future__ import annotations

from shapedby import db
from shapedby.kernel import Actor, Missing, Refused
from shapedby.mail.actions import Receiver, queue_for_all
from shapedby.moderation import queries
from shapedby.moderation.rules import BECOMES, PUBLISHED, Act, Decided, Published, Rule, Why, why_not_decide
from shapedby.notices.actions import tell
from shapedby.people.actions import record_act
from shapedby.screening import actions as screening
from shapedby.text import plain

TOLD = {Act.PUBLISH: "moderation/published", Act.REFUSE: "moderation/refused", Act.HIDE: "moderation/hidden"}


async def decide(actor: Actor, case: int, given: Decided) -> None:
    """Decide a case: the decision, the text's publicity, the audit and the mails, all or nothing.

    Raises ``Missing``, or ``Refused`` with ``Why.COLLEAGUE_WAS_FASTER`` where somebody decided it before.
    """
    async with db.transaction():
        found = await queries.case_facts(case)
        if found is None:
            raise Missing
        if why := why_not_decide(actor, found.facts, given.act, given.rule, given.seen):
            raise Refused(why)
        if not await queries.close_case(case, actor.person):
            raise Refused(Why.COLLEAGUE_WAS_FASTER)
        decision = await queries.insert_decision(
            case, found.posting, by=actor.person, act=given.act, rule=given.rule, reason=given.words
        )
        await record_act(actor, given.act, "posting", found.posting, given.rule or "")
        publicity = BECOMES[given.act]
        if publicity is not None:
            await screening.change(
                found.posting, publicity, by=actor.person, reason=given.rule or "", seen=found.publicity
            )
        await _tell_author(found, decision, given)
        await _tell_reporters(case, found, given)


async def _tell_author(found: queries.CaseFacts, decision: int, given: Decided) -> None:
    template = TOLD.get(given.act)
    if template is None:
        return
    context = {
        "kind": found.kind,
        "about": found.about,
        "address": found.address,
        "text": plain(found.source),
        "rule": _published(given.rule),
        "words": given.words,
    }
    await tell([found.author], template, context, kind="decision", once=f"decision-{decision}")


async def _tell_reporters(case: int, found: queries.CaseFacts, given: Decided) -> None:
    """Tell who left an address what became of their report."""
    for reporter in await queries.reporters(case):
        context = {
            "reference": reporter.reference,
            "about": found.about,
            "hidden": given.act is Act.HIDE,
            "rule": _published(given.rule),
        }
        receiver = Receiver(reporter.email, reporter.language, f"report-{reporter.reference}")
        await queue_for_all([receiver], kind="report", template="moderation/reported", context=context)


def _published(rule: Rule | None) -> Published | None:
    return next((published for published in PUBLISHED if published.rule is rule), None)
