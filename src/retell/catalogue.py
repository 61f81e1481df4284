"""Stage 8: the library in, what `retell sources` says of the articles out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retell.problems import RetellError, nearest
from retell.prose import set_quotes
from retell.script import articles, cited_in
from retell.steps import Article, ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.library import Library


@dataclass(frozen=True, slots=True)
class Record:
    """One article, what its card warns of, and how often each scene cites it: (number, title, times, paragraphs)."""

    article: Article
    stance: str
    leaves_out: str
    cautions: tuple[str, ...]
    paragraphs: int
    cited: tuple[tuple[int, str, int, tuple[int, ...]], ...]

    @property
    def times(self) -> int:
        """How often the whole story cites it."""
        return sum(times for _, _, times, _ in self.cited)


def records(library: Library) -> tuple[Record, ...]:
    """Give a record of each article, in the order of their codes; the library must have passed the check."""
    return tuple(_record(library, article) for article in articles(library))


def find(library: Library, name: str) -> Record:
    """Give the record of the article with this key or code; raises RetellError when there is none."""
    known = records(library)
    for record in known:
        if name in (record.article.key, record.article.code) or name.upper() == record.article.code:
            return record
    keys = [record.article.key for record in known]
    raise RetellError(f"no article '{name}'; {nearest(name, keys) or 'retell sources lists them'}")


def overview(library: Library) -> Iterator[str]:
    """List the articles, two lines each."""
    for record in records(library):
        article = record.article
        yield f"{article.code}  {article.key}: {article.outlet}"
        scenes = ", ".join(str(number) for number, *_ in record.cited) or "none"
        yield f"   {article.date}; {article.genre}; cited {record.times} times, in scenes {scenes}"


def describe(record: Record) -> Iterator[tuple[str, str]]:
    """Give all that is known of one article, as labels and texts."""
    article = record.article
    yield "code", article.code
    yield "key", article.key
    yield "headline", article.title
    yield "outlet", article.outlet
    yield "date", article.date
    yield "kind", article.genre
    yield "address", article.url or "not in our copy"
    yield "about", article.summary
    yield from (("worked out", note) for note in article.worked_out)
    yield "stance", record.stance
    yield "leaves out", record.leaves_out
    yield from (("caution", caution) for caution in record.cautions)
    yield "paragraphs", str(record.paragraphs)
    for number, title, times, paragraphs in record.cited:
        where = f" (¶{ranges(paragraphs)})" if paragraphs else ""
        yield f"scene {number}", f"{title}: cited {times} time{'s' if times > 1 else ''}{where}"


def _record(library: Library, article: Article) -> Record:
    source = library.sources[article.key].form
    cited = []
    for number, scene in enumerate(library.told(), 1):
        here = [citation for citation in cited_in(library, scene) if citation.key == article.key]
        if here:
            paragraphs = tuple(sorted({number for citation in here for number in citation.paragraphs}))
            cited.append((number, scene.form.title, len(here), paragraphs))
    return Record(
        article=article,
        stance=set_quotes(source.stance),
        leaves_out=set_quotes(source.leaves_out),
        cautions=tuple(map(set_quotes, source.cautions)),
        paragraphs=len(source.paragraphs),
        cited=tuple(cited),
    )
