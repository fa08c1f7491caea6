"""What reports show of objects: bounded, and never an exception but an interrupt."""

from __future__ import annotations

import pytest

from pytest_cognito_pool._service.wording import folded, named, said, shortened, shown


class Raises:
    def __init__(self, error):
        self._error = error

    def __repr__(self):
        raise self._error

    __str__ = __repr__


class Text(str):
    """A text whose own methods break."""

    __slots__ = ()

    def __len__(self):
        raise ValueError

    __str__ = __repr__ = __format__ = __len__


class OfText:
    def __repr__(self):
        return Text("mine")


class OfNothing:
    def __repr__(self):
        return None


class Lost:
    def __getattr__(self, name):
        raise KeyError(name)

    def __repr__(self):
        return "<Lost>"


@pytest.mark.parametrize(
    "error", [ValueError("x"), RecursionError(), SystemExit(2), pytest.fail.Exception("x"), GeneratorExit()]
)
def test_what_a_repr_raises_is_named(error):
    kind = type(error).__name__
    assert shown(Raises(error)) == f"<Raises object whose __repr__ raised {kind}>"
    assert said(Raises(error)) == f"<Raises object whose __str__ raised {kind}>"


def test_an_interrupt_interrupts():
    with pytest.raises(KeyboardInterrupt):
        shown(Raises(KeyboardInterrupt()))


def test_a_text_of_an_authors_own_class():
    assert shown(OfText()) == "mine"
    assert type(shown(OfText())) is str


def test_a_repr_that_is_no_text():
    assert shown(OfNothing()) == "<OfNothing object whose __repr__ raised TypeError>"


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("abcdefghij", 10, "abcdefghij"),
        ("abcdefghijk", 10, "abcd...ijk"),
        ("abcdefghijk", 9, "abc...ijk"),
        ("abcdefghijk", None, "abcdefghijk"),
    ],
)
def test_the_middle_is_left_out(text, longest, expected):
    assert shortened(text, longest) == expected
    assert longest is None or len(shortened(text, longest)) <= longest


def test_lines_are_folded_where_that_is_shorter():
    lines = list("abcdefgh")
    assert folded(lines, 2, 3, "letters") == ["a", "b", "... 3 more letters ...", "f", "g", "h"]
    assert folded(lines, 4, 3, "letters") == lines
    assert folded([], 1, 1, "letters") == []


def test_names_of_handlers():
    assert named(shown) == "pytest_cognito_pool._service.wording.shown"
    assert named(Lost()) == "<Lost>"
    assert named(Raises(ValueError())) == "<Raises object whose __repr__ raised ValueError>"
