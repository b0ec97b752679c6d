"""What verify-bits finds, and what it says when something is in the way."""

from __future__ import annotations

import argparse
import json
import os
import struct
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import ENVIRONMENT, THROWS, Tree

from konvergo_env import aarch64, project, report, setup, verify_bits
from konvergo_env.verify_bits import Combination, Proof, first_difference, golden_page

PRINTS = "#!/bin/sh\n{before}\ncat {output}\n{after}\n"


def bits(*values: float) -> str:
    """Figures as a golden line has them."""
    return " ".join(struct.pack(">d", value).hex() for value in values)


def output(**entries: tuple[float, ...]) -> str:
    """What a golden run prints."""
    lines = [f"{name}\t{bits(*values)}" for name, values in entries.items()]
    return "\n".join([*lines, f"end\t{len(lines)}"]) + "\n"


def flipped(text: str, name: str, figure: int) -> str:
    """The same output with the last bit of one figure turned over."""
    lines = text.splitlines()
    place = next(i for i, line in enumerate(lines) if line.startswith(name + "\t"))
    words = lines[place].split("\t")[1].split(" ")
    words[figure - 1] = f"{int(words[figure - 1], 16) ^ 1:016x}"
    lines[place] = f"{name}\t{' '.join(words)}"
    return "\n".join(lines) + "\n"


GOLDEN = output(dot=(0.5, 1e-300), exp=(2.718281828459045,), gemm=(1.0, -0.0, 3.0))


def test_a_page_equals_itself() -> None:
    assert first_difference(golden_page(GOLDEN), golden_page(GOLDEN)) == ""


@pytest.mark.parametrize(("name", "figure", "of"), [("dot", 2, 2), ("exp", 1, 1), ("gemm", 3, 3)])
def test_one_flipped_bit_is_found_and_named(name: str, figure: int, of: int) -> None:
    found = first_difference(golden_page(GOLDEN), golden_page(flipped(GOLDEN, name, figure)))
    assert found.startswith(f"{name}, figure {figure} of {of}: " if of > 1 else f"{name}: ")
    assert " became " in found


def test_both_values_are_given_with_their_bits() -> None:
    found = first_difference(golden_page(GOLDEN), golden_page(flipped(GOLDEN, "exp", 1)))
    assert found == ("exp: 2.718281828459045 (4005bf0a8b145769) became 2.7182818284590446 (4005bf0a8b145768)")


def test_signed_zeros_differ() -> None:
    assert "-0.0 (8000000000000000) became 0.0" in first_difference(
        [("x", [bits(-0.0)])], [("x", [bits(0.0)])]
    )


def test_missing_new_and_shorter_entries_are_found() -> None:
    page = golden_page(GOLDEN)
    assert first_difference(page, page[:-1]) == "gemm is missing"
    assert "dot is missing, or out of its order: exp stands there" in first_difference(page, page[1:])
    assert first_difference(page[:-1], page) == "gemm is new"
    assert first_difference([("x", ["a", "b"])], [("x", ["a"])]) == "x: 2 figures became 1"


@pytest.mark.parametrize("text", ["", "dot\t" + bits(1), GOLDEN[: GOLDEN.index("end")], GOLDEN[:-2]])
def test_an_output_that_breaks_off_is_no_page(text: str) -> None:
    with pytest.raises(ValueError, match="breaks off"):
        golden_page(text)


# Runs with a stand-in for java, which prints what the test says


