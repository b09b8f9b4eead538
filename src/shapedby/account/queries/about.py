"""Everything that is kept about a person, one question for each kind: what somebody takes away with them.

Slices below are asked here, in one place, so that a test can walk the schema: every column that refers to a person is
answered by one of ``PARTS`` or stands in ``LEFT_OUT`` with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapedby import db
from shapedby.kernel import N_


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of things about a person: its title, the question with $1 for the person, the columns it answers."""

    key: str
    title: str
    sql: str
    covers: tuple[str, ...]


PARTS: Sequence[Part] = (
    Part(
        "me",
        N_("You"),
        """SELECT p.id AS number, p.email, p.name, p.organisation, p.role, p.young AS under_18, a.name AS area,
           p.language, p.origin AS came_by, p.foreign_name AS name_there, p.joined_at, p.welcomed_at, p.seen_at,
           p.warned_at, p.suspended_until, p.safeguarding AS safeguarding_duty
        FROM person p LEFT JOIN area a ON a.id = p.area WHERE p.id = $1""",
        ("person.id",),
    ),
    Part(
        "profile",
        N_("What you say about yourself"),
        "SELECT wished_name AS name, about_me AS words FROM profile WHERE person = $1",
        ("profile.person",),
    ),
    Part(
        "contact",
        N_("How we reach you without e-mail"),
        "SELECT reach, phone, postal AS address, added_at FROM person_contact WHERE person = $1",
        ("person_contact.person",),
    ),
    Part(
        "sign_ins",
        N_("Where you are signed in"),
        "SELECT browser, began_at, seen_at, ends_at FROM sign_in WHERE person = $1 ORDER BY id",
        ("sign_in.person",),
    ),
    Part(
        "ways_in",
        N_("Links and codes that we mailed you to sign in"),
        """SELECT m.asked_at, m.ends_at, m.used_at FROM sign_in_mail m JOIN person p ON p.email = m.email
        WHERE p.id = $1 ORDER BY m.id""",
        ("sign_in_mail.email",),
    ),
    Part(
        "mails",
        N_("Mails that we sent you"),
        """SELECT m.subject, m.kind, m.text AS words, m.queued_at AS written_at, m.sent_at
        FROM outgoing_mail m JOIN person p ON p.email = m.address WHERE p.id = $1 ORDER BY m.id""",
        ("outgoing_mail.address",),
    ),
    Part(
        "news",
        N_("News that we told you, or will"),
        """SELECT n.template AS what, d.kind, n.at, d.told_at FROM notice_delivery d JOIN notice n ON n.id = d.notice
        WHERE d.person = $1 ORDER BY d.id""",
        ("notice_delivery.person",),
    ),
    Part(
        "follows",
        N_("What you follow"),
        """SELECT t.about AS what, t.number, f.since FROM follow f JOIN notice_topic t ON t.id = f.topic
        WHERE f.person = $1 ORDER BY f.id""",
        ("follow.person",),
    ),
    Part(
        "mail_choices",
        N_("Which mails you want"),
        "SELECT kind, how FROM mail_choice WHERE person = $1 ORDER BY kind",
        ("mail_choice.person",),
    ),
    Part(
        "desk_mail",
        N_("Whether you want mails about what waits for moderators"),
        "SELECT wanted FROM moderator_mail WHERE person = $1",
        ("moderator_mail.person",),
    ),
    Part(
        "ideas",
        N_("Your ideas"),
        """SELECT i.id AS number, i.title, i.problem, i.proposal, i.beneficiaries, i.group_name, i.anonymous,
           p.publicity, i.stage, a.name AS area, t.name AS topic, i.drafted_at, i.sent_at, i.supports
        FROM idea i JOIN posting p ON p.id = i.posting LEFT JOIN area a ON a.id = i.area
        LEFT JOIN topic t ON t.id = i.topic WHERE i.author = $1 ORDER BY i.id""",
        ("idea.author",),
    ),
    Part(
        "written_together",
        N_("Ideas that you write with others"),
        """SELECT i.id AS number, i.title, w.came_by, w.since FROM idea_author w JOIN idea i ON i.id = w.idea
        WHERE w.person = $1 ORDER BY w.id""",
        ("idea_author.person",),
    ),
    Part(
        "idea_versions",
        N_("Versions of ideas that you wrote"),
        """SELECT v.idea AS number, v.title, v.problem, v.proposal, v.beneficiaries, v.group_name, v.written_at,
           v.public_at FROM idea_version v WHERE v.person = $1 ORDER BY v.id""",
        ("idea_version.person",),
    ),
    Part(
        "invitations",
        N_("Invitations that you made or used"),
        """SELECT v.idea AS number, v.by = $1 AS yours, CASE WHEN v.by = $1 THEN v.email ELSE '' END AS email,
           v.invited_at, v.ends_at, v.used_at
        FROM idea_invitation v WHERE v.by = $1 OR v.used_by = $1 ORDER BY v.id""",
        ("idea_invitation.by", "idea_invitation.used_by"),
    ),
    Part(
        "merges",
        N_("Proposals to join ideas that you made or closed"),
        """SELECT m.source AS number, m.target AS into_number, m.because, m.proposed_at, m.state, m.closed_at
        FROM idea_merge m WHERE m.proposed_by = $1 OR m.closed_by = $1 ORDER BY m.id""",
        ("idea_merge.proposed_by", "idea_merge.closed_by"),
    ),
    Part(
        "supports",
        N_("What you support"),
        """SELECT i.id AS number, i.title, s.state, s.since, s.changed_at FROM support s JOIN idea i ON i.id = s.idea
        WHERE s.person = $1 ORDER BY s.id""",
        ("support.person",),
    ),
    Part(
        "comments",
        N_("Your comments"),
        """SELECT c.id AS number, i.title AS idea, p.source AS words, p.publicity, c.sent_at
        FROM comment c JOIN posting p ON p.id = c.posting JOIN idea i ON i.id = c.idea
        WHERE c.author = $1 ORDER BY c.id""",
        ("comment.author",),
    ),
    Part(
        "useful",
        N_("Comments that you found useful"),
        "SELECT comment AS number, at FROM comment_useful WHERE person = $1 ORDER BY id",
        ("comment_useful.person",),
    ),
    Part(
        "texts",
        N_("Every text that you sent, with what it said before"),
        """SELECT p.kind, p.language, p.source AS words, p.publicity, p.written_at, p.sent_at, p.public_at,
           (SELECT coalesce(jsonb_agg(v.source ORDER BY v.id), '[]') FROM posting_version v WHERE v.posting = p.id)
           AS said_before,
           (SELECT coalesce(jsonb_agg(f.description), '[]') FROM picture f WHERE f.posting = p.id) AS pictures
        FROM posting p WHERE p.author = $1 ORDER BY p.id""",
        ("posting.author",),
    ),
    Part(
        "decisions",
        N_("What moderators decided about your texts"),
        """SELECT p.kind, d.act AS decision, d.rule, d.reason, d.at FROM moderation_decision d
        JOIN posting p ON p.id = d.posting WHERE p.author = $1 AND NOT p.guarded ORDER BY d.id""",
        (),
    ),
    Part(
        "appeals",
        N_("What you said against a decision"),
        """SELECT a.words, a.at FROM appeal a JOIN posting p ON p.id = a.posting WHERE p.author = $1 ORDER BY a.id""",
        (),
    ),
    Part(
        "suspensions",
        N_("Suspensions of your account"),
        """SELECT rule, reason, at, until, ended_at, ended_because FROM suspension WHERE person = $1 ORDER BY id""",
        ("suspension.person",),
    ),
    Part(
        "reports",
        N_("Texts that you reported"),
        "SELECT reference, reason, note AS words, email, at FROM report WHERE person = $1 ORDER BY id",
        ("report.person",),
    ),
    Part(
        "teams",
        N_("Teams that you belong to"),
        """SELECT j.title AS project, m.name, m.side, m.part, m.organisation, m.since, m.until
        FROM project_member m JOIN project j ON j.id = m.project WHERE m.person = $1 ORDER BY m.id""",
        ("project_member.person",),
    ),
    Part(
        "sessions",
        N_("Your places at sessions"),
        """SELECT s.title AS session, s.starts_at, l.name, l.state, l.need, l.asked_at, l.came_at
        FROM session_place l JOIN project_session s ON s.id = l.session WHERE l.person = $1 ORDER BY l.id""",
        ("session_place.person",),
    ),
    Part(
        "offers",
        N_("What you offered to projects, and what you gave"),
        """SELECT j.title AS project, o.kind, o.words, o.state, o.made_at, o.decided_at, o.answer,
           (SELECT coalesce(jsonb_agg(to_jsonb(g) - 'id' - 'offer' - 'by'), '[]') FROM offer_given g
            WHERE g.offer = o.id) AS given
        FROM offer o LEFT JOIN project j ON j.id = o.project WHERE o.person = $1 ORDER BY o.id""",
        ("offer.person",),
    ),
    Part(
        "exports",
        N_("When you asked for your data"),
        "SELECT asked_at, ready_at, taken_at FROM data_export WHERE person = $1 ORDER BY id",
        ("data_export.person",),
    ),
)

