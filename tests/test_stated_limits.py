"""Every limit of the program stands on the authors' page, "What a story may hold", or is named here as another kind."""

from __future__ import annotations

import ast
from importlib import import_module

import pytest

from tests.support.folders import TOP

MIB, KIB = 2**20, 2**10
# how the page words a limit: `n` is the number, `mib` and `kib` the same in MiB and KiB
STATED = {
    "authoring.exportlimits.MOST_COSTLY": "in BibTeX {n:,} braces, commands of TeX and names",
    "authoring.exportlimits.MOST_EXPANDED": "{n:,} characters that are taken over from abbreviations",
    "authoring.exportlimits.MOST_REFERENCES": "2 MiB and {n} references",
    "authoring.preview.MOST_CHARACTERS": "a preview of {n:,}",
    "checks.MOST_PROBLEMS": "Of the problems of the files {n:,} are named, and as many of the texts",
    "checks.balance.MOST_LETTERS": "sides of more than {n} letters",
    "checks.claims.MOST_WORDS_QUOTED": "| a quotation | {n} words |",
    "checks.evidence.extent.MOST_CHARACTERS": "statements; {n:,} characters in its texts",
    "checks.evidence.extent.MOST_COMPARED": "rests on: {n:,} for all",
    "checks.evidence.extent.MOST_STATEMENTS": "| a story that is held against copies | {n:,} statements",
    "checks.evidence.pointing.MOST_POINTED": "the first {n} with",
    "checks.references.MOST_PHASES": "| the phases | {n} |",
    "copies.folder.MOST_BYTES": "{mib} MiB in all",
    "copies.folder.MOST_FILES": "| copies | {n} files",
    "copies.folder.MOST_LINES": "characters, {n:,} lines and",
    "copies.folder.MOST_PDF_SECONDS": "all of them {n:.0f} seconds",
    "copies.folder.MOST_TAGS": "lines and {n:,} tags |",
    "copies.folder.MOST_TEXT": "| what is read of all files | {n:,} characters",
    "copies.matching.MOST_LINES": "| a paragraph in a copy | {n} lines",
    "copies.matching.MOST_PIECES": "between its lines or sentences, {n} of them",
    "copies.matching.MOST_STEPS": "{n:,} in each way of looking at a file",
    "copies.matching.MOST_STEPS_APART": "{n:,} where something may stand between",
    "copies.matching.MOST_STEPS_SHIPPED": "{n:,} in all texts of `documents/` together",
    "copies.matching.MOST_WAYS": "left out in {n} ways",
    "copies.page.MOST_LINES": "characters, {n:,} lines and",
    "copies.page.MOST_TAGS": "lines and {n:,} tags of a web page",
    "copies.page.MOST_TEXT": "| what is read of a file | {n:,} characters",
    "copies.readers.mhtml.MOST_HTML": "parts; {mib} MiB of HTML",
    "copies.readers.mhtml.MOST_PARTS": "| a web page saved as one file | {n:,} parts",
    "copies.readers.opening.MOST_BYTES": "files of {mib} MiB each",
    "copies.readers.opening.PDF_SECONDS": "pages, {n:.0f} seconds",
    "copies.readers.pdfpages.MOST_BYTES": "and {mib} MiB of memory",
    "copies.readers.pdfpages.MOST_PAGES": "| a PDF | {n} pages",
    "copies.readers.pdfpages.MOST_SECONDS": "pages, {n:.0f} seconds",
    "copies.readers.word.MOST_DIRECTORY": "{mib} MiB for the list of its parts",
    "copies.readers.word.MOST_XML": "| a Word file | {mib} MiB unpacked",
    "copies.readers.word.WORD_TAGS": "or {n:,} in a Word file",
    "copies.remembered.MOST_BYTES": "the name of a folder of copies of {kib} KiB",
    "copies.saved.MOST_CHARACTERS": "of {n:,} characters each",
    "copies.saved.MOST_EXPLAINED": "the first {n} with what stands there instead",
    "copies.saved.MOST_PARAGRAPHS": "| paragraphs that are looked for | {n:,} in all",
    "copies.text.MOST_MARKS": "| a letter of a copy | {n} marks |",
    "figures.map.MOST_LEGS": "{n} stretches of road",
    "figures.map.MOST_PLACES": "{n} places near its roads",
    "files.archive.MOST_DIRECTORY_BYTES": "its list of names of {mib} MiB",
    "files.archive.MOST_ZIP_BYTES": "a zip of {mib} MiB",
    "files.beneath.MOST_LINKS": "at most {n} links are followed",
    "files.characters.MOST_MARKS": "| a letter | {n} marks",
    "files.folder.MOST_BYTES": "each and {mib} MiB in all",
    "files.folder.MOST_FILES": "| a story | {n:,} files",
    "files.folder.MOST_FILE_BYTES": "files, {mib} MiB each",
    "files.yamlfile.MOST_CHARACTERS": "| a text | {n:,} characters",
    "files.yamlfile.MOST_PROBLEMS": "Of the problems of the files {n:,} are named",
    "files.yamlnodes.MOST_NESTED": "lists and groups {n} deep",
    "files.yamlnodes.MOST_VALUES": "| a file | {n:,} names and values",
    "problems.MOST_LETTERS": "names of more than {n} letters",
    "story.citations.MOST_PARAGRAPHS": "| a citation | {n} paragraphs of a source |",
    "story.documents.MOST_TEXTS": "| `documents/` | {n} texts",
    "story.library.MOST_COMPARED": "the first {n} names that nothing has",
    "story.volume.MOST_MARKED": "{n:,} citations, quotations and emphases together",
    "story.volume.MOST_VALUES": "words; {n:,} names and values",
    "story.volume.MOST_WORDS": "| all files | {n:,} words",
    "story.wording.MOST_WORDS": "| `wording.yaml` | {n} words in each of its lists |",
    "terminal.recording.MOST_CHARACTERS": "a recording of {n:,} characters",
    "terminal.show.bookmark.MOST_BYTES": "a bookmark of {mib} MiB",
}
# what no reader can tell from a larger one: beyond it the program does less of what is only help, or looks in less room
OTHERS = {
    "how much of it is shown": (
        *("authoring.schema.MOST_CHOICES", "checks.claims.MOST_SHOWN", "checks.explain.MOST_COLUMNS"),
        *("checks.report.MOST_MESSAGE", "checks.report.MOST_REASON_LINES", "checks.report.MOST_SHOWN"),
        *("checks.report.MOST_SUMMARY_LINES", "files.yamlfile.MOST_HELPED", "story.unfilled.MOST_NAMED"),
        *("handout.drawings.map.MOST_HEIGHT", "handout.excerpts.MOST_WORDS", "handout.pages.story.MOST_BESIDE"),
        *("handout.questions.MOST_LINES", "handout.student.MOST_WITH_SUPPORT", "handout.student.MOST_WORDS"),
        *("script.excerpt.MOST_DISPUTES", "script.excerpt.MOST_QUESTIONS", "terminal.layout.map.MOST_ROWS"),
        *("terminal.layout.timeline.MOST_COLUMNS", "terminal.layout.timeline.MOST_TITLE_COLUMNS"),
        *("terminal.layout.voices.MOST_BAR_COLUMNS", "authoring.importedcards.MOST_LETTERS", "checks.alike.MOST_ALIKE"),
    ),
    "what a rule of the check means": (
        *("checks.balance.MOST_OPENED", "checks.positions.MOST_PLACES", "copies.matching.MOST_ADDED"),
    ),
    "how hard the best answer is looked for": (
        *("copies.cleaning.MOST", "copies.difference.MOST_LETTERS", "copies.difference.MOST_LINES"),
        *("copies.difference.MOST_STEPS", "copies.difference.MOST_WORDS", "copies.matching.MOST_FOLDED"),
        *("copies.matching.MOST_UNITS", "copies.readers.html.MOST_UNPARSED", "figures.labelling.MOST_STEPS"),
        *("files.yamlfaults.MOST_EVENTS", "problems.MOST_COMPARED", "problems.MOST_MATCHED"),
        *("story.citations.MOST_KEPT", "files.atomic.MOST_SET_ASIDE", "files.directory.MOST_WAITS"),
    ),
    "what a reader types": (
        *("commands.options.MOST_DIGITS", "terminal.input.pending.MOST_PASTED", "terminal.show.course.MOST_DIGITS"),
    ),
}
BEGINNINGS, ALSO = "MOST", ("PDF_SECONDS", "WORD_TAGS")
RULES = "checks.evidence."  # each rule beside copies has numbers of its own; of what is read, STATED has all


