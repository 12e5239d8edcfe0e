"""Three answers to every question about imprecise, hedged or missing words.

Kleene's strong logic (S. C. Kleene, Introduction to Metamathematics, 1952, section
64): MAYBE stands for "it is one of the two, and we cannot tell which".
"""

import enum
import operator
from collections.abc import Iterable
from functools import reduce
from typing import NoReturn


class Truth(enum.Enum):
    """YES, MAYBE or NO: the answer to a question about what was reported.

    An answer is never a bare bool, so that "we cannot tell" is never taken for
    "no". Combine answers with `&`, `|` and `~`, and ask for the one you mean:

    >>> answer = Truth.YES & Truth.MAYBE
    >>> answer is Truth.MAYBE
    True
    >>> print(answer | Truth.YES, ~answer)
    YES MAYBE
    """

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"

    @classmethod
    def of(cls, answer: bool) -> "Truth":  # noqa: FBT001 (it turns a bool into an answer)
        """Turn what is known for certain into YES or NO."""
        return cls.YES if answer else cls.NO

    @classmethod
    def all_of(cls, answers: Iterable["Truth"]) -> "Truth":
        """Tell whether all hold: YES when there are none.

        >>> print(Truth.all_of([Truth.MAYBE, Truth.NO]), Truth.all_of([]))
        NO YES
        """
        return reduce(operator.and_, answers, cls.YES)

    @classmethod
    def any_of(cls, answers: Iterable["Truth"]) -> "Truth":
        """Tell whether at least one holds: NO when there are none.

        >>> print(Truth.any_of([Truth.MAYBE, Truth.NO]), Truth.any_of([]))
        MAYBE NO
        """
        return reduce(operator.or_, answers, cls.NO)

    def __and__(self, other: object) -> "Truth":
        if not isinstance(other, Truth):
            return NotImplemented
        if Truth.NO in (self, other):
            return Truth.NO
        return Truth.MAYBE if Truth.MAYBE in (self, other) else Truth.YES

    def __or__(self, other: object) -> "Truth":
        if not isinstance(other, Truth):
            return NotImplemented
        if Truth.YES in (self, other):
            return Truth.YES
        return Truth.MAYBE if Truth.MAYBE in (self, other) else Truth.NO

    def __invert__(self) -> "Truth":
        if self is Truth.MAYBE:
            return self
        return Truth.NO if self is Truth.YES else Truth.YES

    def __bool__(self) -> NoReturn:
        raise TypeError(
            f"{self} is one of three answers, and no bool: ask `is Truth.YES` for what"
            " is certain, or `is not Truth.NO` for what is possible"
        )

    def __str__(self) -> str:
        return self.name
