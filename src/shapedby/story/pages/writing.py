"""Writing the statutory pages: the list with its gaps, the editor, older versions."""

import asyncio
from collections.abc import Mapping, Sequence

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from shapedby.kernel import N_, Missing, Refused
from shapedby.story import actions, queries
from shapedby.story.actions import Edited
from shapedby.story.forms import read_statement
from shapedby.story.pages.statements import Shown, about_or_missing, shown, what_the_code_knows
from shapedby.story.queries import Statement
from shapedby.story.rules import MADE_HERE, About, Gap
from shapedby.text import TOO_LONG
from shapedby.web.forms import Errors, Typed, typed, whole
from shapedby.web.guards import officers
from shapedby.web.page import go, page
from shapedby.web.site import Ask, site_of, tongue_of
from shapedby.web.words import done

done(
    {
        "statement-saved": N_("Saved. Everybody sees the new text now."),
        "statement-same": N_("Nothing was different, so nothing was changed."),
    }
)


@get("/desk/pages", guards=[officers])
async def statements(request: Ask) -> Response[bytes]:
    """List the statutory pages in each language, with what is left to fill in."""
    languages = site_of(request).languages
    gaps: dict[tuple[About, str], list[str]] = {}
    for gap in await _gaps(request):
        gaps.setdefault((gap.name, gap.language), []).append(gap.text)
    found = await queries.statements(languages)
    return page(request, "story/desk_list.html", names=list(About), statements=found, gaps=gaps)


@get("/desk/pages/{name:str}", guards=[officers])
async def edit(request: Ask, name: FromPath[str]) -> Response[bytes]:
    """Show a page's text in each language, to be changed."""
    which = about_or_missing(name)
    fields: dict[str, list[str]] = {}
    for code in site_of(request).languages:
        found = await queries.statement(which, code)
        fields[f"text_{code}"] = [found.source if found else ""]
        fields[f"seen_{code}"] = [str(found.version if found else 0)]
    return await _editor(request, which, Typed(fields))


@post("/desk/pages/{name:str}", guards=[officers])
async def save(request: Ask, name: FromPath[str]) -> Response[bytes] | Redirect:
    """Show what a text will look like, or make it the newest version."""
    which, form, errors = about_or_missing(name), await typed(request), Errors(tongue_of(request))
    edited = read_statement(form, errors, site_of(request).languages)
    if errors:
        return await _editor(request, which, form, errors=errors.found)
    if form["act"] == "preview":
        return await _editor(request, which, form, previews=await _previews(request, which, edited))
    try:
        saved = await actions.save_statements(request.user, which, edited)
    except Refused as refused:
        errors.add(f"text_{refused.facts['language']}", refused.why)
        return await _editor(request, which, await _seen_now(request, which, form), errors=errors.found)
    return go(request, f"/desk/pages/{which}", done="statement-saved" if saved else "statement-same")


@get("/desk/pages/{name:str}/{language:str}/{version:int}", guards=[officers])
async def older(request: Ask, name: FromPath[str], language: FromPath[str], version: FromPath[int]) -> Response[bytes]:
    """Show an older version, with a button to use it again."""
    which, number = about_or_missing(name), whole(str(version), -1, least=0)
    found = await queries.statement_version(which, language, number) if language in site_of(request).languages else None
    newest = await queries.statement(which, language)
    if found is None or newest is None:
        raise Missing
    known = await what_the_code_knows(request, which)
    is_newest = found.version == newest.version
    return page(
        request, "story/desk_version.html", shown=shown(request, found, mark_gaps=True), newest=is_newest, **known
    )


@post("/desk/pages/{name:str}/{language:str}/{version:int}", guards=[officers])
async def use_again(request: Ask, name: FromPath[str], language: FromPath[str], version: FromPath[int]) -> Redirect:
    """Make an older version the newest again."""
    which, number = about_or_missing(name), whole(str(version), -1, least=0)
    if language not in site_of(request).languages:
        raise Missing
    saved = await actions.use_again(request.user, which, language, number)
    return go(request, f"/desk/pages/{which}", done="statement-saved" if saved else "statement-same")


async def _seen_now(request: Ask, which: About, form: Typed) -> Typed:
    """Keep what was typed, on top of the versions that there are now: whoever saves again has been told."""
    found = {code: await queries.statement(which, code) for code in site_of(request).languages}
    return Typed({**form.fields, **{f"seen_{code}": [str(one.version)] for code, one in found.items() if one}})


async def _gaps(request: Ask) -> list[Gap]:
    site = site_of(request)
    return await actions.placeholders(site.languages, site.settings.contact)


async def _previews(request: Ask, which: About, edited: Mapping[str, Edited]) -> list[Shown]:
    """Lay out what was typed, as it will look once it is saved."""
    previews: list[Shown] = []
    for code, text in edited.items():
        html = await asyncio.to_thread(queries.cleaned, text.source)
        new = Statement(which, code, text.seen + 1, text.source, html, queries.DEFAULTS_WRITTEN)
        # The languages stand on one page, and an anchor may stand there once.
        previews.append(shown(request, new, prefix=f"{code}-", mark_gaps=True))
    return previews


async def _editor(
    request: Ask, which: About, form: Typed, *, errors: Mapping[str, str] | None = None, previews: Sequence[Shown] = ()
) -> Response[bytes]:
    languages = site_of(request).languages
    return page(
        request,
        "story/desk_edit.html",
        status=422 if errors else 200,
        about=which,
        typed=form,
        errors=errors or {},
        previews=previews,
        most=TOO_LONG,
        made_here=MADE_HERE.get(which, ()),
        gaps=[gap for gap in await _gaps(request) if gap.name is which],
        histories=[
            (code, await queries.versions(which, code), queries.default_source(which, code) is not None)
            for code in languages
        ],
        **await what_the_code_knows(request, which),
    )


ROUTES = (statements, edit, save, older, use_again)
