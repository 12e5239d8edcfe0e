"""How much is drawn: of what may be left out, little.

A report has more than a hundred fields. Were each drawn, it would take about four
times as long; so each part draws which few of its optional fields it fills.
"""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import chain, combinations
from typing import Any, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")

Fields = dict[str, Any]
"""Arguments of a type of the model."""


@lru_cache(maxsize=1_000)
def any_of(values: Iterable[T]) -> st.SearchStrategy[T]:
    """Build one of *values*, the first of which is the plain case.

    Kept once made: hypothesis looks a new strategy over before it draws from it, and
    that takes as long as the draw.
    """
    return st.sampled_from(tuple(values))


@cache
def _choices(names: tuple[str, ...], most: int) -> tuple[tuple[str, ...], ...]:
    sizes = (combinations(names, size) for size in range(most + 1))
    return tuple(chain.from_iterable(sizes))


def some_of(
    draw: st.DrawFn, fields: Mapping[str, st.SearchStrategy[Any]], most: int = 2
) -> Fields:
    """Draw values for none of *fields*, the plain case, or for up to *most*."""
    names = draw(any_of(_choices(tuple(fields), most)))
    return {name: draw(fields[name]) for name in names}


def one_or_two(member: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    """Build one, the plain case, or two."""
    one: st.SearchStrategy[tuple[T, ...]] = st.tuples(member)
    return one | st.tuples(member, member)


def few(member: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    """Build none, the plain case, one or two."""
    none: st.SearchStrategy[tuple[T, ...]] = st.just(())
    return none | one_or_two(member)
