"""All SQL of reports, cases and decisions; everything public is importable from here."""

from shapedby.moderation.queries.cases import AuthorRecord, Case, Told, author_record, case, reports_of
from shapedby.moderation.queries.decisions import (
    CaseFacts,
    Decision,
    LastDecision,
    case_facts,
    close_case,
    decision_of,
    decisions,
    decisions_total,
    insert_decision,
    last_decision,
)
from shapedby.moderation.queries.marking import marked
from shapedby.moderation.queries.queue import Waiting, next_case, waiting, waiting_count, waiting_counts
from shapedby.moderation.queries.reporting import (
    Reportable,
    earlier_reasons,
    insert_report,
    lock_public,
    report_exists,
    reportable,
    reporters,
)

__all__ = [
    "AuthorRecord",
    "Case",
    "CaseFacts",
    "Decision",
    "LastDecision",
    "Reportable",
    "Told",
    "Waiting",
    "author_record",
    "case",
    "case_facts",
    "close_case",
    "decision_of",
    "decisions",
    "decisions_total",
    "earlier_reasons",
    "insert_decision",
    "insert_report",
    "last_decision",
    "lock_public",
    "marked",
    "next_case",
    "report_exists",
    "reportable",
    "reporters",
    "reports_of",
    "waiting",
    "waiting_count",
    "waiting_counts",
]
