"""Stage 7: the library in, what the check went through out: how much there is, and how much of it was proven."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from retell.story.model import Quote
from retell.story.prose import set_line

if TYPE_CHECKING:
    from retell.checks.evidence import Findings
    from retell.story.library import Library

CLAIMED = ("narration", "position")


class ArticleShare(msgspec.Struct, frozen=True):
    """How much of one article a story uses: of its paragraphs those cited, of its words those quoted."""

    paragraphs: int
    cited: int
    words: int
    quoted: int

    @property
    def per_cent_quoted(self) -> float:
        """The share of its words that is quoted, in per cent; 0 for an article without words."""
        return 100 * self.quoted / self.words if self.words else 0.0


class Evidence(msgspec.Struct, frozen=True):
    """What copies bore out: statements proven, others by reason, numbers and names looked for, each article's use.

    A statement is whatever cites a paragraph: a claim of narration or a position, a quote, an answer, a term's meaning,
    and what the class's file says.
    """

    proven: int
    unproven: dict[str, int]
    numbers: int
    names: int
    articles: dict[str, ArticleShare]
    not_borne_out: int = 0

    @property
    def statements(self) -> int:
        """How many there are in all."""
        return self.proven + self.not_borne_out + sum(self.unproven.values())


class Summary(msgspec.Struct, frozen=True):
    """How many of each the check went through; the evidence only where there were copies to look into.

    `story` is the story's title or, where it has none, the name of its folder.
    """

    scenes: int
    disputes: int
    claims: int
    quotations: int
    evidence: Evidence | None = None
    story: str = ""


def summarise(library: Library, evidence: Evidence | None = None) -> Summary:
    """Count a library's scenes, disputes, the claims of narration and positions, and the quotations in all of these."""
    claims = [claim for passage in library.passages() if passage.kind in CLAIMED for claim in passage.prose.claims]
    beats = sum(isinstance(beat, Quote) for scene in library.scenes.values() for beat in scene.form.beats)
    return Summary(
        scenes=len(library.scenes),
        disputes=len(library.disputes),
        claims=len(claims),
        quotations=sum(len(claim.quotations) for claim in claims) + beats,
        evidence=evidence,
        story=_name(library),
    )


def _name(library: Library) -> str:
    title = set_line(library.story.form.title) if library.story else ""
    return title or library.root.resolve().name or str(library.root)


def evidence_of(findings: Findings) -> Evidence:
    """Sum up what holding the story against copies gave."""
    articles = {
        key: ArticleShare(share.paragraphs, len(share.cited), share.words, share.quoted)
        for key, share in findings.shares.items()
    }
    return Evidence(
        findings.proven, findings.unproven, findings.numbers, findings.names, articles, findings.not_borne_out
    )
