"""The command `environment/verify-bits`: the same bits on every JVM, thread count and register width."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import aarch64, compare, notebooks, project, setup
from .console import Progress, duration, table
from .notebooks import Notebook
from .project import Problem
from .reproduce import positive
from .together import Together

GOLDEN = "golden suite"
MAIN = "org.konvergo.golden.Golden"
VECTORS = "--add-modules=jdk.incubator.vector"
ROUNDS = 30
# Raised when a page holds something else than before, so that old results do not count.
PAGES = "1"
TIMEOUT_SECONDS = 900.0
IDENTICAL, DIFFERS, FAILED = "identical", "differs", "failed"
# So many notebooks still get a column of their own in the printed matrix.
COLUMNS = 6

DESCRIPTION = """\
Computes the same things under every combination to be had here of JDK, register width,
threads, compiler and processor, and compares them to the last bit: the golden suite of
kernels and solvers (org.konvergo.golden), and what notebooks compute (claims, traces, the
numbers behind charts and tables, texts). Prints a matrix: identical, or the first figure
that differs, with both values.

Every notebook (or those named) runs under some combinations, which between them hold each
JDK with each register width and each number of threads; the interpreter, the emulator and
the like run the golden suite only. What ran before is not run again unless something it
depends on changed, so a call that was interrupted goes on where it stopped.

Everything is written below target/verify-bits/: matrix.md and matrix.json (short.md and
short.json with --short), and what differs. The report shows the newest matrix.
"""
EPILOG = """\
exit codes:
  0    everything that ran is identical
  1    some figure differs, or a combination failed to run
  2    wrong usage, for instance a name that means no notebook
  3    something is missing or in the way (no JDK, full disk, another verify-bits); the
       message says what to do
  130  interrupted with Ctrl-C; what is finished is kept
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        prog="environment/verify-bits",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    result.add_argument("names", nargs="*", metavar="slug|family", help="notebooks; all if none is named")
    result.add_argument(
        "--short",
        action="store_true",
        help="two JDKs, SIMD on and off, one and two threads; the two quickest notebooks, under the two "
        "combinations that differ in everything (unless notebooks are named)",
    )
    result.add_argument("--golden-only", action="store_true", help="leave the notebooks out")
    result.add_argument(
        "--jdk",
        action="append",
        default=[],
        type=Path,
        metavar="PATH",
        help="one more JDK, besides JAVA_HOME's, those beside it, and those in /usr/lib/jvm",
    )
    result.add_argument(
        "--jobs",
        type=positive(int),
        default=min(2, os.cpu_count() or 1),
        metavar="N",
        help="combinations that run at the same time (default: %(default)s)",
    )
    result.add_argument(
        "--timeout",
        type=positive(float),
        default=TIMEOUT_SECONDS,
        metavar="S",
        help="seconds after which a run is stopped (default: %(default)g)",
    )
    result.add_argument("--fresh", action="store_true", help="run everything again")
    result.add_argument("--list", action="store_true", help="say which combinations there are, run nothing")
    return result


def main(arguments: list[str]) -> int:
    """Parses, prepares, and goes on in the virtual environment's Python."""
    options = parser().parse_args(arguments)
    if options.golden_only and options.names:
        raise Problem("--golden-only leaves the notebooks out: name none, or leave it out.", project.USAGE)
    selected = [] if options.golden_only else notebooks.select(options.names)
    jdks = find_jdks(options.jdk)
    if options.list:
        print(
            table([["combination", "notebooks"], *([c.name, c.scope] for c in combinations(options, jdks))])
        )
        return project.OK
    setup.ensure([], again=False)
    python = project.VENV / "bin" / "python"
    if Path(sys.prefix).resolve() != project.VENV.resolve():
        os.execv(python, [str(python), "-m", "konvergo_env", "verify-bits", *arguments])
    # What would change a JVM behind the combination's back.
    for name in (
        "KONVERGO_THREADS",
        "KONVERGO_BITS",
        "JAVA_TOOL_OPTIONS",
        "_JAVA_OPTIONS",
        "JDK_JAVA_OPTIONS",
    ):
        os.environ.pop(name, None)
    target = project.home() / "target" / "verify-bits"
    busy = "Another verify-bits is running here (process {pid}). Wait for it, or end it, and try again."
    with project.lock(target / ".lock", busy=busy, wait=False):
        return Proof(options, jdks, selected, target).run()


