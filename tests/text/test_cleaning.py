"""What people type is shown as they meant it, and nothing else gets through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some
from markupsafe import Markup

from shapedby.text import TOO_LONG, Format, TextTooLong, clean
from shapedby.text.cleaning import clean_any_length

if TYPE_CHECKING:
    from collections.abc import Callable

REL = 'rel="nofollow ugc noopener"'

TYPED = [
    ("", ""),
    ("   \n\n ", ""),
    ("One line", "<p>One line</p>"),
    ("One\nTwo\n\nThree", "<p>One<br>\nTwo</p>\n<p>Three</p>"),
    ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
    ("**very** *much*", "<p><strong>very</strong> <em>much</em></p>"),
    ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
    ("# Big\n\n###### Small", "<h3>Big</h3>\n<h4>Small</h4>"),
    ("    indented is not code", "<p>indented is not code</p>"),
    ("Title\n-----\ntext", "<p>Title</p>\n\n\n<p>text</p>"),
    ("a <b>bold</b> claim", "<p>a &lt;b&gt;bold&lt;/b&gt; claim</p>"),
    ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ('R&D, 3 < 4 & "so" &amp;lt;', '<p>R&amp;D, 3 &lt; 4 &amp; "so" &amp;lt;</p>'),
    ("![a cat](https://cats.example/c.png)", f'<p>!<a href="https://cats.example/c.png" {REL}>a cat</a></p>'),
    ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
    ("[here](/ideas/3)", "<p>here</p>"),
    ("`a < b`", "<p><code>a &lt; b</code></p>"),
    ("```\n\n\nx\n```", "<pre><code>\n\nx\n</code></pre>"),
]

IMPORTED = [
    ("<p>a</p><p>b</p>", "<p>a</p><p>b</p>"),
    ("<div>a</div><div>b</div>", "a\nb"),
    ('<p class="x" style="color:red" onclick="x()">a</p>', "<p>a</p>"),
    ("<h1>a</h1><h2>b</h2><h6>c</h6>", "<h3>a</h3><h3>b</h3><h4>c</h4>"),
    ("<b>a</b> <i>b</i>", "<strong>a</strong> <em>b</em>"),
    ("a<script>alert(1)</script><style>p{}</style>b", "ab"),
    ("a<!-- b -->c", "ac"),
    ('<img src="https://a.example/x.png" onerror="alert(1)">a', "a"),
    ('<a href="javascript:123">a</a>', "a"),
    ('<a href="JaVa&#x09;Script:alert(1)">a</a>', "a"),
    ('<a href="data:text/html,x">a</a>', "a"),
    ('<a href="//evil.example">a</a>', "a"),
    ('<a href="/relative">a</a>', "a"),
    ('<a href="https://user:pw@evil.example">a</a>', "a"),
    ('<a href="http://localhost">a</a>', "a"),
    ('<a name="x">a</a>', "a"),
    ('<a href="https://a.example"></a>b', "b"),
    (
        '<a href="https://a.example" target="_blank" rel="me">a</a>',
        f'<a href="https://a.example" {REL}>a</a>',
    ),
    (
        '<a href="https://a.example/?a=1&amp;b=2&copy=3">a</a>',
        f'<a href="https://a.example/?a=1&amp;b=2&amp;copy=3" {REL}>a</a>',
    ),
    ('<a href="mailto:a@b.example?bcc=c@d.example">a</a>', f'<a href="mailto:a@b.example" {REL}>a</a>'),
    ("&lt;b&gt; &amp;lt; &eacute; e&#120;it", "&lt;b&gt; &amp;lt; é exit"),
    ("a&nbsp;b", "a&nbsp;b"),
    ("<pre>\n\n\na</pre>", "<pre>a</pre>"),
]

DISGUISED = [
    ("[https://bank.example](https://evil.example/x)", "https://bank.example (evil.example)"),
    ("[www.bank.example](https://evil.example)", "www.bank.example (evil.example)"),
    ("[Log in at bank.example now](https://evil.example)", "Log in at bank.example now (evil.example)"),
    ("[bank\u3002example](https://evil.example)", "bank\u3002example (evil.example)"),
    ("[bank.exam\u200bple](https://evil.example)", "bank.example (evil.example)"),
    ("[help@bank.example](mailto:thief@evil.example)", "help@bank.example (thief@evil.example)"),
    ("https://\u0430pple.com", "https://\u0430pple.com (xn--pple-43d.com)"),
]

HONEST = [
    "[the council](https://council.example/page)",
    "[council.example](https://www.council.example/page)",
    "[https://council.example](https://council.example/page)",
    "https://council.example/a",
    "[write to a@b.example](mailto:a@b.example)",
]


@pytest.mark.parametrize(("typed", "shown"), TYPED)
def test_plain_markdown_is_shown_as_it_was_meant(typed: str, shown: str) -> None:
    assert clean(typed) == shown


@pytest.mark.parametrize(("html", "shown"), IMPORTED)
def test_html_of_another_platform_keeps_only_the_published_list(html: str, shown: str) -> None:
    assert clean(html, format=Format.HTML) == shown


@pytest.mark.parametrize(("typed", "shown"), DISGUISED)
def test_a_link_that_looks_like_another_address_shows_its_real_host(typed: str, shown: str) -> None:
    assert f">{shown}</a>" in clean(typed)


@pytest.mark.parametrize("typed", HONEST)
def test_an_honest_link_is_left_alone(typed: str) -> None:
    assert " (" not in clean(typed)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("see https://a.example/b?c=1&d=2.", "https://a.example/b?c=1&amp;d=2"),
        ("see www.council.gov.uk, please", "https://www.council.gov.uk"),
        ("(council.gov.uk/page)", "https://council.gov.uk/page"),
        ("write to me@mail.example", "mailto:me@mail.example"),
        ("https://m\u00fcnchen.example", "https://xn--mnchen-3ya.example"),
    ],
)
def test_a_bare_address_becomes_a_link(typed: str, address: str) -> None:
    assert f'<a href="{address}" {REL}>' in clean(typed)


@pytest.mark.parametrize("typed", ["e.g. this", "node.js", "10.30", "and.Then", "`www.a.example`", "file.txt"])
def test_what_is_no_address_is_no_link(typed: str) -> None:
    assert "<a" not in clean(typed)


@pytest.mark.parametrize(
    "hidden",
    [
        "\u200b",
        "\u202e",
        "\u2066",
        "\u200e",
        "\ufeff",
        "\u00ad",
        "\u2060",
        "\U000e0041",
        "\x00",
        "\x1b",
        "\ud800",
    ],
)
@pytest.mark.parametrize("form", list(Format))
def test_characters_nobody_sees_are_gone(hidden: str, form: Format) -> None:
    assert clean(f"a{hidden}b", format=form).replace("<p>", "").replace("</p>", "") == "ab"


@pytest.mark.parametrize("reference", ["&#x200b;", "&#8238;", "&ZeroWidthSpace;", "&shy;", "&rlm;", "&zwj;"])
@pytest.mark.parametrize("form", list(Format))
def test_hidden_characters_written_as_references_are_gone_too(reference: str, form: Format) -> None:
    assert "ab" in clean(f"a{reference}b", format=form)


@pytest.mark.parametrize(
    "kept",
    [
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u2764\ufe0f",
        "\u00f1\u00e1",
    ],
)
def test_emoji_flags_and_scripts_keep_the_joiners_they_need(kept: str) -> None:
    assert clean(kept) == f"<p>{kept}</p>"


@pytest.mark.parametrize("form", list(Format))
def test_a_text_over_the_limit_is_refused_and_one_at_the_limit_is_not(form: Format) -> None:
    assert isinstance(clean("x" * TOO_LONG, format=form), Markup)
    with pytest.raises(TextTooLong) as refused:
        clean("x" * (TOO_LONG + 1), format=form)
    assert refused.value.length == TOO_LONG + 1


@pytest.mark.parametrize(
    ("busy", "form"),
    [
        ("<ul><li>" * 11, Format.HTML),
        ("<b>" * 501, Format.HTML),
        ("> " * 21 + "a", Format.MARKDOWN),
        ("*a* " * 501, Format.MARKDOWN),
    ],
)
def test_a_text_too_deep_or_too_busy_is_shown_as_it_was_typed(busy: str, form: Format) -> None:
    shown = clean(busy, format=form)
    assert shown.count("<") == 2
    assert shown.unescape().removeprefix("<p>").removesuffix("</p>").strip() == busy.strip()


def test_a_deep_list_keeps_every_word() -> None:
    typed = "\n".join("  " * depth + f"- word{depth}" for depth in range(40))
    assert all(f"word{depth}" in clean(typed) for depth in range(40))


def test_only_a_hundred_addresses_become_links() -> None:
    assert clean("a.example " * 150).count("<a ") == 100


WRITTEN = r"""
    < > & " ' / = <p> </p> <b> </b> <i> <em> </em> <a> </a> <ul> <li> </ul> <ol> <pre> </pre> <code> </code> <h1>
    </h1> <br> </br> <table> <td> </table> <svg> <math> <style> </style> <script> </script> <select> <option>
    <form> <textarea> </textarea> <template> <!-- --> <![CDATA[ ]]> <? <! &lt; &amp; &amp;lt; &#120; &nbsp; &notit;
    &#x200b; &am http:// https://a.example a.uk x@y.example bank.example <a/href=https://evil.example>
    <a/href='http://x.example/?a&b="'> <a/href=javascript:1> <div> </div> <blockquote> * ** _ ` ``` [ ] ( ) ![
    ](https://e.example) # > - 1. \ ( ) . , e
"""
UNWRITTEN = ["\u0338", "\u0301", "\u200d", "\u202e", "\u00a0", "\U0001f468", "\u0430.com", "\t", "\n", " "]
PIECES = some.sampled_from([*WRITTEN.split(), *UNWRITTEN])
TEXTS = some.lists(PIECES | some.text(max_size=4), max_size=25).map("".join)
OFTEN = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@OFTEN
@given(source=TEXTS, form=some.sampled_from(Format))
@example(source="<pre>\n\n\nx", form=Format.HTML)
@example(source="<a href=https://a.example><table><td><a href=https://b.example>x", form=Format.HTML)
@example(source="e<span></span>\u0301 <p>\u0338", form=Format.HTML)
def test_whatever_is_typed_stays_inside_the_list_and_does_not_change_when_cleaned_again(
    source: str, form: Format, wrong_in: Callable[[str], list[str]]
) -> None:
    once = clean(source, format=form)
    assert wrong_in(once) == []
    assert clean_any_length(once, format=Format.HTML) == once
