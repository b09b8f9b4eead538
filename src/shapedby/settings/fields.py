"""The settings themselves: one field each, with its name outside, its default and what it does."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Network = IPv4Network | IPv6Network


class SettingsError(Exception):
    """A setting cannot be used; the message says which one, why, and what to do."""


def _set(name: str, default: str, says: str, *, secret: bool = False) -> Any:  # noqa: ANN401  a field stands for its value
    return field(repr=not secret, metadata={"name": name, "default": default, "says": says})


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What a council has set, checked and in its final form; make one with `read`."""

    database_url: str | None = _set(
        "DATABASE_URL",
        "",
        "The PostgreSQL (16 or later) that the app uses. Left empty, a server of its own runs in SHAPEDBY_DATA.",
        secret=True,
    )
    migrate_database_url: str | None = _set(
        "MIGRATE_DATABASE_URL",
        "",
        "The same database as the role that owns its tables; only migrations use it. "
        "Left empty, DATABASE_URL does both.",
        secret=True,
    )
    data: Path = _set("SHAPEDBY_DATA", "./var", "The folder for everything that must be kept between starts.")
    host: str = _set("HOST", "127.0.0.1", "The network address to listen on.")
    port: int = _set("PORT", "8000", "The port to listen on.")
    url: str = _set("SHAPEDBY_URL", "", "The public address, as people type it. Left empty: http://HOST:PORT.")
    secret: str = _set(
        "SHAPEDBY_SECRET",
        "",
        "At least 32 random characters that sign links and forms. Left empty, "
        "one is made and kept in SHAPEDBY_DATA/secret.",
        secret=True,
    )
    tally_key: str = _set(
        "SHAPEDBY_TALLY_KEY",
        "",
        "64 hexadecimal digits: the key that signs the log of supports. Left empty, one is made and kept in "
        "SHAPEDBY_DATA/tally-key; several machines need the same.",
        secret=True,
    )
    smtp_url: str | None = _set(
        "SMTP_URL",
        "",
        "Where mail leaves: smtp://user:password@host:587, or smtps://…:465. Left empty, mail waits.",
        secret=True,
    )
    mail_from: str = _set("SHAPEDBY_MAIL_FROM", "", "The sender of mail. Left empty: no-reply@ the public address.")
    contact: str = _set(
        "SHAPEDBY_CONTACT",
        "",
        "The e-mail address that residents can write to; problems with the site are mailed to it. "
        "Left empty, pages name phone and post only.",
    )
    council: str = _set("SHAPEDBY_COUNCIL", "Porthmere", "The council's name, as it stands in the page header.")
    languages: tuple[str, ...] = _set(
        "SHAPEDBY_LANGUAGES", "en,es", "The languages the council writes in, the main one first."
    )
    accent: str = _set(
        "SHAPEDBY_ACCENT", "#0b5a57", "The council's colour. Too pale a one is refused: people could not read it."
    )
    logo: Path | None = _set("SHAPEDBY_LOGO", "", "An SVG or PNG file with the council's logo.")
    helplines: tuple[tuple[str, str], ...] = _set(
        "SHAPEDBY_HELPLINES",
        "Samaritans, for everybody, day and night: 116 123; Childline, for children and young people: 0800 1111; "
        "National Domestic Abuse Helpline: 0808 2000 247",
        "Whom to call when somebody may be in danger, beside 999: name: number; name: number.",
    )
    timezone: ZoneInfo = _set("SHAPEDBY_TIMEZONE", "Europe/London", "The time zone for dates people see.")
    trusted_proxy: tuple[Network, ...] = _set(
        "SHAPEDBY_TRUSTED_PROXY",
        "",
        "The addresses or networks of the proxies in front. Only they may say who the client is.",
    )
    closures: frozenset[date] = _set(
        "SHAPEDBY_CLOSURES",
        "",
        "Days the council is closed (2030-12-25,2030-12-28..2031-01-01,…): they do not count as days to answer. "
        "Promises made before a day was added stay as they are, until an officer moves them in public.",
    )
    pictures: str = _set(
        "SHAPEDBY_PICTURES",
        "",
        "Where residents' pictures are kept: a folder, or storage that speaks S3's language, "
        "s3://bucket/prefix?endpoint=https://…&region=…, with its keys in AWS_ACCESS_KEY_ID and "
        "AWS_SECRET_ACCESS_KEY. Left empty: SHAPEDBY_DATA/pictures.",
    )
    spam_weights: Path | None = _set("SHAPEDBY_SPAM_WEIGHTS", "", "Your own spam weights, instead of those shipped.")
    keep_drafts: int = _set(
        "SHAPEDBY_KEEP_DRAFTS", "180", "Retention: days after which a draft that nobody has touched is deleted."
    )
    keep_refused: int = _set(
        "SHAPEDBY_KEEP_REFUSED", "365", "Retention: days for which words that were refused or hidden are kept."
    )
    keep_withdrawn: int = _set(
        "SHAPEDBY_KEEP_WITHDRAWN", "30", "Retention: days for which words that their author took back are kept."
    )
    keep_reports: int = _set(
        "SHAPEDBY_KEEP_REPORTS", "365", "Retention: days for which a report keeps who made it and their words."
    )
    keep_needs: int = _set(
        "SHAPEDBY_KEEP_NEEDS", "30", "Retention: days after a session for which we keep what people needed to come."
    )
    keep_dormant: int = _set(
        "SHAPEDBY_KEEP_DORMANT",
        "1095",
        "Retention: days after which an account that nobody uses is closed; its owner hears of it 30 days before.",
    )
    embed_hosts: tuple[str, ...] = _set(
        "SHAPEDBY_EMBED_HOSTS",
        "",
        "The sites that may show our lists inside their own pages: https://www.example.gov.uk,… Left empty: none.",
    )
    licence: str = _set(
        "SHAPEDBY_LICENCE", "Open Government Licence v3.0", "Under which licence the open data may be used."
    )
    demo: bool = _set("SHAPEDBY_DEMO", "no", "Run the demo council: this machine only, mail is shown instead of sent.")
    jobs: bool = _set(
        "SHAPEDBY_JOBS", "yes", "Send mail and do timed work inside the server. Say no when you run workers."
    )
    shared_pages: bool = _set(
        "SHAPEDBY_SHARED_PAGES", "yes", "Let visitors share pages for up to a second, which makes them much faster."
    )


def names() -> dict[str, tuple[str, str]]:
    """Give each setting's outside name with its field's name and its default."""
    return {f.metadata["name"]: (f.name, f.metadata["default"]) for f in fields(Settings)}


def settings_table() -> str:
    """Give every setting as a Markdown table, for `docs/run.md`."""
    rows = [("SHAPEDBY_CONFIG", "", "A TOML file that sets any of these, under these names. The environment wins.")]
    rows += [(f.metadata["name"], f.metadata["default"], f.metadata["says"]) for f in fields(Settings)]
    lines = [f"| `{name}` | {f'`{default}`' if default else ''} | {says} |" for name, default, says in rows]
    return "\n".join(["| setting | default | what it does |", "|---|---|---|", *lines, ""])
