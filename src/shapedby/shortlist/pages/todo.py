"""The lines of the desk's first page, in words."""

from collections.abc import Sequence
from datetime import timedelta

from shapedby.challenges.queries import Challenge
from shapedby.challenges.rules import Stage
from shapedby.kernel import N_, said
from shapedby.shortlist.actions.tasks import Task
from shapedby.shortlist.queries import Tasks
from shapedby.web.language import Tongue

CLOSES_SOON = timedelta(days=7)


def due_tasks(counted: Tasks, challenges: Sequence[Challenge], tongue: Tongue) -> list[Task]:
    """List what has a day: answers that are overdue or due soon, challenges that wait to be finished."""
    _ = tongue.says
    lines: list[Task] = []
    if counted.overdue:
        note = _(N_("The oldest was promised by {day}.")).format(day=tongue.date(counted.oldest))
        address = "/desk/ideas?due=overdue&sort=due"
        lines.append(
            Task(_(N_("Answers that are overdue")), address, note, tongue.number(counted.overdue), "bad", due=True)
        )
    if counted.soon:
        note = _(N_("The next is promised by {day}.")).format(day=tongue.date(counted.next_day))
        address = "/desk/ideas?due=soon&sort=due"
        lines.append(
            Task(_(N_("Answers due within a week")), address, note, tongue.number(counted.soon), "warn", due=True)
        )
    for one in challenges:
        if one.stage is Stage.DECIDING:
            title = _(N_("Decide: {question}")).format(question=said(one.question, tongue.code))
            note = _(N_("Closed on {day}. Finish it when each idea has its answer.")).format(
                day=tongue.date(one.closes_at)
            )
            lines.append(
                Task(title, f"/desk/challenges/{one.id}/finish", note, _(N_("Being decided")), "sun", due=True)
            )
    return lines


def other_tasks(counted: Tasks, challenges: Sequence[Challenge], tongue: Tongue) -> list[Task]:
    """List what waits without a day: ideas to take up, to score, to begin; challenges that close soon; drafts."""
    _ = tongue.says
    lines = [
        Task(_(title), address, _(note), tongue.number(count), "accent")
        for title, address, note, count in (
            (
                N_("Ideas with the supports they need"),
                "/desk/ideas?ready=yes&sort=due",
                N_("They are not under review yet."),
                counted.ready,
            ),
            (
                N_("Ideas under review"),
                "/desk/ideas?stage=under_review&sort=due",
                N_("Give them points and decide."),
                counted.under_review,
            ),
            (
                N_("Shortlisted ideas without a project"),
                "/desk/ideas?stage=shortlisted&sort=score",
                N_("Start the project with the people who had the idea."),
                counted.shortlisted,
            ),
        )
        if count
    ]
    for one in challenges:
        title, address = said(one.question, tongue.code), f"/desk/challenges/{one.id}"
        if one.stage is Stage.OPEN and one.closes_at - one.now < CLOSES_SOON:
            note = _(N_("Takes ideas until {day}.")).format(day=tongue.date(one.closes_at))
            lines.append(Task(title, address, note, _(N_("Closes soon")), "warn"))
        elif one.stage is Stage.DRAFT:
            lines.append(Task(title, address, _(N_("Finish writing it and publish it.")), _(N_("Draft"))))
    return lines