class Bench:
    """A proof over combinations whose java is a shell script."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.rows: list[Combination] = []
        monkeypatch.setenv("KONVERGO_HOME", str(folder))
        monkeypatch.setattr(verify_bits, "combinations", lambda options, jdks: self.rows)
        monkeypatch.setattr(Proof, "compile", lambda proof: None)

    def java(self, name: str, text: str, before: str = "", after: str = "") -> None:
        """Adds a combination whose JVM prints a text."""
        printed = self.folder / f"{len(self.rows)}.txt"
        printed.write_text(text)
        script = self.folder / f"{len(self.rows)}" / "bin" / "java"
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_text(PRINTS.format(before=before, output=printed, after=after))
        script.chmod(0o755)
        self.rows.append(Combination(name, str(script)))

    def run(self, **changes: Any) -> int:
        """Runs the proof."""
        options = {"short": False, "fresh": False, "jobs": 1, "timeout": 20.0, "names": []}
        chosen = argparse.Namespace(**{**options, **changes})
        return Proof(chosen, [], [], self.target).run()

    @property
    def target(self) -> Path:
        """Where the proof writes."""
        return self.folder / "target" / "verify-bits"

    def matrix(self) -> dict[str, Any]:
        """The matrix as programs read it."""
        return json.loads((self.target / "matrix.json").read_text())


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """An empty bench."""
    return Bench(tmp_path, monkeypatch)


def test_a_flipped_bit_fails_the_call_and_stands_in_the_matrix(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.java("first", GOLDEN)
    bench.java("same", GOLDEN)
    bench.java("other", flipped(GOLDEN, "gemm", 2))
    assert bench.run() == project.FAILED
    said = capsys.readouterr().out
    told = "golden suite: other: gemm, figure 2 of 3: -0.0 (8000000000000000) became -5e-324"
    assert told in said
    matrix = bench.matrix()
    assert [row[1] for row in matrix["rows"]] == ["identical", "identical", "differs"]
    assert matrix["remarks"][0].startswith(told)
    assert told in (bench.target / "matrix.md").read_text()

    # What differs stays so without another run; when it is put right, only it is run again.
    assert bench.run() == project.FAILED
    assert "to do" not in capsys.readouterr().out
    bench.rows[2] = bench.rows[1]
    assert bench.run() == project.OK


def test_identical_runs_are_not_run_again(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.java("first", GOLDEN)
    bench.java("same", GOLDEN)
    assert bench.run() == project.OK
    assert "2 runs, 2 of them to do" in capsys.readouterr().out
    assert bench.run() == project.OK
    assert "to do" not in capsys.readouterr().out
    assert bench.run(fresh=True) == project.OK
    assert "2 runs, 2 of them to do" in capsys.readouterr().out


def test_a_killed_jvm_is_told_and_the_others_go_on(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.java("first", GOLDEN)
    bench.java("killed", GOLDEN, before="kill -9 $$")
    bench.java("breaks off", GOLDEN[:40])
    bench.java("fails", GOLDEN, after="echo Out of memory >&2; exit 3")
    bench.java("hangs", GOLDEN, before="exec sleep 60")
    bench.java("same", GOLDEN)
    assert bench.run(timeout=2.0) == project.FAILED
    said = capsys.readouterr().out
    assert "the JVM was killed (SIGKILL, perhaps for want of memory)" in said
    assert "breaks off" in said and "exit code 3; Out of memory" in said
    assert "did not end within 2 s" in said
    words = ["identical", "failed", "failed", "failed", "failed", "identical"]
    assert [row[1] for row in bench.matrix()["rows"]] == words
    # The next call runs the failed ones again, and only those.
    bench.run(timeout=2.0)
    assert "6 runs, 4 of them to do" in capsys.readouterr().out


def test_nothing_is_compared_if_the_first_fails(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.java("first", "", after="exit 1")
    bench.java("other", GOLDEN)
    assert bench.run() == project.FAILED
    assert "there is nothing to compare it with" in capsys.readouterr().out


def test_what_is_not_to_be_had_says_why(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.java("first", GOLDEN)
    bench.rows.append(Combination("aarch64", "", missing="no qemu-user"))
    assert bench.run() == project.OK
    assert "aarch64: not available here: no qemu-user" in capsys.readouterr().out
    assert bench.matrix()["rows"][1] == ["aarch64", "n/a"]


def test_interrupt_keeps_what_is_finished(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.java("first", GOLDEN)
    bench.java("same", GOLDEN)
    bench.java("waits", GOLDEN, before=f"kill -INT {os.getpid()}\nexec sleep 60")
    start = time.monotonic()
    assert bench.run() == project.INTERRUPTED
    assert time.monotonic() - start < 20
    assert "2 of 3 runs are finished and kept" in capsys.readouterr().out
    bench.rows.pop()
    assert bench.run() == project.OK
    assert "to do" not in capsys.readouterr().out


def test_a_full_disk_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.java("first", GOLDEN)
    bench.java("same", GOLDEN)
    write = project.write

    def full(path: Path, content: str | bytes) -> None:
        if path.parent.name == "same":
            raise project.Problem(f"{path.parent} is full: {path.name} could not be written.")
        write(path, content)

    monkeypatch.setattr(project, "write", full)
    with pytest.raises(project.Problem, match="is full"):
        bench.run()
    assert [row[1] for row in bench.matrix()["rows"]] == ["identical", "not run"]


# Combinations


def jdks(*versions: str) -> list[setup.Jdk]:
    """JDKs that are only named."""
    return [setup.Jdk(Path(f"/jvm/{version}"), version) for version in versions]


def options(*arguments: str) -> argparse.Namespace:
    """Parsed options."""
    return verify_bits.parser().parse_args(list(arguments))


def test_the_short_form_holds_all_pairs() -> None:
    rows = verify_bits.combinations(options("--short"), jdks("17.0.1", "25.0.2"))
    assert len(rows) == 8 and len({row.name for row in rows}) == 8
    assert [row.notebooks for row in rows] == [True, *[False] * 6, True]
    # The two that notebooks run under differ in everything.
    first, last = rows[0], rows[-1]
    assert (first.jdk, first.threads, first.flags) == ("/jvm/17.0.1/bin/java", 2, ())
    assert (last.jdk, last.threads, last.flags) == ("/jvm/25.0.2/bin/java", 1, ("-Dkonvergo.simd=off",))


def test_one_jdk_says_so() -> None:
    rows = verify_bits.combinations(options("--short"), jdks("17.0.1"))
    assert len(rows) == 5
    assert rows[-1].scope == "not available here: there is one only (--jdk PATH names another)"
    assert rows[0].notebooks and sum(row.notebooks for row in rows) == 2


def test_two_jdks_of_one_version_are_told_apart() -> None:
    one, other = setup.Jdk(Path("/jvm/one"), "17.0.1"), setup.Jdk(Path("/jvm/other"), "17.0.1")
    names = [row.name for row in verify_bits.combinations(options("--short"), [one, other])]
    assert len(set(names)) == 8 and "JDK 17.0.1 (other), SIMD off, 1 thread" in names


def test_the_long_form_holds_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_bits, "cpu_flags", lambda: {"avx", "avx2"})
    monkeypatch.setattr(verify_bits.platform, "machine", lambda: "x86_64")

    def missing() -> None:
        raise aarch64.Missing("no qemu-user")

    monkeypatch.setattr(aarch64, "java", missing)
    rows = verify_bits.combinations(options(), jdks("17.0.1", "21.0.3", "25.0.2"))
    names = [row.name for row in rows]
    assert len(set(names)) == len(names)
    for jdk in ("17.0.1", "25.0.2"):
        for width in ("native", "off", "128", "256"):
            for threads in ("1 thread", "2 threads", "4 threads"):
                assert f"JDK {jdk}, SIMD {width}, {threads}" in names
        for special in ("-Xint", "C1 only", "-Xcomp", "-Xmx256m", "UseAVX=1", "no AVX, no FMA"):
            assert f"JDK {jdk}, {special}" in names
        assert any(row.notebooks and f"JDK {jdk}, " in row.name for row in rows)
    assert not any("SIMD 512" in name for name in names)
    assert next(row for row in rows if "UseAVX=3" in row.name).missing == "the processor has no avx512f"
    assert "JDK 21.0.3, SIMD off, 2 threads" in names
    assert rows[-1].missing == "no qemu-user"
    # Each width, and each number of threads, is one that notebooks run under too.
    chosen = [row for row in rows if row.notebooks]
    assert {row.threads for row in chosen} == {1, 2, 4}
    assert {row.flags for row in chosen} >= {(), ("-Dkonvergo.simd=off",), ("-Dkonvergo.simd=128",)}


def test_a_kernel_is_started_in_the_same_way() -> None:
    spec = {
        "argv": ["/old/java", "-XX:SharedArchiveFile=x", verify_bits.VECTORS, "-Xmx4g", "-cp", "jars", "Main"]
    }
    row = Combination("x", "/new/java", before=("taskset", "-c", "0"), flags=("-Xmx256m",), vectors=False)
    wanted = ["taskset", "-c", "0", "/new/java", "-Xmx4g", "-Xmx256m", "-cp", "jars", "Main"]
    assert row.spec(spec)["argv"] == wanted


def test_a_jdk_with_two_names_counts_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, version in (("one", "17.0.1"), ("two", "25.0.2"), ("old", "11.0.1")):
        (tmp_path / name / "bin").mkdir(parents=True)
        for tool in ("java", "javac"):
            (tmp_path / name / "bin" / tool).touch()
        (tmp_path / name / "release").write_text(f'JAVA_VERSION="{version}"\n')
    (tmp_path / "alias").symlink_to(tmp_path / "two")
    (tmp_path / "nothing").mkdir()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "one"))
    found = [jdk.version for jdk in verify_bits.find_jdks([]) if tmp_path in jdk.home.parents]
    assert found == ["17.0.1", "25.0.2"]
    with pytest.raises(project.Problem, match="is not a JDK 17 or newer"):
        verify_bits.find_jdks([tmp_path / "old"])


# The real thing


def verify(tree: Tree, *arguments: str) -> tuple[int, str]:
    """Runs the command on a tree."""
    result = subprocess.run(
        [ENVIRONMENT / "verify-bits", *arguments],
        env={**os.environ, "KONVERGO_HOME": str(tree.root), "KONVERGO_CACHE": str(tree.root / "cache")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    return result.returncode, result.stdout + result.stderr


CHART = (
    "import org.konvergo.notebook.*; import static org.konvergo.notebook.Notebook.*;"
    "import org.konvergo.linalg.*; import org.konvergo.method.*; import org.konvergo.problem.*;"
)
ONE = "double[] x = {1}; double[] y = {%s};"
SHOW = 'Charts.lines("t", "a", "b", Series.of("s", x, y))'


def test_a_number_behind_a_chart_is_found_and_a_failure_is_told(tree: Tree) -> None:
    # The chart looks the same, and its text too: only the bits tell.
    off = 'System.getProperty("konvergo.simd", "").equals("off") ? Math.nextUp(0.1) : 0.1'
    timing = "@timing System.out.println(System.nanoTime());" + ONE % "System.nanoTime()" + SHOW
    tree.add("well", "# Good", CHART, ONE % "0.1", SHOW, timing)
    tree.add("bad", "# Bad", CHART, ONE % off, SHOW)
    tree.add("throws", *THROWS)
    code, said = verify(tree, "--short", "well", "bad", "throws")
    assert code == project.FAILED, said
    end = said[said.index("\ncombination") :]
    assert "well: " not in end
    assert "bad: JDK" in end
    assert "cell 3, chart t, series 1 s, up: 0.1 (3fb999999999999a) became 0.10000000000000002" in end
    assert "throws: JDK" in end and "Index 3 out of bounds" in end
    assert "LEFT OUT throws: JDK" in said
    matrix = json.loads((tree.root / "target" / "verify-bits" / "short.json").read_text())
    assert matrix["heading"][1:] == ["golden suite", "well", "bad", "throws"]
    rows = [row[1:] for row in matrix["rows"] if "thread" in row[0]]
    assert rows[0] == ["identical", "identical", "identical", "failed"]
    assert rows[-1] == ["identical", "identical", "differs", "not run"]


def test_wrong_usage(tree: Tree) -> None:
    tree.add("well", "# Good", "1")
    assert verify(tree, "--jobs", "0")[0] == project.USAGE
    assert verify(tree, "wel")[0] == project.USAGE
    assert verify(tree, "--golden-only", "well")[0] == project.USAGE
    code, said = verify(tree, "--jdk", str(tree.root))
    assert code == project.USAGE and "is not a JDK" in said


# The emulated processor


def test_a_machine_without_qemu_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aarch64.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(aarch64.shutil, "which", lambda name: None)
    with pytest.raises(aarch64.Missing, match="apt-get install qemu-user-static"):
        aarch64.java()


def test_without_debian_there_is_no_emulated_jdk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aarch64.shutil, "which", lambda name: None)
    with pytest.raises(aarch64.Missing, match="there is no apt-get"):
        aarch64.fetch(tmp_path, tmp_path / "root")
    monkeypatch.setattr(
        aarch64.subprocess, "run", lambda *a, **b: subprocess.CompletedProcess(a, 0, "u c main Other\n")
    )
    with pytest.raises(aarch64.Missing, match="no index of them"):
        aarch64.sources()


def test_the_report_shows_the_newest_matrix(bench: Bench) -> None:
    assert report.proof() is None
    bench.java("first <b>", GOLDEN)
    bench.java("other", flipped(GOLDEN, "dot", 1))
    bench.run()
    matrix = report.proof()
    assert matrix is not None
    page = report.same_bits(matrix)
    assert "first &lt;b&gt;" in page and 'class="badge differs"' in page
    assert "dot, figure 1 of 2: 0.5 (3fe0000000000000) became" in page
    older = {**matrix, "finished": "2000-01-01 00:00:00 +0000", "verdict": "old"}
    project.write_json(bench.target / "short.json", older)
    assert report.proof() == matrix
