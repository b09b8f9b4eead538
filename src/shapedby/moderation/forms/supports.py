"""What moderators type about held supports, and the words for what speaks for a machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shapedby.ideas.rules.holding import Outcome, Why
from shapedby.kernel import N_, Words
from shapedby.tally.rules.stuffing import Signal
from shapedby.web.forms import Errors, Typed, chosen
from shapedby.web.language import Tongue
from shapedby.web.words import done, says

MOST_REASON = 500

says(
    {
        Signal.NEW_ACCOUNTS: N_("The people joined less than a day before"),
        Signal.DISPOSABLE_MAIL: N_("Their mail comes from services that give an address for ten minutes"),
        Signal.MACHINE_RHYTHM: N_("They came as evenly as a clock, or all in the same second"),
        Signal.ONE_ORIGIN: N_("They came from one network"),
    },
    {
        Outcome.WAITING: N_("Waiting for you"),
        Outcome.RELEASED: N_("Counted"),
        Outcome.SET_ASIDE: N_("Set aside"),
    },
    {
        Why.NOT_YOUR_ROLE: N_("Only moderators can decide this."),
        Why.ALREADY_SO: N_("A colleague has decided this in the meantime. Look at it again first."),
    },
)
done(
    {
        "supports-released": N_("Done. These supports count."),
        "supports-set_aside": N_("Done. These supports do not count, and the idea’s page says why."),
    }
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a moderator chose; ``to`` is None where nothing was."""

    seen: Outcome
    to: Outcome | None
    reason: Words


def read(form: Typed, errors: Errors, languages: Iterable[str]) -> Decision:
    """Read a decision; a reason is needed in each of the council's languages."""
    to = errors.choice(form, "to", Outcome)
    reason = errors.words(form, "reason", languages, most=MOST_REASON)
    return Decision(chosen(form["seen"], Outcome, Outcome.WAITING), to, reason)


def note_of(to: Outcome, reason: Words, number: int, tongues: Mapping[str, Tongue]) -> Words:
    """Write what the idea's page says, in each language: how many supports, and why."""
    return {code: f"{_counted(to, number, tongues[code])} {text}" for code, text in reason.items()}


def _counted(to: Outcome, number: int, tongue: Tongue) -> str:
    if to is Outcome.SET_ASIDE:
        text = tongue.counts(
            "We set %(num)s support aside. It does not count.",
            "We set %(num)s supports aside. They do not count.",
            number,
        )
    else:
        text = tongue.counts(
            "%(num)s support that we had set aside counts again.",
            "%(num)s supports that we had set aside count again.",
            number,
        )
    return text % {"num": tongue.number(number)}
