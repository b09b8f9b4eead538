from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shapedby.kernel import Actor, Missing, Refused, Role
from shapedby.mail.actions import use
from shapedby.mail.queries import mark_sent
from shapedby.moderation import forms
from shapedby.moderation.actions import decide, listen, report
from shapedby.moderation.rules import Act, Decided, Reason, Reported, version_of
from shapedby.screening import actions, queries
from shapedby.screening.rules import Day, Examined, Held, Kind, Publicity, Sign, SiteRules, Why, same_of
from shapedby.spam.rules import Score, Verdict
from shapedby.web.site import build

if TYPE_CHECKING:
    from ground import Database

WORDS = "We would love a bench halfway up Mill Hill, where my mother can rest."
SELLS = "Cheap essays for every student, order now at https://essays.example"
MAILS = "SELECT subject, text FROM outgoing_mail WHERE address = (SELECT email FROM person WHERE id = $1) ORDER BY id"


@pytest.fixture(scope="module")
async def mailing(pool: Database) -> Database:
    """Open the module's database, with the templates that mails are written with."""
    assert forms.MOST_WORDS  # its import registers the words
    use(build(pool.settings))
    listen()
    return pool


def examined(source: str, probability: float | None = 0.05) -> Examined:
    if probability is None:
        return Examined(None, same=same_of(source))
    verdict = Verdict.HOLD if probability > 0.6 else Verdict.PUBLISH
    return Examined(Score(probability, verdict, 0.6, (), 0.0), weights="test", same=same_of(source))


async def post(
    author: int, source: str, probability: float | None = 0.05, *, kind: Kind = Kind.COMMENT, challenge: int = 0
) -> tuple[int, Publicity]:
    number = await actions.begin(author, kind, "en")
    publicity = await actions.send(
        number,
        source=source,
        html=f"<p>{source}</p>",
        about="A bench",
        address=f"/comments/{number}",
        examined=examined(source, probability),
        young=False,
        contacts_kept=False,
        challenge=challenge,
    )
    return number, publicity


async def signs(database: Database, number: int) -> set[Sign]:
    kept = await database.ask("SELECT reasons FROM posting WHERE id = $1", number)
    return {one.sign for one in queries.read_behaved(kept[0]["reasons"])}


async def settled(database: Database) -> int:
    person = await database.new_person()
    await database.ask("UPDATE person SET joined_at = now() - interval '60 days' WHERE id = $1", person)
    return person


async def test_almost_certain_spam_is_set_aside_and_its_author_is_told_plainly(mailing: Database) -> None:
    author = await mailing.new_person()
    number, publicity = await post(author, SELLS, 0.999)
    assert publicity is Publicity.QUARANTINED
    mails = await mailing.ask(MAILS, author)
    assert [mail["subject"] for mail in mails] == ["We have set aside what you wrote"]
    assert "essays.example" in mails[0]["text"]
    assert f"/appeal/{number}" in mails[0]["text"]
    assert await queries.open_case(number) is not None


async def test_an_account_in_good_standing_is_read_by_a_person_whatever_the_words(mailing: Database) -> None:
    _, publicity = await post(await settled(mailing), "Somebody sent me: cheap essays, order now", 0.999)
    assert publicity is Publicity.HELD


async def test_a_quarantined_text_is_deleted_after_thirty_days_and_the_log_keeps_number_and_reason(
    mailing: Database,
) -> None:
    author = await mailing.new_person()
    ended, young, danger, appealed = [(await post(author, f"{SELLS}/{place}", 0.999))[0] for place in range(4)]
    old = "UPDATE posting SET quarantined_at = now() - interval '30 days 1 minute' WHERE id = ANY($1::bigint[])"
    await mailing.ask(old, [ended, danger, appealed])
    await mailing.ask("UPDATE posting SET guarded = true WHERE id = $1", danger)
    await mailing.ask("UPDATE moderation_case SET raised_by = 'appeal' WHERE posting = $1", appealed)
    assert await actions.forget_quarantined() == 1
    assert await actions.forget_quarantined() == 0
    rows = await mailing.ask("SELECT * FROM posting WHERE id = $1", ended)
    assert rows[0]["publicity"] == "deleted"
    assert [rows[0][column] for column in ("source", "html", "about", "address", "words_hash")] == [""] * 5
    assert "essays" not in str(dict(rows[0]))
    assert await queries.open_case(ended) is None
    acts = await mailing.ask("SELECT verb, reason FROM act WHERE kind = 'posting' AND number = $1", ended)
    assert [(act["verb"], act["reason"].split(", ")[0]) for act in acts] == [("delete", "looks_like_spam")]
    for kept in (young, danger, appealed):
        posting = await queries.posting(kept)
        assert posting is not None
        assert (posting.publicity, bool(posting.source)) == (Publicity.QUARANTINED, True)


