"""Count which paragraphs the statements of a story cite together: a wrong locator stands in unusual company."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retell.checks.evidence.paragraph import Paragraph

MOST = 3  # statements that count
TOLD_AGAIN = 2  # citations of a paragraph on the average


class Company:
    """How many statements cite each paragraph, alone or with which others."""

    def __init__(self, cited: Iterable[Sequence[Paragraph]]) -> None:
        """Take the paragraphs that each statement cites."""
        self.times: Counter[Paragraph] = Counter()
        self._together: dict[Paragraph, Counter[Paragraph]] = defaultdict(Counter)
        for paragraphs in cited:
            self.times.update(paragraphs)
            for each in paragraphs:
                self._together[each].update([other for other in paragraphs if other is not each])

    @property
    def is_told_again(self) -> bool:
        """Whether statements cite the same paragraphs again and again, so that one cited once stands out."""
        return self.times.total() > TOLD_AGAIN * len(self.times)

    def lack(self, cited: Paragraph, others: Sequence[Paragraph]) -> int:
        """Return how many more statements cite another paragraph with the rest of what a claim cites than this one."""
        together: Counter[Paragraph] = Counter()
        for each in others:
            if each is not cited and each in self._together:
                together.update(self._together[each])
        own = together[cited] - (len(others) - 1)  # without the claim's own citations
        most = max([times for each, times in together.items() if each not in others], default=0)
        return min(MOST, most) - min(MOST, max(0, own))
