"""One marker in every field: the forms of a page as a browser would send them, and what became markup of a marker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

_SCRIPT = re.compile(r"\s*(javascript|data|vbscript):", re.IGNORECASE)
MARK = re.compile(r"m(\d+)k")
TYPED = frozenset({"", "text", "search", "textarea", "tel", "url"})
"""Kinds of fields in which people write what they like."""

PLAIN = ("3", "2027", "10:30", "2027-05-05", "")
"""What is tried, in turn, where a field takes no words."""


def marker(number: int) -> str:
    """Give the words that would be an element, an attribute or a script wherever they are not escaped."""
    return f"m{number}k</script><x-m onx=1>'\"><img src=x onerror=a()>"


@dataclass
class Field:
    """A field of a form, as it stands on a page."""

    name: str
    kind: str
    value: str = ""
    chosen: bool = False
    faulty: bool = False


@dataclass
class Form:
    """A form of a page."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list[Field])

    @property
    def typed(self) -> list[str]:
        """Name the fields that take any text; where there is none, those for an e-mail address."""
        found = [one.name for one in self.fields if one.kind in TYPED]
        return found or [one.name for one in self.fields if one.kind == "email"]

    @property
    def faulty(self) -> set[str]:
        """Name the fields at which an error stands."""
        return {one.name for one in self.fields if one.faulty}

    @property
    def buttons(self) -> list[tuple[str, str] | None]:
        """List what its buttons send."""
        return [(one.name, one.value) for one in self.fields if one.kind == "submit"] or [None]

    def sent(
        self, button: tuple[str, str] | None, number: int, plain: Mapping[str, str], *, everywhere: bool
    ) -> dict[str, str]:
        """Fill it in with a marker: in the fields that take text, or in whatever a request could hold.

        ``plain`` are fields that take something else, as a first answer has said, and what to try.
        """
        given = {} if button is None else dict([button])
        for one in self.fields:
            if one.kind == "submit":
                continue
            if one.name in plain:
                given[one.name] = plain[one.name]
            elif one.name in self.typed or (everywhere and one.name != "csrf"):
                given[one.name] = marker(number)
            elif one.kind not in {"radio", "checkbox", "select"} or one.chosen or one.name not in given:
                given[one.name] = one.value
        return given


class Page(HTMLParser):
    """Reads a page: its forms, and every element that only a marker can have made."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.wrong: list[str] = []
        self._by_id: dict[str, Form] = {}
        self._now: Form | None = None
        self._select: Field | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, a field of one, or an element that nobody wrote into a template."""
        given = {name: value or "" for name, value in attrs}
        self.wrong += _wrong(tag, given)
        if tag == "form":
            self._now = Form(given.get("action", ""), given.get("method", "get").lower())
            self._by_id[given.get("id", "")] = self._now
            self.forms.append(self._now)
        form = self._by_id.get(given["form"]) if "form" in given else self._now
        if form is not None:
            self._field(tag, given, form)

    def _field(self, tag: str, given: dict[str, str], form: Form) -> None:
        kind = {"input": given.get("type", ""), "textarea": "textarea", "button": "submit", "select": "select"}.get(tag)
        if tag == "option" and self._select is not None:
            if not self._select.value or "selected" in given:
                self._select.value = given.get("value", "")
        elif kind is not None and given.get("name"):
            found = Field(given["name"], kind, given.get("value", ""), "checked" in given, "aria-invalid" in given)
            form.fields.append(found)
            self._select = form.fields[-1] if tag == "select" else None

    def handle_endtag(self, tag: str) -> None:
        """Leave a form, or a list."""
        if tag == "form":
            self._now = None
        if tag == "select":
            self._select = None


def _wrong(tag: str, given: dict[str, str]) -> Iterator[str]:
    if tag == "x-m" or given.get("src") == "x":
        yield f"element {tag} {given}"
    for name, value in given.items():
        if name.startswith("on") or '"' in name or "<" in name:
            yield f"attribute {tag} {name}"
        if name in {"href", "src", "action", "formaction"} and re.match(
            r"\s*(javascript|data|vbscript):", value, re.IGNORECASE
        ):
            yield f"address {tag} {value}"


def marks(text: str) -> set[int]:
    """Give the numbers of the markers whose words stand in a text."""
    return {int(found) for found in MARK.findall(text)}
