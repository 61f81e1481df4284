"""Write references as BibTeX, with biblatex's types and fields, which Zotero and Pandoc read as well.

What biblatex has no field for stands in `addendum`, behind its name in CSL.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any, TypeAlias

Reference: TypeAlias = "dict[str, Any]"
WRITTEN_APART = {"id", "type", "title", "author", "container-title", "volume", "issue", "issued", "URL"}
# entry type and subtype; BibTeX has none for an interview, which is an article where it was printed
ENTRIES = {
    "article-newspaper": ("article", "newspaper"),
    "article-magazine": ("article", "magazine"),
    "webpage": ("online", ""),
    "post": ("online", ""),
    "post-weblog": ("online", ""),
    "book": ("book", ""),
    "classic": ("book", ""),
    "collection": ("collection", ""),
    "chapter": ("incollection", ""),
    "entry": ("inreference", ""),
    "entry-dictionary": ("inreference", ""),
    "entry-encyclopedia": ("inreference", ""),
    "paper-conference": ("inproceedings", ""),
    "dataset": ("dataset", ""),
    "software": ("software", ""),
    "pamphlet": ("booklet", ""),
    "report": ("report", ""),
    "thesis": ("thesis", ""),
    "patent": ("patent", ""),
    "periodical": ("periodical", ""),
    "manuscript": ("unpublished", ""),
    "personal_communication": ("letter", ""),
    "legislation": ("legislation", ""),
    "bill": ("legislation", ""),
    "regulation": ("legislation", ""),
    "treaty": ("legal", ""),
    "legal_case": ("jurisdiction", ""),
    "hearing": ("jurisdiction", ""),
    "review": ("review", ""),
    "review-book": ("review", ""),
    "standard": ("standard", ""),
    "song": ("audio", ""),
    "broadcast": ("video", ""),
    "motion_picture": ("movie", ""),
    "musical_score": ("music", ""),
    "performance": ("performance", ""),
    "figure": ("image", ""),
    "graphic": ("image", ""),
    "map": ("image", ""),
    **dict.fromkeys(("article", "article-journal", "interview"), ("article", "")),
}
OTHER = ("misc", "")
JOURNALS = ("article", "online", "periodical", "review")
# biblatex's fields for CSL's variables, beyond those that are written apart
FIELDS = {
    "title-short": "shorttitle",
    "editor": "editor",
    "translator": "translator",
    "container-author": "bookauthor",
    "collection-title": "series",
    "collection-number": "number",
    "number": "number",
    "edition": "edition",
    "publisher": "publisher",
    "publisher-place": "location",
    "event-title": "eventtitle",
    "event-place": "venue",
    "page": "pages",
    "number-of-pages": "pagetotal",
    "number-of-volumes": "volumes",
    "chapter-number": "chapter",
    "part-number": "part",
    "section": "chapter",
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn",
    "PMID": "pmid",
    "archive": "library",
    "archive_location": "shelfmark",
    "call-number": "shelfmark",
    "original-title": "origtitle",
    "original-publisher": "origpublisher",
    "original-publisher-place": "origlocation",
    "container-title-short": "shortjournal",
    "journalAbbreviation": "shortjournal",
    "language": "language",
    "medium": "howpublished",
    "version": "version",
    "status": "pubstate",
    "abstract": "abstract",
    "annote": "annotation",
    "keyword": "keywords",
    "note": "note",
    "original-date": "origdate",
    "event-date": "eventdate",
    "accessed": "urldate",
}
TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    '"': r"\textquotedbl{}",
    "`": r"\`{}",
    **{mark: f"\\{mark}" for mark in "{}$&%#_"},
}
TEX_SPECIAL = re.compile(r"[\\~^\"`{}$&%#_]|-(?=-)")
BEYOND_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C"}  # would end the field before its time


def write_entry(reference: Reference) -> str:
    """Return one reference, given as CSL's data, as an entry."""
    kind, subtype = ENTRIES.get(reference["type"], OTHER)
    container = "journal" if kind in JOURNALS else "booktitle"
    ends = reference.get("issued", {}).get("date-parts", [])
    fields = {
        "title": _tex(reference.get("title", "")),
        "author": _tex_value(reference.get("author", "")),
        container: _tex(reference.get("container-title", "")),
        "entrysubtype": subtype,
        "volume": _tex(reference.get("volume", "")),
        "number": _tex(reference.get("issue", "")),
        "date": _tex_value(reference.get("issued", "")),
        **_year_and_month(ends),
        "url": re.sub(r"[{}\\]", lambda match: BEYOND_ADDRESS[match[0]], reference.get("URL", "")),
    }
    left = []
    for name, value in reference.items():
        field = FIELDS.get(name)
        if field and not fields.get(field):
            fields[field] = _tex_value(value)
        elif name not in WRITTEN_APART:
            left.append(f"{name}: {_in_words(value)}")
    fields["addendum"] = _tex("; ".join(left))
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{reference['id']},\n{lines}}}\n"


def _tex_value(value: Any) -> str:
    """Write a text, names or a date for biblatex."""
    if isinstance(value, list):
        return " and ".join(map(_tex_name, value))
    if isinstance(value, dict):
        ends = value.get("date-parts", [])
        mark = "~" if value.get("circa") else ""
        written = "/".join("-".join(_digits(part) for part in end) + mark for end in ends)
        return f"{written}-{20 + value['season']}" if "season" in value else written or _tex(value.get("literal", ""))
    return _tex(value)


def _in_words(value: Any) -> str:
    """Say in words what biblatex has no field for."""
    if isinstance(value, list):
        return " and ".join(" ".join(str(part) for part in name.values() if part is not True) for name in value)
    if isinstance(value, dict):
        return str(value.get("literal") or _tex_value(value))
    return str(value)


def _tex_name(name: Reference) -> str:
    """Write a name as biblatex parts it: family, suffix, given; one that is whole in braces."""
    if "literal" in name:
        return _tex(name["literal"])
    family = " ".join(filter(None, map(name.get, ("dropping-particle", "non-dropping-particle", "family"))))
    return ", ".join(map(_tex, filter(None, (family, name.get("suffix"), name.get("given")))))


def _digits(part: int) -> str:
    return f"{'-' * (part < 0)}{abs(part):0{2 if 0 < part < 32 else 4}}"


def _year_and_month(ends: list[list[int]]) -> dict[str, str]:
    """Return the date for BibTeX's own styles, which know no `date`, as far as both ends of a range share it."""
    shared = [str(parts[0]) for parts in takewhile(lambda parts: len(set(parts)) == 1, zip(*ends, strict=False))]
    return dict(zip(("year", "month"), shared, strict=False))


def _tex(text: str) -> str:
    """Escape a text for TeX, in braces of its own: its capitals, and the words of a name, stay as they are."""
    return f"{{{TEX_SPECIAL.sub(lambda match: TEX.get(match[0], match[0] + '{}'), text)}}}" if text else ""
