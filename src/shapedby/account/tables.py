"""What a person says about themselves, what they take away, and what is kept of those who left."""

from piccolo.columns import JSONB, BigInt, BigSerial, Boolean, Bytea, ForeignKey, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from shapedby.people.tables import Person
from shapedby.screening.tables import Posting


class Profile(Table, tablename="profile"):
    """A person's wished name and words about themselves, each with the posting that screens it."""

    id = BigSerial(primary_key=True)
    person = ForeignKey(Person, null=False, unique=True, on_delete=OnDelete.cascade)
    wished_name = Varchar(length=60, default="")
    name_posting = ForeignKey(Posting, null=True, index=True, on_delete=OnDelete.set_null)
    """Empty until a name is chosen."""
    about_me = Text(default="")
    about_me_html = Text(default="")
    about_me_posting = ForeignKey(Posting, null=True, index=True, on_delete=OnDelete.set_null)
    """Empty until something is written."""


class Export(Table, tablename="data_export"):
    """Everything about a person, put together for them once; the file goes when they have taken it."""

    id = BigSerial(primary_key=True)
    person = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.cascade)
    language = Varchar(length=8)
    asked_at = Timestamptz(index=True)
    ready_at = Timestamptz(null=True, default=None)
    taken_at = Timestamptz(null=True, default=None)
    ends_at = Timestamptz(null=True, default=None)
    file = Bytea(null=True, default=None)
    """A ZIP with the same things for people and for programs; empty before it is ready and after it was taken."""


class Erasure(Table, tablename="erasure"):
    """Somebody left, and what they chose, so that an older copy can forget them again. The app can only add rows."""

    id = BigSerial(primary_key=True)
    person = BigInt(index=True)
    """The number alone, without a reference: it must outlive everything."""
    at = Timestamptz()
    words_kept = Boolean()
    supports_kept = Boolean()


class LegalHold(Table, tablename="legal_hold"):
    """A person or a posting of which nothing may be deleted for now, because the law asks us to keep it."""

    id = BigSerial(primary_key=True)
    person = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    """Empty: it is about one posting."""
    posting = ForeignKey(Posting, null=True, index=True, on_delete=OnDelete.restrict)
    """Empty: it is about everything of one person."""
    reason = Varchar(length=500)
    by = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    at = Timestamptz()
    ended_at = Timestamptz(null=True, default=None)
    ended_by = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    """Empty while it runs."""


class RetentionRun(Table, tablename="retention_run"):
    """What one night's tidying took away: how many of each kind, never what."""

    id = BigSerial(primary_key=True)
    at = Timestamptz()
    gone = JSONB(default="{}")
