from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shapedby.tally.rules.tree import EMPTY, Subtree, grown, leaf_hash, node_hash, proof, root, root_by, subtrees

LEAVES = st.lists(st.text(max_size=5), max_size=70)


def as_the_standard_says(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node_hash(as_the_standard_says(leaves[:half]), as_the_standard_says(leaves[half:]))


def test_known_roots() -> None:
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf_hash("").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


@given(LEAVES, st.integers(0, 70))
def test_a_tree_that_grows_in_batches_is_the_tree_of_all_its_leaves(lines: list[str], cut: int) -> None:
    leaves = [leaf_hash(line) for line in lines]
    halves, some = grown(0, [], leaves[:cut])
    halves, more = grown(len(leaves[:cut]), halves, leaves[cut:])
    assert root(halves) == as_the_standard_says(leaves)
    known = some | more | {Subtree(0, place): leaf for place, leaf in enumerate(leaves)}
    assert [known[one] for one in subtrees(0, len(leaves))] == halves


@given(st.lists(st.text(max_size=5), min_size=1, max_size=40), st.data())
def test_every_leaf_is_proved_and_no_other(lines: list[str], data: st.DataObject) -> None:
    leaves = [leaf_hash(line) for line in lines]
    halves, made = grown(0, [], leaves)
    known = made | {Subtree(0, place): leaf for place, leaf in enumerate(leaves)}
    place = data.draw(st.integers(0, len(leaves) - 1))
    beside = proof(place, len(leaves), known)
    assert root_by(leaves[place], place, len(leaves), beside) == root(halves)
    assert root_by(leaf_hash("another"), place, len(leaves), beside) != root(halves)


def test_no_two_subtrees_have_one_number() -> None:
    _, made = grown(0, [], [leaf_hash(str(number)) for number in range(300)])
    assert len({one.number for one in made}) == len(made) == 300 - (300).bit_count()
