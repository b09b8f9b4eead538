from __future__ import annotations

from typing import TYPE_CHECKING

from posting import token_in

from shapedby.kernel import Role

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from ground import Database, SignedIn

    SignIn = Callable[..., Awaitable[SignedIn]]

FIGURES = {"decisions": 100, "right": 0.9, "civic_held": 0.001, "spam_held": 0.95, "moderators": {"7": "upside down"}}


async def learned(database: Database, state: str, why: str = "") -> None:
    await database.ask(
        "INSERT INTO spam_head (base, weights, fitted_at, figures, state, why, changed_at) "
        "VALUES ('b', 'x', now(), $1, $2, $3, now())",
        FIGURES,
        state,
        why,
    )


async def test_the_page_exists_for_moderators_and_only_administrators_go_back(
    database: Database, sign_in: SignIn
) -> None:
    await learned(database, "refused", "misses spam that was caught before")
    await learned(database, "promoted")
    moderator, administrator = await sign_in(Role.MODERATOR), await sign_in(Role.ADMINISTRATOR)
    shown = (await moderator.client.get("/moderation/model")).text
    for part in (
        "Week by week",
        "learned from 100 of your decisions",
        "It would have missed spam",
        "1 moderator",
        "95",
    ):
        assert part in shown, part
    assert "/moderation/model/back" not in shown
    assert (await (await sign_in(Role.RESIDENT)).client.get("/moderation/model")).status_code == 404
    page = (await administrator.client.get("/moderation/model")).text
    token = {"csrf": token_in(page)}
    refused = await moderator.client.post("/moderation/model/back", data={"csrf": token_in(shown)})
    assert refused.status_code in {403, 404}
    answer = await administrator.client.post("/moderation/model/back", data=token)
    assert (answer.status_code, answer.headers["location"]) == (303, "/moderation/model?done=model-back")
    after = (await administrator.client.get("/moderation/model?done=model-back")).text
    assert "Nothing that was learned here is in use." in after
    assert "as it did before the last learning" in after
    again = await administrator.client.post("/moderation/model/back", data=token)
    assert again.status_code == 409
    acts = await database.ask("SELECT verb FROM act WHERE verb = 'spam-back'")
    assert len(acts) == 1


async def test_shares_are_written_as_the_language_writes_them(database: Database, sign_in: SignIn) -> None:
    await learned(database, "refused")
    for language, written in (("en", "0.1%"), ("es", "0,1\N{NO-BREAK SPACE}%")):
        moderator = await sign_in(Role.MODERATOR, language=language)
        assert written in (await moderator.client.get("/moderation/model")).text


async def test_the_curves_show_the_weeks_in_which_something_was_decided(database: Database, sign_in: SignIn) -> None:
    moderator = await sign_in(Role.MODERATOR)
    author = await database.new_person()
    for weeks in (1, 2, 3):
        await database.ask(
            "INSERT INTO posting (kind, author, publicity, source, verdict, screened_at, written_at) "
            "VALUES ('comment', $1, 'public', 'x', 'publish', now() - make_interval(weeks => $2), now())",
            author,
            weeks,
        )
    shown = (await moderator.client.get("/moderation/model")).text
    assert 'class="plot"' in shown
    assert "Of all texts, how many were held" in shown
