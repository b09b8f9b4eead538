"""Postings: one row for each text a person typed, whether the public sees it, and the case that decides it."""

from piccolo.columns import (
    JSONB,
    Array,
    BigSerial,
    Boolean,
    DoublePrecision,
    ForeignKey,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from shapedby.people.tables import Person


class Posting(Table, tablename="posting"):
    """One text and its publicity; the content's own row points here and is public only where this is."""

    id = BigSerial(primary_key=True)
    kind = Varchar(length=20)
    """idea, comment, name, about_me: see ``screening.rules.Kind``."""
    author = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.restrict)
    publicity = Varchar(length=20, default="draft")
    language = Varchar(length=8, default="en")
    source = Text(default="")
    """The whole text as it was typed, before anything was stripped: what is screened."""
    html = Text(default="")
    """The whole text as the public sees it."""
    about = Varchar(length=200, default="")
    """The title of what it belongs to, for lists of the desk."""
    address = Varchar(length=200, default="")
    """Where it stands or will stand on this site."""
    written_at = Timestamptz()
    changed_at = Timestamptz(null=True, default=None)
    """When its publicity, or a draft's words, changed last; empty where that never happened."""
    sent_at = Timestamptz(null=True, default=None)
    public_at = Timestamptz(null=True, default=None)
    screened_at = Timestamptz(null=True, default=None)
    verdict = Varchar(length=20, default="")
    probability = DoublePrecision(null=True, default=None)
    weights = Varchar(length=20, default="")
    """Which weights gave the probability."""
    reasons = JSONB(default="[]")
    """Why it is held, and what weighed in the text: see ``screening.rules``."""
    guarded = Boolean(default=False)
    """Somebody may be in danger: it is never deleted, and moderators do not see it while that is looked into."""
    contacts_kept = Boolean(default=False)
    """The author was warned of a phone number or an address in it and kept it."""
    words_hash = Varchar(length=20, default="", index=True)
    """What the same words are found by again: see ``screening.rules.sameness``."""
    phrases = Array(base_column=Varchar(length=20), default=[])
    hosts = Array(base_column=Varchar(length=120), default=[])
    """Where its links lead."""
    quarantined_at = Timestamptz(null=True, default=None)
    """When it was set aside as almost certainly spam; it is deleted thirty days later."""
    recorded_by = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    """Who of the council's staff wrote it down for a resident without e-mail; empty: its author did."""


class Case(Table, tablename="moderation_case"):
    """A question about a posting that a moderator decides; at most one is open for each posting."""

    id = BigSerial(primary_key=True)
    posting = ForeignKey(Posting, null=False, index=True, on_delete=OnDelete.cascade)
    raised_by = Varchar(length=30)
    """classifier, rule, report, missing_check: see ``screening.rules.RaisedBy``."""
    state = Varchar(length=20, default="open")
    """open, asked, decided, dropped: see ``screening.rules.CaseState``."""
    opened_at = Timestamptz()
    decided_at = Timestamptz(null=True, default=None)
    decided_by = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    """Empty while it is open, and when it was dropped because nothing was left to decide."""
    assigned_to = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.set_null)
    """The moderator it was handed to; empty: whoever comes first."""


class PostingVersion(Table, tablename="posting_version"):
    """What a posting said before its author sent it again in other words."""

    id = BigSerial(primary_key=True)
    posting = ForeignKey(Posting, null=False, index=True, on_delete=OnDelete.cascade)
    source = Text()
    html = Text()
    until = Timestamptz()
    """When it was replaced."""
    was_public = Boolean(default=False)
    """Everybody could read it, so that everybody may see that it was changed."""


class SiteRule(Table, tablename="site_rule"):
    """The site's rules as they stood from a moment on; the newest row counts. The app can only add rows."""

    id = BigSerial(primary_key=True)
    at = Timestamptz()
    by = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    """Empty: set on the command line."""
    rules = JSONB(default="{}")
    """See ``screening.queries.sites``."""
    reason = Text(default="")


class Outage(Table, tablename="screening_outage"):
    """A time in which texts could not be checked; at most one has not ended."""

    id = BigSerial(primary_key=True)
    began_at = Timestamptz()
    told_at = Timestamptz(null=True, default=None)
    """When the moderators were told, once."""
    ended_at = Timestamptz(null=True, default=None)
