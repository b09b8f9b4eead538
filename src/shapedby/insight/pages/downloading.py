"""Open data as files: written now, or last night."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import File, Stream

from shapedby.insight.actions import kept_file, kept_since, written
from shapedby.insight.rules import Form, Lists
from shapedby.kernel import Missing
from shapedby.web.guards import anyone
from shapedby.web.site import Ask, site_of

TYPES = {Form.CSV: "text/csv; charset=utf-8; header=present", Form.JSON: "application/json"}


def _asked_for(name: str) -> tuple[Lists, Form]:
    which, _, form = name.partition(".")
    if which not in set(Lists) or form not in set(Form):
        raise Missing
    return Lists(which), Form(form)


@get("/open-data/{name:str}", guards=[anyone])
async def download_now(request: Ask, name: FromPath[str]) -> Response[Any]:
    """Give a list as it is now, such as ``/open-data/ideas.csv``."""
    which, form = _asked_for(name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    stream = written(which, form, site_of(request).settings)
    return Stream(stream, media_type=TYPES[form], headers=headers)


@get("/open-data/nightly/{name:str}", guards=[anyone])
async def download_nightly(request: Ask, name: FromPath[str]) -> File:
    """Give a list as it was last night."""
    which, form = _asked_for(name)
    settings = site_of(request).settings
    if kept_since(settings, which, form) is None:
        raise Missing
    return File(kept_file(settings, which, form), filename=name, media_type=TYPES[form])


ROUTES = (download_now, download_nightly)