def limits() -> set[str]:
    """The constants of all modules whose names are those of limits, with their modules."""
    package = TOP / "src" / "retell"
    found = set()
    for path in package.rglob("*.py"):
        module = ".".join(part for part in path.relative_to(package).with_suffix("").parts if part != "__init__")
        for node in ast.parse(path.read_text("utf-8")).body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            names = (each.id for target in targets if target for each in ast.walk(target) if isinstance(each, ast.Name))
            found |= {f"{module}.{name}" for name in names if name.startswith(BEGINNINGS) or name in ALSO}
    return found


def test_each_limit_is_stated_or_is_none_of_what_is_read() -> None:
    others = {name for names in OTHERS.values() for name in names}
    assert not others & STATED.keys()
    assert {name for name in limits() - STATED.keys() if not name.startswith(RULES)} == others
    assert STATED.keys() <= limits()


@pytest.mark.parametrize("name", STATED)
def test_the_page_states_each_limit_as_the_program_has_it(name: str) -> None:
    module, _, constant = f"retell.{name}".rpartition(".")
    number = getattr(import_module(module), constant)
    page = " ".join((TOP / "story" / "README.md").read_text("utf-8").split())
    assert STATED[name].format(n=number, mib=int(number) // MIB, kib=int(number) // KIB) in page
