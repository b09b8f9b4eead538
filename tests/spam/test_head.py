"""A council's head learns a campaign from its moderators, never from reports, and never from one who turns it over."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from campaign import selling, talking

from shapedby.spam import replay
from shapedby.spam.artefact import SHIPPED, ModelBroken, load
from shapedby.spam.fit_head import Learned, learn
from shapedby.spam.head import HeadBroken, pack, unpack
from shapedby.spam.rules import Verdict
from shapedby.spam.score import score
from shapedby.spam.trust import AUTHOR_LEAST, Label, capped

MODEL = load()
REPLAY = replay.load(MODEL.digest)
CIVIC = "More benches and a safer crossing near the school, please."


def labels(*, moderator: int = 1, upside_down: bool = False) -> list[Label]:
    texts = [(text, True) for text in selling(50)] + [(text, False) for text in talking(50)]
    return [Label(text, spam is not upside_down, 100 + n, moderator) for n, (text, spam) in enumerate(texts)]


@pytest.fixture(scope="module")
def learned() -> Learned:
    return learn(MODEL, REPLAY, labels())


def test_a_campaign_in_an_unknown_language_is_learned_from_100_decisions(learned: Learned) -> None:
    assert learned.refused == ""
    new, clean = selling(200, seed=11), talking(200, seed=12)
    caught = sum(score(MODEL, text, learned.head).verdict is Verdict.HOLD for text in new)
    wrong = sum(score(MODEL, text, learned.head).verdict is Verdict.HOLD for text in clean)
    assert 2 * caught / (caught + wrong + len(new)) >= 0.87
    assert score(MODEL, CIVIC, learned.head).verdict is Verdict.PUBLISH


def test_what_was_known_before_is_still_known(learned: Learned) -> None:
    figures = learned.figures
    assert figures.civic_held <= figures.civic_held_before + 0.01
    assert figures.civic_held <= 0.005
    assert figures.spam_held >= figures.spam_held_before - 0.01


def test_the_reasons_add_up_with_a_head_too(learned: Learned) -> None:
    for text in [*selling(5, seed=3), CIVIC, "", "https://a.example/b zurvo zurvo https://a.example/b", "x " * 500]:
        result = score(MODEL, text, learned.head)
        assert math.fsum(r.weight for r in result.reasons) == pytest.approx(result.total, abs=1e-6)


def test_the_words_of_the_campaign_are_named_as_reasons(learned: Learned) -> None:
    text = selling(1, seed=21)[0]
    before = sum(r.weight for r in score(MODEL, text).reasons if r.kind == "word")
    after = sum(r.weight for r in score(MODEL, text, learned.head).reasons if r.kind == "word")
    assert after > before


def test_learning_twice_gives_the_same_head(learned: Learned) -> None:
    assert pack(learn(MODEL, REPLAY, labels()).head) == pack(learned.head)


def test_a_moderator_who_labels_everything_wrongly_teaches_nothing() -> None:
    wrong = learn(MODEL, REPLAY, labels(upside_down=True))
    assert wrong.refused
    assert list(wrong.moderators) == [1]


def test_a_moderator_who_calls_what_residents_write_spam_teaches_nothing() -> None:
    texts = [f"{CIVIC} The {street} needs {thing}." for street in ("park", "mill", "quay", "square") for thing in
             ("light", "trees", "bins", "shade", "paint", "a bus", "a ramp", "a bench")]  # fmt: skip
    assert learn(MODEL, REPLAY, [Label(text, True, n, 1) for n, text in enumerate(texts)]).refused


def test_beside_one_who_labels_wrongly_the_other_is_still_heard(learned: Learned) -> None:
    both = learn(MODEL, REPLAY, [*labels(moderator=2, upside_down=True), *labels(moderator=1)])
    assert both.refused == ""
    assert list(both.moderators) == [2]


def test_too_few_decisions_teach_nothing() -> None:
    assert learn(MODEL, REPLAY, labels()[:10]).refused == "too few decisions"
    assert learn(MODEL, REPLAY, []).refused == "too few decisions"


def test_no_author_counts_more_than_their_share() -> None:
    one = [replace(label, author=7) for label in labels()[:50]]
    kept = capped([*one, *labels()[50:]])
    assert sum(label.author == 7 for label in kept) == AUTHOR_LEAST
    assert len(kept) == 50 + AUTHOR_LEAST


def test_the_same_words_count_once() -> None:
    assert len(capped([Label("Buy now 1", True, 1, 1), Label("buy  NOW 2", True, 2, 1)])) == 1


def test_no_moderator_counts_for_more_than_a_hundred_or_half() -> None:
    many = [Label(f"text {'x' * n}", True, n, 1) for n in range(300)]
    few = [Label(f"other {'y' * n}", True, 1000 + n, 2) for n in range(20)]
    assert sum(label.moderator == 1 for label in capped([*many, *few])) == 160


def test_a_head_is_read_back_as_it_was(learned: Learned) -> None:
    again = unpack(pack(learned.head), MODEL.digest)
    text = selling(1, seed=9)[0]
    assert score(MODEL, text, again).total == pytest.approx(score(MODEL, text, learned.head).total, abs=0.01)


def test_a_head_that_was_changed_or_made_for_other_weights_is_refused(learned: Learned) -> None:
    content = bytearray(pack(learned.head))
    content[-5] ^= 1
    for broken in (bytes(content), b"", b"x\ny", b"[]\n"):
        with pytest.raises(HeadBroken):
            unpack(broken, MODEL.digest)
    with pytest.raises(HeadBroken, match="other weights"):
        unpack(pack(learned.head), "another")


def test_replayed_texts_are_small_hashed_and_both_civic_and_spam() -> None:
    assert replay.SHIPPED.stat().st_size <= replay.LIMIT
    for kind in (True, False):
        assert (REPLAY.spam == kind).sum() > 1000
        assert (REPLAY.spam[REPLAY.checked] == kind).sum() >= 500
    assert all(np.all(np.diff(found) > 0) for found in REPLAY.places[:100])


def test_replayed_texts_for_other_weights_are_refused() -> None:
    with pytest.raises(ModelBroken, match="other weights"):
        replay.load("another")
    with pytest.raises(ModelBroken):
        replay.load(MODEL.digest, SHIPPED.with_name("none.bin"))
