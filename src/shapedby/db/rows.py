"""From a row to a frozen dataclass or Struct: by column name, with each field in the type it declares."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from markupsafe import Markup

T = TypeVar("T")
Convert = Callable[[Any], Any]


class ColumnsDiffer(TypeError):  # noqa: N818  it says what is, where it is caught
    """A query's columns are not the fields of its dataclass: a mistake in the code."""


def into(cls: type[T], rows: Iterable[Mapping[str, Any]]) -> list[T]:
    """Make one object of the class for each row (asyncpg Records); raises `ColumnsDiffer`."""
    made: list[T] = []
    build: Callable[[Any], T] | None = None
    for row in rows:
        build = build or _builder(cls, tuple(row.keys()))
        made.append(build(row))
    return made


@cache
def _builder(cls: type[T], columns: tuple[str, ...]) -> Callable[[Any], T]:
    converters = _converters(cls)
    required = {name for name, needed in _fields(cls).items() if needed}
    extra, missing = set(columns) - set(converters), required - set(columns)
    if extra or missing:
        message = f"{cls.__name__}: columns without a field {sorted(extra)}, fields without a column {sorted(missing)}"
        raise ColumnsDiffer(message)
    steps = [(name, converters[name]) for name in columns]
    if all(convert is None for _, convert in steps):
        return lambda row: cls(**dict(row))
    return lambda row: cls(**{name: row[name] if convert is None else convert(row[name]) for name, convert in steps})


@cache
def _converters(cls: type[Any]) -> dict[str, Convert | None]:
    hints = get_type_hints(cls)
    return {name: _convert_to(hints[name]) for name in _fields(cls)}


def _fields(cls: type[Any]) -> dict[str, bool]:
    """Name the fields of a class, and say of each whether a row must have it."""
    if is_dataclass(cls):
        return {f.name: f.default is MISSING and f.default_factory is MISSING for f in fields(cls)}
    if issubclass(cls, msgspec.Struct):
        return {f.name: f.required for f in msgspec.structs.fields(cls)}
    message = f"{cls.__name__} is neither a dataclass nor a Struct"
    raise ColumnsDiffer(message)


def _convert_to(hint: Any) -> Convert | None:  # noqa: ANN401  a type hint can be anything
    """Choose how a driver's value becomes the hinted type; None where it already is."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        parts = [part for part in arguments if part is not type(None)]
        inner = _convert_to(parts[0]) if len(parts) == 1 else None
        return None if inner is None else _unless_none(inner)
    if origin in {tuple, frozenset, list}:
        inner = _convert_to(arguments[0]) if arguments else None
        if inner is None:
            return None if origin is list else origin
        return lambda value: origin(inner(part) for part in value)
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda value: into(hint, [value])[0]
    if isinstance(hint, type) and (issubclass(hint, (Enum, Markup)) or hint is float):
        return hint
    return None


def _unless_none(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)
