"""The command `environment/bench`: the library beside its peers, on the same data, turn by turn."""

from __future__ import annotations

import argparse
import contextlib
import csv
import datetime
import io
import math
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from . import peers, project, setup
from .console import duration, step, table
from .project import ENVIRONMENT, Problem

CACHE = ENVIRONMENT / ".cache" / "bench"
PYTHON = CACHE / "venv" / "bin" / "python"
REQUIREMENTS = ENVIRONMENT / "bench-requirements.txt"
KONVERGO = "Konvergo"
JMH = "jmh"
STARTUP = "startup"
BARE_KERNEL = "JJava alone, to 1 + 1"
LEAST_TURNS = 3
PAIR_SECONDS = 300
PLATFORMS = {
    ("Linux", "x86_64"): "linux-x86_64",
    ("Linux", "aarch64"): "linux-aarch64",
    ("Darwin", "arm64"): "osx-aarch64",
}

DESCRIPTION = """\
Runs the library beside its peers: the same data, the same threads, both warm, both to
the same measure, in turns (ours, theirs, ours, theirs, ...). Writes one table of times
and ratios to target/bench/ (bench.md, bench.csv, bench.json) and a page of the report.
A pair whose answers do not meet the measure is an error and has no figures.
"""
EPILOG = """\
names are those of --list, or a kind: gemm for gemm-64, gemm-256, ... What is not named
keeps its figures of an earlier call, as long as machine, library and peers are the same.
Beside the pairs there are
  startup   from the start of a kernel to a first chart, against ipykernel and matplotlib, and
            beside the time that JJava takes without the library to answer 1 + 1
  jmh       the kernels alone, by JMH

exit codes: 0 everything was measured, or left out because a peer is not to be had here or
takes over a minute; 1 a pair failed, and the table says why; 2 wrong usage; 3 something is
missing; 130 Ctrl-C
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        prog="environment/bench",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    result.add_argument(
        "names", nargs="*", metavar="name", help="what to run; everything if nothing is named"
    )
    result.add_argument("--list", action="store_true", help="list the names, peers and targets")
    result.add_argument("--threads", type=positive, default=1, help="threads for every solver (default: 1)")
    result.add_argument(
        "--repeats",
        type=positive,
        help="turns of each pair (default: 20; startup 10; quick 5), fewer where they take over 5 minutes",
    )
    result.add_argument("--quick", action="store_true", help="shorter warm-up and turns: a first look")
    return result


def positive(text: str) -> int:
    """A whole number from 1."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("should be at least 1")
    return value


# What there is to run


@dataclass(frozen=True)
class Workload:
    """One thing that the library and its peers compute."""

    name: str
    kind: str
    title: str
    tolerance: float
    java_peers: tuple[str, ...]
    targets: dict[str, float]

    @staticmethod
    def of(line: str) -> Workload:
        """From a line of the Java side's list."""
        name, kind, tolerance, solvers, targets, title = line.split("\t")
        pairs = (one.split("=") for one in targets.split(",") if one)
        return Workload(
            name,
            kind,
            title,
            float(tolerance),
            tuple(solver for solver in solvers.split(",") if solver != KONVERGO),
            {peer: float(ratio) for peer, ratio in pairs},
        )

    def peers(self) -> list[str]:
        """Those in Java, then those in Python."""
        return [*self.java_peers, *peers.names(self.kind)]


def chosen(workloads: list[Workload], names: list[str]) -> list[str]:
    """The names to run, in the order of the list."""
    known = {name: {name} for name in (STARTUP, JMH)}
    for workload in workloads:
        known.setdefault(workload.name, set()).add(workload.name)
        known.setdefault(workload.kind, set()).add(workload.name)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Problem(
            f"There is nothing named {', '.join(unknown)}. environment/bench --list shows what there is.",
            project.USAGE,
        )
    wanted = set().union(*(known[name] for name in names or known))
    return [name for name in [*(w.name for w in workloads), STARTUP, JMH] if name in wanted]


# One pair


class Failure(Exception):
    """A pair could not be measured; the text says why."""


class Unavailable(Exception):
    """A peer is not to be had on this machine."""


