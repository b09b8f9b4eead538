"""What staff type about people without e-mail, and the sentences around it."""

from __future__ import annotations

from shapedby.assisted.rules import NAME_MOST, PHONE_MOST, POSTAL_MOST, Why, idea_number, why_not_reach
from shapedby.kernel import N_
from shapedby.people.actions.assisting import Details
from shapedby.people.queries.contacts import Assisted
from shapedby.people.rules import Reach
from shapedby.text import one_line
from shapedby.web.forms import Errors, Typed
from shapedby.web.words import done, says

says(
    {
        Why.NOT_STAFF: N_("Only staff can write things down for others."),
        Why.NO_SUCH_IDEA: N_("Write the number of a public idea, such as 12, or its address"),
        Why.NO_PHONE: N_("Write a phone number, or choose another way to reach them"),
        Why.NO_POSTAL: N_("Write the postal address, or choose another way to reach them"),
    }
)
says(
    {
        Reach.NONE: N_("They will ask us, or use their slip"),
        Reach.PHONE: N_("We ring them"),
        Reach.POST: N_("We send letters"),
    }
)
done(
    {
        "assisted-added": N_("Added. You can write something down for this person now."),
        "assisted-saved": N_("Saved."),
        "assisted-idea": N_("Written down and sent. Print the slip and give it to the person."),
        "assisted-comment": N_("Written down. If it waits for a check, the person gets our answer as you have chosen."),
        "assisted-support": N_("Their support counts. A person counts once for each idea."),
        "assisted-support-back": N_("Their support is taken back."),
        "slip-new": N_("The old code no longer works. Print the new slip."),
        "letter-posted": N_("Marked as posted."),
        "letter-not-posted": N_("The letter waits again."),
    }
)


def read_details(form: Typed, errors: Errors, languages: list[str]) -> Details | None:
    """Read the name of a person and how to reach them; None where something is to be put right."""
    name = one_line(errors.text(form, "name", most=NAME_MOST))
    reach = errors.choice(form, "reach", Reach)
    phone = one_line(errors.text(form, "phone", most=PHONE_MOST, needed=False))
    postal = errors.text(form, "postal", most=POSTAL_MOST, needed=False)
    if reach and (why := why_not_reach(reach, phone, postal)):
        errors.add("phone" if why is Why.NO_PHONE else "postal", why)
    if errors or reach is None:
        return None
    language = form["language"] if form["language"] in languages else languages[0]
    # What is not needed to reach somebody is not kept.
    return Details(
        name,
        reach,
        phone if reach is not Reach.NONE else "",
        postal if reach is Reach.POST else "",
        young=form.ticked("young"),
        language=language,
    )


def as_typed(found: Assisted) -> Typed:
    """Give what is known of a person as the form's fields."""
    fields = {
        "name": found.name,
        "reach": found.reach.value,
        "phone": found.phone,
        "postal": found.postal,
        "language": found.language,
    }
    return Typed({name: (value,) for name, value in fields.items()})


def read_idea(form: Typed, errors: Errors) -> int:
    """Read which idea a comment or a support is for."""
    number = idea_number(form["idea"])
    if not number:
        errors.add("idea", Why.NO_SUCH_IDEA)
    return number
