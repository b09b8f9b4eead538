"""The page that explains how supports can be checked, and everything that somebody needs to check them."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from litestar import Response, get

from shapedby.tally import queries
from shapedby.tally.rules import BATCH, written_time
from shapedby.web.forms import whole
from shapedby.web.guards import anyone
from shapedby.web.page import page
from shapedby.web.site import Ask

LINES = "application/jsonl; charset=utf-8"
FARTHEST = 999_999_999
VERIFIER = Path(__file__).with_name("verify.py")


@get("/verify", guards=[anyone], shared=())
async def verify(request: Ask) -> Response[bytes]:
    """Say in plain words what the log of supports proves, what it does not, and how to check it."""
    return page(
        request,
        "tally/verify.html",
        head=await queries.newest_head(),
        keys=await queries.keys(),
        check=await queries.last_check(),
        batch=BATCH,
    )


@get("/verify/log.jsonl", guards=[anyone])
async def log(request: Ask) -> Response[bytes]:
    """Give the log's leaves from a place on, one a line, ``STEP`` at most."""
    return as_lines(leaf.line for leaf in await queries.leaves(_start(request)))


@get("/verify/heads.jsonl", guards=[anyone])
async def heads(request: Ask) -> Response[bytes]:
    """Give the signed heads, the smallest first."""
    return as_lines(
        json.dumps(
            {
                "size": head.size,
                "root": head.root.hex(),
                "at": written_time(head.at),
                "key": head.key.hex(),
                "signature": head.signature.hex(),
            }
        )
        for head in await queries.heads(_start(request))
    )


@get("/verify/keys.json", guards=[anyone])
async def keys() -> Response[bytes]:
    """Give the public keys that sign heads."""
    found = [key.public.hex() for key in await queries.keys()]
    return Response(json.dumps({"keys": found}).encode() + b"\n", media_type="application/json")


@get("/verify/verify.py", guards=[anyone])
async def verifier() -> Response[bytes]:
    """Give the program that recounts everything, as one file."""
    headers = {"Content-Disposition": 'attachment; filename="verify.py"'}
    return Response(_verifier(), media_type="text/x-python; charset=utf-8", headers=headers)


@cache
def _verifier() -> bytes:
    return VERIFIER.read_bytes()


def _start(ask: Ask) -> int:
    return whole(ask.query_params.get("from"), 0, least=0, most=FARTHEST)


def as_lines(lines: Iterable[str]) -> Response[bytes]:
    """Answer with lines of JSON."""
    return Response("".join(f"{line}\n" for line in lines).encode(), media_type=LINES)


ROUTES = (verify, log, heads, keys, verifier)
