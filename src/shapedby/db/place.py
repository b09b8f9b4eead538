"""Where the embedded database lives, and what its files say about it."""

from __future__ import annotations

import os
import secrets
import socket
import tempfile
from dataclasses import dataclass
from pathlib import Path

from shapedby.db.binaries import Account, EmbeddedError, account, can_enter

PORT = 5432  # only a part of the socket's name: the server listens on no network
_ELSEWHERE = ("/var/lib/shapedby", "/var/tmp/shapedby")  # noqa: S108  folders of ours, made 0711 and owned by root
_LONGEST_SOCKET = 100  # the system's limit is 107 bytes, 103 on some
_SOCKET_IN_PID_FILE = 4  # lines of postmaster.pid, counted from 0


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one server: `home` is the app's, `own` (data, log, socket) is the server's alone."""

    home: Path
    own: Path
    who: Account | None

    @property
    def data(self) -> Path:
        """The database cluster."""
        return self.own / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.own / "log"


def place(data: Path, version: int) -> Place:
    """Find or make the folders for a server of this version below a data folder; raises `EmbeddedError`."""
    try:
        home = _home(data)
        own = home / str(version)
        who = account(own)
        if not own.exists():
            own.mkdir(mode=0o700)
            give(own, who)
    except OSError as error:
        message = (
            f"The database's folder below {data} cannot be used ({error.strerror}: {error.filename}). "
            "Give a folder that we own as SHAPEDBY_DATA, or set DATABASE_URL."
        )
        raise EmbeddedError(message) from error
    return Place(home, own, who)


def give(path: Path, who: Account | None) -> None:
    """Give a file or folder we made to the server's user."""
    if who is not None:
        os.chown(path, who.uid, who.gid)


def socket_folder(at: Place) -> Path:
    """Choose a folder for the server's socket: its own, or a short private one where that path is too long."""
    own = at.own / "run"
    if len(os.fsencode(_socket(own))) <= _LONGEST_SOCKET:
        own.mkdir(mode=0o700, exist_ok=True)
        give(own, at.who)
        return own
    short = Path(tempfile.mkdtemp(prefix="shapedby-", dir="/tmp"))
    give(short, at.who)
    return short


def answering(at: Place) -> Path | None:
    """Give the socket's folder of the server that runs on this data and accepts connections, or None."""
    lines = _pid_file(at)
    if len(lines) <= _SOCKET_IN_PID_FILE or not lines[_SOCKET_IN_PID_FILE].strip():
        return None
    folder = Path(lines[_SOCKET_IN_PID_FILE].strip())
    with socket.socket(socket.AF_UNIX) as trying:
        try:
            trying.connect(str(_socket(folder)))
        except OSError:
            return None
    return folder


def forget_dead_server(at: Place) -> None:
    """Remove the pid and lock files of a server whose number now belongs to no process, or to another program.

    PostgreSQL does this itself except where the number has been given out again, or is a zombie's, which is
    usual in a container: there it would refuse to start.
    """
    lines = _pid_file(at)
    if not lines or not lines[0].strip().isdigit() or not Path("/proc/self").exists():
        return
    process = Path("/proc") / lines[0].strip()
    try:
        alive = (process / "cwd").samefile(at.data)
    except PermissionError:
        alive = process.stat().st_uid == at.data.stat().st_uid  # hidden from us: leave the choice to PostgreSQL
    except OSError:
        alive = False
    if not alive:
        left = _socket(at.own / "run")
        for path in (at.data / "postmaster.pid", left, left.with_name(f"{left.name}.lock")):
            path.unlink(missing_ok=True)


def has_pid_file(at: Place) -> bool:
    """Say whether a server runs on this data, or has died without tidying up."""
    return bool(_pid_file(at))


def _pid_file(at: Place) -> list[str]:
    try:
        return (at.data / "postmaster.pid").read_text(errors="replace").splitlines()
    except OSError:
        return []


def _socket(folder: Path) -> Path:
    return folder / f".s.PGSQL.{PORT}"


def _home(data: Path) -> Path:
    pointer = data / "postgres-is-at"
    if pointer.exists():
        return Path(pointer.read_text(encoding="utf-8").strip())
    home = data / "postgres"
    data.mkdir(mode=0o711, parents=True, exist_ok=True)
    home.mkdir(mode=0o711, exist_ok=True)
    if can_enter(home, account(home / "18")):
        return home
    # Root's data lies in a folder that others may not pass, such as /root. We do not change that folder:
    # the database goes to a folder of ours that can be passed, and a file in SHAPEDBY_DATA says where.
    elsewhere = _elsewhere()
    pointer.write_text(f"{elsewhere}\n", encoding="utf-8")
    home.rmdir()
    return elsewhere


def _elsewhere() -> Path:
    for name in _ELSEWHERE:
        top = Path(name)
        try:
            top.mkdir(mode=0o711, exist_ok=True)
            folder = top / secrets.token_hex(6)
            folder.mkdir(mode=0o711)
        except OSError:
            continue
        if top.stat().st_uid == 0 and can_enter(folder, account()):
            return folder
        folder.rmdir()
    message = (
        "PostgreSQL does not run as root, and its own user cannot reach SHAPEDBY_DATA "
        f"nor any of {', '.join(_ELSEWHERE)}. Give a folder it can reach as SHAPEDBY_DATA, or set DATABASE_URL."
    )
    raise EmbeddedError(message)
