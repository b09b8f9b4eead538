"""What every form about a project brings along."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from shapedby.coproduction.queries.project import Project
from shapedby.kernel import Actor, Missing
from shapedby.web.forms import Errors, Typed, whole

MOST = 2**31 - 1


@dataclass(frozen=True)
class Sheet:
    """What a form of this room needs to be read and carried out: it answers with the notice to show."""

    site: Any
    form: Typed
    errors: Errors

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the council writes in."""
        return self.site.languages

    def number(self, name: str) -> int:
        """Give the number of the thing that the form is about; raises ``Missing``."""
        number = whole(self.form[name], 0, most=MOST)
        if not number:
            raise Missing
        return number


Writing = Callable[[Actor, Project, Sheet], Awaitable[str]]
