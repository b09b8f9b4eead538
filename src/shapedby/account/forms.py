"""The first questions and the account's forms: what was typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shapedby.account.actions import Answers
from shapedby.account.rules import ABOUT_MOST, NAME_MOST, Answer, BadName, Waits, Why, why_not_name
from shapedby.account.rules.leaving import Choices, Supports, Words
from shapedby.kernel import N_
from shapedby.people.queries import Area
from shapedby.text import contacts, one_line
from shapedby.web.forms import Errors, Typed
from shapedby.web.words import says

MOST_NUMBER = 999_999_999


class Wrong(StrEnum):
    """What can be wrong with these forms."""

    NOT_SAID = "not_said"
    ONE_NUMBER = "one_number"

    AGE = "age"
    RULES = "rules"
    CONTACTS = "contacts"


says({Answer.YES: N_("Yes"), Answer.NO: N_("No")})
says(
    {
        Wrong.NOT_SAID: N_("Tick this box if you want to leave"),
        Wrong.ONE_NUMBER: N_("Write the number of a person or the number of a text, and not both"),
        Wrong.AGE: N_("Choose yes or no"),
        Wrong.RULES: N_("Tick this box if you agree to the community rules"),
        Wrong.CONTACTS: N_(
            "There seems to be a phone number, an e-mail address or a home address in this. Take it out, or tick the "
            "box below to keep it: then we check it before others see it."
        ),
    }
)
says(
    {
        BadName.TOO_SHORT: N_("Write a name of at least 2 letters"),
        BadName.NO_LETTERS: N_("Write a name that has letters in it"),
        BadName.AN_ADDRESS: N_("Write a name, not an address: it is shown to everybody"),
        BadName.LIKE_STAFF: N_("Choose a name that does not sound as if you worked for the council"),
    }
)
says(
    {
        Why.BEING_CHECKED: N_("A person is checking this just now. You can change it when that is done."),
        Why.ONE_EACH_DAY: N_("You can ask for this file once a day. Please ask again tomorrow."),
        Why.TAKEN: N_("This file is no longer there: it was taken once, or seven days are over. Ask for a new one."),
        Why.LAST_ADMINISTRATOR: N_("You are the only administrator. Make a colleague an administrator first."),
        Why.KEPT_BY_LAW: N_(
            "The law makes us keep your data for now, so you cannot leave by yourself. "
            "Write to us, and we tell you more."
        ),
        Why.NO_SUCH_THING: N_("There is nobody and no text with this number"),
        Why.HELD_ALREADY: N_("This is being kept already"),
    }
)
says({Words.KEEP: N_("Keep them under “A former resident”"), Words.REMOVE: N_("Remove them too")})
says(
    {
        Supports.KEEP: N_("Keep them counted, without me"),
        Supports.WITHDRAW: N_("Take them back"),
    }
)
says(
    {
        Waits.YOUNG: N_("A person reads everything from people under 18 first."),
        Waits.CONTACTS: N_("It seems to have a phone number or an address in it, so a person reads it first."),
        Waits.CHECK: N_("A person reads it first. Most are read within a day or two."),
    }
)


@dataclass(frozen=True, slots=True)
class Welcome:
    """The first questions as they were answered; ``too_young`` makes everything else void."""

    too_young: bool
    answers: Answers


@dataclass(frozen=True, slots=True)
class AboutMe:
    """Words about oneself; ``contacts_kept``: a phone number or an address in them shall stay."""

    source: str
    contacts_kept: bool


@dataclass(frozen=True, slots=True)
class Details:
    """Where somebody lives (or None) and which language they read."""

    area: int | None
    language: str


def read_name(form: Typed, errors: Errors, council: str) -> str:
    """Read a name, without disguise; note why it cannot be used."""
    name = one_line(errors.text(form, "name", most=NAME_MOST))
    why = why_not_name(name, council=council)
    if why is None and contacts(name, of_oneself=True):
        why = BadName.AN_ADDRESS
    if why:
        errors.add("name", why)
    return name


def read_welcome(
    form: Typed, errors: Errors, *, council: str, areas: Sequence[Area], languages: Sequence[str]
) -> Welcome:
    """Read the first questions; who is under 13 need not answer the others."""
    grown = _age(form, errors, "over_13")
    if grown is Answer.NO:
        return Welcome(too_young=True, answers=Answers("", young=True, area=None, language=""))
    young = _age(form, errors, "under_18") is Answer.YES
    name = read_name(form, errors, council)
    details = read_details(form, errors, areas=areas, languages=languages)
    if not form.ticked("rules"):
        errors.add("rules", Wrong.RULES)
    area = None if young else details.area
    return Welcome(too_young=False, answers=Answers(name, young=young, area=area, language=details.language))


def read_details(form: Typed, errors: Errors, *, areas: Sequence[Area], languages: Sequence[str]) -> Details:
    """Read area (may stay empty) and language."""
    known: Mapping[str, int] = {area.slug: area.id for area in areas}
    area = errors.one_of(form, "area", known, needed=False)
    language = errors.one_of(form, "language", {code: code for code in languages})
    return Details(area, language or "")


def read_about_me(form: Typed, errors: Errors) -> AboutMe:
    """Read words about oneself; a phone number or an address is an error until the person says that it stays."""
    source, kept = errors.text(form, "about_me", most=ABOUT_MOST, needed=False), form.ticked("keep_contacts")
    if not errors and not kept and contacts(source, of_oneself=True):
        errors.add("about_me", Wrong.CONTACTS)
    return AboutMe(source, kept)


def read_choices(form: Typed, errors: Errors) -> Choices | None:
    """Read what shall become of one's words and supports; None where something was not chosen."""
    words, supports = errors.choice(form, "words", Words), errors.choice(form, "supports", Supports)
    return Choices(words, supports) if words and supports else None


def read_leaving(form: Typed, errors: Errors) -> Choices | None:
    """Read the last question: the choices again, and the box that says one is sure."""
    choices = read_choices(form, errors)
    if not form.ticked("sure"):
        errors.add("sure", Wrong.NOT_SAID)
    return choices


@dataclass(frozen=True, slots=True)
class ToHold:
    """What an administrator wants to keep by law: a person or a posting, by number, and why."""

    person: int | None
    posting: int | None
    reason: str


def read_hold(form: Typed, errors: Errors) -> ToHold:
    """Read what has to be kept, and why."""
    person = errors.whole_number(form, "person", least=1, most=MOST_NUMBER, needed=False)
    posting = errors.whole_number(form, "posting", least=1, most=MOST_NUMBER, needed=False)
    if not errors and (person is None) == (posting is None):
        errors.add("person", Wrong.ONE_NUMBER)
    return ToHold(person, posting, errors.text(form, "reason", most=500))


def _age(form: Typed, errors: Errors, name: str) -> Answer | None:
    if form[name] not in {answer.value for answer in Answer}:
        errors.add(name, Wrong.AGE)
        return None
    return Answer(form[name])