_STAFF = "What staff decide or write in the council's name is the council's record; it holds their number only."
_LAW = "The law can forbid us to tell somebody that we must keep something; ask the council."

LEFT_OUT: Mapping[str, str] = {
    "act.person": _STAFF,
    "assessment.officer": _STAFF,
    "case_note.by": _STAFF,
    "case_note.handed_to": _STAFF,
    "challenge.prepared_by": _STAFF,
    "comment.pinned_by": _STAFF,
    "erasure.person": "It is written when somebody leaves, and holds a number and a time.",
    "gate_decision.by": _STAFF,
    "gate_evidence.shown_by": _STAFF,
    "idea_step.by": "The steps stand on the page of each idea; the ideas themselves are in the file.",
    "legal_hold.by": _STAFF,
    "legal_hold.ended_by": _STAFF,
    "legal_hold.person": _LAW,
    "moderation_case.assigned_to": _STAFF,
    "moderation_case.decided_by": _STAFF,
    "moderation_decision.by": _STAFF,
    "offer.decided_by": _STAFF,
    "offer_given.by": _STAFF,
    "outgoing_letter.posted_by": _STAFF,
    "person_contact.added_by": _STAFF,
    "posting.recorded_by": _STAFF,
    "project.host": _STAFF,
    "project_decision.by": _STAFF,
    "project_update.by": _STAFF,
    "response.by": _STAFF,
    "safeguarding_case.passed_on_by": _STAFF,
    "safeguarding_decision.by": _STAFF,
    "session_place.written_by": _STAFF,
    "site_rule.by": _STAFF,
    "spam_head.changed_by": _STAFF,
    "statement.by": _STAFF,
    "support_hold_decision.by": _STAFF,
    "suspension.by": _STAFF,
    "suspension.ended_by": _STAFF,
}
"""Columns that refer to a person and are not in the file, each with the reason."""


@dataclass(frozen=True, slots=True)
class Told:
    """One kind of things with everything of it; each thing is a mapping from a column's name to JSON values."""

    key: str
    title: str
    rows: Sequence[Mapping[str, Any]]


async def everything_about(person: int) -> list[Told]:
    """Ask every part about a person; parts of which there is nothing are there too, empty."""
    return [
        Told(part.key, part.title, await db.values(f"SELECT to_jsonb(x) FROM ({part.sql}) x", person))  # noqa: S608 - the text of a part
        for part in PARTS
    ]
