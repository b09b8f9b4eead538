"""Addresses are found as they were typed, also those that cleaning takes away."""

from __future__ import annotations

import pytest

from shapedby.text import Format, Link, links, safe_address

FOUND = [
    ("see https://a.example/x.", ("https://a.example/x", "a.example", "https://a.example/x")),
    ("see www.A.example", ("www.A.example", "www.a.example", "www.A.example")),
    ("[click](https://a.example)", ("https://a.example", "a.example", "click")),
    ("[url=http://a.example]click[/url]", ("http://a.example", "a.example", "click")),
    ("[url]a.example[/url]", ("a.example", "a.example", "a.example")),
    ("<a href=http://a.example class=x>click <b>here</b></a>", ("http://a.example", "a.example", "click")),
    ("<iframe src='//a.example/f'></iframe>", ("//a.example/f", "a.example", "//a.example/f")),
    (
        '<img src="https://a.example/p.gif">',
        ("https://a.example/p.gif", "a.example", "https://a.example/p.gif"),
    ),
    ("<a href=&#104;ttp://a.example>click</a>", ("http://a.example", "a.example", "click")),
    ("hxxp://a[.]example", ("http://a.example", "a.example", "http://a.example")),
    ("visit spam dot com", ("spam.com", "spam.com", "spam.com")),
    ("visit sp\u200bam.com", ("spam.com", "spam.com", "spam.com")),
    ("http://user@evil.example/", ("http://user@evil.example/", "evil.example", "http://user@evil.example/")),
    ("https://\u0430pple.com", ("https://\u0430pple.com", "xn--pple-43d.com", "https://\u0430pple.com")),
    (
        "<script src=https://a.example/x.js></script>",
        ("https://a.example/x.js", "a.example", "https://a.example/x.js"),
    ),
]


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize(("typed", "link"), FOUND)
def test_an_address_is_found_however_it_is_written(typed: str, link: tuple[str, str, str], form: Format) -> None:
    assert links(typed, format=form) == (Link(*link),)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "nothing here",
        "see [1](below) and e.g. this.And that",
        "[x](#top)",
        "me@a.example",
        "costs 3.50, node.js",
    ],
)
def test_a_text_without_addresses_has_none(typed: str) -> None:
    assert links(typed) == ()


def test_addresses_come_in_order_and_once() -> None:
    found = links("b.example a.example [x](http://c.example) a.example")
    assert [link.host for link in found] == ["b.example", "a.example", "c.example"]


def test_a_script_in_an_address_is_reported_without_a_host() -> None:
    assert [link.host for link in links("<a href='javascript:alert(1)'>x</a>", format=Format.HTML)] == [""]


@pytest.mark.parametrize(
    ("raw", "href"),
    [
        ("https://A.Example/Path", "https://a.example/Path"),
        ("  http://a.example:8080/?q=\u00e9 x", "http://a.example:8080/?q=%C3%A9%20x"),
        ("mailto:me@a.example?subject=x", "mailto:me@a.example"),
        ("https://a\u3002example/", "https://a.example/"),
        ("http://192.0.2.7/", "http://192.0.2.7/"),
    ],
)
def test_a_safe_address_has_one_spelling(raw: str, href: str) -> None:
    address = safe_address(raw)
    assert address is not None
    assert address.href == href


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "javascript:123",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//a.example",
        "/a",
        "#a",
        "a.example",
        "https://",
        "https://localhost",
        "https://user@a.example",
        "https://a.example\\@b.example",
        "https://good.example%2fevil",
        "ftp://a.example",
        "mailto:",
        "mailto:a@b.example,c@d.example",
        "https://2130706433/",
        "https://[::1]/",
        "https://a..example",
        "https://" + "a" * 3000 + ".example",
        "http:javascript:1",
        "https:/\\a.example",
    ],
)
def test_what_is_not_safe_has_no_address(raw: str) -> None:
    assert safe_address(raw) is None
