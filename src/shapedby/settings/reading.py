"""From environment variables to settings: every value checked, every error says what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib.util import find_spec
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from shapedby.settings import accent
from shapedby.settings.closures import closed_days
from shapedby.settings.fields import Network, Settings, SettingsError, names
from shapedby.settings.keeping import kept_for
from shapedby.settings.secret import kept_secret

_YES = frozenset({"yes", "true", "on", "1"})
_NO = frozenset({"no", "false", "off", "0", ""})
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?", re.ASCII)
# As strict as what the outbox takes: see `web.forms.ADDRESS`, which lies above settings.
_MAIL_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+", re.ASCII)
# What may stand in a header as it is: no space, no semicolon, nothing but a scheme, a host and a port.
_ORIGIN = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?", re.ASCII)
_LAST_PORT = 65535
_SECRET_LENGTH = 32


def read(environ: Mapping[str, str]) -> Settings:
    """Read the settings from an environment; makes SHAPEDBY_DATA and its secret if absent.

    Raises `SettingsError` with what to do.
    """
    given = _given(environ)
    data = Path(given["SHAPEDBY_DATA"]).expanduser().absolute()
    host, port = given["HOST"], _port(given["PORT"])
    url = _url(given["SHAPEDBY_URL"] or f"http://{f'[{host}]' if ':' in host else host}:{port}")
    demo = _demo(given["SHAPEDBY_DEMO"], host, given["SMTP_URL"])
    return Settings(
        database_url=_database("DATABASE_URL", given["DATABASE_URL"]),
        migrate_database_url=_migrations(given["MIGRATE_DATABASE_URL"], given["DATABASE_URL"]),
        data=data,
        host=host,
        port=port,
        url=url,
        secret=_secret(given["SHAPEDBY_SECRET"], data),
        tally_key=_tally_key(given["SHAPEDBY_TALLY_KEY"]),
        smtp_url=_smtp(given["SMTP_URL"]),
        mail_from=given["SHAPEDBY_MAIL_FROM"] or f"no-reply@{urlsplit(url).hostname}",
        contact=_contact(given["SHAPEDBY_CONTACT"]),
        council=given["SHAPEDBY_COUNCIL"],
        languages=_languages(given["SHAPEDBY_LANGUAGES"]),
        accent=_accent(given["SHAPEDBY_ACCENT"]),
        logo=_file("SHAPEDBY_LOGO", given["SHAPEDBY_LOGO"]),
        helplines=_helplines(given["SHAPEDBY_HELPLINES"]),
        timezone=_timezone(given["SHAPEDBY_TIMEZONE"]),
        trusted_proxy=_networks(given["SHAPEDBY_TRUSTED_PROXY"]),
        closures=closed_days(given["SHAPEDBY_CLOSURES"]),
        pictures=_pictures(given["SHAPEDBY_PICTURES"], data),
        spam_weights=_file("SHAPEDBY_SPAM_WEIGHTS", given["SHAPEDBY_SPAM_WEIGHTS"]),
        **kept_for(given),
        **_given_away(given),
        demo=demo,
        jobs=_yes("SHAPEDBY_JOBS", given["SHAPEDBY_JOBS"]),
        shared_pages=_yes("SHAPEDBY_SHARED_PAGES", given["SHAPEDBY_SHARED_PAGES"]),
    )


def _given(environ: Mapping[str, str]) -> dict[str, str]:
    known = names()
    given = {name: default for name, (_, default) in known.items()}
    given |= _from_file(environ["SHAPEDBY_CONFIG"], known) if environ.get("SHAPEDBY_CONFIG") else {}
    # An empty variable is an unset one: that is how compose files and unit files leave a setting out.
    given |= {name: environ[name].strip() for name in known if environ.get(name, "").strip()}
    return given


def _from_file(name: str, known: Mapping[str, object]) -> dict[str, str]:
    try:
        found = tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except OSError as error:
        message = f"SHAPEDBY_CONFIG names {name}, which cannot be read ({error.strerror}). Give a file that can."
        raise SettingsError(message) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{name} is not valid TOML: {error}. Correct it."
        raise SettingsError(message) from error
    unknown = sorted(set(found) - set(known))
    if unknown:
        message = f"{name} sets {', '.join(unknown)}, which we do not know. Take it out, or correct the name."
        raise SettingsError(message)
    return {key: _as_text(value) for key, value in found.items()}


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ",".join(str(part) for part in value)  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]  any TOML list
    return str(value)


def _yes(name: str, text: str) -> bool:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    message = f"{name} is {text!r}. Write yes or no."
    raise SettingsError(message)


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= _LAST_PORT:
        return int(text)
    message = f"PORT is {text!r}. Give a number from 1 to {_LAST_PORT}."
    raise SettingsError(message)


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme in {"http", "https"} and parts.hostname and not parts.query and parts.path in {"", "/"}:
        return text.rstrip("/")
    message = f"SHAPEDBY_URL is {text!r}. Give the public address alone, such as https://ideas.example.gov.uk."
    raise SettingsError(message)


def _database(name: str, text: str) -> str | None:
    if not text or text.startswith(("postgres://", "postgresql://")):
        return text or None
    message = f"{name} must begin with postgresql://. Shaped By runs on PostgreSQL 16 or later only."
    raise SettingsError(message)


def _migrations(text: str, database_url: str) -> str | None:
    if text and not database_url:
        message = "MIGRATE_DATABASE_URL is set, but DATABASE_URL is not. Set both, or neither."
        raise SettingsError(message)
    return _database("MIGRATE_DATABASE_URL", text)


def _secret(text: str, data: Path) -> str:
    if text and len(text) < _SECRET_LENGTH:
        message = f"SHAPEDBY_SECRET has {len(text)} characters. Give at least {_SECRET_LENGTH} random ones."
        raise SettingsError(message)
    return text or kept_secret(data)


def _tally_key(text: str) -> str:
    if not text or re.fullmatch(r"[0-9a-f]{64}", text.lower()):
        return text.lower()
    message = "SHAPEDBY_TALLY_KEY must be 64 hexadecimal digits, such as `openssl rand -hex 32` makes."
    raise SettingsError(message)


def _smtp(text: str) -> str | None:
    if not text or (urlsplit(text).scheme in {"smtp", "smtps"} and urlsplit(text).hostname):
        return text or None
    message = "SMTP_URL must look like smtp://user:password@host:587 or smtps://user:password@host:465."
    raise SettingsError(message)


def _contact(text: str) -> str:
    if not text or _MAIL_ADDRESS.fullmatch(text.lower()):
        return text.lower()
    message = f"SHAPEDBY_CONTACT is {text!r}. Give one e-mail address, such as ideas@example.gov.uk, or leave it out."
    raise SettingsError(message)


def _demo(text: str, host: str, smtp_url: str) -> bool:
    demo = _yes("SHAPEDBY_DEMO", text)
    if demo:
        _check_demo(host, smtp_url)
    return demo


def _check_demo(host: str, smtp_url: str) -> None:
    if not _is_loopback(host):
        message = (
            f"The demo signs anybody in, so it listens on this machine only, and HOST is {host}. "
            "Leave HOST out, or turn SHAPEDBY_DEMO off."
        )
        raise SettingsError(message)
    if smtp_url:
        message = (
            "The demo shows its mail at /dev/mail and never sends it. Leave SMTP_URL out, or turn SHAPEDBY_DEMO off."
        )
        raise SettingsError(message)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _languages(text: str) -> tuple[str, ...]:
    languages = _parts(text)
    if languages and all(map(_LANGUAGE.fullmatch, languages)) and len(set(languages)) == len(languages):
        return languages
    message = f"SHAPEDBY_LANGUAGES is {text!r}. Give each language's code once, the main one first: en,es."
    raise SettingsError(message)


def _accent(text: str) -> str:
    colour = text.lower()
    if not accent.is_colour(colour):
        message = f"SHAPEDBY_ACCENT is {text!r}. Give # and six hexadecimal digits, such as #0b5a57."
        raise SettingsError(message)
    if not accent.is_readable(colour):
        message = (
            f"SHAPEDBY_ACCENT {colour} is too pale: on our paper its contrast is "
            f"{accent.contrast(colour, accent.PAPER):.1f} to 1, and people need {accent.LEAST_CONTRAST}. "
            f"The nearest shade that works is {accent.nearest_readable(colour)}."
        )
        raise SettingsError(message)
    return colour


def _file(name: str, text: str) -> Path | None:
    if not text:
        return None
    path = Path(text).expanduser().absolute()
    if path.is_file():
        return path
    message = f"{name} names {path}, which is not there. Give a file that is, or leave it out."
    raise SettingsError(message)


def _pictures(text: str, data: Path) -> str:
    if not text:
        return str(data / "pictures")
    if not text.startswith("s3://"):
        return str(Path(text).expanduser().absolute())
    if not urlsplit(text).netloc:
        message = "SHAPEDBY_PICTURES must name a bucket: s3://bucket/prefix?endpoint=https://storage.example."
        raise SettingsError(message)
    if find_spec("boto3") is None:
        message = "SHAPEDBY_PICTURES names S3 storage, which needs boto3. Install shapedby[s3], or name a folder."
        raise SettingsError(message)
    return text


def _timezone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ValueError, OSError, KeyError) as error:
        message = f"SHAPEDBY_TIMEZONE is {text!r}, which we do not know. Give a name such as Europe/London."
        raise SettingsError(message) from error


def _given_away(given: Mapping[str, str]) -> dict[str, Any]:
    return {"embed_hosts": _origins(given["SHAPEDBY_EMBED_HOSTS"]), "licence": given["SHAPEDBY_LICENCE"]}


def _origins(text: str) -> tuple[str, ...]:
    parts = tuple(part.rstrip("/") for part in _parts(text))
    if all(map(_ORIGIN.fullmatch, parts)):
        return parts
    message = f"SHAPEDBY_EMBED_HOSTS is {text!r}. Give sites without a path, such as https://www.example.gov.uk."
    raise SettingsError(message)


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(part) for part in _parts(text))
    except ValueError as error:
        message = f"SHAPEDBY_TRUSTED_PROXY: {error}. Give addresses or networks, such as 10.0.0.2,10.1.0.0/16."
        raise SettingsError(message) from error


def _helplines(text: str) -> tuple[tuple[str, str], ...]:
    lines = [part.rpartition(":") for part in text.split(";") if part.strip()]
    if all(name.strip() and number.strip() for name, _, number in lines):
        return tuple((name.strip(), number.strip()) for name, _, number in lines)
    message = "SHAPEDBY_HELPLINES must look like Samaritans: 116 123; Childline: 0800 1111."
    raise SettingsError(message)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