class Worker:
    """A process that solves when told to."""

    def __init__(self, command: list[str], log: Path, environment: dict[str, str]) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as file:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
                text=True,
                env=environment,
            )
        self.log = log

    def ask(self, *words: object) -> str:
        """Gives an order and waits for the answer."""
        order = "\t".join(map(str, words))
        assert self.process.stdin is not None and self.process.stdout is not None
        try:
            self.process.stdin.write(order + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline().rstrip("\n")
        except BrokenPipeError:
            answer = ""
        status, _, text = answer.partition("\t")
        if status != "ok":
            raise Failure(text or f"the process ended at the order {words[0]!r}; its output: {self.log}")
        return text

    def close(self) -> None:
        """Ends the process."""
        self.process.kill()
        self.process.communicate()


@dataclass
class Row:
    """A pair and what was measured."""

    workload: str
    title: str
    peer: str
    target: float | None
    tolerance: float
    finished: str = ""
    our_measure: float | None = None
    their_measure: float | None = None
    our_tally: str = ""
    their_tally: str = ""
    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)
    failure: str = ""
    left_out: str = ""

    def ratios(self) -> list[float]:
        """How many times as fast as the peer the library is, turn by turn."""
        return [theirs / ours for ours, theirs in zip(self.ours, self.theirs)]

    def word(self) -> str:
        """How it stands."""
        if self.failure:
            return "failed"
        if not self.ours:
            return "left out"
        ratio = median(self.ratios())
        if self.target is not None and ratio >= self.target:
            return "target met"
        if ratio < 1:
            return "behind"
        return "ahead" if self.target is None else "ahead, short of target"


def measure(
    row: Row, ours: Worker, theirs: Worker, referee: Worker, folder: Path, *, repeats: int, quick: bool
) -> None:
    """Warms both, holds both answers against the measure, and lets them take turns."""
    slice_seconds = 0.03 if quick else 0.1
    counts = []
    for worker in (ours, theirs):
        once = float(worker.ask("warm", 1.5 if quick else 4))
        counts.append(max(1, math.ceil(slice_seconds / once)))
    row.our_measure, row.our_tally = judged(row, ours, referee, folder)
    row.their_measure, row.their_tally = judged(row, theirs, referee, folder)
    start = time.monotonic()
    for turn in range(repeats):
        # A pair of slow solvers says enough in a few turns; the table shows how many it took.
        if turn >= LEAST_TURNS and time.monotonic() - start > PAIR_SECONDS:
            break
        row.ours.append(float(ours.ask("time", counts[0])))
        row.theirs.append(float(theirs.ask("time", counts[1])))


def judged(row: Row, worker: Worker, referee: Worker, folder: Path) -> tuple[float | None, str]:
    """The measure of a worker's answer, and its tally; none for a limit, which has no answer."""
    answer = folder / "answer.bin"
    if worker.ask("answer", answer) == "limit":
        return None, ""
    value = float(referee.ask("judge", row.workload, folder, answer))
    # NaN is not within.
    if not value <= row.tolerance:
        raise Failure(f"the answer's measure is {value:.3g}, and should be at most {row.tolerance:.3g}")
    return value, referee.ask("tally", row.workload, answer)


# The whole run