# What is combined


def find_jdks(more: Iterable[Path]) -> list[setup.Jdk]:
    """The JDK of setup first, then the others by version; a JDK with several names counts once."""
    first = setup.find_jdk()
    found = {first.home.resolve(): first}
    for home in more:
        jdk = setup.jdk_at(home)
        if jdk is None:
            raise Problem(
                f"--jdk {home} is not a JDK {setup.JAVA_MINIMUM} or newer (with bin/javac).", project.USAGE
            )
        found.setdefault(jdk.home.resolve(), jdk)
    for folder in (first.home.resolve().parent, Path("/usr/lib/jvm")):
        for home in sorted(folder.glob("*")) if folder.is_dir() else []:
            if home.resolve() not in found and (jdk := setup.jdk_at(home)):
                found[home.resolve()] = jdk
    rest = [jdk for jdk in found.values() if jdk is not first]
    return [first, *sorted(rest, key=lambda jdk: (numbers(jdk.version), str(jdk.home)))]


def numbers(version: str) -> list[int]:
    """The numbers in a version, to sort by."""
    return [int(word) for word in re.findall(r"\d+", version)]


def cpu_flags() -> set[str]:
    """What the processor can, in the names of /proc/cpuinfo."""
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return set()
    match = re.search(r"^(?:flags|Features)\s*:(.*)$", text, re.MULTILINE)
    return set(match.group(1).split()) if match else set()


@dataclass(frozen=True)
class Combination:
    """A way to run Java. The first of all is the one that the others are compared with."""

    name: str
    jdk: str
    before: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    vectors: bool = True
    threads: int | None = None
    rounds: int = ROUNDS
    notebooks: bool = False
    missing: str = ""

    @property
    def key(self) -> str:
        """The name of its folder."""
        return re.sub(r"[^a-zA-Z0-9.=+-]+", "_", self.name)

    @property
    def scope(self) -> str:
        """What it runs, in words."""
        if self.missing:
            return f"not available here: {self.missing}"
        return "golden suite and notebooks" if self.notebooks else "golden suite only"

    @property
    def environment(self) -> dict[str, str]:
        """The variables that it sets."""
        return {} if self.threads is None else {"KONVERGO_THREADS": str(self.threads)}

    def golden(self, class_path: str) -> list[str]:
        """The command that prints the golden suite."""
        vectors = [VECTORS] if self.vectors else []
        main = ["-cp", class_path, MAIN, str(self.rounds)]
        return [*self.before, self.jdk, *vectors, "-Xmx1g", *self.flags, *main]

    def spec(self, spec: dict[str, Any]) -> dict[str, Any]:
        """The kernel, started in this way."""
        words = [
            word
            for word in spec["argv"][1:]
            # The archive of classes fits the JDK and the flags that it was made with.
            if "SharedArchiveFile" not in word and (self.vectors or word != VECTORS)
        ]
        place = words.index("-cp")
        return {**spec, "argv": [*self.before, self.jdk, *words[:place], *self.flags, *words[place:]]}


def simd(bits: str) -> tuple[str, ...]:
    """The flag for registers of a width."""
    return () if bits == "native" else (f"-Dkonvergo.simd={bits}",)


