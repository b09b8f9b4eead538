"""The server we bring along: it starts anywhere, survives kills, and stops with the last app that uses it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import pytest

from shapedby.db import embedded
from shapedby.db import place as places

# An app in short: it starts the server, says so, and stays until its standard input closes.
APP = """
import sys
from pathlib import Path
from shapedby.db import embedded
server = embedded.start(Path(sys.argv[1]))
print(server.url(), flush=True)
sys.stdin.read()
"""
NOBODY = pwd.getpwnam("nobody")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


class Apps:
    """Starts apps on data folders, and ends what a test leaves running."""

    def __init__(self) -> None:
        self.started: list[subprocess.Popen[str]] = []

    def start(self, data: Path, uid: int | None = None) -> subprocess.Popen[str]:
        """Start an app and wait until its server answers."""
        python, path = sys.executable, os.pathsep.join(part for part in sys.path if part)
        app = subprocess.Popen(
            [python if uid is None else others_python(), "-c", APP, str(data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            user=uid,
            group=uid,
            extra_groups=None if uid is None else [],
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "HOME": "/", "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        self.started.append(app)
        assert app.stdout is not None
        assert app.stdout.readline().startswith("postgresql://"), app.communicate()[1]
        return app

    def end(self) -> None:
        """End every app that still runs."""
        for app in self.started:
            app.kill()
            app.communicate()


def others_python() -> str:
    """Find a Python like ours that other users may run; root's own often lies in /root."""
    for name in (sys.executable, "/usr/bin/python3"):
        version = [name, "-c", "import sys; print(sys.version_info[:2])"]
        try:
            said = subprocess.run(version, user=NOBODY.pw_uid, capture_output=True, text=True, cwd="/", check=False)
        except PermissionError:
            continue
        if said.stdout.strip() == str(sys.version_info[:2]):
            return name
    pytest.skip("no Python of this version that another user may run")


@pytest.fixture
def apps() -> Iterator[Apps]:
    made = Apps()
    yield made
    made.end()


@pytest.fixture
def data(short_folder: Callable[[], Path]) -> Iterator[Path]:
    """Give a place for a data folder, and stop the server that a test leaves in it."""
    folder = short_folder() / "var"
    yield folder
    stop_server(folder)


def stop_server(data: Path) -> None:
    if data.exists():
        embedded.start(data).stop()
        pointer = data / "postgres-is-at"
        if pointer.exists():
            shutil.rmtree(pointer.read_text().strip())


def pid_of_server(data: Path) -> int | None:
    """Give the number of the server that accepts connections, or None."""
    at = places.place(data, 18)
    return int((at.data / "postmaster.pid").read_text().split()[0]) if places.answering(at) else None


def test_the_server_stops_with_its_app(apps: Apps, data: Path) -> None:
    app = apps.start(data)
    assert pid_of_server(data)
    app.communicate()
    assert app.returncode == 0
    assert pid_of_server(data) is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_stops_when_its_app_is_told_to(apps: Apps, data: Path, number: signal.Signals) -> None:
    app = apps.start(data)
    app.send_signal(number)
    app.wait(60)  # its last checkpoint takes its time on a busy disk
    assert pid_of_server(data) is None


def test_after_a_kill_of_the_app_the_next_one_uses_the_same_server(apps: Apps, data: Path) -> None:
    first = apps.start(data)
    before = pid_of_server(data)
    first.kill()
    first.wait()
    second = apps.start(data)
    assert pid_of_server(data) == before
    second.communicate()
    assert pid_of_server(data) is None


def test_after_a_kill_of_app_and_server_the_next_one_starts_it_with_everything_stored(apps: Apps, data: Path) -> None:
    first = apps.start(data)
    server = embedded.start(data)
    sql(server, "CREATE TABLE kept AS SELECT 1 AS x")
    server.stop()
    pid = pid_of_server(data)
    assert pid
    first.kill()
    os.kill(pid, signal.SIGKILL)
    began = time.monotonic()
    again = embedded.start(data)
    assert time.monotonic() - began < 10
    assert sql(again, "SELECT x FROM kept") == "1"
    again.stop()


def test_a_pid_file_with_a_number_that_another_program_has_now_is_forgotten(data: Path) -> None:
    embedded.start(data).stop()
    at = places.place(data, 18)
    left = at.data / "postmaster.pid"
    left.write_text(f"{os.getpid()}\n{at.data}\n1\n5432\n{at.own / 'run'}\n\n0 0\nready\n")
    places.give(left, at.who)
    embedded.start(data).stop()


def test_the_second_app_leaves_the_server_to_the_first(apps: Apps, data: Path) -> None:
    first, second = apps.start(data), apps.start(data)
    before = pid_of_server(data)
    second.communicate()
    assert pid_of_server(data) == before
    first.communicate()
    assert pid_of_server(data) is None


def test_a_server_is_durable_and_listens_on_no_network(data: Path) -> None:
    server = embedded.start(data)
    shown = sql(server, "SELECT current_setting('fsync') || current_setting('synchronous_commit')")
    assert shown == "onon"
    assert sql(server, "SELECT current_setting('listen_addresses')") == ""
    server.stop()


def test_a_path_that_is_too_long_for_a_socket_works(short_folder: Callable[[], Path]) -> None:
    data = short_folder() / ("long" * 25) / "var"
    server = embedded.start(data)
    assert sql(server, "SELECT 1") == "1"
    folder = server.socket
    server.stop()
    assert not folder.exists()


@as_root
def test_below_a_folder_that_others_may_not_pass_root_still_gets_a_server(
    apps: Apps, short_folder: Callable[[], Path]
) -> None:
    closed = short_folder() / "closed"
    closed.mkdir(mode=0o700)
    data = closed / "var"
    try:
        apps.start(data).communicate()
        apps.start(data).communicate()
        assert closed.stat().st_mode & 0o777 == 0o700
        assert closed.parent.stat().st_mode & 0o777 == 0o711
        assert (data / "postgres-is-at").exists()
    finally:
        stop_server(data)


@as_root
def test_an_ordinary_user_runs_the_server_as_themselves(apps: Apps, short_folder: Callable[[], Path]) -> None:
    home = short_folder()
    os.chown(home, NOBODY.pw_uid, NOBODY.pw_gid)
    apps.start(home / "var", uid=NOBODY.pw_uid).communicate()
    assert {path.stat().st_uid for path in home.rglob("*")} == {NOBODY.pw_uid}
    stop_server(home / "var")  # root can use the folder too, and leaves it to its owner
    assert (home / "var/postgres/18/data").stat().st_uid == NOBODY.pw_uid


@as_root
def test_a_folder_of_somebody_else_is_refused_in_plain_words(apps: Apps, data: Path) -> None:
    embedded.start(data).stop()
    with pytest.raises(AssertionError, match=r"Start as that user, or give another SHAPEDBY_DATA|cannot be used"):
        apps.start(data, uid=NOBODY.pw_uid)


def sql(server: embedded.Server, text: str) -> str:
    """Run a statement as the owner, through the server's own psql."""
    asked = [server.programs / "psql", "-qXAt", server.url(embedded.OWNER), "-c", text]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


async def test_a_role_needs_its_password(data: Path) -> None:
    server = embedded.start(data)
    wrong = server.url().replace(server.passwords[embedded.APP], "guessed")
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(wrong)
    server.stop()
