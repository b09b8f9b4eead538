"""What can be followed, who follows it, how people want to hear, and what they are still to be told."""

from piccolo.columns import JSONB, BigInt, BigSerial, ForeignKey, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.constraints import Unique
from piccolo.table import Table

from shapedby.people.tables import Person


class Topic(Table, tablename="notice_topic"):
    """Something that can be followed: what it is, and its number there; nothing of what it says."""

    id = BigSerial(primary_key=True)
    about = Varchar(length=20)
    """idea, challenge, topic, area, thread: see ``notices.rules.About``."""
    number = BigInt()
    notice_topic_once = Unique([about, number])


class Follow(Table, tablename="follow"):
    """Somebody pressed the button that follows something."""

    id = BigSerial(primary_key=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    """Indexed by the constraint below."""
    topic = ForeignKey(Topic, null=False, index=True, on_delete=OnDelete.cascade)
    since = Timestamptz()
    follow_once = Unique([person, topic])


class MailChoice(Table, tablename="mail_choice"):
    """How somebody wants to hear of one kind of news; without a row as ``notices.rules.FIRST`` says."""

    id = BigSerial(primary_key=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    """Indexed by the constraint below."""
    kind = Varchar(length=40)
    how = Varchar(length=20)
    was = Varchar(length=20, default="")
    """What it was before a mail's own link stopped it, to go back to."""
    mail_choice_once = Unique([person, kind])


class Notice(Table, tablename="notice"):
    """One thing that happened, as a mail tells it; who is told stands in ``notice_delivery``."""

    id = BigSerial(primary_key=True)
    topic = ForeignKey(Topic, null=True, on_delete=OnDelete.cascade)
    """Empty where it is about nothing that can be followed. Indexed in 0002: its index would be named as a table is."""
    template = Varchar(length=80)
    context = JSONB(default="{}")
    once = Varchar(length=120, null=True, default=None, unique=True)
    at = Timestamptz(index=True)


class Delivery(Table, tablename="notice_delivery"):
    """One person who is to be told one thing; ``told_at`` is set in the transaction that queues the mail."""

    id = BigSerial(primary_key=True)
    notice = ForeignKey(Notice, null=False, on_delete=OnDelete.cascade)
    """Indexed by the constraint below."""
    person = ForeignKey(Person, null=False, index=True, on_delete=OnDelete.cascade)
    kind = Varchar(length=40)
    waits_for = Varchar(length=20, default="")
    """Empty, or the digest that it waits for: daily, weekly."""
    due_at = Timestamptz()
    told_at = Timestamptz(null=True, default=None)
    mailed = Varchar(length=20, default="")
    """at_once, digest, or never: how it went."""
    notice_delivery_once = Unique([notice, person])