def combinations(options: argparse.Namespace, jdks: list[setup.Jdk]) -> list[Combination]:
    """All combinations, the one to compare with first; those not to be had say why."""
    base, newest = jdks[0], jdks[-1]
    if numbers(newest.version)[0] == numbers(base.version)[0] and len(jdks) > 1:
        newest = next((jdk for jdk in jdks if numbers(jdk.version)[0] != numbers(base.version)[0]), newest)

    versions = [jdk.version for jdk in jdks]

    def label(jdk: setup.Jdk) -> str:
        several = versions.count(jdk.version) > 1
        return f"JDK {jdk.version}" + (f" ({jdk.home.name})" if several else "")

    def plain(jdk: setup.Jdk, width: str, threads: int, notebooks: bool = False) -> Combination:
        name = f"{label(jdk)}, SIMD {width}, {threads} thread{'s' if threads > 1 else ''}"
        return Combination(name, jdk.java, flags=simd(width), threads=threads, notebooks=notebooks)

    pair = [base, newest] if newest is not base else [base]
    if options.short:
        first = plain(base, "native", 2, True)
        opposite = plain(newest, "off", 1, True)
        others = [plain(jdk, width, n) for jdk in pair for width in ("native", "off") for n in (1, 2)]
        result = [first, *(one for one in others if one.name not in (first.name, opposite.name)), opposite]
        return [*result, *no_second_jdk(pair)]
    widths = register_widths()
    # The notebooks' combinations hold, between them, each width, and each JDK with vectors on and off
    # and with each number of threads. The first entry is for the first JDK, the second for the other.
    threads_of = {"native": (2, 1), "off": (1, 4), "128": (0, 2), "256": (4, 0), "512": (0, 2)}
    result = [plain(base, "native", 2, True)]
    for place, jdk in enumerate(pair):
        for width in ("native", "off", *widths):
            for threads in (1, 2, 4):
                one = plain(jdk, width, threads, threads == threads_of[width][place])
                if one.name != result[0].name:
                    result.append(one)
    result += no_second_jdk(pair)
    for jdk in jdks:
        if jdk not in pair:
            result += [plain(jdk, width, 2) for width in ("native", "off")]
    for jdk in pair:
        result += special(jdk, label(jdk))
    return [*result, *emulated()]


def no_second_jdk(pair: list[setup.Jdk]) -> list[Combination]:
    """The row that says that there is only one JDK."""
    if len(pair) > 1:
        return []
    return [Combination("a second JDK", "", missing="there is one only (--jdk PATH names another)")]


def register_widths() -> list[str]:
    """The widths that can be asked for here."""
    if platform.machine() not in ("x86_64", "AMD64"):
        return ["128"]
    flags = cpu_flags()
    return ["128", *(["256"] if "avx2" in flags else []), *(["512"] if "avx512f" in flags else [])]


def special(jdk: setup.Jdk, label: str) -> list[Combination]:
    """Compilers, processors and limits out of the ordinary; the golden suite only."""
    start = f"{label}, "
    compilers = [
        # One round where there is nothing to warm up.
        Combination(start + "-Xint", jdk.java, flags=("-Xint",), rounds=1),
        Combination(start + "C1 only", jdk.java, flags=("-XX:TieredStopAtLevel=1",)),
        Combination(
            start + "compiled early", jdk.java, flags=("-XX:CompileThresholdScaling=0.02",), rounds=10
        ),
        Combination(start + "-Xcomp", jdk.java, flags=("-Xcomp",), rounds=2),
    ]
    limits = [
        Combination(start + "without the incubator module", jdk.java, vectors=False),
        Combination(start + "-Xmx256m", jdk.java, flags=("-Xmx256m",)),
        Combination(start + "one processor", jdk.java, flags=("-XX:ActiveProcessorCount=1",)),
    ]
    taskset = shutil.which("taskset")
    name = start + "bound to one core"
    if taskset:
        core = str(min(os.sched_getaffinity(0)))
        limits.append(Combination(name, jdk.java, before=(taskset, "-c", core)))
    else:
        limits.append(Combination(name, jdk.java, missing="no taskset"))
    processors = []
    if platform.machine() in ("x86_64", "AMD64"):
        known = cpu_flags()
        for level, flag in enumerate(("avx", "avx2", "avx512f"), start=1):
            missing = "" if flag in known else f"the processor has no {flag}"
            flags = (f"-XX:UseAVX={level}",)
            processors.append(Combination(f"{start}UseAVX={level}", jdk.java, flags=flags, missing=missing))
        # Math.fma in software is slow: one round.
        old = ("-XX:UseAVX=0", "-XX:UseSSE=2", "-XX:-UseFMA")
        processors.append(Combination(start + "no AVX, no FMA", jdk.java, flags=old, rounds=1))
    return [*compilers, *limits, *processors]


