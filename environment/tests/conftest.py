"""A small project of its own for each test: notebooks, a catalogue, and the commands run on them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ENVIRONMENT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ENVIRONMENT))

GOOD = ["# Good $x^2$", "int a = 20;", 'System.out.println("hello"); a + 1']
HANGS = ["# Hangs", "int a = 1;", "while (true) Thread.sleep(20);"]
THROWS = ["# Throws", "int[] a = new int[2];", "a[3]", "a[0]"]
EXITS = ["# Exits", "int a = 1;", "System.exit(0);"]


def cell(source: str, index: int) -> dict[str, Any]:
    """A cell: Markdown if it starts like a heading, code tagged `timing` if it starts with ``@timing``."""
    if source.startswith("#"):
        return {"cell_type": "markdown", "id": f"m{index}", "metadata": {}, "source": source}
    tags = {"tags": ["timing"]} if source.startswith("@timing") else {}
    return {
        "cell_type": "code",
        "id": f"c{index}",
        "metadata": tags,
        "source": source.removeprefix("@timing").strip(),
        "outputs": [],
        "execution_count": None,
    }


@dataclass
class Tree:
    """A project in a temporary folder."""

    root: Path

    def add(self, slug: str, *cells: str, family: str = "games") -> Path:
        """Adds a notebook and its row of the catalogue."""
        path = self.path(slug, family)
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {"cells": [cell(s, i) for i, s in enumerate(cells)], "metadata": {}}
        path.write_text(json.dumps({**content, "nbformat": 4, "nbformat_minor": 5}))
        self.list_paper(slug, family)
        return path

    def path(self, slug: str, family: str = "games") -> Path:
        """Where a notebook stands."""
        return self.root / "notebooks" / family / f"{slug}.ipynb"

    def list_paper(self, slug: str, family: str = "games") -> None:
        """Adds a row to the catalogue."""
        catalogue = self.root / "notebooks" / "papers.csv"
        catalogue.parent.mkdir(parents=True, exist_ok=True)
        if not catalogue.exists():
            catalogue.write_text("slug,family,year,arxiv,fidelity,title,authors\n")
        with catalogue.open("a") as file:
            file.write(f"{slug},{family},2024,2401.00001,exact,On {slug},A. Author\n")

    @property
    def output(self) -> Path:
        """Where reproduce writes."""
        return self.root / "target" / "reproduction"

    def result(self, slug: str) -> dict[str, Any]:
        """How the last run of a notebook ended."""
        return json.loads((self.output / "quick" / "results" / f"{slug}.json").read_text())

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Starts reproduce on this tree."""
        return subprocess.Popen(
            [ENVIRONMENT / "reproduce", *arguments],
            env={**os.environ, "KONVERGO_HOME": str(self.root), "KONVERGO_CACHE": str(self.root / "cache")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def reproduce(self, *arguments: str) -> tuple[int, str]:
        """Runs reproduce on this tree to its end."""
        process = self.start(*arguments)
        output, _ = process.communicate(timeout=300)
        return process.returncode, output

    def kernels(self) -> list[int]:
        """The processes of kernels that were started for this tree and are still there."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if str(self.root).encode() in (entry / "cmdline").read_bytes().replace(b"\0", b" "):
                    found.append(int(entry.name))
            except OSError:
                continue
        return found

    def wait_for_no_kernels(self) -> list[int]:
        """Gives ended processes a moment to go; returns those that stay."""
        end = time.monotonic() + 5
        while self.kernels() and time.monotonic() < end:
            time.sleep(0.1)
        return self.kernels()


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Tree]:
    """An empty project. What a test leaves running in it is ended."""
    result = Tree(tmp_path)
    yield result
    for process in result.kernels():
        os.kill(process, signal.SIGKILL)


@pytest.fixture
def read_until() -> Callable[[subprocess.Popen[str], str], str]:
    """Reads a process's output up to a line that contains a text."""

    def read(process: subprocess.Popen[str], wanted: str) -> str:
        assert process.stdout is not None
        seen = ""
        for line in process.stdout:
            seen += line
            if wanted in line:
                return seen
        raise AssertionError(f"{wanted!r} did not come; the output was:\n{seen}")

    return read
