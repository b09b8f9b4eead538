"""``shapedby serve`` and ``shapedby worker``."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from shapedby import db, jobs
from shapedby.app import create_app, prepare
from shapedby.cli.database import bring_up_to_date
from shapedby.cli.showing import demo_addresses, prepare_demo
from shapedby.settings import Settings, settings

if TYPE_CHECKING:
    from litestar import Litestar
    from uvicorn import Config

LAST_PORT = 65535
GOODBYE_SECONDS = 10


@click.command()
@click.option("--demo", is_flag=True, help="Run the fictional demo council, on this machine only.")
@click.option("--host", help="The network address to listen on, instead of HOST.")
@click.option("--port", type=click.IntRange(1, LAST_PORT), help="The port to listen on, instead of PORT.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="How many processes serve.")
def serve(*, demo: bool, host: str | None, port: int | None, workers: int) -> None:
    """Serve the site until it is told to stop.

    Without DATABASE_URL a database of its own runs in SHAPEDBY_DATA, and is brought up to date by itself.
    """
    # Into the environment, because processes that serve beside this one read it too.
    given = {"SHAPEDBY_DEMO": "yes" if demo else None, "HOST": host, "PORT": str(port) if port else None}
    os.environ.update({name: value for name, value in given.items() if value})
    using = settings()
    _check_free(using)
    db.open_database(using)
    try:
        bring_up_to_date(using)
        _serve(using, _opening_words(using), workers)
    finally:
        db.close_database(using)


@click.command()
def worker() -> None:
    """Send mail and do timed work in a process of its own; set SHAPEDBY_JOBS=no for the servers then."""
    using = settings()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    bring_up_to_date(using)
    prepare(using)
    click.echo("Working. Stop with Ctrl+C.")
    with suppress(KeyboardInterrupt):
        asyncio.run(jobs.work_forever(using))


def application() -> Litestar:
    """Make the application in a process that serves; its settings come from the environment."""
    return create_app(settings())


def _check_free(using: Settings) -> None:
    """Say plainly that a port is taken, before anything is started. Raises ``click.ClickException``."""
    family = socket.AF_INET6 if ":" in using.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind((using.host, using.port))
        except OSError as error:
            message = (
                f"We cannot listen on {using.host}, port {using.port} ({error.strerror}). "
                f"Choose another port: shapedby serve --port {min(using.port + 1, LAST_PORT)}"
            )
            raise click.ClickException(message) from error


def _opening_words(using: Settings) -> str:
    """Write what is said once the site is there; in the demo that includes a way in for each role."""
    lines = [f"Shaped by {using.council} is at {using.url}"]
    if using.demo:
        prepare_demo(using)
        lines += ["", "Each of these addresses signs you in once, as:"]
        lines += [f"  {who:<24} {address}" for who, address in demo_addresses(using)]
        lines += ["", f"Its mail is shown at {using.url}/dev/mail"]
    return "\n".join([*lines, "Stop with Ctrl+C."])


def _config(using: Settings, workers: int) -> Config:
    from uvicorn import Config

    trusted = ",".join(str(network) for network in using.trusted_proxy)
    return Config(
        "shapedby.cli.serving:application",
        factory=True,
        host=using.host,
        port=using.port,
        workers=workers,
        # Who the client is, only a proxy that we were told about may say.
        proxy_headers=bool(trusted),
        forwarded_allow_ips=trusted or None,
        server_header=False,
        # Addresses of pages carry sign-in links; logs hold identifiers only.
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=GOODBYE_SECONDS,
    )


def _serve(using: Settings, words: str, workers: int) -> None:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    class Speaking(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                click.echo(words)

    config = _config(using, workers)
    if workers == 1:
        server = Speaking(config)
        with suppress(KeyboardInterrupt):
            server.run()
        if not server.started:
            raise click.ClickException("The server did not start; the lines above say why.")
        return
    click.echo(words)
    Multiprocess(config, sockets=[config.bind_socket()]).run()
