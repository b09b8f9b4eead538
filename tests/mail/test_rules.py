"""When mail is tried again, and what may stand in a header."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shapedby.mail.rules import is_final, one_header_line, subject_and_body, wait_after, worth_sending


@pytest.mark.parametrize(("tries", "seconds"), [(1, 30), (2, 60), (3, 120), (8, 3840), (20, 14400), (500, 14400)])
def test_each_failure_waits_twice_as_long_up_to_four_hours(tries: int, seconds: int) -> None:
    assert wait_after(tries) == timedelta(seconds=seconds)


def test_a_sign_in_mail_is_not_sent_after_its_time_and_others_are_tried_for_days() -> None:
    assert worth_sending("sign_in") == timedelta(minutes=30)
    assert worth_sending("decision") >= timedelta(days=3)


@pytest.mark.parametrize(("code", "final"), [(421, False), (450, False), (550, True), (554, True)])
def test_only_five_hundreds_are_final(code: int, *, final: bool) -> None:
    assert is_final(code) is final


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x00", "\u2028", "\x0b", "\x85"])
def test_a_header_is_one_line_whatever_is_put_into_it(end: str) -> None:
    made = one_header_line(f"Hello{end}Bcc: all@example.org")
    assert made == "Hello Bcc: all@example.org"


def test_the_subject_is_the_first_line_of_the_text() -> None:
    assert subject_and_body("\nSubject:  A  b\n\n\n\n\nOne\n\n\n\nTwo\n") == ("A b", "One\n\nTwo\n")
    with pytest.raises(ValueError, match="first line"):
        subject_and_body("Hello")
