"""All SQL of the desk: ``reading`` one idea's assessments and responses, ``listing`` many, ``changing`` both."""

from shapedby.shortlist.queries.changing import insert_response, keep_assessment, lock_idea
from shapedby.shortlist.queries.listing import Filters, Listed, Page, Tasks, listed, tasks, waiting
from shapedby.shortlist.queries.reading import Assessed, Response, assessments, last_decider, responses, weighing

__all__ = [
    "Assessed",
    "Filters",
    "Listed",
    "Page",
    "Response",
    "Tasks",
    "assessments",
    "insert_response",
    "keep_assessment",
    "last_decider",
    "listed",
    "lock_idea",
    "responses",
    "tasks",
    "waiting",
    "weighing",
]
