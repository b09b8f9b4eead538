"""Mail leaves through a real SMTP conversation, once, and waits when it cannot."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from ground import Database, free_port
from post_office import CONTEXT, PostOffice, state, write

from shapedby import db
from shapedby.mail.actions import BadAddress, Receiver, put, queue_for_all, render
from shapedby.mail.queries import Waiting
from shapedby.mail.sender import PostOfficeClosed, compose, drain
from shapedby.settings import Settings


async def test_a_mail_arrives_once_with_text_and_html(settings: Settings, office: tuple[PostOffice, str]) -> None:
    await write("ann@example.org")
    assert await drain(settings) == 1
    assert await drain(settings) == 0
    mail = office[0].to("ann@example.org")
    assert len(mail) == 1
    text, html = mail[0].get_body(("plain",)), mail[0].get_body(("html",))
    assert text is not None
    assert html is not None
    assert "123 456" in text.get_content()
    assert f"{settings.url}/sign-in/link/" in html.get_content()
    assert "<img" not in html.get_content()
    assert mail[0]["Subject"] == f"Your way in to Shaped by {settings.council}"
    assert mail[0]["Auto-Submitted"] == "auto-generated"


async def test_a_sent_mail_keeps_no_words(pool: Database, settings: Settings) -> None:
    await write("bea@example.org")
    await drain(settings)
    row = await state(pool, "bea@example.org")
    assert (row["text"], row["html"]) == ("", "")
    assert row["sent_at"] is not None


async def test_many_senders_at_once_send_each_mail_once(settings: Settings, office: tuple[PostOffice, str]) -> None:
    receivers = [Receiver(f"many{number}@example.org", "en") for number in range(30)]
    context = {"link": "x", "code": "123456", "minutes": 30}
    await queue_for_all(receivers, kind="news", template="people/sign_in", context=context)
    office[0].slow = 0.02
    counts = await asyncio.gather(*(drain(settings) for _ in range(4)))
    office[0].slow = 0.0
    assert sum(counts) == 30
    assert all(len(office[0].to(receiver.address)) == 1 for receiver in receivers)


async def test_mail_waits_while_the_server_is_away_and_keeps_its_identity(
    pool: Database, settings: Settings, office: tuple[PostOffice, str]
) -> None:
    await write("cem@example.org")
    away = replace(settings, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    with pytest.raises(PostOfficeClosed):
        await drain(away)
    assert (await state(pool, "cem@example.org"))["tries"] == 0
    assert await drain(settings) == 1
    assert office[0].to("cem@example.org")[0]["Message-ID"].startswith("<")


async def test_the_message_id_stays_the_same_over_every_try(settings: Settings, office: tuple[PostOffice, str]) -> None:
    await write("cat@example.org")
    # The machine stops between the server's yes and our commit: as if it had never been marked.
    await drain(settings)
    again = "UPDATE outgoing_mail SET sent_at = NULL, handing_at = NULL, text = 'x', html = 'x' WHERE address = $1"
    await db.run(again, "cat@example.org")
    await drain(settings)
    first, second = office[0].to("cat@example.org")
    assert first["Message-ID"] == second["Message-ID"]


async def test_not_now_is_tried_again_later_and_never_is_given_up(
    pool: Database, settings: Settings, office: tuple[PostOffice, str]
) -> None:
    office[0].refuse = {"dee@example.org": "451 greylisted", "eve@example.org": "550 no such person"}
    await write("dee@example.org")
    await write("eve@example.org")
    await write("fay@example.org")
    assert await drain(settings) == 1
    later, never = await state(pool, "dee@example.org"), await state(pool, "eve@example.org")
    assert (later["tries"], later["given_up_at"]) == (1, None)
    assert later["due_at"] > later["queued_at"]
    assert "greylisted" in later["trouble"]
    assert never["given_up_at"] is not None
    office[0].refuse = {}
    await db.run("UPDATE outgoing_mail SET due_at = now()")
    assert await drain(settings) == 1
    assert len(office[0].to("dee@example.org")) == 1
    assert office[0].to("eve@example.org") == []


async def test_mail_that_is_too_late_to_be_of_use_is_given_up(
    pool: Database, settings: Settings, office: tuple[PostOffice, str]
) -> None:
    await write("gus@example.org", kind="sign_in")
    await write("hal@example.org")
    await write("ida@example.org")
    await db.run(
        "UPDATE outgoing_mail SET queued_at = now() - interval '31 minutes' WHERE address <> 'ida@example.org'"
    )
    await db.run("UPDATE outgoing_mail SET queued_at = now() - interval '5 days' WHERE address = 'ida@example.org'")
    assert await drain(settings) == 1
    assert (await state(pool, "gus@example.org"))["given_up_at"] is not None
    assert (await state(pool, "ida@example.org"))["given_up_at"] is not None
    assert len(office[0].to("hal@example.org")) == 1


async def test_a_mail_can_be_stopped_from_inside_it_in_one_press(
    settings: Settings, office: tuple[PostOffice, str]
) -> None:
    address = f"/stop/12-followed-{'a' * 32}"
    rendered = render("es", "people/sign_in", CONTEXT, kind="followed", stops=True)
    await put([(Receiver("rob@example.org", "es", stop=address), rendered)], kind="followed")
    await drain(settings)
    mail = office[0].to("rob@example.org")[0]
    assert mail["List-Unsubscribe"] == f"<{settings.url}{address}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"\r\nList-Unsubscribe: <{settings.url}{address}>\r\n".encode() in office[0].raw[-1]
    assert mail["Content-Language"] == "es"


async def test_a_mail_that_cannot_be_stopped_has_no_such_button_and_says_why(
    settings: Settings, office: tuple[PostOffice, str]
) -> None:
    await write("sam@example.org", kind="sign_in")
    await drain(settings)
    mail = office[0].to("sam@example.org")[0]
    text = mail.get_body(("plain",))
    assert text is not None
    assert "List-Unsubscribe" not in mail
    assert "cannot be switched off" in text.get_content()


async def test_somebody_who_wants_in_does_not_wait_behind_a_thousand_digests(
    settings: Settings, office: tuple[PostOffice, str]
) -> None:
    await write("slow@example.org")
    await write("quick@example.org", kind="sign_in")
    await drain(settings)
    assert [mail["To"] for mail in office[0].kept[-2:]] == ["quick@example.org", "slow@example.org"]


@pytest.mark.parametrize("end", ["\r\nBcc: x@example.org", "\nBcc: x@example.org", "\rBcc: x@example.org"])
def test_no_header_takes_a_line_end(settings: Settings, end: str) -> None:
    waiting = Waiting(
        id=1,
        address="tom@example.org",
        subject=f"Hello{end}",
        text="Hello",
        html="<p>Hello</p>",
        language="en",
        kind="news",
        stop="",
        tries=0,
        queued_at=datetime.now(UTC),
        too_late=False,
    )
    assert "Bcc" not in compose(waiting, settings)
    for spoiled in (
        replace(waiting, stop=f"https://x.example{end}"),
        replace(waiting, language=f"en{end}"),
        replace(waiting, address=f"tom@example.org{end}"),
    ):
        with pytest.raises(ValueError, match=r"linefeed|newline|CR|invalid|control"):
            compose(spoiled, settings)


async def test_without_a_mail_server_mail_waits(pool: Database, settings: Settings) -> None:
    await write("jan@example.org")
    assert await drain(replace(settings, smtp_url=None)) == 0
    assert (await state(pool, "jan@example.org"))["sent_at"] is None


async def test_nothing_leaves_when_its_cause_did_not_happen(settings: Settings) -> None:
    async def fail() -> None:
        async with db.transaction():
            await write("kim@example.org")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await drain(settings) == 0


async def test_the_same_news_is_queued_once(settings: Settings) -> None:
    await write("lou@example.org", once="idea-12-shortlisted")
    await write("lou@example.org", once="idea-12-shortlisted")
    assert await drain(settings) == 1


@pytest.mark.parametrize(
    "address",
    ["a@example.org\r\nBcc: b@example.org", "a@example.org,b@example.org", "<a@example.org>", "", "a b@example.org"],
)
async def test_what_is_not_one_address_is_never_queued(settings: Settings, address: str) -> None:
    with pytest.raises(BadAddress):
        await write(address)


async def test_nothing_typed_becomes_a_header_or_markup(settings: Settings, office: tuple[PostOffice, str]) -> None:
    await write("mia@example.org", code="12\r\nBcc: x@example.org <b>3</b>")
    await drain(settings)
    mail = office[0].to("mia@example.org")[0]
    html = mail.get_body(("html",))
    assert html is not None
    assert "Bcc" not in mail
    assert "<b>3" not in html.get_content()