def emulated() -> list[Combination]:
    """The other processor, in an emulator: one compiled run and one interpreted."""
    try:
        command, version = aarch64.java()
    except aarch64.Missing as reason:
        return [Combination("aarch64 (qemu)", "", missing=str(reason))]
    start = f"aarch64 (qemu), JDK {version}, "
    before, java = tuple(command[:-1]), command[-1]
    serial = ("-XX:+UseSerialGC",)
    return [
        Combination(start + "SIMD native", java, before, serial, rounds=5),
        Combination(start + "SIMD off", java, before, (*serial, *simd("off")), rounds=5),
        Combination(start + "C1 only", java, before, (*serial, "-XX:TieredStopAtLevel=1"), rounds=3),
        Combination(start + "-Xint", java, before, (*serial, "-Xint"), rounds=1),
    ]


# What is compared

# A page is what one run computed: names, and under each the figures as 16 hexadecimal digits, or text.
Page = list[tuple[str, list[str]]]


def page_of(text: str) -> Page:
    """The page in lines of names and figures, as org.konvergo.Bits writes them."""
    result = []
    for line in text.splitlines():
        name, _, figures = line.partition("\t")
        result.append((name, figures.split()))
    return result


def golden_page(text: str) -> Page:
    """The page of a golden run. Raises ValueError if its end is missing."""
    page = page_of(text)
    if not page or page[-1] != ("end", [str(len(page) - 1)]):
        raise ValueError("its output breaks off")
    return page[:-1]


def figure(text: str) -> str:
    """A figure to read: its shortest decimal and its bits. Other texts as they are."""
    if not re.fullmatch(r"[0-9a-f]{16}", text):
        return text if len(text) <= 100 else text[:97] + "..."
    import struct

    return f"{struct.unpack('>d', bytes.fromhex(text))[0]!r} ({text})"


def first_difference(wanted: Page, found: Page) -> str:
    """The first figure that differs, by its name and both values; empty if there is none."""
    for place, (name, figures) in enumerate(wanted):
        if place >= len(found):
            return f"{name} is missing"
        other, values = found[place]
        if other != name:
            return f"{name} is missing, or out of its order: {other} stands there"
        for number, (old, new) in enumerate(zip(figures, values), start=1):
            if old != new:
                which = f", figure {number} of {len(figures)}" if len(figures) > 1 else ""
                return f"{name}{which}: {figure(old)} became {figure(new)}"
        if len(figures) != len(values):
            return f"{name}: {len(figures)} figures became {len(values)}"
    if len(found) > len(wanted):
        return f"{found[len(wanted)][0]} is new"
    return ""


