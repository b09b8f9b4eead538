"""All SQL about accounts: ``profiles``, ``about`` (all about a person), ``exports``, ``erasing``, ``retention``."""

from shapedby.account.queries.profiles import (
    Named,
    Profile,
    PublicProfile,
    described_by,
    forget_words,
    keep_about_me,
    keep_name,
    named_by,
    now,
    profile,
    public_profile,
)

__all__ = [
    "Named",
    "Profile",
    "PublicProfile",
    "described_by",
    "forget_words",
    "keep_about_me",
    "keep_name",
    "named_by",
    "now",
    "profile",
    "public_profile",
]