async def test_with_a_deleted_text_goes_what_reporters_its_author_and_mails_said_of_it(mailing: Database) -> None:
    author, reporter = await mailing.new_person(), await mailing.new_person()
    words = "Lovely tiles for your roof and kind words for your cat: ring Zebedee Quirk"
    number, publicity = await post(author, words)
    assert publicity is Publicity.PUBLIC
    said = Reported(Reason.SPAM, "He writes “ring Zebedee Quirk” everywhere.", "me@reporter.example")
    await report(Actor(reporter, Role.RESIDENT), "", number, said)
    case = await queries.open_case(number)
    assert case is not None
    moderator = Actor(await mailing.new_person(Role.MODERATOR), Role.MODERATOR, "Rhea")
    await decide(moderator, case, Decided(Act.QUARANTINE, None, "", version_of(words)))
    outcome = "SELECT text FROM outgoing_mail WHERE address = 'me@reporter.example'"
    assert [mail["text"].count("No selling") for mail in await mailing.ask(outcome)] == [1]
    quoted = [mail["text"].count("Zebedee") for mail in await mailing.ask(MAILS, author)]
    assert quoted == [1]
    await mailing.ask("UPDATE posting SET quarantined_at = now() - interval '31 days' WHERE id = $1", number)
    assert await actions.forget_quarantined() == 1
    for table in ("posting", "posting_version", "report", "appeal", "outgoing_mail", "moderation_decision", "act"):
        assert not await mailing.ask(f"SELECT FROM {table} t WHERE t::text ILIKE '%zebedee%'"), table
    kept = (await mailing.ask("SELECT reason, note, email, browser_hash FROM report WHERE posting = $1", number))[0]
    assert tuple(kept) == ("spam", "", "", "")


async def test_a_mail_that_has_left_keeps_no_words(mailing: Database) -> None:
    author = await mailing.new_person()
    await post(author, SELLS, 0.999)
    (waiting,) = await mailing.ask(MAILS.replace("SELECT", "SELECT id,", 1), author)
    await mark_sent(waiting["id"])
    assert "essays" not in str(await mailing.ask("SELECT t::text FROM outgoing_mail t WHERE id = $1", waiting["id"]))


async def test_a_text_is_brought_back_to_a_person(mailing: Database) -> None:
    number, _ = await post(await mailing.new_person(), SELLS + "?back", 0.999)
    case = await actions.bring_back(number, None)
    posting = await queries.posting(number)
    assert posting is not None
    assert (posting.publicity, await queries.open_case(number)) == (Publicity.HELD, case)
    with pytest.raises(Refused):
        await actions.bring_back(number, None)


async def test_the_same_words_again_and_again_wait_for_a_person(mailing: Database) -> None:
    author = await settled(mailing)
    seen = [(await post(author, f"{WORDS} For the library, too."))[1] for _ in range(4)]
    assert seen == [Publicity.PUBLIC] * 3 + [Publicity.HELD]


async def test_a_genuine_comment_copied_with_a_link_added_waits(mailing: Database) -> None:
    await post(await settled(mailing), WORDS)
    copied, publicity = await post(await settled(mailing), f"{WORDS} https://copied.example")
    assert publicity is Publicity.HELD
    assert Sign.COPIED in await signs(mailing, copied)
    _, quoted = await post(await settled(mailing), f"> {WORDS}\n\nSee also https://benches.example")
    assert quoted is Publicity.PUBLIC


async def test_a_link_that_was_stopped_before_counts_and_a_link_of_the_place_does_not(mailing: Database) -> None:
    for _ in range(2):
        await post(await settled(mailing), "Look at https://stopped.example/a", 0.9)
        await post(await settled(mailing), "The times are at https://buses.example/times")
        await post(await settled(mailing), "Not https://buses.example but essays", 0.9)
    stopped, publicity = await post(await settled(mailing), "A page I like: https://stopped.example/b")
    assert publicity is Publicity.HELD
    assert await signs(mailing, stopped) == {Sign.LINK_STOPPED}
    assert (await post(await settled(mailing), "Here: https://buses.example/stop"))[1] is Publicity.PUBLIC


