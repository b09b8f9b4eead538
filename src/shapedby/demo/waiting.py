"""What waits for a moderator: spam of several kinds, contact details, a young author, reports; and what was decided."""

from __future__ import annotations

from functools import partial

from shapedby.account import actions as account
from shapedby.account.actions import Answers
from shapedby.challenges.queries import challenge_by_id
from shapedby.comments import actions as comments
from shapedby.demo.checking import decide, posting_of, screened
from shapedby.demo.diary import Diary
from shapedby.demo.people import newcomer
from shapedby.demo.reading import Idea, Resident, Struct, read
from shapedby.demo.talk import written
from shapedby.ideas import actions as ideas
from shapedby.kernel import VISITOR
from shapedby.moderation import actions as moderation
from shapedby.moderation.rules import Act, Reason, Reported, Rule


class Newcomer(Resident, frozen=True, kw_only=True):
    """Somebody whose name, and words about themselves, wait as they are; ``when`` they join."""

    when: str


class Decision(Struct, frozen=True, kw_only=True):
    """What a moderator made of it."""

    when: str
    by: str
    act: str
    rule: str = ""
    words: str = ""


class Post(Struct, frozen=True, kw_only=True):
    """A comment that screening holds; with a decision it waits no more."""

    key: str
    by: str
    when: str
    idea: str
    text: str
    lang: str = "en"
    contacts: bool = False
    reply: bool = False
    decision: Decision | None = None


class HeldIdea(Idea, frozen=True, kw_only=True):
    """An idea that screening holds."""

    challenge: str
    contacts: bool = False
    decision: Decision | None = None


class Report(Struct, frozen=True, kw_only=True):
    """Somebody reports an idea or a comment, by its key in the story; nobody signed in where ``by`` is empty."""

    about: str
    key: str
    when: str
    reason: str
    note: str = ""
    by: str = ""
    decision: Decision | None = None


class Waiting(Struct, frozen=True, kw_only=True):
    """Everything for the desk of the moderators."""

    newcomer: list[Newcomer]
    post: list[Post]
    idea: list[HeldIdea]
    report: list[Report]
    draft: list[HeldIdea]


def wait(diary: Diary) -> None:
    """Write down everything that screening or somebody's report brings to the moderators."""
    found, at = read("waiting", Waiting), diary.calendar.at
    for one in found.newcomer:
        diary.note(at(one.when, one.name), partial(_arrive, diary, one))
    for post in found.post:
        diary.note(at(post.when, post.key), partial(_post, diary, post), by=post.by)
        _decided(diary, "comment", post.key, post.decision)
    for idea in found.idea:
        diary.note(at(idea.when, idea.key), partial(_write, diary, idea), by=idea.by)
        _decided(diary, "idea", idea.key, idea.decision)
    for draft in found.draft:
        diary.note(at(draft.when, draft.key), partial(_begin, diary, draft), by=draft.by)
    for place, report in enumerate(found.report):
        diary.note(at(report.when, f"{report.key}{place}"), partial(_report, diary, report, place), by=report.by)
        _decided(diary, report.about, report.key, report.decision)


def _decided(diary: Diary, table: str, key: str, decision: Decision | None) -> None:
    if decision is not None:
        diary.note(diary.calendar.at(decision.when, key, office=True), partial(_decide, diary, table, key, decision))


async def _arrive(diary: Diary, one: Newcomer) -> None:
    actor = await newcomer(diary, one)
    answers = Answers(name=one.name, young=one.young, area=diary.areas.get(one.area), language=one.lang)
    await account.welcome(actor, answers)
    if one.about:
        await account.change_about_me(actor, one.about.strip(), one.lang, contacts_kept=False)


async def _post(diary: Diary, post: Post) -> None:
    answers = diary.comments.get(post.idea) if post.reply else None
    idea, author = diary.ideas[post.idea], diary.who(post.by)
    number, _ = await comments.write(
        author, idea, answers, post.text.strip(), language=post.lang, contacts_kept=post.contacts
    )
    diary.comments[post.key] = number
    await screened(await posting_of("comment", number))


async def _begin(diary: Diary, idea: HeldIdea) -> int:
    author, asked = diary.who(idea.by), await challenge_by_id(diary.challenges[idea.challenge])
    assert asked is not None
    return await ideas.start_draft(author, asked, written(diary, idea))


async def _write(diary: Diary, idea: HeldIdea) -> None:
    number, author = await _begin(diary, idea), diary.who(idea.by)
    calendar = ideas.Calendar(diary.settings.timezone.key, diary.settings.closures)
    await ideas.send(author, number, calendar, contacts_kept=idea.contacts)
    await screened(await posting_of("idea", number))
    diary.ideas[idea.key] = number


async def _report(diary: Diary, report: Report, place: int) -> None:
    numbers = diary.ideas if report.about == "idea" else diary.comments
    posting = await posting_of(report.about, numbers[report.key])
    actor = diary.who(report.by) if report.by else VISITOR
    browser = "" if report.by else f"demo-browser-{place}"
    await moderation.report(actor, browser, posting, Reported(Reason(report.reason), report.note, ""))


async def _decide(diary: Diary, table: str, key: str, decision: Decision) -> None:
    numbers = diary.ideas if table == "idea" else diary.comments
    posting = await posting_of(table, numbers[key])
    rule = Rule(decision.rule) if decision.rule else None
    await decide(diary, posting, decision.by, Act(decision.act), rule=rule, words=decision.words)
