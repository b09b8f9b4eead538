"""What this browser had typed before its sign-in: found again by the form, and let go when a draft has it."""

from dataclasses import dataclass

from shapedby.ideas.actions import beginning
from shapedby.web.forms import Typed
from shapedby.web.page import cookie_of
from shapedby.web.site import Ask

COOKIE = "begun"


@dataclass(frozen=True, slots=True)
class Kept:
    """The fields of a form, and the key of the draft that they become."""

    form: Typed
    key: str


async def kept_form(ask: Ask, challenge: int, idea: int | None = None) -> Kept | None:
    """Give the fields that this browser had sent for a challenge, or for an idea of it."""
    begun = await beginning.begun(cookie_of(ask, COOKIE))
    if begun is None or begun.challenge != challenge or begun.idea != idea:
        return None
    fields = {name: (str(value),) for name, value in begun.typed.items()}
    return Kept(Typed(fields), str(begun.typed.get("key") or begun.key_hash)[:40])


async def let_go(ask: Ask) -> None:
    """Forget what this browser had sent: a draft has it."""
    await beginning.forget(cookie_of(ask, COOKIE))
