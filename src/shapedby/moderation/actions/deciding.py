"""Deciding a case: the text's publicity, the log, the audit and the mails, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from shapedby import db
from shapedby.kernel import Actor, Missing, Refused
from shapedby.mail.actions import Receiver, queue_for_all
from shapedby.moderation import queries
from shapedby.moderation.queries import CaseFacts
from shapedby.moderation.queries.appeals import appeal_of_case
from shapedby.moderation.rules import (
    BECOMES,
    LEAVES,
    PUBLISHED,
    Act,
    Decided,
    Published,
    Rule,
    Why,
    fitting,
    why_not_decide,
    why_not_undo,
)
from shapedby.moderation.rules.appeals import APPEALABLE, WhyNoAppeal
from shapedby.notices.actions import tell
from shapedby.people.actions import record_act
from shapedby.pictures import actions as pictures
from shapedby.screening import actions as screening
from shapedby.screening.rules import CaseState, Kind
from shapedby.text import plain

TOLD = {
    Act.PUBLISH: "moderation/published",
    Act.REFUSE: "moderation/refused",
    Act.HIDE: "moderation/hidden",
    Act.ASK: "moderation/asked",
}


async def decide(actor: Actor, case: int, given: Decided) -> None:
    """Decide a case: the decision, the text's publicity, the audit and the mails, all or nothing.

    Raises ``Missing``, or ``Refused`` with ``Why.COLLEAGUE_WAS_FASTER`` where somebody decided it before.
    """
    async with db.transaction():
        found = await locked(case)
        if found.publicity in APPEALABLE and await appeal_of_case(case):
            raise Refused(Why.NOT_THIS_ACT)  # another moderator than the first decides it: see `actions.appeals`
        if why := why_not_decide(actor, found.facts, given.act, given.rule, given.seen):
            raise Refused(why)
        if not await queries.leave_case(case, given.act, actor.person):
            raise Refused(Why.COLLEAGUE_WAS_FASTER)
        decision = await queries.insert_decision(
            case,
            found.posting,
            by=actor.person,
            act=given.act,
            was=found.publicity,
            rule=given.rule,
            reason=given.words,
        )
        await record_act(actor, given.act, "posting", found.posting, given.rule or "")
        publicity = BECOMES[given.act]
        if publicity is not None and publicity is not found.publicity:
            await screening.change(
                found.posting, publicity, by=actor.person, reason=given.rule or "", seen=found.publicity
            )
        if given.act is Act.KEEP:
            await pictures.see(found.posting)
        await _tell_author(found, decision, given)
        if LEAVES[given.act] is CaseState.DECIDED or given.act is Act.QUARANTINE:
            await _tell_reporters(case, found, given)


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of the cases that were decided together; ``passed`` are those that could not be."""

    decided: tuple[int, ...]
    passed: tuple[int, ...]


async def decide_together(actor: Actor, seen: Mapping[int, str], given: Decided) -> Batch:
    """Decide several cases with one rule and reason, each on its own in the log, in one transaction.

    ``seen`` are the versions on the moderator's page, by case. What a colleague decided meanwhile, what its author
    changed and what cannot be decided so is passed over. A public text is kept where the others are published, and
    hidden where they are refused.
    """
    done: list[int] = []
    passed: list[int] = []
    async with db.transaction():
        await queries.lock_in_order(list(seen))
        for case, version in seen.items():
            try:
                found = await locked(case)
                await decide(actor, case, replace(given, act=fitting(given.act, found.publicity), seen=version))
            except (Refused, Missing):
                # Raised by the rule, before anything of this case was written.
                passed.append(case)
            else:
                done.append(case)
    return Batch(tuple(done), tuple(passed))


async def undo(actor: Actor, case: int, reason: str, seen: str) -> None:
    """Undo the last decision about a case: the text is what it was before, and the case waits again.

    It is a decision of its own in the log. Raises ``Missing``, ``Refused``.
    """
    async with db.transaction():
        found = await locked(case)
        standing = await queries.standing(case)
        other = await queries.other_case(case, found.posting)
        why = why_not_undo(actor, found.facts, standing, seen, other_case=other)
        before = standing.before if standing else None
        said = await appeal_of_case(case)
        if said and said.first_by == actor.person:
            raise Refused(WhyNoAppeal.YOU_DECIDED_FIRST)
        if why or before is None:
            raise Refused(why or Why.NOTHING_TO_UNDO)
        if not await queries.open_again(case, found.state):
            raise Refused(Why.COLLEAGUE_WAS_FASTER)
        decision = await queries.insert_decision(
            case, found.posting, by=actor.person, act=Act.UNDO, was=found.publicity, reason=reason
        )
        await record_act(actor, Act.UNDO, "posting", found.posting)
        if before is not found.publicity:
            await screening.change(found.posting, before, by=actor.person, reason="undone", seen=found.publicity)
            context = {"kind": found.kind, "about": found.about, "words": reason, "public": before == "public"}
            await tell([found.author], "moderation/undone", context, kind="decision", once=f"decision-{decision}")


async def locked(case: int) -> CaseFacts:
    """Lock the posting of a case until the transaction ends, and give both; raises ``Missing``."""
    found = await queries.case_facts(case)
    if found is None:
        raise Missing
    return found


async def _tell_author(found: CaseFacts, decision: int, given: Decided) -> None:
    template = TOLD.get(given.act)
    if template is None:
        return
    context = {
        "kind": found.kind,
        "about": found.about,
        "posting": found.posting,
        "address": "/account" if found.kind in {Kind.NAME, Kind.ABOUT_ME} else found.address,
        "text": plain(found.source),
        "rule": _published(given.rule),
        "words": given.words,
    }
    await tell([found.author], template, context, kind="decision", once=f"decision-{decision}")


async def _tell_reporters(case: int, found: CaseFacts, given: Decided) -> None:
    """Tell who left an address what became of their report."""
    for reporter in await queries.reporters(case):
        context = {
            "reference": reporter.reference,
            "about": found.about,
            "hidden": given.act in {Act.HIDE, Act.REFUSE, Act.QUARANTINE},
            # What is put into quarantine sells something.
            "rule": _published(Rule.NO_SELLING if given.act is Act.QUARANTINE else given.rule),
        }
        receiver = Receiver(reporter.email, reporter.language, f"report-{reporter.reference}")
        await queue_for_all([receiver], kind="report", template="moderation/reported", context=context)


def _published(rule: Rule | None) -> Published | None:
    return next((published for published in PUBLISHED if published.rule is rule), None)
