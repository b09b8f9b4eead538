"""Sending requests as fast as a server answers them: ``wrk`` where there is one, else a small client of our own."""

import asyncio
import itertools
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("requests.lua")
CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Prepared:
    """One request as it will be sent."""

    path: str
    method: str = "GET"
    cookie: str = ""
    body: str = ""

    @property
    def line(self) -> str:
        """The request as one line of the script's file."""
        return f"{self.method}\t{self.path}\t{self.cookie}\t{self.body}"

    @property
    def wire(self) -> bytes:
        """The request as it goes over the network."""
        lines = [f"{self.method} {self.path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip"]
        lines += [f"Cookie: {self.cookie}"] if self.cookie else []
        if self.method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(self.body)}"]
        return ("\r\n".join(lines) + "\r\n\r\n" + self.body).encode()


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back: answers a second, and how many were not what was asked for."""

    rate: float
    failed: int


def measure(port: int, requests: Sequence[Prepared], seconds: int, *, cpu: int) -> Answered:
    """Send requests over 16 connections for some seconds, from a processor of our own."""
    if shutil.which("wrk"):
        return _with_wrk(port, requests, seconds, cpu)
    return asyncio.run(_by_ourselves(port, requests, seconds))


def _with_wrk(port: int, requests: Sequence[Prepared], seconds: int, cpu: int) -> Answered:
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as lines:
        lines.write("\n".join(request.line for request in requests) + "\n")
        lines.flush()
        pinned = ["taskset", "-c", str(cpu)] if shutil.which("taskset") else []
        command = [*pinned, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(SCRIPT)]
        ran = subprocess.run(
            [*command, f"http://127.0.0.1:{port}", "--", lines.name], capture_output=True, text=True, check=True
        )
    rate = next(float(line.split()[1]) for line in ran.stdout.splitlines() if line.startswith("Requests/sec"))
    failed = [line for line in ran.stdout.splitlines() if "Non-2xx or 3xx" in line]
    return Answered(rate, int(failed[0].split()[-1]) if failed else 0)


async def _by_ourselves(port: int, requests: Sequence[Prepared], seconds: int) -> Answered:
    wires = itertools.cycle([request.wire for request in requests])
    until = time.perf_counter() + seconds
    began = time.perf_counter()
    told = await asyncio.gather(*(_one_connection(port, wires, until) for _ in range(CONNECTIONS)))
    taken = time.perf_counter() - began
    return Answered(sum(answered for answered, _ in told) / taken, sum(failed for _, failed in told))


async def _one_connection(port: int, wires: Iterator[bytes], until: float) -> tuple[int, int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answered = failed = 0
    while time.perf_counter() < until:
        writer.write(next(wires))
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")), 0
        )
        await reader.readexactly(length)
        answered += 1
        failed += not 200 <= int(head.split(b" ", 2)[1]) < 400  # noqa: PLR2004 - what counts as an answer
    writer.close()
    return answered, failed
