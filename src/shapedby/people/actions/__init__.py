"""What can be done with people; everything public is importable from here."""

from shapedby.people.actions.people import (
    add_person,
    change_details,
    change_duties,
    fallback_name,
    forget_newcomer,
    record_act,
    rename,
    set_role,
    welcome,
)
from shapedby.people.actions.signing_in import (
    Asked,
    SignedIn,
    ask_to_sign_in,
    mint_link,
    use_code,
    use_link,
)
from shapedby.people.actions.signing_out import end_all, end_one, end_others, forget_ended, sign_out

__all__ = [
    "Asked",
    "SignedIn",
    "add_person",
    "ask_to_sign_in",
    "change_details",
    "change_duties",
    "end_all",
    "end_one",
    "end_others",
    "fallback_name",
    "forget_ended",
    "forget_newcomer",
    "mint_link",
    "record_act",
    "rename",
    "set_role",
    "sign_out",
    "use_code",
    "use_link",
    "welcome",
]