class Bench:
    """One call of the command."""

    def __init__(self, options: argparse.Namespace, java: list[str]) -> None:
        self.options = options
        self.java = java
        self.target = project.home() / "target" / "bench"
        self.rows: list[Row] = []
        self.jmh: list[dict[str, Any]] = []
        self.provenance: dict[str, str] = {}

    def environment(self) -> dict[str, str]:
        """What every solver runs under: the same number of threads."""
        threads = str(self.options.threads)
        return {
            **os.environ,
            **dict.fromkeys(("KONVERGO_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), threads),
            "MKL_NUM_THREADS": threads,
            # PyTorch's carrier unpacks its native code here, and is not to report its use.
            "DJL_CACHE_DIR": str(CACHE / "djl"),
            "OPT_OUT_TRACKING": "true",
        }

    @contextlib.contextmanager
    def worker(self, name: str, command: list[str]) -> Iterator[Worker]:
        """A process that is ended whatever happens."""
        worker = Worker(command, self.target / "logs" / f"{name}.log", self.environment())
        try:
            yield worker
        finally:
            worker.close()

    def java_worker(self) -> list[str]:
        """The command of a process in Java."""
        # What gets hot is compiled at once, however busy the machine is, and not some time later.
        threads = f"-Dai.djl.pytorch.num_threads={self.options.threads}"
        return [*self.java, "-Xbatch", threads, "org.konvergo.bench.Worker"]

    def list(self) -> list[Workload]:
        """What the Java side knows."""
        shown = subprocess.run(
            [*self.java_worker(), "list"], capture_output=True, text=True, check=False, env=self.environment()
        )
        if shown.returncode:
            raise Problem("The list of workloads could not be had.\n" + setup.tail(shown.stderr))
        return [Workload.of(line) for line in shown.stdout.splitlines() if "\t" in line]

    def repeats(self, usual: int) -> int:
        """Turns of a pair."""
        return self.options.repeats or (5 if self.options.quick else usual)

    def run(self, workload: Workload) -> None:
        """A workload against each of its peers."""
        folder = self.target / "data" / workload.name
        python_peers = peers.names(workload.kind)
        try:
            with contextlib.ExitStack() as stack:
                ours, referee = (
                    stack.enter_context(self.worker(workload.name, self.java_worker())) for _ in range(2)
                )
                python = (
                    stack.enter_context(self.worker(workload.name, [str(PYTHON), peers.__file__]))
                    if python_peers
                    else referee
                )
                self.draw(workload, ours, referee, folder)
                for peer in workload.peers():
                    row = self.row(workload.name, workload.title, peer, workload.targets.get(peer))
                    row.tolerance = workload.tolerance
                    theirs = python if peer in python_peers else referee
                    with self.attempt(row):
                        self.open(workload, theirs, peer, folder)
                        measure(
                            row, ours, theirs, referee, folder,
                            repeats=self.repeats(20), quick=self.options.quick,
                        )  # fmt: skip
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def draw(self, workload: Workload, ours: Worker, referee: Worker, folder: Path) -> None:
        """The inputs, once, for all."""
        try:
            referee.ask("draw", workload.name, folder)
            ours.ask("open", workload.name, KONVERGO, folder)
        except Failure as failure:
            raise Problem(f"{workload.name} could not be prepared: {failure}", project.FAILED) from None

    def open(self, workload: Workload, theirs: Worker, peer: str, folder: Path) -> None:
        """Prepares a peer."""
        try:
            theirs.ask("open", workload.name, peer, folder)
        except Failure as failure:
            # PyTorch is the only peer that depends on the platform.
            if peer == "PyTorch" and re.search(
                r"EngineException|NoClassDefFound|UnsatisfiedLink", str(failure)
            ):
                raise Unavailable("PyTorch's native library is not to be had here") from None
            raise

    def row(self, name: str, title: str, peer: str, target: float | None) -> Row:
        """A new row, in the place of an old one of the same pair."""
        row = Row(name, title, peer, target, math.inf)
        places = [i for i, old in enumerate(self.rows) if (old.workload, old.peer) == (name, peer)]
        if places:
            self.rows[places[0]] = row
        else:
            self.rows.append(row)
        return row

    @contextlib.contextmanager
    def attempt(self, row: Row) -> Iterator[None]:
        """Says what becomes of a pair, and keeps it."""
        print(f"{row.workload} and {row.peer} ...", end=" ", flush=True)
        try:
            yield
        except Failure as failure:
            row.ours, row.theirs = [], []
            late = re.fullmatch(r"TooSlow: (.*)", str(failure))
            if late:
                row.left_out = late[1]
                print(f"left out: {late[1]}")
            else:
                row.failure = str(failure)
                print(f"FAILED: {failure}")
        except Unavailable as reason:
            row.left_out = str(reason)
            print(f"left out: {reason}")
        else:
            ratios = row.ratios()
            print(f"{median(ratios):.2f} x [{min(ratios):.2f}, {max(ratios):.2f}]  {row.word()}")
        row.finished = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
        self.write()

    def startup(self) -> None:
        """From the start of a kernel to a first chart: ours, and Python's."""
        setup.ensure([], again=False)
        start = [str(PYTHON), str(Path(__file__).with_name("first_chart.py"))]
        ours = [*start, str(project.KERNEL.parent), "java", OUR_CHART]
        own = CACHE / "venv" / "share" / "jupyter" / "kernels"
        theirs = {
            "ipykernel, matplotlib": [*start, str(own), "python3", THEIR_CHART],
            BARE_KERNEL: [*start, str(self.bare_kernel()), "java", "1 + 1", "text/plain"],
        }
        for peer, command in theirs.items():
            row = self.row(STARTUP, "Kernel start to first chart", peer, None if peer == BARE_KERNEL else 1)
            with self.worker(STARTUP, ours) as one, self.worker(STARTUP, command) as other, self.attempt(row):
                measure(
                    row, one, other, one, self.target,
                    repeats=self.repeats(10), quick=self.options.quick,
                )  # fmt: skip

    def bare_kernel(self) -> Path:
        """The kernel without the library, as fast as it starts: what ours cannot be faster than."""
        folder = self.target / "kernels"
        spec = project.read_json(project.KERNEL / "kernel.json")
        words = [w for w in spec["argv"] if "SharedArchiveFile" not in w and "incubator" not in w]
        at = words.index("-cp") + 1
        words[at] = words[at].split(os.pathsep)[0]
        spec["argv"] = words
        file, archive = folder / "java" / "kernel.json", folder / "kernel.jsa"
        project.write_json(file, spec)
        if setup.train(archive, str(file), "1 + 1"):
            words.insert(1, f"-XX:SharedArchiveFile={archive}")
            project.write_json(file, spec)
        return folder

    def run_jmh(self) -> None:
        """The kernels alone."""
        result = self.target / "jmh.json"
        command = [*self.java, "org.openjdk.jmh.Main", "-rf", "json", "-rff", str(result), "-foe", "true"]
        # As the other processes: on a busy machine a short warm-up would end before the compiler.
        command += ["-jvmArgsPrepend", "-Xbatch"]
        if self.options.quick:
            command += ["-wi", "2", "-w", "500ms", "-i", "3", "-r", "200ms"]
        self.target.mkdir(parents=True, exist_ok=True)
        with step("JMH"), (self.target / "logs" / "jmh.log").open("wb") as log:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False, env=self.environment()
            )
        if done.returncode:
            raise Problem(f"JMH failed; its output: {self.target / 'logs' / 'jmh.log'}", project.FAILED)
        self.jmh = [
            {
                # Class and method: several classes measure a method of the same name.
                "benchmark": ".".join(one["benchmark"].split(".")[-2:]),
                **one.get("params", {}),
                "microseconds": one["primaryMetric"]["score"],
                "error": figure(one["primaryMetric"]["scoreError"]),
            }
            for one in project.read_json(result) or []
        ]
        self.write()

    # Results

    def about(self) -> dict[str, str]:
        """What the figures depend on."""
        with self.worker("about", self.java_worker()) as java:
            jvm = java.ask("about")
        with self.worker("about", [str(PYTHON), peers.__file__]) as python:
            packages = python.ask("about")
        jars = sorted(path.stem for path in (CACHE / "lib").glob("*/*.jar"))
        peers_in_java = [jar for jar in jars if re.match(r"(ejml-ddense|ojalgo|pytorch-native)", jar)]
        return {
            "CPU": f"{cpu()}, {os.cpu_count()} cores",
            "system": f"{platform.system()} {platform.release()} {platform.machine()}",
            "threads": str(self.options.threads),
            "JVM": jvm,
            "peers in Java": ", ".join(peers_in_java),
            "peers in Python": packages,
            "library": project.fingerprint(sources())[:12],
        }

    def resume(self) -> None:
        """Takes over the figures of earlier calls under the same circumstances."""
        self.provenance = self.about()
        known = project.read_json(self.target / "bench.json") or {}
        if known.get("provenance") == self.provenance:
            self.rows = [Row(**row) for row in known["rows"]]
            self.jmh = known["jmh"]

    def write(self) -> None:
        """The table, for people and for programs."""
        content = {"provenance": self.provenance, "rows": [asdict(row) for row in self.rows], "jmh": self.jmh}
        project.write_json(self.target / "bench.json", content)
        project.write(self.target / "bench.md", page(content))
        project.write(self.target / "bench.csv", as_csv(self.rows))


OUR_CHART = """\
import org.konvergo.notebook.*;
import static org.konvergo.notebook.Notebook.*;
Charts.lines("y", "x", "y", Series.of("y", 1, 2, 3))"""
THEIR_CHART = """\
%matplotlib inline
import matplotlib.pyplot as plt
plt.plot([1, 2, 3]); plt.xlabel("x"); plt.title("y"); plt.show()"""


def cpu() -> str:
    """The processor's name."""
    with contextlib.suppress(OSError):
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
        if found:
            return found.group(1)
    return platform.processor() or platform.machine()


# The table


def time_text(seconds: float) -> str:
    """A time with three digits: `12.3 ms`."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


HEAD = [
    "What",
    "Peer",
    "Konvergo",
    "Peer's time",
    "Ratio",
    "Smallest",
    "Largest",
    "Target",
    "Turns",
    "Stands",
]


def cells(row: Row) -> list[str]:
    """A row of the table."""
    start = [row.title, row.peer]
    target = "" if row.target is None else f"{row.target:g}"
    if not row.ours:
        return [*start, "", "", "", "", "", target, "", f"{row.word()}: {row.failure or row.left_out}"]
    ratios = row.ratios()
    figures = [f"{value:.2f}" for value in (median(ratios), min(ratios), max(ratios))]
    times = [time_text(median(row.ours)), time_text(median(row.theirs))]
    return [*start, *times, *figures, target, str(len(ratios)), row.word()]


def page(content: dict[str, Any]) -> str:
    """The results in Markdown, which is also the report's page."""
    rows = [Row(**row) for row in content["rows"]]
    parts = [
        "# Beside its peers\n",
        "The library and a peer take turns on the same data, on the same number of threads, both warm, and "
        "both reach the same measure. The ratio is the peer's time over ours, turn by turn: its median, "
        "smallest and largest value. Above 1 the library is ahead. The triad of the STREAM benchmark is no "
        "peer but a limit: what memory, or a cache of that size, lets through; so is JJava alone.\n",
        markdown([HEAD, *(cells(row) for row in rows)]),
    ]
    for workload in dict.fromkeys(row.workload for row in rows if row.ours and row.our_tally):
        parts += tallies([row for row in rows if row.workload == workload and row.ours])
    if content["jmh"]:
        names = list(dict.fromkeys(key for one in content["jmh"] for key in one))
        body = [[shown(one.get(name, "")) for name in names] for one in content["jmh"]]
        parts += ["\n## The kernels alone, by JMH\n", markdown([names, *body])]
    facts = [[key, value] for key, value in content["provenance"].items()]
    parts += ["\n## Measured with\n", markdown([["", ""], *facts])]
    return "\n".join(parts)


def tallies(rows: list[Row]) -> list[str]:
    """What the answers of a workload tell beside the solution, ours and each peer's, line by line."""
    title = rows[0].our_tally.partition("\t")[0]
    columns = [
        dict(line.split("=") for line in tally.split("\t")[1:])
        for tally in (rows[0].our_tally, *(row.their_tally for row in rows))
    ]
    head = ["", KONVERGO, *(row.peer for row in rows)]
    body = [[line, *(column.get(line, "") for column in columns)] for line in columns[0]]
    return [f"\n## {title}\n", f"{rows[0].title}.\n", markdown([head, *body])]


def figure(value: object) -> float | str:
    """A number, or in words what JSON cannot hold: too few iterations have no error."""
    number = float(str(value))
    return number if math.isfinite(number) else str(number)


def shown(value: object) -> str:
    """A cell."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def markdown(rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines) + "\n"


def as_csv(rows: list[Row]) -> str:
    """One line a turn."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["workload", "peer", "turn", "konvergo seconds", "peer seconds", "ratio"])
    for row in rows:
        for turn, (ours, theirs) in enumerate(zip(row.ours, row.theirs), 1):
            writer.writerow([row.workload, row.peer, turn, repr(ours), repr(theirs), repr(theirs / ours)])
    return text.getvalue()


# Preparing


def sources() -> list[Path]:
    """What the Java side is built from."""
    root = ENVIRONMENT.parent
    files = [root / "pom.xml"]
    for module in ("core", "bench"):
        files.append(root / "lib" / module / "pom.xml")
        files += project.files_under(root / "lib" / module / "src" / "main")
    return files


def build(jdk: setup.Jdk) -> list[str]:
    """Builds the Java side if its sources changed. Returns the command that starts it, less the class."""
    key = project.fingerprint([*sources(), str(jdk)])
    folder = CACHE / "lib" / key[:12]
    if not folder.is_dir():
        native = PLATFORMS.get((platform.system(), platform.machine()))
        good = bool(native) and maven(jdk, f"-Dpeers.platform={native}")
        if not good:
            print("PyTorch's native library (110 MB) was not to be had: its pairs are left out.")
            good = maven(jdk)
        if not good:
            log = setup.log_file("bench-maven")
            output = setup.tail(log.read_text(errors="replace"))
            raise Problem(f"The benchmarks could not be built.\n{output}\nThe whole output: {log}")
        copy_jars(folder)
    # As the notebooks' kernel is started.
    return [jdk.java, "--add-modules=jdk.incubator.vector", "-Xmx4g", "-cp", str(folder / "*")]


def copy_jars(folder: Path) -> None:
    """Copies the jars, so that a build under a running bench does no harm; older ones go."""
    target = ENVIRONMENT.parent / "lib" / "bench" / "target"
    shutil.rmtree(folder.parent, ignore_errors=True)
    partial = folder.with_suffix(".partial")
    partial.mkdir(parents=True)
    for jar in [*target.glob("konvergo-bench-*.jar"), *(target / "lib").glob("*.jar")]:
        shutil.copyfile(jar, partial / jar.name)
    partial.rename(folder)


def maven(jdk: setup.Jdk, *more: str) -> bool:
    """Runs Maven without tests."""
    program = shutil.which("mvn")
    if not program:
        raise Problem("Maven is needed to build the benchmarks, and there is no mvn on the PATH.")
    command = [
        program, "-q", "-B", "-ntp", "-DskipTests", "-Dspotless.check.skip=true", "-Djacoco.skip=true",
        "-Dforbiddenapis.skip=true", *more, "package", "-pl", "lib/bench", "-am",
    ]  # fmt: skip
    with step("Building the benchmarks" + (" (PyTorch is 110 MB the first time)" if more else "")):
        environment = {**os.environ, "JAVA_HOME": str(jdk.home)}
        good, _, _ = setup.run_logged("bench-maven", command, cwd=ENVIRONMENT.parent, env=environment)
    return good


def install_peers() -> None:
    """The virtual environment of the peers in Python."""
    state = CACHE / "venv.json"
    key = project.fingerprint([REQUIREMENTS, platform.python_version()])
    if PYTHON.exists() and (project.read_json(state) or {}).get("key") == key:
        return
    shutil.rmtree(CACHE / "venv", ignore_errors=True)
    base = getattr(sys, "_base_executable", sys.executable)
    with step("Installing the peers (some 250 MB to fetch, 1 GB on disk)"):
        good, output, _ = setup.run_logged("bench-venv", [base, "-m", "venv", str(CACHE / "venv")])
        if good:
            command = [
                str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input",
                "--progress-bar=off", "--require-hashes", "-r", str(REQUIREMENTS),
            ]  # fmt: skip
            good, output, _ = setup.run_logged("bench-pip", command)
    if not good:
        raise Problem(f"The peers could not be installed.\n{setup.tail(output)}")
    project.write_json(state, {"key": key})


def listing(workloads: list[Workload]) -> str:
    """What there is to run."""
    rows = [["name", "what", "peers (target)"]]
    for workload in workloads:
        shown = [
            f"{peer} ({workload.targets[peer]:g})" if peer in workload.targets else peer
            for peer in workload.peers()
        ]
        rows.append([workload.name, workload.title, ", ".join(shown)])
    rows.append([STARTUP, "Kernel start to first chart", "ipykernel, matplotlib (1)"])
    rows.append([JMH, "The kernels alone, by JMH", ""])
    return table(rows)


def main(arguments: list[str]) -> int:
    """The command `environment/bench`."""
    options = parser().parse_args(arguments)
    busy = "Another bench is running (process {pid}): figures of both would be wrong."
    with project.lock(CACHE / "bench.lock", busy=busy, wait=False):
        bench = Bench(options, build(setup.find_jdk()))
        workloads = bench.list()
        if options.list:
            print(listing(workloads))
            return project.OK
        names = chosen(workloads, options.names)
        install_peers()
        bench.resume()
        return run_all(bench, workloads, names)


def run_all(bench: Bench, workloads: list[Workload], names: list[str]) -> int:
    """Runs what was chosen and says where the results are."""
    from . import report

    by_name = {workload.name: workload for workload in workloads}
    start = datetime.datetime.now()
    good = True
    for name in names:
        try:
            if name == STARTUP:
                bench.startup()
            elif name == JMH:
                bench.run_jmh()
            else:
                bench.run(by_name[name])
        except Problem as problem:
            if problem.code != project.FAILED:
                raise
            good = False
            print(problem)
    print(f"\n{len(names)} in {duration((datetime.datetime.now() - start).total_seconds())}")
    print(f"The table: {bench.target / 'bench.md'}")
    address = report.build_again()
    if address:
        print(f"The report: {address}")
    failed = [row for row in bench.rows if row.failure and row.workload in names]
    return project.OK if good and not failed else project.FAILED