class NotebookPage:
    """Gathers what a notebook computes while it runs. Cells tagged `timing` or `machine` do not count."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.read = 0
        self.page: Page = []

    def after_cell(self, number: int, cell: dict[str, Any]) -> None:
        """Takes over what a cell wrote down and what it shows."""
        new = b""
        if self.file.is_file():
            with self.file.open("rb") as file:
                file.seek(self.read)
                new = file.read()
        self.read += len(new)
        if not compare.compared(cell):
            return
        figures = page_of(new.decode())
        # Traces come in the order in which threads end.
        traces = sorted(one for one in figures if one[0].startswith("trace "))
        shown = [one for one in figures if not one[0].startswith("trace ")]
        start = f"cell {number}, "
        self.page += [(start + name, values) for name, values in [*traces, *shown]]
        for kind, text in compare.shown(cell.get("outputs", [])):
            self.page.append((start + kind, text.splitlines()))

    def finish(self, claims: dict[str, Any] | None) -> Page:
        """The whole page, the claims in front."""
        ledger: Page = []
        for claim in (claims or {}).get("claims", []):
            if not claim.get("timing") and not claim.get("machine"):
                ledger.append((f"claim {claim['id']}, measured", [claim["measuredBits"]]))
                ends = [repr(end) for end in claim.get("interval") or []]
                ledger.append((f"claim {claim['id']}, verdict and interval", [claim["verdict"], *ends]))
        return [*ledger, *self.page]


# The runs


@dataclass
class Run:
    """One combination and one thing to compute under it."""

    combination: Combination
    notebook: Notebook | None
    result: dict[str, Any] | None = None

    @property
    def what(self) -> str:
        """What it computes."""
        return self.notebook.slug if self.notebook else GOLDEN

    @property
    def name(self) -> str:
        """Both."""
        return f"{self.what}: {self.combination.name}"

    @property
    def path(self) -> Path:
        """Where its result stands, below the folder of results."""
        return Path(self.combination.key) / self.what.replace(" ", "-")


class Proof:
    """One call: its combinations, what is already there, and what comes out."""

    def __init__(
        self, options: argparse.Namespace, jdks: list[setup.Jdk], selected: list[Notebook], target: Path
    ) -> None:
        self.options = options
        self.selected = selected[:]
        self.target = target
        self.combinations = combinations(options, jdks)
        if options.short and not options.names:
            self.selected = quickest(selected, 2)
        state = project.read_json(setup.STATE) or {}
        self.library = Path(state.get("library", {}).get("folder", "/nonexistent"))
        root = project.ENVIRONMENT.parent
        sources = root / "lib" / "core" / "src" / "test" / "java" / "org" / "konvergo" / "golden"
        self.sources = [path for path in project.files_under(sources) if not path.name.endswith("Test.java")]
        data = project.home() / "data"
        machine = " ".join(sorted(cpu_flags()))
        jars = state.get("library", {}).get("jars", "")
        self.common = {
            True: project.fingerprint([PAGES, jars, machine, *self.sources]),
            False: project.fingerprint(
                [
                    PAGES, jars, machine, state.get("kernel", {}).get("key", ""),
                    *(project.files_under(data) if data.is_dir() else []),
                ]
            ),
        }  # fmt: skip
        self.runs: list[Run] = []
        self.classes = target / "classes"
        self.wanted: dict[str, Page] = {}

    def fingerprint(self, run: Run) -> str:
        """What the result of a run depends on, what it is compared with included."""
        one = run.combination
        home = Path(one.jdk).parent.parent
        parts: list[Path | str] = [
            self.common[run.notebook is None],
            *one.golden(""),
            str(one.threads),
            home / "release",
            run.notebook.sources() if run.notebook else "",
            "" if one is self.combinations[0] else self.combinations[0].name,
        ]
        return project.fingerprint(parts)

    def run(self) -> int:
        """Runs what is not there yet, and prints the matrix."""
        for one in self.combinations:
            if one.missing:
                continue
            self.runs.append(Run(one, None))
            if one.notebooks:
                self.runs += [Run(one, notebook) for notebook in self.selected]
        self.compile()
        pending, expected = [], {}
        for run in self.runs:
            last = project.read_json(self.file(run, ".json")) or {}
            if not self.options.fresh and self.stands(run, last):
                run.result = last
            else:
                pending.append(run)
                expected[run.name] = last.get("seconds", 0.0)
        self.progress = Progress(len(pending), expected, self.options.jobs)
        together = Together(self.progress)
        if pending:
            print(f"{len(self.runs)} runs, {len(pending)} of them to do", flush=True)
            asyncio.run(self.run_all(pending, together))
        self.write_matrix()
        print(self.summary())
        if together.stopped:
            raise together.stopped
        if together.interrupted:
            done = sum(run.result is not None for run in pending)
            print(
                f"\nInterrupted. {done} of {len(pending)} runs are finished and kept;\n"
                "the same command goes on with the others."
            )
            return project.INTERRUPTED
        bad = [run for run in self.runs if not run.result or run.result["status"] != IDENTICAL]
        return project.FAILED if bad else project.OK

    def compile(self) -> None:
        """Compiles the golden suite against the library's jars, if it changed."""
        stamp = self.target / "classes.made-from"
        key = self.common[True]
        if stamp.is_file() and stamp.read_text() == key and self.classes.is_dir():
            return
        shutil.rmtree(self.classes, ignore_errors=True)
        self.classes.mkdir(parents=True)
        javac = Path(self.combinations[0].jdk).with_name("javac")
        command = [
            str(javac), "-nowarn", "-encoding", "UTF-8", "--release", str(setup.JAVA_MINIMUM),
            "-cp", self.class_path(), "-d", str(self.classes), *map(str, self.sources),
        ]  # fmt: skip
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode:
            raise Problem(f"The golden suite could not be compiled.\n{setup.tail(result.stderr)}")
        project.write(stamp, key)

    def class_path(self) -> str:
        """The golden suite and the library."""
        jars = sorted(self.library.glob("*.jar"))
        return os.pathsep.join(map(str, [self.classes, *jars]))

    def file(self, run: Run, ending: str) -> Path:
        """A file of a run's result."""
        path = self.target / "results" / run.path
        return path.with_name(path.name + ending)

    def stands(self, run: Run, last: dict[str, Any]) -> bool:
        """Whether the last result of a run still holds; reads the page that others are compared with."""
        if last.get("fingerprint") != self.fingerprint(run) or last.get("status") == FAILED:
            return False
        if run.combination is not self.combinations[0]:
            return run.what in self.wanted
        page = project.read_json(self.file(run, ".page.json"))
        if page is not None:
            self.wanted[run.what] = [(name, figures) for name, figures in page]
        return page is not None

    async def run_all(self, pending: list[Run], together: Together) -> None:
        """Runs what the others are compared with, then the others, so many at a time."""
        slots = asyncio.Semaphore(self.options.jobs)
        first = self.combinations[0]
        try:
            for some in (
                [run for run in pending if run.combination is first],
                [run for run in pending if run.combination is not first],
            ):
                await together.run([self.run_one(run, slots) for run in some])
        finally:
            shutil.rmtree(self.target / "work", ignore_errors=True)

    async def run_one(self, run: Run, slots: asyncio.Semaphore) -> None:
        """Runs one combination and compares."""
        async with slots:
            first = run.combination is self.combinations[0]
            if not first and run.what not in self.wanted:
                self.progress.end(run.name, f"LEFT OUT {run.name}: there is nothing to compare it with")
                return
            self.progress.begin(run.name)
            start = time.monotonic()
            key = self.fingerprint(run)
            try:
                page, failure = await (self.notebook(run) if run.notebook else self.golden(run))
            except OSError as error:
                if error.errno in project.FULL:
                    raise Problem(
                        f"{self.target} is full ({error.strerror}). What is finished is kept."
                    ) from error
                raise
            except asyncio.CancelledError:
                self.progress.running.pop(run.name, None)
                raise
            result: dict[str, Any] = {"fingerprint": key, "seconds": round(time.monotonic() - start, 2)}
            if failure:
                result |= {"status": FAILED, "first": failure}
            elif first:
                self.wanted[run.what] = page
                project.write_json(self.file(run, ".page.json"), page)
                result["status"] = IDENTICAL
            else:
                found = first_difference(self.wanted[run.what], page)
                result |= {"status": DIFFERS, "first": found} if found else {"status": IDENTICAL}
                if found:
                    project.write_json(self.file(run, ".page.json"), page)
                else:
                    self.file(run, ".page.json").unlink(missing_ok=True)
            project.write_json(self.file(run, ".json"), result)
            run.result = result
            word = {IDENTICAL: "same  ", DIFFERS: "DIFFERS", FAILED: "FAILED"}[result["status"]]
            what = f": {result['first']}" if "first" in result else ""
            self.progress.end(run.name, f"{word} {run.name}, {duration(result['seconds'])}{what}")

    async def golden(self, run: Run) -> tuple[Page, str]:
        """The golden suite: its page, or why there is none."""
        from . import kernel

        process = await asyncio.create_subprocess_exec(
            *run.combination.golden(self.class_path()),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **run.combination.environment},
            preexec_fn=kernel.end_with_parent(),
        )
        try:
            out, err = await asyncio.wait_for(process.communicate(), self.options.timeout)
        except asyncio.TimeoutError:
            return [], f"did not end within {self.options.timeout:g} s (--timeout) and was stopped"
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        said = [line for line in err.decode(errors="replace").splitlines() if line.strip()]
        if process.returncode:
            return [], "; ".join([ending(process.returncode), *said[-2:]])
        try:
            return golden_page(out.decode()), ""
        except ValueError as error:
            return [], str(error)

    async def notebook(self, run: Run) -> tuple[Page, str]:
        """A notebook: its page, or why there is none."""
        from . import run as runner

        assert run.notebook is not None
        spec = project.read_json(project.KERNEL / "kernel.json")
        if spec is None:
            raise Problem("The Java kernel is not installed. Run environment/setup.")
        work = self.target / "work" / run.path
        gathered = NotebookPage(work / "figures")
        outcome = await runner.execute(
            run.notebook,
            profile="quick",
            timeout=self.options.timeout,
            work=work,
            on_cell=lambda number, of: self.progress.cell(run.name, number, of),
            after_cell=gathered.after_cell,
            spec=run.combination.spec(spec),
            variables={**run.combination.environment, "KONVERGO_BITS": str(work / "figures")},
        )
        shutil.rmtree(work, ignore_errors=True)
        if outcome.failure:
            where = f"code cell {outcome.cell}: " if outcome.cell else ""
            return [], where + " ".join(outcome.failure.split())
        return gathered.finish(outcome.claims), ""

    # The matrix

    def cells(self, one: Combination) -> dict[str, str]:
        """What came out for a combination, by what was computed."""
        words = {}
        for what in [GOLDEN, *(notebook.slug for notebook in self.selected)]:
            if one.missing or (what != GOLDEN and not one.notebooks):
                words[what] = "n/a"
                continue
            run = next(run for run in self.runs if run.combination is one and run.what == what)
            words[what] = run.result["status"] if run.result else "not run"
        return words

    def matrix(self) -> list[list[str]]:
        """The table: a row a combination. With many notebooks, they share a column."""
        slugs = [notebook.slug for notebook in self.selected]
        few = len(slugs) <= COLUMNS
        rows = [["combination", GOLDEN, *(slugs if few else ["notebooks"])]]
        for place, one in enumerate(self.combinations):
            words = self.cells(one)
            name = one.name + (" (compared with)" if place == 0 else "")
            if few:
                rows.append([name, *words.values()])
                continue
            counts: dict[str, int] = {}
            for slug in slugs:
                counts[words[slug]] = counts.get(words[slug], 0) + 1
            rows.append([name, words[GOLDEN], ", ".join(f"{n} {word}" for word, n in counts.items())])
        return rows

    def remarks(self) -> list[str]:
        """What the words in the table do not say."""
        lines = [
            f"{run.name}: {run.result['first']}"
            for run in self.runs
            if run.result and run.result["status"] != IDENTICAL
        ]
        lines += [f"{one.name}: {one.scope}" for one in self.combinations if one.missing]
        return lines

    def summary(self) -> str:
        """What is printed at the end."""
        return "\n".join(["", table(self.matrix()), "", *self.remarks(), self.verdict()])

    def verdict(self) -> str:
        """One sentence over all."""
        done = [run for run in self.runs if run.result]
        same = sum(run.result["status"] == IDENTICAL for run in done if run.result)
        figures = sum(len(values) for _, values in self.wanted.get(GOLDEN, []))
        text = f"{same} of {len(self.runs)} runs are identical"
        return f"{text} ({figures} figures of the golden suite)." if figures else f"{text}."

    def write_matrix(self) -> None:
        """Writes the matrix for people and for programs; the report shows it."""
        rows = self.matrix()
        value = {
            "schema": 1,
            "finished": time.strftime("%Y-%m-%d %H:%M:%S %z"),
            "machine": platform.machine(),
            "short": self.options.short,
            "verdict": self.verdict(),
            "heading": rows[0],
            "rows": rows[1:],
            "remarks": self.remarks(),
            "runs": [
                {
                    "combination": run.combination.name,
                    "what": run.what,
                    **(run.result or {"status": "not run"}),
                }
                for run in self.runs
            ],
        }
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        lines.insert(1, "|" + " --- |" * len(rows[0]))
        remarks = [f"- {line}" for line in self.remarks()]
        text = "\n".join(["# Same bits everywhere", "", self.verdict(), "", *lines, "", *remarks]).rstrip()
        name = "short" if self.options.short else "matrix"
        project.write(self.target / f"{name}.md", text + "\n")
        project.write_json(self.target / f"{name}.json", value)


def ending(code: int) -> str:
    """How a process ended, in words."""
    if code >= 0:
        return f"the JVM ended with exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = str(-code)
    return f"the JVM was killed ({name}{', perhaps for want of memory' if code == -signal.SIGKILL else ''})"


def quickest(selected: list[Notebook], count: int) -> list[Notebook]:
    """The notebooks that took the least time when they last ran; the first by name if none did."""
    folder = project.home() / "target" / "reproduction" / "quick" / "results"

    def seconds(notebook: Notebook) -> float:
        return (project.read_json(folder / f"{notebook.slug}.json") or {}).get("seconds", 0.0)

    return sorted(selected, key=lambda notebook: (seconds(notebook), notebook.slug))[:count]
