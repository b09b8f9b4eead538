"""Leaving: what personal data there is goes at once, in one transaction; only a number and the dates stay."""

from __future__ import annotations

from shapedby import db
from shapedby.account.queries import erasing, holds
from shapedby.account.rules.leaving import Choices, Supports, Words, why_not_leave
from shapedby.kernel import N_, Actor, Missing, Refused
from shapedby.mail.actions import queue
from shapedby.mail.letters import forget_letters_of
from shapedby.notices import actions as notices
from shapedby.people.rules import slip_reference
from shapedby.screening.actions import forget
from shapedby.tally import actions as tally
from shapedby.web.language import translations

FORMER = N_("A former resident")


async def leave(actor: Actor, choices: Choices) -> None:
    """Leave for good; raises ``Refused`` for the last administrator, and where the law makes us keep things."""
    await erase(actor.person, choices)


async def erase(person: int, choices: Choices) -> None:
    """Forget a person as they wish, and tell them so in one last mail.

    Raises ``Missing`` for people who are not here any more, ``Refused`` as above.
    """
    async with db.transaction():
        administrators = await erasing.administrators()
        leaver = await erasing.lock(person)
        if leaver is None:
            raise Missing
        on_hold = await holds.is_held(person)
        if why := why_not_leave(leaver.role, administrators=administrators, on_hold=on_hold):
            raise Refused(why)
        await _forget_words(person, all_of_them=choices.words is Words.REMOVE)
        # Whatever leaves the tally because of one person must not be read off one batch.
        await tally.spread()
        if choices.supports is Supports.WITHDRAW:
            await erasing.withdraw_supports(person)
        await notices.forget(person)
        await forget_letters_of(slip_reference(person))
        await erasing.end_everything(person, leaver.email, translations(leaver.language).gettext(FORMER))
        await erasing.make_anonymous(person)
        await erasing.log(
            person, words_kept=choices.words is Words.KEEP, supports_kept=choices.supports is Supports.KEEP
        )
        if leaver.email:
            context = {"words_kept": choices.words is Words.KEEP, "supports_kept": choices.supports is Supports.KEEP}
            await queue(
                address=leaver.email,
                language=leaver.language,
                kind="goodbye",
                template="account/left",
                context=context,
            )


async def erase_again() -> int:
    """Forget everybody again who left and came back with an older copy of the database; gives how many."""
    again = await erasing.undone_erasures()
    for one in again:
        words = Words.KEEP if one.words_kept else Words.REMOVE
        supports = Supports.KEEP if one.supports_kept else Supports.WITHDRAW
        await erase(one.person, Choices(words, supports))
    return len(again)


async def _forget_words(person: int, *, all_of_them: bool) -> None:
    held = await holds.held_postings(person)
    for posting in await erasing.words_to_forget(person, all_of_them=all_of_them):
        if posting not in held:
            await forget(posting)
