"""Reports of content, and what moderators decided."""

from piccolo.columns import BigSerial, ForeignKey, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from shapedby.people.tables import Person
from shapedby.screening.tables import Case, Posting


class Report(Table, tablename="report"):
    """Somebody says that a posting breaks a rule."""

    id = BigSerial(primary_key=True)
    reference = Varchar(length=12, unique=True)
    posting = ForeignKey(Posting, null=False, index=True, on_delete=OnDelete.cascade)
    case = ForeignKey(Case, null=True, index=True, on_delete=OnDelete.set_null)
    """Empty when the same person had reported it before."""
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
    rule = Varchar(length=30, default="")
    """The published rule that a refusal or a hiding names."""
    reason = Text(default="")
    at = Timestamptz()
