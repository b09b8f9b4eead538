"""Taking one picture out of what a case is about."""

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.kernel import N_
from shapedby.moderation.actions.picturing import take_picture_out
from shapedby.web.forms import typed
from shapedby.web.guards import moderators
from shapedby.web.page import go
from shapedby.web.site import Ask
from shapedby.web.words import done

done({"picture-taken-out": N_("The picture is taken out. Its author has been told why.")})


@post("/moderation/{number:int}/pictures/{picture:int}", guards=[moderators])
async def take_out(request: Ask, number: FromPath[int], picture: FromPath[int]) -> Redirect:
    """Take a picture out, with a reason."""
    await take_picture_out(request.user, number, picture, (await typed(request))["because"])
    return go(request, f"/moderation/{number}", done="picture-taken-out")


ROUTES = (take_out,)
