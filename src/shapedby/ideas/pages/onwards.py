"""Where somebody goes on to when their draft is kept: on with it, to its pictures, or to an idea like it."""

import re

from litestar.response import Redirect

from shapedby.ideas import actions, queries
from shapedby.ideas.actions import alike
from shapedby.ideas.queries.alike import Like
from shapedby.kernel import N_
from shapedby.likeness.rules import Alike
from shapedby.web.forms import typed
from shapedby.web.page import go
from shapedby.web.site import Ask
from shapedby.web.words import done

SUPPORT = re.compile(r"support-(\d{1,15})", re.ASCII)
SEEN = re.compile(r"\d{1,15}", re.ASCII)
WORTH_A_STEP = frozenset({Alike.NEARLY_THE_SAME, Alike.VERY})

done(
    {
        "idea-saved": N_("Your draft is saved. Only you can see it."),
        "supported-instead": N_("Thank you. You support this idea. Your own draft is kept on the page “My account”."),
    }
)


async def onwards(ask: Ask, number: int) -> Redirect:
    """Go where the pressed button leads; the draft is kept already."""
    form = await typed(ask)
    then = form["then"]
    if then == "save":
        return go(ask, f"/ideas/{number}/edit", done="idea-saved")
    if then == "pictures":
        return go(ask, f"/ideas/{number}/pictures")
    if chosen := SUPPORT.fullmatch(then):
        return await support_instead(ask, int(chosen[1]))
    return await check(ask, number, form["seen"])


async def support_instead(ask: Ask, number: int) -> Redirect:
    """Support an idea that somebody else wrote before; one's own draft stays."""
    found = await actions.support(ask.user, number)
    return go(ask, f"{found.address}#support", done="supported-instead")


async def check(ask: Ask, number: int, seen: str) -> Redirect:
    """Show ideas that are much alike before the preview, unless they were shown beside the title already."""
    known = {int(one) for one in SEEN.findall(seen)}
    others = [one for one in await alike_draft(number) if one.alike in WORTH_A_STEP and one.idea.number not in known]
    return go(ask, f"/ideas/{number}/{'alike' if others else 'preview'}")


async def alike_draft(number: int) -> list[Like]:
    """Find the public ideas that are like a draft."""
    found = await queries.any_idea(number)
    if found is None:
        return []
    title = (await queries.written(number)).title
    return await alike.like(title, found.challenge, but=number)
