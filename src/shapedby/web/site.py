"""One installation as its pages see it: settings, languages, assets and templates, made once at the start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from litestar.connection import Request
from litestar.datastructures import State
from markupsafe import Markup

from shapedby.kernel import Actor, Words, said
from shapedby.settings import Settings, resources
from shapedby.web.assets import Assets
from shapedby.web.colour import council_css
from shapedby.web.language import Tongue, tongues, translations
from shapedby.web.words import sentence

Ask = Request[Actor, Any, State]
"""What a handler is asked: ``ask.user`` is the Actor, whoever sent the request."""


@dataclass(frozen=True)
class Site:
    """Everything that pages share; nothing in it changes while the server runs."""

    settings: Settings
    tongues: Mapping[str, Tongue]
    assets: Assets
    pages: Mapping[str, Environment]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.tongues)

    @property
    def mark(self) -> str:
        """The address of the council's logo; empty where it has set none."""
        return self.assets.address(f"img/council{self.settings.logo.suffix}") if self.settings.logo else ""

    @property
    def secure(self) -> bool:
        """Whether people reach this site over HTTPS."""
        return self.settings.url.startswith("https://")

    @property
    def first_language(self) -> str:
        return self.languages[0]


def site_of(ask: Ask) -> Site:
    """Give the installation that a request came to."""
    return ask.app.state["site"]


def tongue_of(ask: Ask) -> Tongue:
    """Give the language that a request is answered in."""
    return ask.scope["state"]["tongue"]


def build(settings: Settings) -> Site:
    """Read templates, catalogues and static files once."""
    generated = {"css/council.css": council_css(settings.accent)}
    if settings.logo:
        generated[f"img/council{settings.logo.suffix}"] = settings.logo.read_bytes()
    assets = Assets(resources("static"), generated)
    spoken = tongues(settings.languages, settings.timezone)
    folder = resources("templates")
    return Site(
        settings, spoken, assets, {code: environment(folder, tongue, assets) for code, tongue in spoken.items()}
    )


def environment(folder: Path, tongue: Tongue, assets: Assets) -> Environment:
    """Make the templates of one language: escaped always, undefined names an error."""
    jinja = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    catalogue = translations(tongue.code)
    jinja.install_gettext_translations(catalogue, newstyle=True)  # pyright: ignore[reportAttributeAccessIssue] - added by the extension
    jinja.filters.update(
        date=tongue.date,
        day=tongue.day,
        month=tongue.month,
        when=tongue.when,
        weekday=tongue.weekday,
        ago=tongue.ago,
        number=tongue.number,
        percent=tongue.percent,
        money=tongue.money,
        said=_said_in(tongue),
        says=_says_in(tongue),
    )
    shared: dict[str, Any] = {"asset": assets.address, "lang": tongue.code, "ngettext": _counts_in(tongue)}
    jinja.globals.update(shared)
    return jinja


def _said_in(tongue: Tongue) -> Callable[..., str]:
    """Make the filter that gives the council's text in a language."""

    def in_this_language(words: Words | None) -> str:
        return said(words, tongue.code)

    return in_this_language


def _says_in(tongue: Tongue) -> Callable[..., str]:
    """Make the filter that says a member of an enumeration in a language."""

    def in_this_language(member: StrEnum, **facts: object) -> str:
        return sentence(tongue, member, facts)

    return in_this_language


def _counts_in(tongue: Tongue) -> Callable[..., str]:
    """Make the function that counts in a language: ``%(num)s`` is written as its numbers are."""

    @pass_eval_context
    def in_this_language(context: EvalContext, singular: str, plural: str, num: int, **facts: object) -> str:
        said_so = tongue.counts(singular, plural, num)
        words = Markup(said_so) if context.autoescape else said_so  # noqa: S704 - a text of ours or of its catalogue
        return words % {"num": tongue.number(num), **facts}

    return in_this_language
