"""People, how they sign in, and what staff did."""

from piccolo.columns import (
    JSONB,
    BigInt,
    BigSerial,
    Boolean,
    ForeignKey,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table


class Area(Table, tablename="area"):
    """A part of the council's territory."""

    id = BigSerial(primary_key=True)
    slug = Varchar(length=60, unique=True)
    name = JSONB()
    position = SmallInt(default=0)


class Person(Table, tablename="person"):
    """Somebody known here; ``email`` is empty for people who left, were imported or have none."""

    id = BigSerial(primary_key=True)
    email = Varchar(length=254, null=True, default=None, unique=True)
    role = Varchar(length=20, default="resident")
    name = Varchar(length=60, default="")
    """The name shown now; a new one waits in its posting until it is public."""
    organisation = Varchar(length=120, default="")
    young = Boolean(default=False)
    area = ForeignKey(Area, null=True, index=True, on_delete=OnDelete.set_null)
    """Empty: not said."""
    language = Varchar(length=8, default="")
    origin = Varchar(length=40, default="sign-in", index=True)
    """How the person came here: sign-in, command, demo, or the name of an import."""
    foreign_name = Varchar(length=120, null=True, default=None)
    """The person's name on the platform they were imported from; unique with ``origin``."""
    joined_at = Timestamptz()
    welcomed_at = Timestamptz(null=True, default=None)
    suspended_until = Timestamptz(null=True, default=None)
    safeguarding = Boolean(default=False)
    """Reads the cases in which somebody may be in danger; staff only, whatever their role."""
    left_at = Timestamptz(null=True, default=None)
    seen_at = Timestamptz(null=True, default=None)
    """When they were last signed in, to the hour: an account that nobody uses is closed in the end."""
    warned_at = Timestamptz(null=True, default=None)
    """When we wrote that the account will be closed because nobody uses it."""


class SignInMail(Table, tablename="sign_in_mail"):
    """One asked-for way in: a link for any device, and a code for the browser that asked."""

    id = BigSerial(primary_key=True)
    email = Varchar(length=254, index=True)
    link_hash = Varchar(length=64, unique=True)
    code_hash = Varchar(length=64)
    browser_hash = Varchar(length=64, index=True)
    tries = SmallInt(default=0)
    next_address = Varchar(length=500, default="/")
    asked_at = Timestamptz()
    ends_at = Timestamptz(index=True)
    used_at = Timestamptz(null=True, default=None)


class SignIn(Table, tablename="sign_in"):
    """Being signed in on one browser; the browser holds the token, we hold its hash."""

    id = BigSerial(primary_key=True)
    token_hash = Varchar(length=64, unique=True)
    person = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.cascade)
    csrf = Varchar(length=64)
    browser = Varchar(length=120, default="")
    began_at = Timestamptz()
    seen_at = Timestamptz()
    ends_at = Timestamptz(index=True)


class Act(Table, tablename="act"):
    """What staff did: identifiers and reasons, never a resident's text. The app can only add rows."""

    id = BigSerial(primary_key=True)
    at = Timestamptz()
    person = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    """Empty: done on the command line."""
    verb = Varchar(length=60)
    kind = Varchar(length=40)
    number = BigInt(default=0)
    reason = Text(default="")


class Contact(Table, tablename="person_contact"):
    """How staff reach somebody without e-mail, and what the code on their slip is made of."""

    id = BigSerial(primary_key=True)
    person = ForeignKey(Person, null=False, unique=True, on_delete=OnDelete.cascade)
    reach = Varchar(length=20, default="none")
    """none, phone, post: see ``people.rules.Reach``."""
    phone = Varchar(length=60, default="")
    postal = Text(default="")
    """The lines of an envelope; nobody but staff reads it."""
    nonce = Varchar(length=32)
    """A new one ends the code of the old slip."""
    added_by = ForeignKey(Person, null=True, index=True, on_delete=OnDelete.restrict)
    added_at = Timestamptz()
