"""Write a document as a Word file: as Pandoc's document model, which Pandoc sets by a reference document of ours."""

from __future__ import annotations

import json
import subprocess
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from retell.handout.tree import figures_in
from retell.handout.writers.citation_styles import REFERENCES, titled_references
from retell.handout.writers.pandoc import find_pandoc, model_version
from retell.handout.writers.pandoc_model import PandocModel, inlines
from retell.handout.writers.pictures import draw_pictures
from retell.handout.writers.word_parts import finish, reference_document, section_end
from retell.problems import RetellError

if TYPE_CHECKING:
    from retell.handout.choices import Cite, Paper
    from retell.handout.tree import Document
    from retell.story.told import Told


def write_word_file(document: Document, cite: Cite, told: Told, paper: Paper = "a4") -> bytes:
    """Return a document as a Word file; raises RetellError where Pandoc or what draws its figures is not installed."""
    pandoc = find_pandoc()
    with TemporaryDirectory() as name:
        folder = Path(name)
        draw_pictures(figures_in(document.blocks), folder)
        (folder / "reference.docx").write_bytes(reference_document(document.title, paper, roomy=document.roomy))
        command = [pandoc, "--from=json", "--to=docx", "--reference-doc=reference.docx", "--output=-"]
        command += ["--citeproc"] if cite == "pandoc" else []
        model = json.dumps({"pandoc-api-version": model_version(pandoc)} | _model(document, cite, told, paper)).encode()
        made = subprocess.run(command, input=model, capture_output=True, cwd=folder, check=False)
    if made.returncode or not made.stdout:
        raise RetellError(f"Pandoc made no Word file: {' '.join(made.stderr.decode(errors='replace').split())}")
    return finish(made.stdout, roomy=document.roomy)


def _model(document: Document, cite: Cite, told: Told, paper: Paper) -> dict[str, Any]:
    meta = {"title": inlines(document.title), "lang": inlines("en")}
    if cite == "pandoc":
        meta |= {
            "link-citations": {"t": "MetaBool", "c": True},
            "reference-section-title": inlines(REFERENCES),
            "references": _meta(titled_references(told)),
        }
    return {"meta": meta, "blocks": PandocModel(cite, told, partial(section_end, paper)).blocks(document)}


def _meta(value: Any) -> dict[str, Any]:
    """Return plain data as Pandoc's metadata, where every text stands for itself."""
    if isinstance(value, dict):
        return {"t": "MetaMap", "c": {name: _meta(each) for name, each in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": [_meta(each) for each in value]}
    return inlines(str(value))
