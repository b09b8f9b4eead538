"""Answering with a page: one template, the shared context, and nothing that decides."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from litestar import Response
from litestar.datastructures import Cookie
from litestar.response import Redirect

from shapedby.kernel import VISITOR, Actor
from shapedby.web import csrf
from shapedby.web.cookies import check_declared
from shapedby.web.language import Tongue
from shapedby.web.site import Ask, Site, site_of, tongue_of
from shapedby.web.words import done_sentence

HTML = "text/html"


def page(ask: Ask, template: str, *, status: int = 200, form: bool = False, **context: Any) -> Response[bytes]:  # noqa: ANN401 - a template may be given anything
    """Answer with a template.

    ``form=True`` makes a visitor's page carry a token (and its cookie); without it visitors' pages carry neither,
    so that one copy serves everybody.
    """
    cookies: list[Cookie] = []
    secret = form_secret(ask)
    if form and not secret:
        secret = csrf.fresh_secret()
        cookies.append(cookie(site_of(ask), "form", secret))
    carried = csrf.token(site_of(ask).settings.secret, secret) if secret and (form or ask.user.signed_in) else ""
    html = render(ask, template, csrf=carried, **context)
    headers = {"Cache-Control": "no-store" if carried else "no-cache"}
    return Response(html, media_type=HTML, status_code=status, cookies=cookies, headers=headers)


def render(ask: Ask, template: str, **context: Any) -> bytes:  # noqa: ANN401 - as above
    """Render a template in the language of the request, with what every page is given."""
    site, tongue = site_of(ask), tongue_of(ask)
    notice = done_sentence(tongue, ask.query_params.get("done", ""))
    shared = shared_context(site, tongue, actor_of(ask)) | {
        "path": ask.url.path,
        "same_page": lambda code: same_page(ask, code),  # pyright: ignore[reportUnknownLambdaType]
        "notice": {"kind": "good", "text": notice} if notice else None,
    }
    return site.pages[tongue.code].get_template(template).render(shared | context).encode()


def shared_context(site: Site, tongue: Tongue, actor: Actor) -> dict[str, Any]:
    """Give what every template may use, whether or not a request is near."""
    return {
        "actor": actor,
        "council": {
            "name": site.settings.council,
            "mark": site.mark,
            "url": site.settings.url,
            "languages": [(code, other.own_name) for code, other in site.tongues.items()],
        },
        "helplines_of_the_council": site.settings.helplines,
        "demo": site.settings.demo,
        "lang": tongue.code,
        "csrf": "",
        "path": "/",
        "same_page": lambda code: f"/?lang={code}",  # pyright: ignore[reportUnknownLambdaType]
        "notice": None,
    }


def actor_of(ask: Ask) -> Actor:
    """Give who asked; a visitor where the request failed before that was known."""
    return ask.scope.get("user") or VISITOR


def same_page(ask: Ask, code: str) -> str:
    """Give the address of this page in another language."""
    kept = [(name, value) for name, value in ask.query_params.multi_items() if name not in {"lang", "done"}]
    return f"{ask.url.path}?{urlencode([*kept, ('lang', code)])}"


def go(ask: Ask, address: str, *, done: str = "", cookies: Mapping[str, str] | None = None) -> Redirect:
    """Answer a POST: 303 to an address of ours, with the notice ``done`` shown there."""
    base, hash_mark, place = safe_next(address).partition("#")
    if done:
        base += f"{'&' if '?' in base else '?'}{urlencode({'done': done})}"
    site = site_of(ask)
    made = [cookie(site, name, value) for name, value in (cookies or {}).items()]
    return Redirect(base + hash_mark + place, status_code=303, cookies=made)


def safe_next(address: str, default: str = "/") -> str:
    """Give an address only where it stays on this site: a path of ours, else the default."""
    plain = address.isascii() and address.isprintable() and "\\" not in address
    if not plain or not address.startswith("/") or address.startswith("//"):
        return default
    parts = urlsplit(address)
    return default if parts.scheme or parts.netloc else address


def cookie(site: Site, name: str, value: str, *, seconds: int | None = None) -> Cookie:
    """Make a cookie that scripts and other sites cannot read; an empty value ends it.

    Raises ``Undeclared`` for a name that ``web.cookies`` does not declare.
    """
    check_declared(name)
    return Cookie(
        key=cookie_name(site, name),
        value=value or None,
        max_age=seconds if value else 0,
        path="/",
        httponly=True,
        secure=site.secure,
        samesite="lax",
    )


def cookie_name(site: Site, name: str) -> str:
    """Name a cookie: bound to this host where the site is served over HTTPS."""
    return f"__Host-{name}" if site.secure else name


def cookie_of(ask: Ask, name: str) -> str:
    """Read a cookie of ours; empty where there is none."""
    return ask.cookies.get(cookie_name(site_of(ask), name)) or ""


def form_secret(ask: Ask) -> str:
    """Give the secret that this browser's forms are tied to; empty where there is none yet."""
    return actor_of(ask).csrf or cookie_of(ask, "form")
