"""The sites that a council names may show its lists inside theirs; every other page stays out of frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from answering import new_idea, new_question

from shapedby.kernel import Role
from shapedby.settings import SettingsError, read

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import httpx
    from conftest import NewDatabase
    from ground import Database, SignedIn

HOSTS = "https://www.porthmere.example,https://news.example:8443"


@pytest.fixture(scope="module")
async def database(new_database: NewDatabase) -> Database:
    return await new_database(SHAPEDBY_EMBED_HOSTS=HOSTS)


async def test_named_sites_may_frame_it_and_no_other_page(visitor: httpx.AsyncClient, database: Database) -> None:
    idea = await new_idea(database, await new_question(database))
    policy = (await visitor.get(f"/embed/ideas/{idea}")).headers["content-security-policy"]
    assert policy.endswith("frame-ancestors https://www.porthmere.example https://news.example:8443")
    for address in ("/", f"/ideas/{idea}/a-walking-bus", f"/ideas/{idea}/support"):
        assert "frame-ancestors 'none'" in (await visitor.get(address)).headers["content-security-policy"]


async def test_officers_copy_the_lines(
    database: Database, visitor: httpx.AsyncClient, sign_in: Callable[..., Awaitable[SignedIn]]
) -> None:
    question = await new_question(database)
    idea = await new_idea(database, question, title="Benches & lamps")
    officer = await sign_in(Role.OFFICER)
    shown = (await officer.client.get(f"/desk/embed?idea={idea}")).text
    assert f"&lt;iframe src=&#34;{database.settings.url}/embed/ideas/{idea}?lang=en&#34;" in shown.replace('"', "&#34;")
    assert f"/embed/challenges/{question.slug}" in shown
    assert "https://news.example:8443" in shown
    assert "no public idea" in (await officer.client.get("/desk/embed?idea=999999")).text


@pytest.mark.parametrize("hosts", ["www.example.org", "https://a.example/path", "https://a.example; script-src *", "*"])
def test_what_is_no_site_is_refused(hosts: str, tmp_path: object) -> None:
    with pytest.raises(SettingsError, match="SHAPEDBY_EMBED_HOSTS"):
        read({"SHAPEDBY_EMBED_HOSTS": hosts, "SHAPEDBY_DATA": str(tmp_path)})
