"""The column ``reasons`` of a posting: why it is held, and everything that spoke for it, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapedby.screening.rules import Behaved, Examined, Found, Held, Sign
from shapedby.spam.rules import Reason

MOST_REASONS, MOST_SHOWN = 40, 200


def read_reasons(kept: Any) -> tuple[tuple[Held, ...], tuple[Reason, ...], float | None]:  # noqa: ANN401 - JSON is any value
    """Read the column ``reasons``: why it is held, what weighed, and the threshold of that day."""
    if not isinstance(kept, dict):
        return (), (), None
    known = {member.value for member in Held}
    held = tuple(Held(reason) for reason in kept.get("held", ()) if reason in known)
    return held, tuple(Reason(*parts) for parts in kept.get("weighed", ())), kept.get("threshold")


def read_behaved(kept: Any) -> tuple[Behaved, ...]:  # noqa: ANN401 - JSON is any value
    """Read the signs of behaviour."""
    known = {member.value for member in Sign}
    rows = kept.get("behaved", ()) if isinstance(kept, dict) else ()
    return tuple(Behaved(Sign(sign), points, count) for sign, points, count in rows if sign in known)


def read_found(kept: Any) -> tuple[Found, ...]:  # noqa: ANN401 - JSON is any value
    """Read what the site's rules found: the rule, and the listed word or domain."""
    known = {member.value for member in Held}
    rows = kept.get("found", ()) if isinstance(kept, dict) else ()
    return tuple(Found(Held(held), shown) for held, shown in rows if held in known)


def write_reasons(
    held: Sequence[Held], examined: Examined, behaved: Sequence[Behaved] = (), found: Sequence[Found] = ()
) -> dict[str, Any]:
    """Make the value of the column ``reasons``."""
    score = examined.score
    weighed = [
        [r.kind, r.shown[:MOST_SHOWN], round(r.weight, 4), r.start, r.end]
        for r in (score.reasons[:MOST_REASONS] if score else ())
    ]
    return {
        "held": list(held),
        "weighed": weighed,
        "threshold": score.threshold if score else None,
        "behaved": [[one.sign.value, one.points, one.count] for one in behaved],
        "found": [[one.held.value, one.shown[:MOST_SHOWN]] for one in found],
    }
