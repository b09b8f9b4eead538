"""What is asked and written about people; what other slices ask is importable from here."""

from shapedby.people.queries.asking import (
    Area,
    Person,
    SignIn,
    WayIn,
    areas,
    hashed,
    person,
    person_by_email,
    sign_ins,
    way_in_by_link,
    way_in_of_browser,
    who_asks,
)
from shapedby.people.queries.contacts import can_be_asked
from shapedby.people.queries.staff import Found, find_people, has_safeguarding, is_safeguarding

__all__ = [
    "Area",
    "Found",
    "Person",
    "SignIn",
    "WayIn",
    "areas",
    "can_be_asked",
    "find_people",
    "has_safeguarding",
    "hashed",
    "is_safeguarding",
    "person",
    "person_by_email",
    "sign_ins",
    "way_in_by_link",
    "way_in_of_browser",
    "who_asks",
]
