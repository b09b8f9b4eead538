"""Letters to print: what would be mails to people without e-mail."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby import db
from shapedby.kernel import Missing
from shapedby.mail import letters as outbox
from shapedby.people.actions import record_act
from shapedby.web.forms import typed
from shapedby.web.guards import staff
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of


@get("/desk/letters", guards=[staff])
async def letters(request: Ask) -> Response[bytes]:
    """List the letters that wait for the post, and those of the last month."""
    waiting, posted = await outbox.letters(posted=False), await outbox.letters(posted=True, most=50)
    return page(request, "assisted/letters.html", waiting=waiting, posted=posted)


@get("/desk/letters/{number:int}", guards=[staff])
async def letter(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show one letter as it is printed."""
    found = await outbox.letter(number)
    if found is None:
        raise Missing
    return page(request, "assisted/letter.html", letter=found, address=f"{site_of(request).settings.url}/slip")


@post("/desk/letters/{number:int}", guards=[staff])
async def mark(request: Ask, number: FromPath[int]) -> Redirect:
    """Note that a letter is in the post, or take that back."""
    if await outbox.letter(number) is None:
        raise Missing
    back = (await typed(request))["act"] == "not-posted"
    async with db.transaction():
        changed = await (outbox.mark_not_posted(number) if back else outbox.mark_posted(number, request.user.person))
        if changed:
            await record_act(request.user, "letter-not-posted" if back else "letter-posted", "letter", number)
    return go(request, "/desk/letters", done="letter-not-posted" if back else "letter-posted")


ROUTES = (letters, letter, mark)
