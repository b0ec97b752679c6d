"""Executes one notebook in its own kernel."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

from . import kernel, project
from .notebooks import Notebook

KERNELSPEC = {"display_name": "Java (Konvergo)", "language": "java", "name": "java"}
LANGUAGE = {
    "codemirror_mode": "java",
    "file_extension": ".jshell",
    "mimetype": "text/x-java-source",
    "name": "java",
    "pygments_lexer": "java",
}


@dataclass(frozen=True)
class Outcome:
    """How the run of a notebook ended."""

    notebook: Notebook
    content: nbformat.NotebookNode
    seconds: float
    failure: str = ""
    cell: int = 0
    claims: dict[str, Any] | None = None


async def execute(
    notebook: Notebook,
    *,
    profile: str,
    timeout: float,
    work: Path,
    on_cell: Callable[[int, int], None] = lambda number, of: None,
    after_cell: Callable[[int, dict[str, Any]], None] = lambda number, cell: None,
    spec: dict[str, Any] | None = None,
    variables: dict[str, str] | None = None,
) -> Outcome:
    """Runs all code cells. Failing, hanging and dying are outcomes and not exceptions.

    `work` is a folder for this run alone: the claims are written there, and what the kernel prints
    outside cells is in `kernel.log`. `spec` stands for another kernel than the installed one,
    `variables` are added to its environment.
    """
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    content = nbformat.from_dict(normalised(notebook.load()))
    code_cells = [cell for cell in content.cells if cell.cell_type == "code" and cell.source.strip()]
    for cell in content.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
    environment = {
        "KONVERGO_HOME": str(project.home()),
        "KONVERGO_PROFILE": profile,
        "KONVERGO_OUTPUT": str(work),
        "KONVERGO_CACHE": str(project.cache()),
        **(variables or {}),
    }
    start = time.monotonic()
    number = 0
    failure = ""

    async def cells() -> None:
        nonlocal number
        async with kernel.session(
            cwd=notebook.path.parent, environment=environment, log=work / "kernel.log", spec=spec
        ) as (manager, client):
            runner = NotebookClient(content, km=manager, timeout=None, record_timing=False)
            runner.kc = client
            runner.reset_execution_trackers()
            for index, cell in enumerate(content.cells):
                if cell.cell_type == "code" and cell.source.strip():
                    number += 1
                    on_cell(number, len(code_cells))
                await runner.async_execute_cell(cell, index, execution_count=number)
                if cell.cell_type == "code" and cell.source.strip():
                    after_cell(number, cell)

    task = asyncio.create_task(cells())
    try:
        # Not wait_for: nbclient takes a cancelled cell for a dead kernel and would say so.
        done, _ = await asyncio.wait({task}, timeout=timeout)
        if done:
            task.result()
        else:
            failure = f"did not end within {timeout:g} s (--timeout) and was stopped"
    except DeadKernelError:
        failure = "the kernel died (System.exit, out of memory, or killed)"
    except CellExecutionError as error:
        failure = plain(f"{error.ename}: {error.evalue}" if error.evalue else error.ename)
    except project.Problem as problem:
        failure = str(problem)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    seconds = time.monotonic() - start
    claims = None
    if not failure:
        claims = project.read_json(work / f"{notebook.slug}.claims.json")
    return Outcome(notebook, content, seconds, failure, number, claims)


def plain(text: str) -> str:
    """Text without terminal colours, at most three lines of it."""
    lines = re.sub(r"\x1b\[[0-9;]*m", "", text).strip().splitlines()
    return "\n".join(line.rstrip() for line in lines[:3])


def normalised(content: dict[str, Any]) -> dict[str, Any]:
    """A notebook without what differs between two runs for no reason: versions, times, missing ids."""
    content = json.loads(json.dumps(content))
    content["metadata"] = {"kernelspec": dict(KERNELSPEC), "language_info": dict(LANGUAGE)}
    content["nbformat"], content["nbformat_minor"] = 4, 5
    used: set[str] = set()
    for index, cell in enumerate(content["cells"]):
        identity = cell.get("id") or f"cell-{index + 1}"
        while identity in used:
            identity += "-x"
        used.add(identity)
        cell["id"] = identity
        tags = cell.get("metadata", {}).get("tags")
        cell["metadata"] = {"tags": tags} if tags else {}
        cell["source"] = "".join(cell["source"])
        for output in cell.get("outputs", []):
            if output.get("output_type") in ("display_data", "execute_result"):
                output["metadata"] = {}
                output.pop("transient", None)
                output["data"] = {
                    mime: "".join(value) if isinstance(value, list) else value
                    for mime, value in output["data"].items()
                }
            elif "text" in output:
                output["text"] = "".join(output["text"])
    return content


def text_of(content: dict[str, Any]) -> str:
    """A notebook as it is written to a file."""
    return nbformat.writes(nbformat.from_dict(normalised(content)), version=4) + "\n"
