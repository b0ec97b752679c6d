"""The notebooks of the project: which there are, how one is named on the command line."""

from __future__ import annotations

import csv
import difflib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import project


@dataclass(frozen=True)
class Notebook:
    """One paper's notebook."""

    family: str
    slug: str

    @property
    def path(self) -> Path:
        """The notebook as it stands in the project."""
        return project.home() / "notebooks" / self.family / f"{self.slug}.ipynb"

    def load(self) -> dict[str, Any]:
        """Its content. Raises a Problem if it is no notebook."""
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
            assert isinstance(content["cells"], list)
        except (OSError, ValueError, KeyError, TypeError, AssertionError) as error:
            raise project.Problem(f"{self.path} is not a readable notebook: {error}") from error
        return content

    def sources(self) -> str:
        """What a run depends on: kinds, tags and sources of the cells, and not the outputs."""
        cells = [
            (cell["cell_type"], cell.get("metadata", {}).get("tags", []), "".join(cell["source"]))
            for cell in self.load()["cells"]
        ]
        return json.dumps(cells)


def everything() -> list[Notebook]:
    """All notebooks, by family and name."""
    found = (project.home() / "notebooks").glob("*/*.ipynb")
    return [Notebook(path.parent.name, path.stem) for path in sorted(found)]


def papers() -> list[dict[str, str]]:
    """The catalogue: one row for each of the papers, reproduced or not."""
    path = project.home() / "notebooks" / "papers.csv"
    if not path.is_file():
        raise project.Problem(f"{path} is missing: {project.home()} is not a whole checkout.")
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def select(names: list[str]) -> list[Notebook]:
    """The notebooks that are meant by slugs, families, or paths; all of them for no names."""
    available = everything()
    if not names:
        return available
    catalogue = papers()
    known = {notebook.slug for notebook in available} | {notebook.family for notebook in available}
    chosen: list[Notebook] = []
    for name in names:
        # A path, as the shell completes it, means the notebook at its end.
        word = Path(name).stem if name.endswith(".ipynb") else Path(name).name
        hits = [notebook for notebook in available if word in (notebook.slug, notebook.family)]
        if not hits:
            raise project.Problem(unknown(word, known, catalogue), project.USAGE)
        chosen += [notebook for notebook in hits if notebook not in chosen]
    return chosen


def unknown(word: str, known: set[str], catalogue: list[dict[str, str]]) -> str:
    """What to say about a name that means no notebook."""
    if any(word in (row["slug"], row["family"]) for row in catalogue):
        return f"{word} is in the catalogue, but has no notebook yet. There are: {', '.join(sorted(known))}."
    every = known | {row["slug"] for row in catalogue} | {row["family"] for row in catalogue}
    near = difflib.get_close_matches(word, sorted(every), n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"There is no notebook or family {word}.{hint}"
