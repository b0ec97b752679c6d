"""The command `environment/reproduce`: runs the notebooks, compares or saves them, and reports."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import compare, notebooks, project, report, setup
from .console import Progress, duration, table
from .notebooks import Notebook
from .project import Problem
from .together import Together

if TYPE_CHECKING:
    from .run import Outcome

PROFILES = ("quick", "full")
TIMEOUT_SECONDS = {"quick": 600.0, "full": 6 * 3600.0}

DESCRIPTION = """\
Runs the notebooks, each in its own Java kernel, and writes the report. Prepares the
environment first if needed. What ran before is not run again unless the notebook, the
library, the data or the profile changed, or it failed; so a call that was interrupted
goes on where it stopped.

Everything is written below target/reproduction/: the executed notebooks and their
claims in quick/ or full/, the report in report/index.html.
"""
EPILOG = """\
exit codes:
  0    all notebooks ran (whatever their verdicts) and, with --check, showed what is saved
  1    some notebook failed, did not end in time, or differs from its saved outputs
  2    wrong usage, for instance a name that means no notebook
  3    something is missing or in the way (no JDK, full disk, another reproduce); the
       message says what to do
  130  interrupted with Ctrl-C; what is finished is kept
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        prog="environment/reproduce",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    result.add_argument(
        "names", nargs="*", metavar="slug|family", help="what to run; everything if nothing is named"
    )
    result.add_argument(
        "--profile",
        choices=PROFILES,
        default="quick",
        help="quick (default): seconds a notebook; full: closer to the paper, up to hours",
    )
    result.add_argument(
        "--jobs",
        type=positive(int),
        default=min(2, os.cpu_count() or 1),
        metavar="N",
        help="notebooks that run at the same time (default: %(default)s)",
    )
    result.add_argument(
        "--timeout",
        type=positive(float),
        metavar="S",
        help="seconds after which a notebook is stopped (default: 600; full: 6 hours)",
    )
    result.add_argument("--fresh", action="store_true", help="run all that is named again")
    result.add_argument(
        "--check",
        action="store_true",
        help="run afresh and compare with the saved outputs: text bit for bit, images by presence, "
        "cells tagged `timing` or `machine` not at all",
    )
    result.add_argument(
        "--save", action="store_true", help="write the outputs into the notebooks of the project"
    )
    result.add_argument("--no-report", action="store_true", help="leave the report as it is")
    return result


def positive(kind: Any) -> Any:
    """A type for argparse: a number above zero."""

    def convert(text: str) -> Any:
        try:
            value = kind(text)
        except ValueError:
            value = 0
        if not 0 < value < float("inf"):
            raise argparse.ArgumentTypeError(f"{text!r} is not a positive number")
        return value

    return convert


def main(arguments: list[str]) -> int:
    """Parses, prepares, and goes on in the virtual environment's Python."""
    options = parser().parse_args(arguments)
    if options.profile != "quick" and (options.check or options.save):
        raise Problem("The saved outputs are those of the profile quick: no --check or --save with full.", 2)
    if options.check and options.save:
        raise Problem("--check compares with the saved outputs and --save replaces them: give one.", 2)
    selected = notebooks.select(options.names)
    setup.ensure([], again=False)
    python = project.VENV / "bin" / "python"
    if Path(sys.prefix).resolve() != project.VENV.resolve():
        os.execv(python, [str(python), "-m", "konvergo_env", "reproduce", *arguments])
    target = project.home() / "target" / "reproduction"
    busy = "Another reproduce is running here (process {pid}). Wait for it, or end it, and try again."
    with project.lock(target / ".lock", busy=busy, wait=False):
        return Reproduction(options, selected, target).run()


