"""What Piccolo's columns cannot say: checks, partial indexes, the search column, and which tables are logs."""

from collections.abc import Awaitable, Callable, Sequence

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
    ("moderation_case", "state", "(state IN ('open', 'asked')) = (decided_at IS NULL)"),
    # Promise 4: nothing is refused, hidden or turned down without a reason.
    ("moderation_decision", "reason", "act IN ('publish', 'keep', 'quarantine') OR rule <> '' OR btrim(reason) <> ''"),
    ("suspension", "reason", "btrim(reason) <> '' AND rule <> ''"),
    ("response", "reason", "jsonb_typeof(reason) = 'object' AND reason <> '{}'"),
    ("gate_decision", "reason", "jsonb_typeof(reason) = 'object' AND reason <> '{}'"),
    ("challenge", "dates", "opens_at < closes_at"),
    ("challenge", "numbers", "supports_needed >= 0 AND answer_days > 0"),
    ("criterion", "weight", "weight BETWEEN 0 AND 100"),
    ("assessment_score", "points", "points BETWEEN 0 AND 5"),
    ("project", "phase", "phase IN ('prepare', 'co_define', 'co_create', 'implement')"),
    ("project", "state", "(state = 'closed') = (closed_at IS NOT NULL)"),
    ("project_session", "times", "starts_at <= ends_at"),
)

INDEXES = (
    ("UNIQUE", "spam_head_in_use", "spam_head (state) WHERE state = 'promoted'"),
    ("UNIQUE", "person_email_any_case", "person (lower(email))"),
    ("UNIQUE", "person_imported_once", "person (origin, foreign_name) WHERE foreign_name IS NOT NULL"),
    ("UNIQUE", "idea_imported_once", "idea (origin, foreign_id) WHERE foreign_id IS NOT NULL"),
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
    ("", "comment_in_order", "comment (idea, sent_at, id)"),
    ("", "outgoing_mail_due", "outgoing_mail (due_at, id) WHERE sent_at IS NULL AND given_up_at IS NULL"),
    ("", "idea_search", "idea USING gin (search)"),
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
)

# In both languages, since an idea may be in either; also in whole words without accents, whatever the language,
# for the word that is still being typed (a stemmed word does not begin like what was typed).
_BODY = "problem || ' ' || proposal || ' ' || beneficiaries"
_PLAIN = r"regexp_replace(normalize({}, NFD), '[\u0300-\u036f]', '', 'g')"
SEARCH = f"""
    ALTER TABLE idea ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('english'::regconfig, title), 'A')
        || setweight(to_tsvector('spanish'::regconfig, title), 'A')
        || setweight(to_tsvector('simple'::regconfig, {_PLAIN.format("title")}), 'A')
        || setweight(to_tsvector('english'::regconfig, {_BODY}), 'B')
        || setweight(to_tsvector('spanish'::regconfig, {_BODY}), 'B')
        || setweight(to_tsvector('simple'::regconfig, {_PLAIN.format(_BODY)}), 'B')
    ) STORED
"""

STEPS = (
    (SEARCH, "ALTER TABLE idea DROP COLUMN search"),
    *(
        (
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_{name}_check CHECK ({check})",
            f"ALTER TABLE {table} DROP CONSTRAINT {table}_{name}_check",
        )
        for table, name, check in CHECKS
    ),
    *((f"CREATE {kind} INDEX {name} ON {rest}", f"DROP INDEX {name}") for kind, name, rest in INDEXES),
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
