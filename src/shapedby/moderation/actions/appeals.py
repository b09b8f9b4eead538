"""Appealing against a decision about one's own text, and deciding that."""

from __future__ import annotations

from shapedby import db
from shapedby.kernel import Actor, Missing, Refused
from shapedby.moderation.queries import appeals as queries
from shapedby.moderation.queries import insert_decision
from shapedby.moderation.queries.appeals import Appeal, Contested
from shapedby.moderation.rules import PUBLISHED, Act, Why
from shapedby.moderation.rules.appeals import APPEALABLE, why_not_appeal, why_not_decide_appeal
from shapedby.notices.actions import tell
from shapedby.people.actions import record_act
from shapedby.screening import actions as screening
from shapedby.screening import queries as postings
from shapedby.screening.rules import Publicity, RaisedBy
from shapedby.text import clean_later, plain


async def appeal(actor: Actor, posting: int, words: str) -> int:
    """Appeal against the last decision about a text of one's own; gives the case. The words are never held.

    Raises ``Missing`` for other people's texts, ``Refused`` where nothing can be appealed (any more).
    """
    html = await clean_later(words)
    async with db.transaction():
        if await postings.lock(posting) is None:
            raise Missing
        found = await queries.contested(posting)
        if found is None or found.author != actor.person:
            raise Missing
        if why := why_not_appeal(found.standing):
            raise Refused(why)
        case = await screening.open_case(posting, RaisedBy.APPEAL)
        # A text in quarantine has a case already: it is about the appeal from now on.
        await postings.name_case(case, RaisedBy.APPEAL)
        await queries.insert_appeal(found.decision, case, posting, words, html)
    return case


async def decide_appeal(actor: Actor, case: int, *, overturns: bool, words: str) -> None:
    """Decide an appeal: publish the text, or let the first decision stand, which needs words to the author.

    Raises ``Missing``, or ``Refused``: somebody was faster, the first decision was this person's, the text is theirs.
    """
    async with db.transaction():
        found, contested = await _locked(case)
        await _check(actor, found, contested)
        if not overturns and not words.strip():
            raise Refused(Why.NO_WORDS)
        if not await queries.decide_case(case, actor.person):
            raise Refused(Why.COLLEAGUE_WAS_FASTER)
        act = Act.PUBLISH if overturns else Act.UPHOLD
        decision = await insert_decision(
            case,
            found.posting,
            by=actor.person,
            act=act,
            was=contested.publicity,
            rule=None if overturns else found.rule,
            reason=words,
        )
        await record_act(actor, act, "posting", found.posting, "appeal")
        if overturns:
            await screening.change(
                found.posting, Publicity.PUBLIC, by=actor.person, reason="appeal", seen=contested.publicity
            )
        await _tell(found, contested, decision, overturns=overturns, words=words)


async def _locked(case: int) -> tuple[Appeal, Contested]:
    found = await queries.appeal_of_case(case)
    if found is None or await postings.lock(found.posting) is None:
        raise Missing
    contested, found = await queries.contested(found.posting), await queries.appeal_of_case(case)
    if contested is None or found is None:
        raise Missing
    return found, contested


async def _check(actor: Actor, found: Appeal, contested: Contested) -> None:
    if found.second_act is not None:
        raise Refused(Why.COLLEAGUE_WAS_FASTER)
    if contested.author == actor.person:
        raise Refused(Why.YOUR_OWN)
    if contested.publicity not in APPEALABLE:
        raise Refused(Why.NOT_THIS_ACT)
    others = await queries.others_who_moderate(found.first_by)
    if why := why_not_decide_appeal(actor, first_by=found.first_by, others=others):
        raise Refused(why)


async def _tell(found: Appeal, contested: Contested, decision: int, *, overturns: bool, words: str) -> None:
    """Tell the author by mail, and the moderator whose decision it was."""
    context = {
        "kind": contested.kind,
        "about": contested.about,
        "address": contested.address,
        "text": plain(contested.source),
        "overturned": overturns,
        "rule": next((rule for rule in PUBLISHED if rule.rule is found.rule), None),
        "words": words,
        "case": found.case,
    }
    once = f"decision-{decision}"
    await tell([contested.author], "moderation/appeal_decided", context, kind="decision", once=once)
    if found.first_by:
        await tell([found.first_by], "moderation/appeal_colleague", context, kind="desk", once=once)
