"""The read API: what it gives, what it keeps to itself, and that its description is true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from council import Council, settled

if TYPE_CHECKING:
    import httpx
    from ground import Database
    from litestar import Litestar

API = "/api/v1"
LISTS = ("challenges", "ideas", "comments", "projects", "indicators")


@pytest.fixture(scope="module")
async def council(app: Litestar, database: Database) -> Council:
    return await settled(database)


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_is_read_page_by_page_to_its_end(name: str, visitor: httpx.AsyncClient, council: Council) -> None:
    whole = (await visitor.get(f"{API}/{name}?limit=100")).json()
    assert whole["next"] is None
    seen: list[int] = []
    address = f"{API}/{name}?limit=2"
    while address:
        answer = await visitor.get(address)
        assert answer.status_code == 200
        page = answer.json()
        seen += [one["number"] for one in page["items"]]
        assert (f'<{page["next"]}>; rel="next"' in answer.headers.get("link", "")) is bool(page["next"])
        address = page["next"]
    assert seen == [one["number"] for one in whole["items"]]
    assert seen == sorted(seen, reverse=True)
    assert seen


async def test_what_is_not_public_is_not_there(visitor: httpx.AsyncClient, council: Council) -> None:
    numbers = {one["number"] for one in (await visitor.get(f"{API}/ideas?limit=100")).json()["items"]}
    for name in ("draft", "held", "refused", "withdrawn", "hidden"):
        assert council.numbers[name] not in numbers
        assert (await visitor.get(council.at(f"{API}/ideas/{{{name}}}"))).status_code == 404
    for name in ("held_comment", "refused_comment", "removed_comment"):
        assert (await visitor.get(council.at(f"{API}/comments/{{{name}}}"))).status_code == 404
    slugs = {one["slug"] for one in (await visitor.get(f"{API}/challenges?limit=100")).json()["items"]}
    assert council.slugs["open"] in slugs
    assert len(slugs) == 5


async def test_single_things_are_given(visitor: httpx.AsyncClient, council: Council) -> None:
    idea = (await visitor.get(council.at(f"{API}/ideas/{{idea}}"))).json()
    assert idea["challenge"] == council.slugs["open"]
    assert idea["url"].endswith("/a-walking-bus")
    assert (await visitor.get(council.at(f"{API}/comments/{{reply}}"))).json()["idea"] == council.numbers["idea"]
    assert (await visitor.get(council.at(f"{API}/projects/{{active_project}}"))).json()["state"] == "active"
    assert (await visitor.get(council.at(f"{API}/challenges/{{open}}"))).json()["stage"] == "open"
    figures = (await visitor.get(f"{API}/figures")).json()
    assert figures["challenges"] == 5
    assert figures["ideas"] == len((await visitor.get(f"{API}/ideas?limit=100")).json()["items"])


async def test_lists_are_narrowed(visitor: httpx.AsyncClient, council: Council) -> None:
    async def numbers(query: str) -> set[int]:
        return {one["number"] for one in (await visitor.get(f"{API}/{query}&limit=100")).json()["items"]}

    assert council.numbers["idea"] in await numbers("ideas?q=walking+bus")
    assert await numbers("ideas?q=zeppelin") == set()
    assert await numbers("ideas?challenge=nowhere") == set()
    assert await numbers(f"ideas?challenge={council.slugs['empty']}") == set()
    projects = await numbers("ideas?stage=project")
    assert {council.numbers["building"], council.numbers["built"]} <= projects
    assert council.numbers["idea"] not in projects
    assert council.numbers["reply"] in await numbers(f"comments?idea={council.numbers['idea']}")
    assert len(await numbers("projects?state=closed")) == 1
    assert len(await numbers("challenges?stage=coming")) == 1


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ("ideas?stage=magic", "stage", "shortlisted"),
        ("ideas?limit=0", "limit", "1 to 100"),
        ("ideas?limit=many", "limit", "1 to 100"),
        ("ideas?cursor=-1", "cursor", "1 to"),
        ("challenges?stage=", "stage", "deciding"),
        ("projects?state=lost", "state", "closed"),
        (f"ideas?q={'x' * 201}", "q", "at most 200"),
    ],
)
async def test_a_wrong_value_is_told_with_what_it_may_be(
    query: str, parameter: str, allowed: str, visitor: httpx.AsyncClient, council: Council
) -> None:
    answer = await visitor.get(f"{API}/{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["parameter"]) == (400, parameter)
    assert allowed in " ".join(told["allowed"])


@pytest.mark.parametrize(
    ("address", "status"), [("/nothing", 404), ("/ideas/9999999", 404), ("/ideas/" + "9" * 30, 404), ("/ideas/x", 404)]
)
async def test_trouble_is_told_to_programs_as_json(address: str, status: int, visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get(API + address)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


async def test_a_change_is_refused_as_json(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post(f"{API}/ideas", json={})
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")


async def test_anybodys_page_may_ask_and_nobody_gets_a_cookie(visitor: httpx.AsyncClient, council: Council) -> None:
    for address in (f"{API}/ideas?lang=es", f"{API}/figures", f"{API}/ideas/0", f"{API}/openapi.json"):
        answer = await visitor.get(address, headers={"origin": "https://elsewhere.example"})
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "set-cookie" not in answer.headers
    page = await visitor.get("/challenges")
    assert "access-control-allow-origin" not in page.headers


async def test_who_has_an_answer_already_is_told_so(visitor: httpx.AsyncClient, council: Council) -> None:
    first = await visitor.get(f"{API}/ideas?limit=1")
    again = await visitor.get(f"{API}/ideas?limit=1", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_the_description_names_every_field_and_says_what_it_means(
    visitor: httpx.AsyncClient, council: Council
) -> None:
    api: dict[str, Any] = (await visitor.get(f"{API}/openapi.json")).json()
    assert set(api["paths"]) >= {f"{API}/{name}" for name in (*LISTS, "figures")}
    fields = {
        f"{kind}.{name}": field.get("description", "")
        for kind, schema in api["components"]["schemas"].items()
        for name, field in schema.get("properties", {}).items()
    }
    assert len(fields) > 60
    assert [name for name, words in fields.items() if not words] == []
    stage = next(one for one in api["paths"][f"{API}/ideas"]["get"]["parameters"] if one["name"] == "stage")
    assert "not_taken_forward" in stage["schema"]["enum"]


async def test_the_documentation_explains_every_address_in_both_languages(visitor: httpx.AsyncClient) -> None:
    api = (await visitor.get(f"{API}/openapi.json")).json()
    for language in ("en", "es"):
        shown = (await visitor.get(f"/api?lang={language}")).text
        assert all(f"<code>{path}</code>" in shown for path in api["paths"])
        assert "https://" not in shown.replace("https://schema", "")
