"""A project at its start, and what an officer sends to take it on."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
from answering import Question, new_idea, new_question, send_form
from ground import Database, SignedIn

SEE_OTHER = 303


@dataclass(frozen=True)
class Building:
    """A project that an officer has just started, with the idea and the author it came from."""

    officer: SignedIn
    question: Question
    idea: int
    author: int
    slug: str

    @property
    def desk(self) -> str:
        return f"/desk/projects/{self.slug}"

    async def write(self, what: str, **fields: str) -> httpx.Response:
        """Send one of the forms of the project's desk."""
        return await send_form(self.officer.client, self.desk, f"{self.desk}/{what}", **fields)


def both(name: str, text: str) -> dict[str, str]:
    """Give the two fields of a text that the council writes in both of its languages."""
    return {f"{name}_en": text, f"{name}_es": f"{text} (es)"}


async def shortlisted(database: Database) -> tuple[Question, int, int]:
    """Write a shortlisted idea; gives its question, its number and its author."""
    question = await new_question(database)
    author = await database.new_person(name="Elowen")
    return question, await new_idea(database, question, author, stage="shortlisted"), author


async def new_building(database: Database, officer: SignedIn) -> Building:
    """Start a project through the desk."""
    question, idea, author = await shortlisted(database)
    page = f"/desk/projects/new?idea={idea}"
    fields = both("title", f"Night taxis {idea}") | both("summary", "Shared by appointment.")
    answer = await send_form(officer.client, page, "/desk/projects/new", idea=str(idea), **fields)
    assert answer.status_code == SEE_OTHER, answer.text
    slug = answer.headers["location"].split("/")[3].split("?")[0]
    return Building(officer, question, idea, author, slug)
