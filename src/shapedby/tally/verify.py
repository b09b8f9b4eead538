"""Recount the supports of a Shaped By site from its published log, trusting nothing but arithmetic.

    python3 -I verify.py https://ideas.example.gov.uk [--keep FOLDER]
    python3 -I verify.py FOLDER [--heads heads.jsonl, kept earlier] [--receipt receipt.json]

The tree over the log (RFC 9162) must have the root that each head says, so that each head continues the one before;
each head must be signed (Ed25519) by a published key; the changes in the log, with those that wait to be published,
must add up to each count that the site shows. Needs Python 3.9 or later and nothing else.
Ends with 0 when everything agrees, with 1 when something does not, with 2 when it could not be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import urllib.request
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

Point = tuple[int, int, int, int]
Json = dict[str, Any]
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)
STEP = 20_000  # lines that the site gives at once, at most


def point(data: bytes) -> Point | None:
    """Read a point of the curve, as keys and signatures write it, in extended coordinates; None where it is none."""
    y, odd = int.from_bytes(data, "little") % 2**255, data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * ROOT_OF_MINUS_1 % P
    if y >= P or x * x % P != square or (x == 0 and odd):
        return None
    x = x if x % 2 == odd else P - x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def plus(one: Point, other: Point) -> Point:
    """Add two points."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, added: Point) -> Point:
    """Add a point to itself so many times."""
    total = (0, 1, 1, 0)
    while number:
        total = plus(total, added) if number & 1 else total
        added, number = plus(added, added), number >> 1
    return total


def is_signed(public_key: str, text: str, signature_of_it: str) -> bool:
    """Say whether a text was signed with the secret half of a key."""
    key, signature = bytes.fromhex(public_key), bytes.fromhex(signature_of_it)
    if (len(key), len(signature)) != (32, 64):
        return False
    public, start, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if public is None or start is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + text.encode()).digest(), "little") % ORDER
    left, right = times(s, BASE), plus(start, times(k, public))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


def hashed(*parts: bytes) -> bytes:
    """Hash a leaf, after a 0, or two halves of a tree, after a 1."""
    return hashlib.sha256(b"".join(parts)).digest()


def grow(halves: list[tuple[int, bytes]], added: bytes) -> None:
    """Add a leaf's hash to the complete subtrees of a tree, the largest first: pairs of leaves and hash."""
    size = 1
    while halves and halves[-1][0] == size:
        size, added = 2 * size, hashed(b"\1", halves.pop()[1], added)
    halves.append((size, added))


def root_of(halves: list[tuple[int, bytes]]) -> str:
    """Give the root of the tree whose complete subtrees these are."""
    root = halves[-1][1] if halves else hashed()
    for _, left in reversed(halves[:-1]):
        root = hashed(b"\1", left, root)
    return root.hex()


def check_heads(heads: list[Json], keys: list[str], lines: list[str], old: list[Json]) -> list[str]:
    """Rebuild the tree and compare every head with it; give one sentence for each thing that is wrong."""
    wrong, roots = list[str](), dict[int, str]()
    wanted, halves = {head["size"] for head in [*heads, *old]}, list[tuple[int, bytes]]()
    for size in range(len(lines) + 1):
        if size in wanted or size == len(lines):
            roots[size] = root_of(halves)
        if size < len(lines):
            grow(halves, hashed(b"\0", lines[size].encode()))
    for head in heads:
        name = f"the head of {head['size']} leaves"
        if roots.get(head["size"]) != head["root"]:
            wrong.append(f"{name} has another root than the log: leaves were changed, added, moved or taken out")
        text = f"shapedby tally head\n{head['size']}\n{head['root']}\n{head['at']}\n"
        if head["key"] not in keys or not is_signed(head["key"], text, head["signature"]):
            wrong.append(f"{name} is not signed by a key of this site")
    for head in old:
        if roots.get(head["size"]) != head["root"]:
            wrong.append(f"the head of {head['size']} leaves that you kept holds no more: the past was rewritten")
    sizes = [0, *(head["size"] for head in heads)]
    if sizes != sorted(set(sizes)) or sizes[-1] != len(lines):
        wrong.append(f"the heads are not in order, or the last of them is not for all {len(lines)} leaves")
    return wrong