async def test_newcomers_who_all_post_one_link_are_noticed(mailing: Database) -> None:
    for _ in range(4):
        await post(await mailing.new_person(), "https://wave.example/x")
    wave, publicity = await post(await mailing.new_person(), "https://wave.example/y")
    assert publicity is Publicity.HELD
    assert Sign.LINK_BY_NEWCOMERS in await signs(mailing, wave)


async def test_a_profile_that_sells_counts_against_what_its_owner_writes(mailing: Database) -> None:
    author = await settled(mailing)
    await post(author, "Hot escorts call now", 0.99, kind=Kind.NAME)
    number, _ = await post(author, "What a lovely idea")
    assert await signs(mailing, number) == {Sign.PROFILE_SELLS}


async def test_many_texts_in_an_hour_are_noticed(mailing: Database) -> None:
    author = await settled(mailing)
    for place in range(20):
        await post(author, f"Remark {place}")
    number, publicity = await post(author, "One more remark")
    assert publicity is Publicity.HELD
    assert await signs(mailing, number) == {Sign.MANY_POSTS}


async def test_staff_and_imports_have_no_behaviour(mailing: Database) -> None:
    officer = await mailing.new_person(Role.OFFICER)
    assert [(await post(officer, f"{WORDS} We answer."))[1] for _ in range(5)] == [Publicity.PUBLIC] * 5
    author = await mailing.new_person()
    for _ in range(5):
        number = await actions.begin(author, Kind.COMMENT, "en")
        imported = Examined(examined(WORDS).score, weights="test")
        publicity = await actions.send(
            number, source=WORDS, html="", about="", address="", examined=imported, young=False, contacts_kept=False
        )
        assert publicity is Publicity.PUBLIC


async def test_the_site_s_rules_hold_what_they_name_and_every_change_is_an_act(mailing: Database) -> None:
    boss = Actor(await mailing.new_person(Role.ADMINISTRATOR), Role.ADMINISTRATOR)
    author = await settled(mailing)
    rules = SiteRules(words=("incinerator",), challenges=(77,), first_post=True)
    with pytest.raises(Missing):
        await actions.change_rules(Actor(author, Role.MODERATOR), rules, "Because")
    with pytest.raises(Refused) as refused:
        await actions.change_rules(boss, rules, " ")
    assert refused.value.why is Why.NO_REASON
    version = await actions.change_rules(boss, rules, "A campaign")
    assert (await queries.site_rules()).words == ("incinerator",)
    first, publicity = await post(author, "The Incinerator must go")
    assert publicity is Publicity.HELD
    kept = await queries.posting(first)
    assert kept is not None
    assert set(kept.held) == {Held.LISTED_WORD, Held.FIRST_POST}
    assert (await post(author, "A bench", challenge=77))[1] is Publicity.HELD
    with pytest.raises(Refused) as refused:
        await actions.change_rules(boss, SiteRules(), "I did not see the other one")
    assert refused.value.why is Why.RULES_CHANGED
    days = (Day(60, 120),) * 7
    await actions.change_rules(boss, SiteRules(version=version, days=days), "All clear")
    assert (await queries.site_rules()).days == days
    acts = await mailing.ask("SELECT verb, reason FROM act WHERE kind = 'site_rule' AND person = $1", boss.person)
    assert [act["reason"] for act in acts] == ["A campaign", "All clear"]


async def test_the_site_s_rules_are_never_rewritten(mailing: Database) -> None:
    import asyncpg

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await mailing.ask("UPDATE site_rule SET reason = 'Another'")


async def test_moderators_get_one_alert_for_each_outage(mailing: Database) -> None:
    moderator = await mailing.new_person(Role.MODERATOR)
    author = await settled(mailing)
    for place in range(3):
        assert (await post(author, f"Unchecked {place}", None))[1] is Publicity.HELD
    assert [mail["subject"] for mail in await mailing.ask(MAILS, moderator)] == ["The check for spam does not work"]
    assert await queries.outage_since() is not None
    assert await queries.end_outage()
    await post(author, "Unchecked, an hour too early for another mail", None)
    assert len(await mailing.ask(MAILS, moderator)) == 1
    await mailing.ask("UPDATE screening_outage SET told_at = told_at - interval '2 hours' WHERE told_at IS NOT NULL")
    assert await actions.tell_of_outage()
    assert not await actions.tell_of_outage()
    assert len(await mailing.ask(MAILS, moderator)) == 2
    await queries.end_outage()
