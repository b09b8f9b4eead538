"""Reports of content, and what moderators decided."""

from piccolo.columns import BigSerial, Boolean, ForeignKey, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from shapedby.people.tables import Person
from shapedby.screening.tables import Case, Posting


class GuardedCase(Table, tablename="safeguarding_case"):
    """Somebody may be in danger: a case that only people with the safeguarding duty know of."""

    id = BigSerial(primary_key=True)
    posting = ForeignKey(Posting, null=False, index=True, on_delete=OnDelete.restrict)
    passed_on_by = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    """The moderator who passed it on; empty: somebody reported it."""
    note = Text(default="")
    """What that moderator wrote."""
    opened_at = Timestamptz()
    closed_at = Timestamptz(null=True, default=None)


class Report(Table, tablename="report"):
    """Somebody says that a posting breaks a rule."""

    id = BigSerial(primary_key=True)
    reference = Varchar(length=12, unique=True)
    posting = ForeignKey(Posting, null=False, index=True, on_delete=OnDelete.cascade)
    case = ForeignKey(Case, null=True, index=True, on_delete=OnDelete.set_null)
    """Empty when the same person had reported it before, and when somebody may be in danger."""
    guarded = ForeignKey(GuardedCase, null=True, index=True, on_delete=OnDelete.set_null)
    """The safeguarding case it belongs to instead."""
    language = Varchar(length=8, default="")
    """The language of the page it was written on, for the answer."""
    person = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.set_null)
    """Empty: reported without a sign-in."""
    browser_hash = Varchar(length=64, default="", index=True)
    """Which browser reported without a sign-in: a hash of its form cookie, so that it counts once."""
    email = Varchar(length=254, default="")
    reason = Varchar(length=30)
    note = Text(default="")
    note_html = Text(default="")
    at = Timestamptz()


class Decision(Table, tablename="moderation_decision"):
    """What a moderator decided about a case. The app can only add rows."""

    id = BigSerial(primary_key=True)
    case = ForeignKey(Case, null=False, index=True, on_delete=OnDelete.restrict)
    posting = ForeignKey(Posting, null=False, index=True, on_delete=OnDelete.restrict)
    by = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    act = Varchar(length=20)
    """publish, refuse, hide: see ``moderation.rules.Act``."""
    was = Varchar(length=20, default="")
    """The posting's publicity before, for who undoes the decision."""
    rule = Varchar(length=30, default="")
    """The published rule that a refusal or a hiding names."""
    reason = Text(default="")
    at = Timestamptz()


class Note(Table, tablename="case_note"):
    """What moderators tell each other about a case, and to whom they handed it. The app can only add rows."""

    id = BigSerial(primary_key=True)
    case = ForeignKey(Case, null=False, index=True, on_delete=OnDelete.restrict)
    by = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    handed_to = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    """Empty: it is only a note."""
    text = Text(default="")
    at = Timestamptz()


class MailChoice(Table, tablename="moderator_mail"):
    """Whether a moderator wants mails about what waits; nobody has a row before they choose."""

    id = BigSerial(primary_key=True)
    person = ForeignKey(Person, null=False, unique=True, on_delete=OnDelete.cascade)
    wanted = Boolean(default=True)


class Appeal(Table, tablename="appeal"):
    """What an author says against a decision about their text; one for each decision."""

    id = BigSerial(primary_key=True)
    decision = ForeignKey(Decision, null=True, unique=True, on_delete=OnDelete.restrict)
    """Empty: nobody has decided, the check for spam put it into quarantine."""
    case = ForeignKey(Case, null=False, index=True, on_delete=OnDelete.restrict)
    posting = ForeignKey(Posting, null=False, index=True, on_delete=OnDelete.restrict)
    words = Text(default="")
    words_html = Text(default="")
    at = Timestamptz()


class Suspension(Table, tablename="suspension"):
    """A person may not take part for a time; at most one is running for each person."""

    id = BigSerial(primary_key=True)
    person = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    by = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    reason = Text()
    """In words, for the person too."""
    rule = Varchar(length=30)
    until = Timestamptz(null=True, default=None)
    """Empty: until somebody ends it."""
    hides = Boolean(default=False)
    """Whether what the person wrote was hidden with it."""
    at = Timestamptz()
    ended_at = Timestamptz(null=True, default=None)
    ended_by = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    """Empty while it runs, and when its time was simply over."""
    ended_because = Text(default="")


class HiddenPosting(Table, tablename="suspension_posting"):
    """A posting that a suspension hid, so that its end shows exactly these again."""

    id = BigSerial(primary_key=True)
    suspension = ForeignKey(Suspension, null=False, index=True, on_delete=OnDelete.restrict)
    posting = ForeignKey(Posting, null=False, index=True, on_delete=OnDelete.cascade)
    decision = ForeignKey(Decision, null=False, index=True, on_delete=OnDelete.restrict)
    """The decision that hid it; a later one about the same posting stands."""
    reopens = Boolean(default=False)
    """The decision closed a case that had another cause; it waits again afterwards."""


class GuardedDecision(Table, tablename="safeguarding_decision"):
    """What was done about a safeguarding case. The app can only add rows."""

    id = BigSerial(primary_key=True)
    case = ForeignKey(GuardedCase, null=False, index=True, on_delete=OnDelete.restrict)
    by = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    act = Varchar(length=20)
    """note, publish, hide, give_back, close: see ``moderation.rules.safeguarding.GuardedAct``."""
    reason = Text(default="")
    at = Timestamptz()