def check_counts(counts: list[Json], lines: list[str]) -> list[str]:
    """Add the changes up and compare each idea with what the site shows; give what is wrong."""
    wrong = ["the site shows no counts"] if lines and not counts else list[str]()
    sums, commitments, done = Counter[int](), set[str](), 0
    for said in sorted(counts, key=lambda one: one["size"]):
        for line in lines[done : said["size"]]:
            leaf = json.loads(line)
            if leaf["change"] not in (1, -1) or leaf["commitment"] in commitments:
                wrong.append(f"this leaf cannot be: {line}")
            commitments.add(leaf["commitment"])
            sums[leaf["idea"]] += leaf["change"]
        done = max(done, said["size"])
        if said["size"] > len(lines) or sums[said["idea"]] + said["pending"] != said["count"]:
            logged = f"the log says {sums[said['idea']]}, {said['pending']:+d} wait"
            wrong.append(f"idea {said['idea']}: {logged}, and the site shows {said['count']}")
    unknown = [idea for idea, total in sums.items() if total and idea not in {said["idea"] for said in counts}]
    return wrong + [f"idea {idea}: the log counts it, and the site shows no such idea" for idea in unknown]


def check_receipt(receipt: Json, lines: list[str]) -> list[str]:
    """Look for the leaves of one's own support: what the receipt's secret number makes must stand in the log."""
    wrong = list[str]()
    for leaf in receipt["leaves"]:
        secret = bytes.fromhex(receipt["nonce"]) + leaf["number"].to_bytes(4, "big")
        wanted = {"idea": leaf["idea"], "change": leaf["change"], "commitment": hashed(secret).hex()}
        if leaf["place"] is not None and [json.loads(one) for one in lines[leaf["place"] :][:1]] != [wanted]:
            wrong.append(f"your leaf {leaf['place']} is not in the log as your receipt says")
    return wrong


def read(source: str, name: str, keep: str | None) -> list[str]:
    """Read a file of the site, all its pages, or of a folder; give its lines."""
    if not source.startswith(("https://", "http://")):
        return Path(source, name).read_text(encoding="utf-8").splitlines()
    lines, more = list[str](), True
    while more:
        start = json.loads(lines[-1])["idea"] if name == "counts.jsonl" and lines else len(lines)
        address = f"{source.rstrip('/')}/verify/{name}?from={start}"
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - http or https
            page = answer.read().decode().splitlines()
        lines += page
        more = name.endswith(".jsonl") and len(page) == STEP
    if keep:
        Path(keep).mkdir(parents=True, exist_ok=True)
        Path(keep, name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return lines


def main(given: list[str] | None = None, say: Callable[[str], object] = print) -> int:
    """Check everything, say what was found, and give the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("source", help="the address of the site, or a folder")
    for name, what in {"keep": "put what is read here", "heads": "kept earlier", "receipt": "of your support"}.items():
        parser.add_argument(f"--{name}", help=what)
    asked = parser.parse_args(given)
    try:  # the counts first: what is published meanwhile is then more than they need, never less
        counts, heads, lines, keys = (
            read(asked.source, name, asked.keep) for name in ("counts.jsonl", "heads.jsonl", "log.jsonl", "keys.json")
        )
        counts, heads = [json.loads(one) for one in counts], [json.loads(one) for one in heads]
        old = [json.loads(one) for one in Path(asked.heads).read_text().splitlines()] if asked.heads else []
        lines = lines[: heads[-1]["size"]] if asked.source.startswith("http") and heads else lines
        wrong = check_heads(heads, json.loads("\n".join(keys))["keys"], lines, old) + check_counts(counts, lines)
        wrong += check_receipt(json.loads(Path(asked.receipt).read_text()), lines) if asked.receipt else []
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        say(f"This could not be read: {type(error).__name__}: {error}")
        return 2
    say("\n".join(f"WRONG: {one}" for one in wrong) or "Everything agrees.")
    supports = sum(one["count"] for one in counts)
    say(f"{len(lines)} leaves, {len(heads)} signed heads, {len(counts)} ideas, {supports} supports.")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
