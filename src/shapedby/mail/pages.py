"""The demo's post: what would have been mailed, to read and to sign in with. In demo mode only."""

import re

from litestar import Response, get
from litestar.params import FromPath

from shapedby.kernel import Missing
from shapedby.mail import queries
from shapedby.web.guards import in_demo
from shapedby.web.page import HTML, page
from shapedby.web.site import Ask

LARGEST = 2**63 - 1
_ADDRESS = re.compile(r"(https?://[^\s<>]+[^\s<>.,:;!?)])")
# Mails carry their own styles, because mail programs read no others; nothing else in them may do anything.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@get("/dev/mail", guards=[in_demo])
async def listed(request: Ask) -> Response[bytes]:
    """List the newest mails first."""
    return page(request, "dev/mails.html", mails=await queries.newest())


@get("/dev/mail/{number:int}", guards=[in_demo])
async def shown(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show one mail's text, with its links."""
    found = await queries.mail(number) if number <= LARGEST else None
    if found is None:
        raise Missing
    # An odd place in the list is an address, an even one the words between.
    return page(request, "dev/mail.html", mail=found, parts=_ADDRESS.split(found.text))


@get("/dev/mail/{number:int}/html", guards=[in_demo])
async def shown_as_html(number: FromPath[int]) -> Response[bytes]:
    """Show one mail as a mail program would."""
    found = await queries.mail(number) if number <= LARGEST else None
    if found is None:
        raise Missing
    return Response(found.html.encode(), media_type=HTML, headers={"Content-Security-Policy": MAIL_POLICY})


ROUTES = (listed, shown, shown_as_html)
