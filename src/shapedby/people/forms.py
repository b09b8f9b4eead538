"""What a person types to sign in, and the sentences for what goes wrong."""

from __future__ import annotations

from dataclasses import dataclass

from shapedby.kernel import N_, Role
from shapedby.people.rules import Why
from shapedby.web.forms import Errors, Typed, Wrong
from shapedby.web.page import safe_next
from shapedby.web.words import says

says(
    {
        Why.SIGN_IN_FIRST: N_("Sign in first."),
        Why.WELCOME_FIRST: N_("Tell us the name you want to use first."),
        Why.SUSPENDED: N_("You cannot post for now, because a moderator has paused it. You can still read everything."),
        Why.LINK_ENDED: N_("This link has been used, or its time is over. Ask for a new one."),
        Why.CODE_WRONG: N_("This is not the code from our mail. Look at it again; you have five tries."),
        Why.CODE_NOT_SIX: N_("Write the six digits from our mail, such as 123 456"),
        Why.CODE_ENDED: N_("This code has been used, its time is over, or it was tried too often. Ask for a new mail."),
        Why.TOO_MANY_MAILS: N_(
            "We have sent many mails to this address. Use the newest one, or wait 15 minutes and ask again."
        ),
        Why.TOO_MANY_CODES: N_(
            "Codes for this address were tried too often today. Use the link in our mail: it still works."
        ),
        Why.OWN_ROLE: N_("You cannot take the administrator’s role from yourself. Ask another administrator."),
        Why.DUTY_OF_STAFF: N_(
            "Only somebody who works here can have the safeguarding duty. Choose another role first."
        ),
        Why.SLIP_WRONG: N_("This reference and this code do not belong together. Look at your slip again, or ask us."),
        Why.TOO_MANY_SLIPS: N_("This was tried too often. Wait an hour, or ask us."),
        Why.NO_ADDRESS: N_("This person has no e-mail address, so we could not tell them at once."),
    }
)
says(
    {
        Role.VISITOR: N_("visitor"),
        Role.RESIDENT: N_("resident"),
        Role.MODERATOR: N_("moderator"),
        Role.OFFICER: N_("officer"),
        Role.ADMINISTRATOR: N_("administrator"),
    }
)


MOST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class StaffForm:
    """A role, and whether the safeguarding duty comes with it."""

    role: Role
    safeguarding: bool


def staff_form(form: Typed, errors: Errors) -> StaffForm | None:
    """Read which role somebody shall have; None where something is to be put right."""
    role = errors.choice(form, "role", Role)
    if role is Role.VISITOR:
        errors.add("role", Wrong.NOT_A_CHOICE)
    return None if errors or role is None else StaffForm(role, form.ticked("safeguarding"))


@dataclass(frozen=True, slots=True)
class AskForm:
    """An address to mail a way in to, and the page to come back to."""

    email: str
    next_address: str


def ask_form(form: Typed, errors: Errors) -> AskForm:
    """Read who asks for a way in; an address of another site as ``next`` becomes our home page."""
    return AskForm(errors.email(form, "email"), safe_next(form["next"] or "/"))
