"""The words for what screening knows: kinds of text, who can see one, and why it waits."""

from __future__ import annotations

from shapedby.kernel import N_
from shapedby.screening.rules import Held, Kind, Publicity, RaisedBy, Why
from shapedby.web.words import says

says(
    {
        Kind.IDEA: N_("idea"),
        Kind.COMMENT: N_("comment"),
        Kind.NAME: N_("name"),
        Kind.ABOUT_ME: N_("words about yourself"),
    }
)
says(
    {
        Publicity.DRAFT: N_("Draft"),
        Publicity.HELD: N_("Waiting for a check"),
        Publicity.PUBLIC: N_("Public"),
        Publicity.REFUSED: N_("Not published"),
        Publicity.QUARANTINED: N_("Set aside for a check"),
        Publicity.HIDDEN: N_("Hidden"),
        Publicity.WITHDRAWN: N_("Taken back"),
    }
)
says(
    {
        RaisedBy.CLASSIFIER: N_("Looks like spam"),
        RaisedBy.RULE: N_("Site rule"),
        RaisedBy.REPORT: N_("Reported"),
        RaisedBy.MISSING_CHECK: N_("Not checked yet"),
    }
)
says(
    {
        Held.LOOKS_LIKE_SPAM: N_("It looks like spam"),
        Held.CONTACT_DETAILS: N_("It has a phone number, an e-mail address or a home address in it"),
        Held.YOUNG_AUTHOR: N_("Its author is under 18: a person reads everything first"),
        Held.REFUSED_BEFORE: N_("It was refused or hidden before, and sent again in other words"),
        Held.ASKED_BEFORE: N_("Its author was asked to change it, and has sent it again"),
        Held.NO_CLASSIFIER: N_("The check for spam was not available"),
    }
)
says(
    {
        Why.NOT_NOW: N_("This text has changed since you opened the page. Please look at it again."),
        Why.NO_SUCH_PASSAGE: N_("These words do not stand in the text. Copy them from it as they were typed."),
    }
)
