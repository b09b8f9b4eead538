"""The words for what screening knows: kinds of text, who can see one, and why it waits."""

from __future__ import annotations

from shapedby.kernel import N_
from shapedby.screening.rules import Held, Kind, Promise, Publicity, RaisedBy, Sign, Why
from shapedby.web.words import says

says(
    {
        Kind.IDEA: N_("idea"),
        Kind.COMMENT: N_("comment"),
        Kind.VERSION: N_("change of an idea"),
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
        Publicity.DELETED: N_("Deleted"),
    }
)
says(
    {
        RaisedBy.CLASSIFIER: N_("Looks like spam"),
        RaisedBy.BEHAVIOUR: N_("Behaves like spam"),
        RaisedBy.RULE: N_("Site rule"),
        RaisedBy.REPORT: N_("Reported"),
        RaisedBy.MISSING_CHECK: N_("Not checked yet"),
        RaisedBy.PICTURES: N_("New pictures"),
        RaisedBy.APPEAL: N_("Appeal"),
        RaisedBy.SUSPENSION: N_("Author suspended"),
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
        Held.BEHAVES_LIKE_SPAM: N_("It came as spam comes"),
        Held.FIRST_POST: N_("Site rule: a person reads everybody’s first post"),
        Held.OUT_OF_HOURS: N_("Site rule: it came while nobody is here"),
        Held.LISTED_WORD: N_("Site rule: a word on our list"),
        Held.LISTED_DOMAIN: N_("Site rule: a link to a site on our list"),
        Held.HELD_CHALLENGE: N_("Site rule: a person reads everything in this challenge"),
    }
)
says(
    {
        Why.NOT_NOW: N_("This text has changed since you opened the page. Please look at it again."),
        Why.NO_REASON: N_("Say why you change this. Your colleagues read it."),
        Why.RULES_CHANGED: N_("A colleague has changed these rules since you opened them. Please look again."),
        Why.NO_SUCH_PASSAGE: N_("These words do not stand in the text. Copy them from it as they were typed."),
    }
)
says(
    {
        Sign.NEW_WITH_LINK: N_("A link, from an account of less than a day"),
        Sign.MANY_POSTS: N_("Many texts in one hour"),
        Sign.SAME_AGAIN: N_("The same words, sent before by the same person"),
        Sign.SAME_BY_OTHERS: N_("The same words, sent before by other people"),
        Sign.LINK_STOPPED: N_("A link that was in texts we held or refused"),
        Sign.LINK_BY_NEWCOMERS: N_("A link that other new accounts posted this week"),
        Sign.COPIED: N_("Another person’s words, with a link added"),
        Sign.PROFILE_SELLS: N_("A name or words about themselves that sell something"),
    }
)
says(
    {
        Promise.KEPT: N_("In time"),
        Promise.SOON: N_("Due soon"),
        Promise.BROKEN: N_("Later than promised"),
    }
)
