"""Open data, the map for search engines, feeds, previews and frames."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from council import Council, settled

from shapedby.insight.actions import kept_file, write_files
from shapedby.insight.queries import idea_parts
from shapedby.insight.rules import Form, Lists

if TYPE_CHECKING:
    import httpx
    from ground import Database
    from litestar import Litestar

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
async def council(app: Litestar, database: Database) -> Council:
    return await settled(database)


@pytest.mark.parametrize("which", list(Lists))
async def test_a_list_is_downloaded_as_csv_and_as_json(
    which: Lists, visitor: httpx.AsyncClient, council: Council
) -> None:
    table = await visitor.get(f"/open-data/{which}.csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert f'filename="{which}.csv"' in table.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    things = (await visitor.get(f"/open-data/{which}.json")).json()
    listed = (await visitor.get(f"/api/v1/{which}?limit=100")).json()["items"]
    assert [int(row["number"]) for row in rows] == [one["number"] for one in things]
    assert [one["number"] for one in things] == [one["number"] for one in listed]
    assert all("author" not in one for one in things)
    assert "author" not in rows[0]


async def test_no_cell_of_a_table_is_a_formula(
    visitor: httpx.AsyncClient, council: Council, database: Database
) -> None:
    await database.ask("UPDATE idea SET title = '=cmd|calc' WHERE id = $1", council.numbers["idea"])
    assert "'=cmd|calc" in (await visitor.get("/open-data/ideas.csv")).text
    assert '"=cmd|calc"' in (await visitor.get("/open-data/ideas.json")).text
    await database.ask("UPDATE idea SET title = 'A walking bus' WHERE id = $1", council.numbers["idea"])


async def test_files_are_written_once_a_night(visitor: httpx.AsyncClient, council: Council, database: Database) -> None:
    assert (await visitor.get("/open-data/nightly/ideas.csv")).status_code == 404
    assert await write_files(database.settings) == len(Lists) * len(Form)
    assert await write_files(database.settings) == 0
    kept = await visitor.get("/open-data/nightly/ideas.csv")
    assert kept.content == kept_file(database.settings, Lists.IDEAS, Form.CSV).read_bytes()
    assert kept.headers["access-control-allow-origin"] == "*"
    assert "not yet" not in (await visitor.get("/open-data")).text


@pytest.mark.parametrize("name", ["people.csv", "ideas.exe", "ideas", "..%2fsecret", "nightly/people.csv"])
async def test_nothing_else_is_downloaded(name: str, visitor: httpx.AsyncClient, council: Council) -> None:
    assert (await visitor.get(f"/open-data/{name}")).status_code == 404


async def test_the_page_says_what_each_column_means(visitor: httpx.AsyncClient, council: Council) -> None:
    shown = (await visitor.get("/open-data")).text
    assert "Open Government Licence" in shown
    header = (await visitor.get("/open-data/ideas.csv")).content.decode("utf-8-sig").splitlines()[0]
    assert all(f"<code>{name}</code>" in shown for name in header.split(","))


async def test_the_map_has_what_is_public_and_nothing_else(
    visitor: httpx.AsyncClient, council: Council, database: Database
) -> None:
    tree = ET.fromstring((await visitor.get("/sitemap.xml")).content)
    found = {place.text or "" for place in tree.iter(f"{MAP}loc")}
    url = database.settings.url
    assert council.at(f"{url}/ideas/{{idea}}/a-walking-bus") in found
    assert f"{url}/challenges/{council.slugs['open']}" in found
    assert council.at(f"{url}/projects/{{active_project}}") in found
    assert not any(
        f"/ideas/{council.numbers[name]}/" in place for name in ("draft", "held", "hidden") for place in found
    )
    for place in sorted(found)[:20]:
        assert (await visitor.get(place)).status_code == 200
    robots = (await visitor.get("/robots.txt")).text
    assert f"Sitemap: {url}/sitemap.xml" in robots
    assert "Disallow: /desk" in robots


async def test_a_long_map_comes_in_parts(visitor: httpx.AsyncClient, council: Council) -> None:
    parts = await idea_parts(2)
    assert parts[0] == 0
    assert len(parts) > 2
    whole = (await visitor.get("/sitemap-ideas/0")).text.count("<url>")
    later = (await visitor.get(f"/sitemap-ideas/{parts[1]}")).text.count("<url>")
    assert later == whole - 2
    assert "<urlset" in (await visitor.get("/sitemap-places.xml")).text


async def test_new_ideas_are_subscribed_to(visitor: httpx.AsyncClient, council: Council, database: Database) -> None:
    url = database.settings.url
    await database.ask(
        "UPDATE idea SET title = 'Trams & <trains>', proposal_html = '<p>A <em>tram</em> &amp; more</p>' WHERE id = $1",
        council.numbers["idea"],
    )
    page = (await visitor.get(council.at("/challenges/{open}"))).text
    feed = re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]*href="([^"]+)"', page)
    assert feed is not None
    answer = await visitor.get(feed[1])
    assert answer.headers["content-type"].startswith("application/atom+xml")
    tree = ET.fromstring(answer.content)
    entries = {entry.findtext(f"{ATOM}id"): entry for entry in tree.iter(f"{ATOM}entry")}
    one = entries[f"{url}/ideas/{council.numbers['idea']}"]
    assert one.findtext(f"{ATOM}title") == "Trams & <trains>"
    assert "<p>A <em>tram</em> &amp; more</p>" in (one.findtext(f"{ATOM}content") or "")
    assert one.findtext(f"{ATOM}updated")
    assert tree.findtext(f"{ATOM}id") == url + feed[1]
    searched = ET.fromstring((await visitor.get("/ideas/feed?q=trams")).content)
    assert [entry.findtext(f"{ATOM}title") for entry in searched.iter(f"{ATOM}entry")] == ["Trams & <trains>"]
    none = ET.fromstring((await visitor.get("/ideas/feed?q=zeppelin&stage=magic")).content)
    assert list(none.iter(f"{ATOM}entry")) == []
    assert (await visitor.get("/challenges/nowhere/feed")).status_code == 404


async def test_a_link_has_a_preview_and_one_address(
    visitor: httpx.AsyncClient, council: Council, database: Database
) -> None:
    await database.ask("UPDATE idea SET title = 'Say \"hello\" & wave' WHERE id = $1", council.numbers["idea"])
    url, address = database.settings.url, council.at("/ideas/{idea}/a-walking-bus")
    shown = (await visitor.get(f"{address}?page=1")).text
    assert f'<link rel="canonical" href="{url}{address}">' in shown
    assert '<meta property="og:title" content="Say &#34;hello&#34; &amp; wave">' in shown
    assert '<meta property="og:description" content="A timetable.">' in shown
    listed = (await visitor.get(f"/challenges/{council.slugs['open']}?seed=3&page=1&sort=newest")).text
    assert f'<link rel="canonical" href="{url}/challenges/{council.slugs["open"]}">' in listed


@pytest.mark.parametrize("address", ["/embed/challenges/{open}", "/embed/challenges/{empty}", "/embed/ideas/{idea}"])
async def test_a_frame_has_no_script_and_leaves_it(address: str, visitor: httpx.AsyncClient, council: Council) -> None:
    answer = await visitor.get(council.at(address) + "?lang=es")
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert "<script" not in answer.text
    assert "<form" not in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]
    links = re.findall(r"<a [^>]*>", answer.text)
    assert links
    assert all('target="_top"' in link and 'rel="noopener"' in link for link in links)


async def test_what_is_not_public_is_in_no_frame(visitor: httpx.AsyncClient, council: Council) -> None:
    for address in ("/embed/ideas/{held}", "/embed/ideas/{draft}", "/embed/challenges/nowhere"):
        assert (await visitor.get(council.at(address))).status_code == 404
