"""The pages about this site: what they say by default, what the code adds, who writes them, what is left to fill in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from shapedby.kernel import Role
from shapedby.moderation.rules import PUBLISHED
from shapedby.people.rules import mail_lasts, sign_in_lasts
from shapedby.story import queries
from shapedby.story.rules import About, Piece, gaps_in, lay_out
from shapedby.web.cookies import COOKIES, Undeclared
from shapedby.web.page import cookie

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from ground import Database, SignedIn
    from litestar import Litestar

    SignIn = Callable[..., Awaitable[SignedIn]]

LANGUAGES = ("en", "es")


def markup_of(html: str) -> list[str]:
    return re.findall(r"</?(?:h2|h3|li|ol|ul|a|strong)\b", html)


# Rules


@pytest.mark.parametrize(
    ("source", "gaps"),
    [
        ("Call [phone number] or [phone number].", ["[phone number]"]),
        ("Read [our rules](/about/rules).", []),
        ("A list: [ ] and [x], and [a\nb].", []),
        ("**[one]**, [two two]", ["[one]", "[two two]"]),
    ],
)
def test_words_in_square_brackets_are_gaps_but_the_words_of_a_link_are_not(source: str, gaps: list[str]) -> None:
    assert gaps_in(source) == gaps


def test_a_page_gets_anchors_names_and_what_the_code_knows_in_its_place() -> None:
    html = str(
        queries.cleaned("Hi {council}\n\n## One & two\n\n{cookies}\n\n## How {#support}\n\n#### Small\n\n[gap here]")
    )
    laid_out = lay_out(html, About.COOKIES, {"council": "B&amp;B"}, mark_gaps=True)
    assert laid_out.contents == (("part-one-two", "One &amp; two"), ("support", "How"))
    assert [piece for piece, _ in laid_out.pieces] == [Piece.TEXT, Piece.COOKIES, Piece.TEXT]
    assert laid_out.pieces[0][1].startswith('<p>Hi B&amp;B</p>\n<h2 id="part-one-two">')
    assert "<h3>Small</h3>" in laid_out.pieces[2][1]
    assert "<mark>[gap here]</mark>" in laid_out.pieces[2][1]


def test_what_the_code_knows_stands_at_the_end_where_the_council_took_its_mark_out() -> None:
    assert lay_out("<p>Only this</p>", About.RULES, {}).pieces[-1] == (Piece.RULES, "")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("[r](/about/rules)", '<p><a href="/about/rules">r</a></p>'),
        ("[r](//evil.example/x)", "<p>r</p>"),
        ("[r](https://this-site.invalid//evil.example)", None),
        ("[r](javascript:alert(1))", "<p>[r](javascript:alert(1))</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ],
)
def test_a_council_s_text_is_cleaned_like_everybody_s_and_may_link_to_pages_here(source: str, html: str | None) -> None:
    made = str(queries.cleaned(source))
    assert html is None or made == html
    assert 'href="//' not in made


# Default texts


@pytest.mark.parametrize("name", list(About))
def test_every_default_says_the_same_in_each_language(name: About) -> None:
    english, spanish = (queries.default(name, code) for code in LANGUAGES)
    assert english is not None
    assert spanish is not None
    assert markup_of(str(english.html)) == markup_of(str(spanish.html))
    assert len(gaps_in(english.source)) == len(gaps_in(spanish.source))
    for one in (english, spanish):
        assert not re.search(r"[#*]{2}|\]\(", str(one.html)), "Markdown that was not understood"
        assert "!" not in one.source


def test_the_defaults_promise_what_the_code_does() -> None:
    assert sign_in_lasts(Role.RESIDENT).days == 60
    assert mail_lasts(Role.RESIDENT).total_seconds() == 30 * 60
    privacy = queries.default(About.PRIVACY, "en")
    assert privacy is not None
    assert "after 60 days at most" in privacy.source
    assert "They work for 30 minutes at most" in privacy.source
    assert "60 days at most" in COOKIES["sign-in"].lasts
    assert f"{sign_in_lasts(Role.OFFICER).total_seconds() / 3600:.0f} hours" in COOKIES["sign-in"].lasts


# Public pages


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", list(About))
async def test_every_page_is_there_in_each_language_for_everybody(
    name: About, code: str, visitor: httpx.AsyncClient
) -> None:
    answer = await visitor.get(f"/about/{name}?lang={code}")
    assert answer.status_code == 200
    assert f'<html lang="{code}"' in answer.text
    assert "<form" not in answer.text
    assert "{" not in re.sub(r"(?s)<head>.*</head>", "", answer.text)
    assert all(f'id="{anchor}"' in answer.text for anchor in re.findall(r'<li><a href="#([^"]+)"', answer.text))


async def test_a_page_that_we_do_not_have_is_not_found(visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get("/about/us")).status_code == 404


async def test_how_we_count_has_its_own_place(visitor: httpx.AsyncClient) -> None:
    for code in LANGUAGES:
        assert '<h2 id="support">' in (await visitor.get(f"/about/how-it-works?lang={code}")).text


async def test_the_cookies_page_names_every_cookie_that_the_site_sets(visitor: httpx.AsyncClient) -> None:
    page = (await visitor.get("/about/cookies")).text
    for name in COOKIES:
        assert f"<code>{name}</code>" in page
    assert "keys-off" in page


async def test_a_cookie_that_nobody_declared_cannot_be_set(app: Litestar) -> None:
    with pytest.raises(Undeclared, match="visitor-id"):
        cookie(app.state["site"], "visitor-id", "1")


async def test_the_rules_page_shows_the_rules_that_moderators_refuse_by(visitor: httpx.AsyncClient) -> None:
    page = (await visitor.get("/about/rules")).text
    for rule in PUBLISHED:
        assert f"{rule.number}. {rule.title}" in page
        assert rule.sentence in page


async def test_the_privacy_page_says_what_each_public_challenge_adds(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    assert "No challenge adds anything" in (await visitor.get("/about/privacy")).text
    officer = await database.new_person(Role.OFFICER)
    sql = (
        "INSERT INTO challenge (slug, question, summary, why_asked, who_decides, what_chosen_gets, privacy_note,"
        " opens_at, closes_at, supports_needed, answer_days, prepared_by, published_at)"
        " VALUES ($1, $2, $3, $3, $3, $3, $4, now(), now() + interval '9 days', 0, 20, $5, $6)"
    )
    note = {"en": "We count the bicycles.", "es": "Contamos las bicicletas."}
    empty = {"en": "", "es": ""}
    published, draft = queries.DEFAULTS_WRITTEN.replace(year=2020), None
    await database.ask(sql, "bicycles", {"en": "Bicycles?", "es": "¿Bicis?"}, empty, note, officer, published)
    await database.ask(
        sql, "buses", {"en": "Buses?", "es": "¿Buses?"}, empty, {"en": "Secret", "es": "S"}, officer, draft
    )
    page = (await visitor.get("/about/privacy?lang=es")).text
    assert '<a href="/challenges/bicycles">¿Bicis?</a>' in page
    assert "Contamos las bicicletas." in page
    assert "Secret" not in page


async def test_gaps_are_marked_for_staff_only(visitor: httpx.AsyncClient, sign_in: SignIn) -> None:
    assert "<mark>" not in (await visitor.get("/about/contact")).text
    officer = await sign_in(Role.OFFICER)
    page = (await officer.client.get("/about/contact")).text
    assert "<mark>[phone number]</mark>" in page
    assert 'href="/desk/pages/contact"' in page
    resident = await sign_in()
    assert "/desk/pages" not in (await resident.client.get("/about/contact")).text


async def test_without_an_address_the_problem_page_names_the_other_ways(
    visitor: httpx.AsyncClient, database: Database
) -> None:
    answer = await visitor.get("/about/accessibility/problem")
    assert "<form" not in answer.text
    assert "[phone number]" in answer.text
    assert "form" not in answer.cookies
    assert await database.ask("SELECT 1 FROM outgoing_mail") == []
