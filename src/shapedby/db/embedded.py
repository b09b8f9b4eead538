"""The database server that Shaped By brings along, for when no DATABASE_URL is set.

It starts with the first app that uses a data folder and stops with the last one. An app that is killed
leaves it running; the next one finds it and uses it.
"""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import secrets
import shlex
import shutil
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO
from urllib.parse import quote, urlencode

from shapedby.db import place as places
from shapedby.db.binaries import EmbeddedError, command, programs
from shapedby.db.place import Place

__all__ = ["APP", "DATABASE", "OWNER", "SUPERUSER", "EmbeddedError", "Server", "start"]

SUPERUSER, OWNER, APP = "postgres", "shapedby_owner", "shapedby_app"
DATABASE = "shapedby"
FIRST_WITH_UNICODE = 17

_PATIENCE_SECONDS = 40.0
_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
_running: dict[Path, Server] = {}
_guard = threading.RLock()


@dataclass(slots=True)
class Server:
    """A running server as this process uses it; `stop` it as often as it was started."""

    place: Place
    programs: Path
    passwords: Mapping[str, str]
    socket: Path
    in_use: IO[str]
    process: int = field(default_factory=os.getpid)
    users: int = 1

    def url(self, role: str = APP, database: str = DATABASE) -> str:
        """Give the address of a database on it, as one of its roles."""
        where = urlencode({"host": str(self.socket), "port": places.PORT}, quote_via=quote)
        return f"postgresql://{role}:{self.passwords[role]}@/{database}?{where}"

    def revive(self) -> None:
        """Start the server again if it has died while this process uses it; raises `EmbeddedError`."""
        if places.answering(self.place) is None:
            with _alone(self.place):
                if self.users > 0 and places.answering(self.place) is None:
                    _launch(self.place, self.programs, _DURABLE, self.socket)

    def stop(self) -> None:
        """Let go of the server; it stops when neither this process nor another uses it."""
        with _guard:
            self.users -= 1
            if self.users > 0 or self.process != os.getpid():
                return
            _running.pop(self.place.own, None)
            with self.in_use, _alone(self.place):
                try:
                    fcntl.flock(self.in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    return  # another process uses it
                _stop(self)


def start(data: Path, *, version: int = 18, options: Mapping[str, str] | None = None) -> Server:
    """Start the server of a data folder, or join the one that runs there; raises `EmbeddedError`.

    `options` are PostgreSQL settings for a server that starts now, beside the durable ones.
    """
    with _guard:
        at = places.place(data.absolute(), version)
        if at.own in _running:
            _running[at.own].users += 1
            return _running[at.own]
        with _alone(at):
            server = _start(at, version, {**_DURABLE, **(options or {})})
        _running[at.own] = server
    _stop_at_exit()
    return server


def _start(at: Place, version: int, options: Mapping[str, str]) -> Server:
    where = programs(at.home, version)
    passwords = _passwords(at)
    if not at.data.exists():
        _make_cluster(at, where, version, passwords[SUPERUSER])
    in_use = (at.home / f"in-use-{version}").open("a+")
    fcntl.flock(in_use, fcntl.LOCK_SH)
    folder = places.answering(at) or _launch(at, where, options, places.socket_folder(at))
    server = Server(at, where, passwords, folder, in_use)
    _make_roles(server)
    return server


def _launch(at: Place, where: Path, options: Mapping[str, str], folder: Path) -> Path:
    until = time.monotonic() + _PATIENCE_SECONDS
    given = {**options, "listen_addresses": "", "port": str(places.PORT), "unix_socket_directories": str(folder)}
    words = " ".join(f"-c {shlex.quote(f'{key}={value}')}" for key, value in given.items())
    begin = [where / "pg_ctl", "start", "-w", "-D", at.data, "-l", at.log, "-o", words]
    while True:
        places.forget_dead_server(at)
        try:
            command(*begin, cwd=at.own, who=at.who, log=at.log)
        except EmbeddedError as error:
            # A killed server's children go in a moment; a server that starts or stops just now is done soon.
            wait = places.has_pid_file(at) or "shared memory" in str(error)
            if not wait or time.monotonic() > until:
                raise
            time.sleep(0.3)
        if (found := places.answering(at)) is not None:
            return found


def _stop(server: Server) -> None:
    at = server.place
    command(server.programs / "pg_ctl", "stop", "-w", "-m", "fast", "-D", at.data, cwd=at.own, who=at.who, log=at.log)
    if server.socket.parent != at.own:
        shutil.rmtree(server.socket, ignore_errors=True)


def _make_cluster(at: Place, where: Path, version: int, password: str) -> None:
    # The new cluster gets its name only when it is whole: a start that is killed here begins again.
    new, secret = at.own / "data.new", at.own / "password.new"
    shutil.rmtree(new, ignore_errors=True)
    secret.write_text(password, encoding="ascii")
    secret.chmod(0o600)
    places.give(secret, at.who)
    # Bytewise order and Unicode's letters, the same on every machine; 16 has that from the system only.
    unicode = ["--locale=C.UTF-8"]
    if version >= FIRST_WITH_UNICODE:
        unicode = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    common = ["-D", new, "--encoding=UTF8", "--auth=scram-sha-256", f"--username={SUPERUSER}", f"--pwfile={secret}"]
    try:
        command(where / "initdb", *common, *unicode, cwd=at.own, who=at.who)
    finally:
        secret.unlink()
    new.rename(at.data)


_ROLE = """
SELECT 'CREATE ROLE {role} LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}')\\gexec
ALTER ROLE {role} PASSWORD '{password}';
"""
_DATABASE = """
SELECT 'CREATE DATABASE {database} OWNER {owner}'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}')\\gexec
"""


def _make_roles(server: Server) -> None:
    typed = "\\set ON_ERROR_STOP on\n"
    typed += "".join(_ROLE.format(role=role, password=server.passwords[role]) for role in (OWNER, APP))
    typed += _DATABASE.format(database=DATABASE, owner=OWNER)
    asking = [server.programs / "psql", "-qX", "-h", server.socket, "-U", SUPERUSER, "-d", "postgres"]
    at = server.place
    command(*asking, cwd=at.own, who=at.who, typed=typed, password=server.passwords[SUPERUSER])


def _passwords(at: Place) -> dict[str, str]:
    path = at.home / "passwords"
    if not path.exists():
        made = {role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER, APP)}
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as writing:
            json.dump(made, writing)
        new.rename(path)
    return json.loads(path.read_text(encoding="ascii"))


@contextmanager
def _alone(at: Place) -> Iterator[None]:
    """Let one process at a time start or stop the servers of a data folder."""
    try:
        lock = (at.home / "lock").open("a+")
    except OSError as error:
        message = f"{at.home} belongs to another user. Start as that user, or give another SHAPEDBY_DATA."
        raise EmbeddedError(message) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _stop_at_exit() -> None:
    atexit.unregister(_stop_all)
    atexit.register(_stop_all)
    # Without a handler SIGTERM ends a process without its exit functions; web servers set one of their own.
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _exit)


def _stop_all() -> None:
    for server in list(_running.values()):
        server.users = 1
        server.stop()


def _exit(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
