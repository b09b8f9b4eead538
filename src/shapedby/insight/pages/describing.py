"""What the fields of the read API and of the open data mean: read from the types that they are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec
from litestar import Response, get

from shapedby.insight.actions import kept_since
from shapedby.insight.queries import KINDS
from shapedby.insight.rules import WITHOUT, Form, Lists
from shapedby.kernel import N_
from shapedby.web.guards import anyone
from shapedby.web.json_api import API
from shapedby.web.openapi import REFERENCE, document, offers
from shapedby.web.page import page
from shapedby.web.site import Ask, site_of
from shapedby.web.words import says


class Kind(StrEnum):
    """What a field holds."""

    NUMBER = "integer"
    TEXT = "string"
    MOMENT = "date-time"
    DAY = "date"
    DECIMAL = "decimal"
    LANGUAGES = "object"
    LIST = "array"
    CHOICE = "enum"


says(
    {
        Kind.NUMBER: N_("a whole number"),
        Kind.TEXT: N_("a text"),
        Kind.MOMENT: N_("a date and time (ISO 8601)"),
        Kind.DAY: N_("a date (ISO 8601)"),
        Kind.DECIMAL: N_("a decimal number, written as text"),
        Kind.LANGUAGES: N_("a text for each language"),
        Kind.LIST: N_("a list"),
        Kind.CHOICE: N_("one of these words:"),
    },
    {
        Lists.CHALLENGES: N_("Challenges"),
        Lists.IDEAS: N_("Ideas"),
        Lists.COMMENTS: N_("Comments"),
        Lists.PROJECTS: N_("Projects"),
        Lists.INDICATORS: N_("Figures of projects"),
    },
)


@dataclass(frozen=True, slots=True)
class Field:
    """A field or a parameter as a page describes it; ``says`` is English, for the catalogue to translate."""

    name: str
    kind: Kind
    says: str
    choices: Sequence[str] = ()
    may_be_empty: bool = False
    of: str = ""
    """Of which part a list is."""


@dataclass(frozen=True, slots=True)
class Described:
    """One address of the read API."""

    path: str
    says: str
    parameters: Sequence[Field]
    gives: str
    fields: Sequence[Field]


def field(name: str, schema: Mapping[str, Any], parts: Mapping[str, Any]) -> Field:
    """Read a field from its JSON schema."""
    ways = [schema, *schema.get("anyOf", ())]
    empty = any(way.get("type") == "null" for way in ways)
    words = str(schema.get("description", ""))
    for way in ways:
        found = parts.get(str(way.get("$ref", "")).rpartition("/")[2], way)
        if "enum" in found:
            return Field(name, Kind.CHOICE, words, [str(one) for one in found["enum"]], empty)
        kind = found.get("format", found.get("type"))
        if kind in set(Kind):
            of = str(found.get("items", {}).get("$ref", "")).rpartition("/")[2]
            return Field(name, Kind(kind), words, (), empty, of)
    return Field(name, Kind.TEXT, words, (), empty)


def described(api: Mapping[str, Any]) -> list[Described]:
    """Read every address from the API's own description."""
    parts: Mapping[str, Any] = api["components"]["schemas"]
    made: list[Described] = []
    for path, ways in api["paths"].items():
        one = ways["get"]
        schema = one["responses"]["200"]["content"]["application/json"]["schema"]
        name = schema["$ref"].rpartition("/")[2]
        parameters = [
            field(asked["name"], {**asked["schema"], "description": asked.get("description", "")}, parts)
            for asked in one["parameters"]
            if asked["in"] == "query"
        ]
        made.append(Described(path, one["summary"], parameters, name, fields_of(name, parts)))
    return made


def fields_of(name: str, parts: Mapping[str, Any]) -> list[Field]:
    """Read the fields of one of the API's types; for a list, those of what it lists."""
    found = [field(one, schema, parts) for one, schema in parts[name]["properties"].items()]
    inner = next((one.of for one in found if one.name == "items" and one.of), "")
    return fields_of(inner, parts) if inner else found


def dictionary(which: Lists) -> list[Field]:
    """Describe the columns of a download."""
    schemas, parts = msgspec.json.schema_components([KINDS[which]], ref_template=REFERENCE)
    name = schemas[0]["$ref"].rpartition("/")[2]
    return [one for one in fields_of(name, parts) if one.name not in WITHOUT]


@get("/api", guards=[anyone], shared=())
async def documentation(request: Ask) -> Response[bytes]:
    """Explain the read API, from its own description."""
    settings = site_of(request).settings
    api = document(offers(request.app), title="", url=settings.url, says="")
    return page(request, "insight/api.html", root=API, described=described(api))


@get("/open-data", guards=[anyone], shared=())
async def open_data(request: Ask) -> Response[bytes]:
    """List what can be downloaded, and what its columns mean."""
    settings = site_of(request).settings
    kept = {(which, form): kept_since(settings, which, form) for which in Lists for form in Form}
    return page(
        request,
        "insight/open_data.html",
        lists=[(which, dictionary(which)) for which in Lists],
        forms=tuple(Form),
        kept=kept,
        licence=settings.licence,
        api=API,
    )


ROUTES = (documentation, open_data)
