"""``shapedby import``: what another platform exported."""

from __future__ import annotations

import click


@click.group("import")
def importing() -> None:
    """Take over ideas and comments from another platform."""
