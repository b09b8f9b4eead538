"""What Piccolo's columns cannot say: checks, partial indexes, the search column, and which tables are logs."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "0002"
VERSION = "1.38.0"
DESCRIPTION = "Checks, partial indexes, search, logs"

# Each pair: forwards, backwards. Backwards runs from the last to the first.
CHECKS = (
    ("person", "role", "role IN ('resident', 'moderator', 'officer', 'administrator')"),
    (
        "posting",
        "publicity",
        (
            "publicity IN ('draft', 'held', 'public', 'refused', 'quarantined', 'hidden', 'withdrawn', 'deleted', "
            "'redacted')"
        ),
    ),
    (
        "idea",
        "stage",
        "stage IN ('open', 'under_review', 'longlisted', 'shortlisted', 'project', 'not_taken_forward', 'merged')",
    ),
    ("idea", "supports", "supports >= 0 AND comments >= 0"),
    ("support", "state", "state IN ('counted', 'held', 'set_aside', 'withdrawn')"),
    ("notice_topic", "about", "about IN ('idea', 'challenge', 'topic', 'area', 'thread')"),
    ("mail_choice", "how", "how IN ('at_once', 'daily', 'weekly', 'never')"),
    ("notice_delivery", "told", "(told_at IS NULL) = (mailed = '')"),
    ("support_hold", "outcome", "outcome IN ('waiting', 'released', 'set_aside')"),
    ("support_hold_decision", "reason", "jsonb_typeof(reason) = 'object' AND reason <> '{}'"),
    ("challenge", "supports_each", "supports_each > 0"),
    ("tally_leaf", "change", "change IN (1, -1) AND place >= 0"),
    ("moderation_case", "state", "(state IN ('open', 'asked')) = (decided_at IS NULL)"),
    # Promise 4: nothing is refused, hidden or turned down without a reason.
    ("moderation_decision", "reason", "act IN ('publish', 'keep', 'quarantine') OR rule <> '' OR btrim(reason) <> ''"),
    ("suspension", "reason", "btrim(reason) <> '' AND rule <> ''"),
    ("response", "reason", "jsonb_typeof(reason) = 'object' AND reason <> '{}'"),
    ("gate_decision", "reason", "jsonb_typeof(reason) = 'object' AND reason <> '{}'"),
    ("legal_hold", "one", "(person IS NULL) <> (posting IS NULL) AND btrim(reason) <> ''"),
    ("challenge", "dates", "opens_at < closes_at"),
    ("challenge", "numbers", "supports_needed >= 0 AND answer_days > 0"),
    ("criterion", "weight", "weight BETWEEN 0 AND 100"),
    ("assessment_score", "points", "points BETWEEN 0 AND 5"),
    ("project", "phase", "phase IN ('prepare', 'co_define', 'co_create', 'implement')"),
    ("project", "state", "(state = 'closed') = (closed_at IS NOT NULL)"),
    ("project_session", "times", "starts_at <= ends_at"),
    ("project_session", "numbers", "capacity > 0 AND target > 0"),
    ("offer", "state", "state IN ('open', 'matched', 'declined', 'withdrawn', 'ended')"),
    ("session_place", "state", "state IN ('going', 'waiting', 'given_back')"),
    ("session_place", "somebody", "person IS NOT NULL OR btrim(name) <> ''"),
    ("session_opinion", "answers", "useful BETWEEN 1 AND 5 AND heard BETWEEN 1 AND 5 AND again BETWEEN 1 AND 5"),
    ("idea_merge", "two", "source <> target"),
)

INDEXES = (
    ("UNIQUE", "spam_head_in_use", "spam_head (state) WHERE state = 'promoted'"),
    ("UNIQUE", "person_email_any_case", "person (lower(email))"),
    ("UNIQUE", "person_imported_once", "person (origin, foreign_name) WHERE foreign_name IS NOT NULL"),
    ("UNIQUE", "idea_imported_once", "idea (origin, foreign_id) WHERE foreign_id IS NOT NULL"),
    ("UNIQUE", "idea_version_waiting_once", "idea_version (idea) WHERE public_at IS NULL AND ended_at IS NULL"),
    ("UNIQUE", "idea_version_number", "idea_version (idea, number) WHERE number IS NOT NULL"),
    ("UNIQUE", "idea_merge_open_once", "idea_merge (source) WHERE state = 'proposed'"),
    ("", "outgoing_letter_to_post", "outgoing_letter (queued_at, id) WHERE posted_at IS NULL"),
    ("UNIQUE", "comment_imported_once", "comment (origin, foreign_id) WHERE foreign_id IS NOT NULL"),
    ("UNIQUE", "appeal_undecided_once", "appeal (posting) WHERE decision IS NULL"),
    ("UNIQUE", "suspension_running_once", "suspension (person) WHERE ended_at IS NULL"),
    ("UNIQUE", "safeguarding_case_open_once", "safeguarding_case (posting) WHERE closed_at IS NULL"),
    ("", "suspension_to_end", "suspension (until) WHERE ended_at IS NULL AND until IS NOT NULL"),
    ("UNIQUE", "moderation_case_open_once", "moderation_case (posting) WHERE state IN ('open', 'asked')"),
    # One person's reports of a text count once, and once more if they say later that somebody may be in danger.
    (
        "UNIQUE",
        "report_counted_once",
        (
            "report (posting, person, (reason = 'danger')) "
            'WHERE ("case" IS NOT NULL OR guarded IS NOT NULL) AND person IS NOT NULL'
        ),
    ),
    (
        "UNIQUE",
        "report_counted_once_a_browser",
        (
            "report (posting, browser_hash, (reason = 'danger')) "
            "WHERE (\"case\" IS NOT NULL OR guarded IS NOT NULL) AND browser_hash <> ''"
        ),
    ),
    ("", "report_urgent", "report (\"case\") WHERE reason = 'danger'"),
    ("", "moderation_case_queue", "moderation_case (opened_at, id) WHERE state = 'open'"),
    ("", "posting_waiting", "posting (sent_at) WHERE publicity = 'held'"),
    ("", "posting_quarantined", "posting (quarantined_at) WHERE publicity = 'quarantined'"),
    ("", "posting_phrases", "posting USING gin (phrases)"),
    ("", "posting_hosts", "posting USING gin (hosts)"),
    ("UNIQUE", "screening_outage_open_once", "screening_outage ((ended_at IS NULL)) WHERE ended_at IS NULL"),
    ("", "posting_unscreened", "posting (sent_at) WHERE sent_at IS NOT NULL AND screened_at IS NULL"),
    # None on idea.supports: a support would then touch every index of its idea, and a challenge's few
    # thousand ideas are sorted in a millisecond.
    ("", "idea_newest", "idea (challenge, sent_at DESC, id DESC) WHERE sent_at IS NOT NULL"),
    ("", "idea_to_answer", "idea (answer_by) WHERE stage IN ('open', 'under_review', 'longlisted')"),
    ("", "comment_pinned", "comment (idea, pinned_at) WHERE pinned_at IS NOT NULL"),
    ("UNIQUE", "data_export_waiting_once", "data_export (person) WHERE ready_at IS NULL"),
    ("", "person_unused", "person (seen_at) WHERE left_at IS NULL AND email IS NOT NULL"),
    ("", "comment_in_order", "comment (idea, sent_at, id)"),
    ("", "outgoing_mail_due", "outgoing_mail (rank, due_at, id) WHERE sent_at IS NULL AND given_up_at IS NULL"),
    ("", "notice_delivery_due", "notice_delivery (due_at, id) WHERE told_at IS NULL"),
    ("", "notice_delivery_digest", "notice_delivery (person) WHERE told_at IS NULL AND waits_for <> ''"),
    ("", "notice_of_topic", "notice (topic)"),
    ("", "idea_of_author", "idea (author)"),
    ("", "idea_search", "idea USING gin (search)"),
    # Without a list of what is still to be sorted in: that would be read at every search.
    ("", "likeness_marks", "likeness_entry USING gin (marks) WITH (fastupdate = off)"),
    ("", "idea_newest_of_all", "idea (sent_at DESC, id DESC) WHERE sent_at IS NOT NULL"),
    # The circle of the fair shuffle; see `ideas.rules.finding`.
    ("", "idea_circle", "idea (challenge, hashint8extended(id, 0)) WHERE sent_at IS NOT NULL"),
    ("", "idea_circle_of_all", "idea (hashint8extended(id, 0)) WHERE sent_at IS NOT NULL"),
    ("", "search_word_grams", "search_word USING gin (grams)"),
    ("", "support_held", "support (hold) WHERE hold IS NOT NULL"),
    ("", "support_seen", "support (changed_at) WHERE origin IS NOT NULL"),
    ("", "support_hold_waiting", "support_hold (found_at) WHERE outcome = 'waiting'"),
)

# The comment is what `shapedby.db.migrating` looks for when it gives the serving role its rights.
LOGS = (
    "act",
    "idea_step",
    "moderation_decision",
    "safeguarding_decision",
    "case_note",
    "response",
    "gate_decision",
    "project_decision",
    "site_rule",
    "support_hold_decision",
    "tally_leaf",
    "tally_node",
    "tally_head",
    "tally_key",
    "tally_check",
    "erasure",
    "retention_run",
)

# Each idea in its own language, which its posting knows: so triggers keep the column, not PostgreSQL itself.
SEARCH = (Path(__file__).parent / "raw" / "search.sql").read_text(encoding="utf-8").split("\n\n")
_SEARCH_FUNCTIONS = ("ideas_found", "idea_translated", "idea_written", "idea_words", "without_accents", "stems_of")

# Statements with a blank line between them; dropping a function takes its triggers along.
LEAVES = (Path(__file__).parent / "raw" / "support_leaf.sql").read_text(encoding="utf-8").split("\n\n")
_LEAF_FUNCTIONS = ("support_leaf_inserted", "support_leaf_updated", "support_leaf_deleted", "support_leaf_due")

STEPS = (
    ("ALTER TABLE idea ADD COLUMN search tsvector NOT NULL DEFAULT ''", "ALTER TABLE idea DROP COLUMN search"),
    *(("SELECT 1", f"DROP FUNCTION {name} CASCADE") for name in reversed(_SEARCH_FUNCTIONS)),
    *((made, "SELECT 1") for made in SEARCH),
    *(
        (
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_{name}_check CHECK ({check})",
            f"ALTER TABLE {table} DROP CONSTRAINT {table}_{name}_check",
        )
        for table, name, check in CHECKS
    ),
    *((f"CREATE {kind} INDEX {name} ON {rest}", f"DROP INDEX {name}") for kind, name, rest in INDEXES),
    *((made, "SELECT 1") for made in LEAVES),
    *(("SELECT 1", f"DROP FUNCTION {name} CASCADE") for name in _LEAF_FUNCTIONS),
    *((f"COMMENT ON TABLE {name} IS 'append only'", f"COMMENT ON TABLE {name} IS NULL") for name in LOGS),
)


async def forwards() -> MigrationManager:
    """Describe the migration to Piccolo."""
    manager = MigrationManager(migration_id=ID, app_name="shapedby", description=DESCRIPTION)
    manager.add_raw(_each([there for there, _ in STEPS]))
    manager.add_raw_backwards(_each([back for _, back in reversed(STEPS)]))
    return manager


def _each(statements: Sequence[str]) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        engine = engine_finder()
        assert engine is not None  # Piccolo runs us with one
        for statement in statements:
            await engine.run_ddl(statement)

    return run
