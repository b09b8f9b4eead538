"""The description of the read API, made of the types that its own functions take and give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from litestar import Litestar

from shapedby.web.json_api import JSON, PROBLEM, Offer, Problem

REFERENCE = "#/components/schemas/{name}"
_KINDS = {int: {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}, str: {"type": "string", "minLength": 1}}


def offers(app: Litestar) -> tuple[Offer, ...]:
    """List what an application offers, in the order of its addresses."""
    found = [
        handler.opt["offer"]
        for route in app.routes
        for handler in getattr(route, "route_handlers", ())
        if "offer" in getattr(handler, "opt", {})
    ]
    return tuple(sorted(found, key=lambda one: one.path))


def document(found: Sequence[Offer], *, title: str, url: str, says: str) -> dict[str, Any]:
    """Describe an API as OpenAPI 3.1."""
    kinds = [one.gives for one in found]
    answers, components = msgspec.json.schema_components([*kinds, Problem], ref_template=REFERENCE)
    trouble = {PROBLEM: {"schema": answers[-1]}}
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1", "description": says},
        "servers": [{"url": url}],
        "paths": {
            re.sub(r":\w+}", "}", one.path): {"get": _operation(one, schema, trouble)}
            for one, schema in zip(found, answers, strict=False)
        },
        "components": {"schemas": components},
    }


def _operation(one: Offer, schema: Any, trouble: Any) -> dict[str, Any]:  # noqa: ANN401 - parts of a JSON document
    parameters = [*_parts(one), *_query(one)]
    responses: dict[str, Any] = {
        "200": {"description": "What was asked for.", "content": {JSON: {"schema": schema}}},
        "304": {"description": "Nothing has changed since the ETag in If-None-Match."},
    }
    if one.takes:
        responses["400"] = {"description": "A parameter has a value that it cannot have.", "content": trouble}
    if one.parts:
        responses["404"] = {"description": "There is no such thing, or it is not public.", "content": trouble}
    return {
        "operationId": one.name,
        "summary": one.says.partition("\n")[0],
        "parameters": parameters,
        "responses": responses,
    }


def _parts(one: Offer) -> Iterable[dict[str, Any]]:
    for name, kind in one.parts.items():
        yield {"name": name, "in": "path", "required": True, "schema": _KINDS[kind]}


def _query(one: Offer) -> Iterable[dict[str, Any]]:
    if one.takes is None:
        return
    schemas, parts = msgspec.json.schema_components([one.takes], ref_template=REFERENCE)
    name = schemas[0]["$ref"].rpartition("/")[2]
    for parameter, found in parts[name]["properties"].items():
        schema = _without_references(found, parts)
        yield {
            "name": parameter,
            "in": "query",
            "required": False,
            "description": schema.pop("description", ""),
            "schema": schema,
        }


def _without_references(schema: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    """Write an enumeration out where it stands; no parameter is null, it is left out."""
    made = {name: value for name, value in schema.items() if name not in {"anyOf", "$ref"}}
    if made.get("default", "") is None:
        del made["default"]
    for one in (schema, *schema.get("anyOf", ())):
        if "$ref" in one:
            found = parts[one["$ref"].rpartition("/")[2]]
            made |= {name: value for name, value in found.items() if name in {"enum", "type"}}
        elif one is not schema and one.get("type") != "null":
            made |= one
    return made