class Reproduction:
    """One call: its options, what is already there, and what comes out."""

    def __init__(self, options: argparse.Namespace, selected: list[Notebook], target: Path) -> None:
        self.options = options
        self.selected = selected
        self.target = target
        self.folder = target / options.profile
        state = project.read_json(setup.STATE) or {}
        data = project.home() / "data"
        self.common = project.fingerprint(
            [
                options.profile,
                state.get("library", {}).get("jars", ""),
                state.get("kernel", {}).get("key", ""),
                *(project.files_under(data) if data.is_dir() else []),
            ]
        )
        self.results: dict[str, dict[str, Any]] = {}
        self.redone: set[str] = set()

    def fingerprint(self, notebook: Notebook) -> str:
        """What the result of a notebook depends on."""
        return project.fingerprint([self.common, notebook.sources()])

    def result_file(self, notebook: Notebook) -> Path:
        """Where the end of a notebook's run is noted. Written last: with it, the rest is there."""
        return self.folder / "results" / f"{notebook.slug}.json"

    def executed(self, notebook: Notebook) -> Path:
        """Where the executed notebook goes."""
        return self.folder / "notebooks" / notebook.family / f"{notebook.slug}.ipynb"

    def run(self) -> int:
        """Everything, up to the exit code."""
        pending = []
        expected: dict[str, float] = {}
        for notebook in self.selected:
            last = project.read_json(self.result_file(notebook)) or {}
            current = last.get("fingerprint") == self.fingerprint(notebook) and last.get("status") == "ok"
            again = self.options.fresh or self.options.check or not self.executed(notebook).is_file()
            if current and not again:
                self.results[notebook.slug] = last
            else:
                pending.append(notebook)
                expected[notebook.slug] = last.get("seconds", 0.0)
        self.progress = Progress(len(pending), expected, self.options.jobs)
        together = Together(self.progress)
        if pending:
            asyncio.run(self.run_all(pending, together))
        if self.options.save and not together.stopped:
            self.save()
        if together.stopped:
            print(self.summary())
            raise together.stopped
        if together.interrupted:
            print(
                f"\nInterrupted. {len(self.redone)} of {len(pending)} notebooks are finished and kept;\n"
                "the same command goes on with the others."
            )
            return project.INTERRUPTED
        print(self.summary())
        address = "" if self.options.no_report else report.build(self.options.profile)
        if address:
            print(f"\nReport: {address}")
        failed = any(
            result["status"] != "ok" or (self.options.check and result.get("differs"))
            for result in self.results.values()
        )
        return project.FAILED if failed else project.OK

    async def run_all(self, pending: list[Notebook], together: Together) -> None:
        """Runs notebooks, so many at a time, until they are done or Ctrl-C comes."""
        slots = asyncio.Semaphore(self.options.jobs)
        try:
            await together.run([self.run_one(notebook, slots) for notebook in pending])
        finally:
            shutil.rmtree(self.folder / "work", ignore_errors=True)

    async def run_one(self, notebook: Notebook, slots: asyncio.Semaphore) -> None:
        """Runs one notebook and writes what came out."""
        from . import run

        async with slots:
            self.progress.begin(notebook.slug)
            try:
                before = self.fingerprint(notebook)
                outcome = await run.execute(
                    notebook,
                    profile=self.options.profile,
                    timeout=self.options.timeout or TIMEOUT_SECONDS[self.options.profile],
                    work=self.folder / "work" / notebook.slug,
                    on_cell=lambda number, of: self.progress.cell(notebook.slug, number, of),
                )
            except OSError as error:
                if error.errno in project.FULL:
                    raise Problem(
                        f"{self.folder} is full ({error.strerror}). What is finished is kept."
                    ) from error
                raise
            except asyncio.CancelledError:
                self.progress.running.pop(notebook.slug, None)
                raise
            self.write(outcome, before)

    def write(self, outcome: Outcome, fingerprint: str) -> None:
        """Writes the result of a run, the note of it last."""
        from . import run

        notebook, slug = outcome.notebook, outcome.notebook.slug
        result: dict[str, Any] = {
            "fingerprint": fingerprint,
            "status": "failed" if outcome.failure else "ok",
            "seconds": round(outcome.seconds, 2),
            "finished": time.strftime("%Y-%m-%d %H:%M:%S %z"),
        }
        log = self.folder / "work" / slug / "kernel.log"
        if log.is_file():
            project.write(self.folder / "logs" / f"{slug}.log", log.read_bytes())
        claims_file = self.folder / "claims" / f"{slug}.claims.json"
        failed_file = self.folder / "failed" / f"{slug}.ipynb"
        text = run.text_of(outcome.content)
        if outcome.failure:
            result |= {"failure": outcome.failure, "cell": outcome.cell}
            project.write(failed_file, text)
        else:
            project.write(self.executed(notebook), text)
            failed_file.unlink(missing_ok=True)
            if outcome.claims is None:
                claims_file.unlink(missing_ok=True)
            else:
                project.write_json(claims_file, outcome.claims)
                result |= claims_in_short(outcome.claims)
            if self.options.check:
                result["differs"] = compare.difference(notebook.load(), outcome.content)
        project.write_json(self.result_file(notebook), result)
        self.results[slug] = result
        self.redone.add(slug)
        self.progress.end(slug, line_of(slug, result, checked=self.options.check))

    def save(self) -> None:
        """Writes the outputs of the runs into the notebooks of the project."""
        from . import run

        for notebook in self.selected:
            if self.results.get(notebook.slug, {}).get("status") == "ok":
                executed = project.read_json(self.executed(notebook))
                text = run.text_of(executed)
                if text != notebook.path.read_text(encoding="utf-8"):
                    project.write(notebook.path, text)
                    print(f"saved  {notebook.path.relative_to(project.home())}")

    def summary(self) -> str:
        """The table that is printed at the end."""
        rows = [["notebook", "result", "verdict", "claims", "time"]]
        for notebook in self.selected:
            result = self.results.get(notebook.slug)
            if result is None:
                rows.append([notebook.slug, "not run", "", "", ""])
                continue
            state = "failed" if result["status"] != "ok" else "ran"
            if state == "ran" and self.options.check:
                state = "differs" if result.get("differs") else "same"
            elif notebook.slug not in self.redone:
                state = "unchanged"
            rows.append(
                [
                    notebook.slug,
                    state,
                    result.get("verdict", "").lower().replace("_", " "),
                    result.get("claims", ""),
                    duration(result["seconds"]),
                ]
            )
        if len(rows) == 1:
            return "There are no notebooks yet."
        return "\n" + table(rows)


def claims_in_short(claims: dict[str, Any]) -> dict[str, str]:
    """The verdict and the count of claims that hold."""
    held = sum(claim["verdict"] == "REPRODUCED" for claim in claims["claims"])
    return {"verdict": claims["verdict"], "claims": f"{held} of {len(claims['claims'])}"}


def line_of(slug: str, result: dict[str, Any], *, checked: bool) -> str:
    """The line that says how a notebook ended."""
    time_taken = duration(result["seconds"])
    if result["status"] != "ok":
        where = f" in code cell {result['cell']}" if result["cell"] else ""
        return f"FAILED {slug}{where}, after {time_taken}: {indented(result['failure'])}"
    if checked and result.get("differs"):
        return f"DIFFERS {slug}, in {indented(result['differs'])}"
    verdict = result.get("verdict", "").lower().replace("_", " ")
    claims = f", claims: {result['claims']} hold ({verdict})" if verdict else ""
    return f"{'same ' if checked else 'done '}  {slug}, {time_taken}{claims}"


def indented(text: str) -> str:
    """The lines after the first moved in."""
    return text.replace("\n", "\n    ")
