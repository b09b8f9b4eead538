"""Every page template, with an address (and what to do there) that shows it; tests of whole pages walk this list."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TEMPLATES = Path(__file__).parent.parent / "templates"


@dataclass(frozen=True)
class Look:
    """One state of one page: who opens which address, and which button they press there."""

    template: str
    address: str
    who: str = ""
    press: str = ""
    spoil: str = ""
    """A script that spoils the form first."""

    @property
    def name(self) -> str:
        return f"{self.template}{' after ' + self.press if self.press else ''}"


def page_templates() -> set[str]:
    """List the templates that are pages: not parts, not mails, not what pages are made from."""
    every = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")}
    return {
        name
        for name in every
        if not name.startswith(("_parts/", "mail/")) and not name.rpartition("/")[2].startswith("_")
    }


def _desk(folder: str, pages: dict[str, str], who: str = "officer") -> tuple[Look, ...]:
    return tuple(Look(f"{folder}/{name}.html", address, who) for name, address in pages.items())


_PROJECT = "/desk/projects/{active_project}"
_WRITE = {
    "ask": "ask?phase=co_define",
    "close": "close",
    "decision": "decision",
    "evidence": "evidence?thing={active_thing}",
    "gate": "gate",
    "indicator": "indicator",
    "member": "member",
    "need": "need",
    "news": "news",
    "reading": "reading?thing={active_figure}",
    "record": "record?thing={active_unrecorded}",
    "session": "session",
    "session_cancel": "session-cancel?thing={active_ahead}",
    "session_change": "session-change?thing={active_ahead}",
}
_TOO_MUCH = "document.querySelector('textarea').value = 'x'.repeat(300000)"
_NEW_ADDRESS = "document.querySelector('#email').value = `ann${Date.now()}@example.org`"
_NO_TOKEN = "document.querySelectorAll('[name=csrf]').forEach(field => field.value = 'spoilt')"

VISITORS = (
    Look("story/home.html", "/"),
    Look("story/results.html", "/results"),
    Look("shortlist/promises.html", "/promises"),
    Look("notices/follow.html", "/follow/idea/{idea}"),
    Look("notices/stop.html", "/stop/{stop}"),
    Look("notices/stop.html", "/stop/{stop}", press="Stop these mails"),
    Look("story/idea.html", "/ideas/{idea}/a-walking-bus"),
    Look("story/idea.html", "/comments/{reply}"),
    Look("story/idea.html", "/ideas/{built}/a-walking-bus"),
    Look("story/idea.html", "/ideas/{spanish}/a-walking-bus"),
    Look("story/statement.html", "/about/privacy"),
    Look("story/statement.html", "/about/cookies"),
    Look("story/problem.html", "/about/accessibility/problem"),
    Look("ideas/challenges.html", "/challenges"),
    Look("ideas/challenge.html", "/challenges/{open}"),
    Look("ideas/challenge.html", "/challenges/{empty}"),
    Look("ideas/challenge.html", "/challenges/{decided}"),
    Look("ideas/challenge.html", "/challenges/{open}?q=nothing-fits"),
    Look("ideas/all.html", "/ideas"),
    Look("ideas/all.html", "/ideas?q=walking&challenge={open}&stage=open"),
    Look("ideas/all.html", "/ideas?q=nothing-fits"),
    Look("ideas/embed_challenge.html", "/embed/challenges/{open}"),
    Look("ideas/embed_idea.html", "/embed/ideas/{idea}"),
    Look("insight/api.html", "/api"),
    Look("insight/open_data.html", "/open-data"),
    Look("ideas/new_lead.html", "/challenges/{open}/ideas/new"),
    Look("ideas/support.html", "/ideas/{idea}/support"),
    Look("ideas/write.html", "/challenges/{open}/ideas/begin"),
    Look("ideas/versions.html", "/ideas/{idea}/versions"),
    Look("ideas/invitation.html", "/together/{invited}"),
    Look("assisted/blank.html", "/challenges/{open}/form"),
    Look("assisted/enter.html", "/slip"),
    Look("assisted/enter.html", "/slip", press="Go on"),
    Look("coproduction/list.html", "/projects"),
    Look("coproduction/show.html", "/projects/{active_project}"),
    Look("coproduction/session.html", "/sessions/{active_ahead}"),
    Look("coproduction/session.html", "/sessions/{active_session}"),
    Look("coproduction/show.html", "/projects/{closed_project}"),
    Look("moderation/figures.html", "/about/moderation"),
    Look("moderation/log.html", "/about/moderation/log"),
    Look("moderation/report.html", "/report/{idea_posting}"),
    Look("moderation/report.html", "/report/{idea_posting}", press="Send the report"),
    Look("moderation/report_sent.html", "/report/{idea_posting}/{reference}?danger=yes"),
    Look("people/sign_in.html", "/sign-in"),
    Look("people/sign_in.html", "/sign-in", press="Send me a mail"),
    Look("people/sent.html", "/sign-in", press="Send me a mail", spoil=_NEW_ADDRESS),
    Look("people/link.html", "/sign-in/link/{link}"),
    Look("people/link_ended.html", "/sign-in/link/never-sent"),
    Look("account/too_young.html", "/welcome/too-young"),
    Look("account/left.html", "/left?words=remove&supports=withdraw"),
    Look("story/comment_before.html", "/comments/{reply}/before"),
    Look("story/comment_useful.html", "/comments/{reply}/useful"),
    Look("account/profile.html", "/people/{p_author}"),
    Look("dev/mails.html", "/dev/mail"),
    Look("dev/mail.html", "/dev/mail/{mail}"),
    Look("tally/verify.html", "/verify"),
    Look("web/not_found.html", "/nowhere"),
)

RESIDENTS = (
    Look("account/welcome.html", "/welcome", "newcomer"),
    Look("account/welcome.html", "/welcome", "newcomer", press="Start"),
    Look("account/account.html", "/account", "author"),
    Look("moderation/appeal.html", "/appeal/{appealed_posting}", "author"),
    Look("moderation/appeal.html", "/appeal/{appealable_posting}", "author", press="Send my appeal"),
    Look("account/account.html", "/account", "suspended"),
    Look("notices/account.html", "/account/notices", "resident"),
    Look("notices/follow.html", "/follow/challenge/{open_id}", "resident"),
    Look("account/data.html", "/account/data", "resident"),
    Look("account/leave.html", "/account/leave", "author"),
    Look("account/leave.html", "/account/leave", "author", press="Go on"),
    Look("account/leave_sure.html", "/account/leave?go=on&words=remove&supports=withdraw", "author"),
    Look("account/leave_sure.html", "/account/leave?go=on&words=keep&supports=keep", "author", press="Leave for good"),
    Look("story/comment_useful.html", "/comments/{reply}/useful", "resident"),
    Look("ideas/write.html", "/challenges/{open}/ideas/new", "author"),
    Look("ideas/write.html", "/ideas/{draft}/edit", "author"),
    Look("ideas/preview.html", "/ideas/{draft}/preview", "author"),
    Look("ideas/pictures.html", "/ideas/{draft}/pictures", "author"),
    Look("ideas/pictures.html", "/ideas/{draft}/pictures", "author", press="Add this picture"),
    Look("ideas/alike.html", "/ideas/{draft}/alike", "author"),
    Look("ideas/preview.html", "/ideas/{draft}/preview", "author", press="Send my idea"),
    Look("ideas/preview.html", "/ideas/{begun}/preview", "author"),
    Look("ideas/sent.html", "/ideas/{held}/sent", "author"),
    Look("ideas/take_back.html", "/ideas/{held}/take-back", "author"),
    Look("ideas/authors.html", "/ideas/{idea}/authors", "author"),
    Look("ideas/authors.html", "/ideas/{idea}/authors", "author", press="Send the invitation"),
    Look("ideas/invitation.html", "/together/{invited}", "resident"),
    Look("ideas/merge_find.html", "/ideas/{idea}/merge", "author"),
    Look("ideas/merge_propose.html", "/ideas/{idea}/merge?with={late}", "officer"),
    Look("ideas/merge.html", "/merges/{merge}", "author"),
    Look("ideas/support.html", "/ideas/{idea}/support", "resident"),
    Look("coproduction/offer.html", "/offer?project={active_project}", "resident"),
    Look("coproduction/offer.html", "/offer?project={active_project}", "resident", press="Send the offer"),
    Look("coproduction/offers.html", "/offers", "resident"),
    Look("coproduction/offers.html", "/offers", "author"),
    Look("coproduction/session_join.html", "/sessions/{active_ahead}/join", "resident"),
    Look("coproduction/session_here.html", "/sessions/{active_ahead}/here", "resident"),
    Look("coproduction/session_here.html", "/sessions/{active_ahead}/here", "resident", press="I am here"),
    Look("coproduction/session_say.html", "/sessions/{active_session}/say", "resident"),
    Look("story/idea.html", "/ideas/{idea}/a-walking-bus?reply={comment}", "resident"),
    Look("story/idea.html", "/ideas/{idea}/a-walking-bus", "resident", press="Send the comment"),
    Look("ideas/receipt.html", "/ideas/{idea}/receipt", "resident"),
    Look("story/idea.html", "/ideas/{refused}/a-walking-bus", "author"),
    Look("story/comment_waiting.html", "/comments/{held_comment}", "author"),
    Look("story/comment_withdraw.html", "/comments/{comment}/withdraw", "author"),
    Look("web/refused.html", "/ideas/{building}/take-back", "author"),
    Look("web/too_large.html", "/ideas/{idea}/a-walking-bus", "resident", press="Send the comment", spoil=_TOO_MUCH),
    Look("web/try_again.html", "/ideas/{idea}/a-walking-bus", "resident", press="Send the comment", spoil=_NO_TOKEN),
)

STAFF = (
    Look("ideas/embed_desk.html", "/desk/embed?idea={idea}", "officer"),
    Look("coproduction/desk_offers.html", "/desk/offers", "officer"),
    Look("coproduction/desk_offer.html", "/desk/offers/{active_offer}", "officer"),
    Look("coproduction/desk_session.html", "/desk/sessions/{active_ahead}", "officer"),
    Look("coproduction/desk_sheet.html", "/desk/sessions/{active_ahead}/sheet", "officer"),
    Look("moderation/desk_appeal.html", "/moderation/appeals/{appeal_case}", "moderator"),
    Look("moderation/desk_appeal.html", "/moderation/appeals/{appeal_case}", "moderator", press="The decision stands"),
    Look("assisted/find.html", "/desk/assisted", "moderator"),
    Look("assisted/details.html", "/desk/assisted/new", "officer", press="Save"),
    Look("assisted/person.html", "/desk/assisted/{p_assisted}", "officer"),
    Look("assisted/person.html", "/desk/assisted/{p_assisted}", "officer", press="Count their support"),
    Look("assisted/idea.html", "/desk/assisted/{p_assisted}/ideas/{open}", "officer"),
    Look("assisted/idea.html", "/desk/assisted/{p_assisted}/ideas/{open}", "officer", press="Send it for them"),
    Look("assisted/slip.html", "/desk/assisted/{p_assisted}/slip", "officer"),
    Look("assisted/letters.html", "/desk/letters", "officer"),
    Look("assisted/letter.html", "/desk/letters/{letter}", "officer"),
    Look("moderation/people.html", "/moderation/people", "moderator"),
    Look("moderation/person.html", "/moderation/people/{p_suspended}", "moderator"),
    Look("moderation/person.html", "/moderation/people/{p_author}", "moderator", press="Suspend"),
    Look("moderation/supports.html", "/moderation/supports", "moderator"),
    Look("moderation/supports_one.html", "/moderation/supports/{hold}", "moderator"),
    Look("moderation/supports_one.html", "/moderation/supports/{hold}", "moderator", press="Decide"),
    Look("moderation/danger.html", "/moderation/{case}/danger", "moderator"),
    Look("moderation/safeguarding.html", "/safeguarding", "duty"),
    Look("moderation/safeguarding_case.html", "/safeguarding/{guarded}", "duty"),
    Look("people/desk_people.html", "/desk/people", "administrator"),
    Look("account/retention.html", "/desk/retention", "administrator"),
    Look("account/retention.html", "/desk/retention", "administrator", press="Keep it until I end this"),
    Look("story/idea.html", "/ideas/{idea}/a-walking-bus", "officer"),
    Look("people/desk_person.html", "/desk/people/{p_author}", "administrator"),
    Look("moderation/settings.html", "/moderation/settings", "administrator"),
    Look("moderation/settings.html", "/moderation/settings", "administrator", press="Save the rules"),
    *_desk(
        "moderation",
        {"desk": "/moderation", "decided": "/moderation/decided", "model": "/moderation/model"},
        "moderator",
    ),
    Look("moderation/desk.html", "/moderation/{reported_case}", "moderator"),
    Look("moderation/desk.html", "/moderation/{decided_case}", "moderator"),
    Look("moderation/desk.html", "/moderation?kind=name&whose=all&q=nothing-fits", "moderator"),
    Look("moderation/alike.html", "/moderation/{case}/alike", "moderator"),
    Look("moderation/alike.html", "/moderation/{case}/alike", "moderator", press="Decide them all"),
    Look("moderation/hand_over.html", "/moderation/{case}/hand-over", "moderator"),
    Look("moderation/redact.html", "/moderation/{case}/redact", "moderator"),
    Look("moderation/redact.html", "/moderation/{case}/redact", "moderator", press="Remove the words"),
    Look("moderation/together.html", "/moderation/together?decided=4&passed=1", "moderator"),
    Look("moderation/mails.html", "/moderation/mails", "moderator"),
    Look("story/comment_change.html", "/comments/{asked_comment}/change", "author"),
    Look("story/comment_waiting.html", "/comments/{asked_comment}", "author"),
    *_desk("shortlist", {"desk_promises": "/desk/promises?whose=all", "move_promise": "/desk/ideas/{idea}/promise"}),
    Look("shortlist/move_promise.html", "/desk/ideas/{idea}/promise", "officer", press="Move it and say why"),
    *_desk("shortlist", {"desk": "/desk", "ideas": "/desk/ideas", "idea": "/desk/ideas/{reviewed}"}),
    Look("shortlist/idea.html", "/desk/ideas/{reviewed}", "officer", press="Keep my points"),
    Look("shortlist/ideas.html", "/desk/ideas?stage=merged", "officer"),
    Look("shortlist/say.html", "/desk/ideas/{reviewed}/not-taken-forward", "officer", press="Publish this answer"),
    *_desk("shortlist", {"say": "/desk/ideas/{idea}/under-review", "finish": "/desk/challenges/{deciding_id}/finish"}),
    *_desk(
        "challenges",
        {"desk_list": "/desk/challenges", "desk_places": "/desk/areas", "desk_form": "/desk/challenges/new"},
    ),
    Look("challenges/desk_form.html", "/desk/challenges/new", "officer", press="Save and see it as residents will"),
    Look("challenges/desk_form.html", "/desk/challenges/{open_id}", "officer"),
    Look("challenges/desk_form.html", "/desk/challenges/{draft_id}", "officer"),
    *_desk(
        "challenges",
        {"desk_preview": "/desk/challenges/{draft_id}/preview", "desk_close": "/desk/challenges/{open_id}/close"},
    ),
    Look("challenges/desk_extend.html", "/desk/challenges/{open_id}/extend", "officer", press="Keep it open"),
    *_desk(
        "coproduction", {"desk_list": "/desk/projects", "desk": _PROJECT, "new": "/desk/projects/new?idea={chosen}"}
    ),
    *_desk("coproduction", {f"write_{what}": f"{_PROJECT}/{address}" for what, address in _WRITE.items()}),
    Look("coproduction/write_session.html", f"{_PROJECT}/session", "officer", press="Announce the session"),
    *_desk("story", {"desk_list": "/desk/pages", "desk_edit": "/desk/pages/contact"}),
    Look("story/desk_edit.html", "/desk/pages/privacy", "officer", press="Preview"),
    Look("story/desk_version.html", "/desk/pages/contact/en/0", "officer"),
)

ALONE = tuple(Look(f"web/{name}.html", f"/only-in-tests/{name}") for name in ("database_gone", "gone", "went_wrong"))
"""What only a fault shows, and pages that no fault of a test can cause."""

LOOKS = (*VISITORS, *RESIDENTS, *STAFF, *ALONE)
