"""What residents write: ideas, supports, comments; and what the council answers."""

from __future__ import annotations

from functools import partial

from shapedby import db
from shapedby.challenges.queries import challenge_by_id, criteria
from shapedby.comments import actions as comments
from shapedby.demo import drawing
from shapedby.demo.checking import posting_of, publish_if_held, screened
from shapedby.demo.diary import Diary
from shapedby.demo.reading import Answered, Idea, Ideas, Said, names, read
from shapedby.ideas import actions as ideas
from shapedby.ideas.rules import Written
from shapedby.pictures import actions as pictures
from shapedby.shortlist import actions as shortlist

# Many at once, each at its own time between the idea and now: more in the first days, as it is with news. Who
# supports what follows from numbers alone, so that every demo is the same. The count is the number of rows written.
_SUPPORTS = """
WITH new AS (
  INSERT INTO support (idea, person, state, since, changed_at)
  SELECT $1, chosen.id, 'counted', at, at
  FROM (
    SELECT p.id, p.joined_at, hashint8extended(p.id, $1::bigint) AS drawn
    FROM person p JOIN idea i ON i.id = $1
    WHERE p.role = 'resident' AND p.id <> i.author AND p.joined_at < now() - interval '1 hour'
    ORDER BY drawn LIMIT $2
  ) chosen
  JOIN idea i ON i.id = $1 JOIN posting t ON t.id = i.posting
  CROSS JOIN LATERAL (
    SELECT greatest(t.public_at, chosen.joined_at) AS first,
           abs(hashint8extended(chosen.id, $1::bigint + 7) % 10000) / 10000.0 AS u
  ) span
  CROSS JOIN LATERAL (SELECT span.first + (now() - span.first) * (span.u * span.u) AS at) moment
  ON CONFLICT (idea, person) DO NOTHING RETURNING idea
)
UPDATE idea SET supports = supports + (SELECT count(*) FROM new) WHERE id = $1
"""


def talk(diary: Diary) -> None:
    """Write down every idea of every challenge, with what was said about it."""
    for name in names("ideas-"):
        found = read(name, Ideas)
        for idea in found.idea:
            _one(diary, found.challenge, idea)


def _one(diary: Diary, challenge: str, idea: Idea) -> None:
    at = diary.calendar.at
    diary.note(at(idea.when, idea.key), partial(_write, diary, challenge, idea), by=idea.by)
    for place, said in enumerate(idea.comment):
        diary.note(at(said.when, f"{idea.key}{place}"), partial(_say, diary, idea, said), by=said.by)
    # A shortlisted idea has its supports before it is weighed, the others have them by now.
    weighed = next((answer.when for answer in idea.council if answer.do in {"shortlist", "decline"}), "-0.2h")
    if idea.supports:
        diary.note(at(weighed, f"{idea.key}weighed", office=True), partial(_support, diary, idea))
    for answer in idea.council:
        when = at(answer.when, f"{idea.key}{'weighed' if answer.when == weighed else answer.do}", office=True)
        diary.note(when, partial(_answer, diary, idea, answer))


async def _write(diary: Diary, challenge: str, idea: Idea) -> None:
    author, asked = diary.who(idea.by), await challenge_by_id(diary.challenges[challenge])
    assert asked is not None
    number = await ideas.start_draft(author, asked, written(diary, idea))
    await ideas.send(author, number, ideas.Calendar(diary.settings.timezone.key, diary.settings.closures))
    await publish_if_held(diary, await posting_of("idea", number), "Kit")
    diary.ideas[idea.key] = number
    if idea.key in drawing.PICTURES:
        await _picture(diary, idea, number)


async def _picture(diary: Diary, idea: Idea, number: int) -> None:
    """Add the picture that the author drew; most of them a moderator has looked at since."""
    draw, words = drawing.PICTURES[idea.key]
    by = diary.who(idea.by if idea.key in drawing.NOT_LOOKED_AT else "Rhea")
    await pictures.add(await posting_of("idea", number), words, await pictures.take_in(draw()), by=by)


def written(diary: Diary, idea: Idea) -> Written:
    """Give an idea of the story as its author types it."""
    return Written(
        title=idea.title,
        problem=idea.problem.strip(),
        proposal=idea.proposal.strip(),
        beneficiaries=idea.who.strip(),
        area=diary.areas.get(idea.area),
        topic=diary.topics[idea.topic],
        language=idea.lang,
    )


async def _say(diary: Diary, idea: Idea, said: Said) -> None:
    answers = diary.comments.get(idea.key) if said.reply else None
    author = diary.who(said.by)
    language = said.lang or author.language or diary.languages[0]
    number, _ = await comments.write(author, diary.ideas[idea.key], answers, said.text.strip(), language=language)
    posting = await posting_of("comment", number)
    await screened(posting)
    await publish_if_held(diary, posting, "Rhea")
    if not said.reply:
        diary.comments[idea.key] = number
    if said.key:
        diary.comments[said.key] = number


async def _support(diary: Diary, idea: Idea) -> None:
    await db.run(_SUPPORTS, diary.ideas[idea.key], idea.supports)


async def _answer(diary: Diary, idea: Idea, answer: Answered) -> None:
    officer, number = diary.who(answer.by), diary.ideas[idea.key]
    if answer.points:
        await _assess(diary, number, answer)
    if answer.do == "assess":
        return
    act = {
        "review": shortlist.take_under_review,
        "shortlist": shortlist.shortlist,
        "decline": shortlist.decline,
        "note": shortlist.respond,
    }[answer.do]
    await act(officer, number, {"en": answer.en.strip(), "es": answer.es.strip()}, languages=diary.languages)


async def _assess(diary: Diary, number: int, answer: Answered) -> None:
    challenge = await db.value("SELECT challenge FROM idea WHERE id = $1", number)
    wanted = [criterion.id for criterion in await criteria(challenge)]
    points = dict(zip(wanted, answer.points, strict=True))
    await shortlist.assess(diary.who(answer.by), number, points, answer.note)
