"""What anybody can check a count with: the counts as one list, and one's own receipt."""

import json
from dataclasses import asdict

from litestar import Response, get
from litestar.params import FromPath

from shapedby.ideas import actions
from shapedby.ideas.actions.supporting import OwnReceipt
from shapedby.ideas.queries import holding as queries
from shapedby.tally.rules import STEP, written_time
from shapedby.web.forms import whole
from shapedby.web.guards import anyone, signed_in
from shapedby.web.page import page
from shapedby.web.site import Ask

FARTHEST = 999_999_999


@get("/verify/counts.jsonl", guards=[anyone])
async def counts(request: Ask) -> Response[bytes]:
    """Give what the site shows for each idea after a number, with what of it waits to be published."""
    after = whole(request.query_params.get("from"), 0, least=0, most=FARTHEST)
    lines = [json.dumps(asdict(one)) for one in await queries.shown(after, STEP)]
    return Response("".join(f"{line}\n" for line in lines).encode(), media_type="application/jsonl; charset=utf-8")


@get("/ideas/{number:int}/receipt", guards=[signed_in])
async def receipt(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Show somebody where their own support stands in the public log."""
    own = await actions.own_receipt(request.user, number)
    return page(request, "ideas/receipt.html", own=own, idea=own.idea, head=own.found.head)


@get("/ideas/{number:int}/receipt.json", guards=[signed_in])
async def receipt_file(request: Ask, number: FromPath[int]) -> Response[bytes]:
    """Give the same for the program that checks it."""
    own = await actions.own_receipt(request.user, number)
    headers = {
        "Content-Disposition": f'attachment; filename="receipt-{number}.json"',
        "Cache-Control": "no-store",
    }
    return Response(json.dumps(_as_json(own), indent=1).encode(), media_type="application/json", headers=headers)


def _as_json(own: OwnReceipt) -> dict[str, object]:
    head = own.found.head
    return {
        "idea": own.idea.number,
        "nonce": own.nonce.hex(),
        "leaves": [
            {
                "number": leaf.number,
                "idea": leaf.idea,
                "change": leaf.change,
                "place": leaf.place,
                "proof": [one.hex() for one in leaf.proof],
            }
            for leaf in own.leaves
        ],
        "head": None
        if head is None
        else {
            "size": head.size,
            "root": head.root.hex(),
            "at": written_time(head.at),
            "key": head.key.hex(),
            "signature": head.signature.hex(),
        },
    }


ROUTES = (counts, receipt, receipt_file)
