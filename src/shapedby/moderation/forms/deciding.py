"""What moderators and reporters type, and the words for what moderation knows."""

from __future__ import annotations

from shapedby.kernel import N_
from shapedby.moderation.rules import BECOMES, NEEDS_RULE, PUBLISHED, Act, Decided, Reason, Reported, Rule, Why
from shapedby.screening import forms as screening_words
from shapedby.web.forms import Errors, Typed
from shapedby.web.words import done, says

__all__ = ["FEATURES", "MOST_NOTE", "MOST_WORDS", "decided", "reported", "screening_words"]

MOST_NOTE = 2_000
MOST_WORDS = 1_000
VERSION_LENGTH = 32

says({published.rule: published.title for published in PUBLISHED})
says(
    {
        Reason.SPAM: N_("It is spam or advertising"),
        Reason.INSULT: N_("It is insulting or hateful"),
        Reason.OFF_TOPIC: N_("It is about something else"),
        Reason.NOT_TRUE_ABOUT_ME: N_("It says something about me that is not true"),
        Reason.PRETENDS: N_("It pretends to be somebody else"),
        Reason.OTHER: N_("Something else"),
        Reason.PERSONAL_DETAILS: N_("It shows my personal details, or somebody else’s"),
        Reason.ILLEGAL: N_("I think it is illegal"),
        Reason.DANGER: N_("Somebody may be in danger"),
    }
)
says(
    {
        Act.PUBLISH: N_("Published"),
        Act.REFUSE: N_("Refused"),
        Act.KEEP: N_("Kept"),
        Act.HIDE: N_("Hidden"),
        Act.QUARANTINE: N_("Put into quarantine"),
        Act.ASK: N_("Asked for a change"),
        Act.REDACT: N_("A passage removed"),
        Act.UNDO: N_("Undone"),
        Act.UPHOLD: N_("Appeal turned down"),
    }
)
says(
    {
        Why.YOUR_OWN: N_("You wrote this yourself, so a colleague has to decide it."),
        Why.NO_RULE: N_("Choose the rule that this text breaks. Its author will be told."),
        Why.NOT_THIS_ACT: N_("That cannot be decided here any more. Please look at the text again."),
        Why.CHANGED_MEANWHILE: N_("The author has changed the text since you opened it. Please read it again."),
        Why.COLLEAGUE_WAS_FASTER: N_("A colleague has decided this case before you. Nothing was changed."),
        Why.NO_LONGER_WAITS: N_("This case no longer waits for a decision. Nothing was changed."),
        Why.NO_WORDS: N_("Say in your words what its author should change."),
        Why.NOTHING_TO_UNDO: N_("There is no decision left to undo here. Nothing was changed."),
        Why.OTHER_CASE: N_("A newer case about the same text is open. Decide that one instead."),
        Why.NOT_A_COLLEAGUE: N_("Choose a colleague from the list. They have to be a moderator."),
        Why.HANDED_MEANWHILE: N_("A colleague has handed this case to somebody before you. Nothing was changed."),
        Why.NO_CASES: N_("Choose at least one case."),
        Why.TOO_SHORT: N_("Choose at least two letters."),
        Why.REASON_REPEATS: N_("The reason repeats the words that nobody should read. Say it without them."),
    }
)
done(
    {
        "case-publish": N_("Published. Its author has been told."),
        "case-refuse": N_("Refused. Its author has been told which rule it breaks."),
        "case-keep": N_("Kept. It stays public."),
        "case-hide": N_("Hidden. Its author has been told which rule it breaks."),
        "case-quarantine": N_("In quarantine. Nobody sees it, and it waits on a list of its own."),
        "case-ask": N_("Its author has been asked for a change. The case comes back when they have sent it again."),
    }
)

FEATURES = {
    "length": N_("how long it is"),
    "links": N_("number of links"),
    "links_per_word": N_("links for so few words"),
    "hosts": N_("links to several sites"),
    "link_form": N_("how its links are written"),
    "link_end": N_("where its links lead"),
    "shortener": N_("a shortened link"),
    "chat_link": N_("a link to a chat"),
    "mail_address": N_("an e-mail address"),
    "phone": N_("a phone number"),
    "money": N_("prices"),
    "percent": N_("percentages"),
    "digits": N_("many digits"),
    "capitals": N_("many capital letters"),
    "shouted_words": N_("words in capitals"),
    "exclamations": N_("exclamation marks"),
    "questions": N_("question marks"),
    "emoji": N_("emoji"),
    "markup": N_("written with markup"),
    "disguised_words": N_("disguised words"),
    "hidden_characters": N_("hidden characters"),
    "fancy_letters": N_("fancy letters"),
    "spaced_letters": N_("s p a c e d letters"),
    "leet": N_("digits in place of letters"),
    "repeated_words": N_("repeated words"),
    "title_case": N_("Many Words Like In A Headline"),
    "sentences": N_("how its sentences end"),
    "pipes": N_("bars, dots and stars"),
    "hashtags": N_("hashtags"),
    "pointing": N_("pointing signs"),
    "digits_in_words": N_("digits in words"),
    "link_only": N_("nothing but a link"),
}
"""The classifier's features in words."""


def reported(form: Typed, errors: Errors) -> Reported | None:
    """Read a report; None where something is to be put right."""
    reason = errors.choice(form, "reason", Reason)
    note = errors.text(form, "note", most=MOST_NOTE, needed=False)
    email = errors.email(form, "email", needed=False)
    return None if errors or reason is None else Reported(reason, note, email)


def decided(form: Typed, errors: Errors) -> Decided | None:
    """Read a decision; None where something is to be put right. A rule is kept only where the act needs one."""
    act = errors.choice(form, "act", Act)
    needs = act in NEEDS_RULE
    if needs and not form["rule"]:
        errors.add("rule", Why.NO_RULE)
    rule = errors.choice(form, "rule", Rule, needed=False) if needs else None
    words = errors.text(form, "words", most=MOST_WORDS, needed=False)
    if act is Act.ASK and not words:
        errors.add("words", Why.NO_WORDS)
    if act is not None and act not in BECOMES:
        errors.add("act", Why.NOT_THIS_ACT)
    return None if errors or act is None else Decided(act, rule, words, form["seen"][:VERSION_LENGTH])
