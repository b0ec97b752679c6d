"""What reproduce does with good notebooks and with all kinds of bad ones, in real Java kernels."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from conftest import ENVIRONMENT, EXITS, GOOD, HANGS, THROWS, Tree

ReadUntil = Callable[[subprocess.Popen[str], str], str]


def test_bad_notebooks_are_reported_and_the_rest_goes_on(tree: Tree) -> None:
    tree.add("exits", *EXITS)
    tree.add("hangs", *HANGS)
    tree.add("throws", *THROWS)
    tree.add("well", *GOOD)
    code, output = tree.reproduce("--timeout", "20", "--jobs", "2")
    assert code == 1, output
    assert "FAILED exits in code cell 2" in output and "kernel died" in output
    assert "FAILED hangs in code cell 2" in output and "did not end within 20 s" in output
    assert "FAILED throws in code cell 2" in output and "Index 3 out of bounds for length 2" in output
    assert "done   well" in output
    assert tree.result("well")["status"] == "ok"
    assert tree.result("throws") | {"status": "failed", "cell": 2} == tree.result("throws")
    assert "report/index.html" in output
    assert tree.wait_for_no_kernels() == []
    executed = json.loads((tree.output / "quick/notebooks/games/well.ipynb").read_text())
    assert [o.get("text") or o["data"]["text/plain"] for o in executed["cells"][2]["outputs"]] == [
        ["hello\n"],
        ["21"],
    ]

    # The next call runs the failed ones again and leaves the finished one.
    code, output = tree.reproduce("--no-report", "well", "throws")
    assert code == 1
    assert "start  throws" in output and "start  well" not in output and "unchanged" in output


def test_a_notebook_is_redone_only_if_something_changed(tree: Tree) -> None:
    path = tree.add("well", *GOOD)
    data = tree.root / "data" / "points.csv"
    data.parent.mkdir()
    data.write_text("1,2\n")
    assert tree.reproduce("--no-report")[0] == 0
    start = time.monotonic()
    code, output = tree.reproduce("--no-report")
    assert code == 0 and "start" not in output and "unchanged" in output
    assert time.monotonic() - start < 5
    data.write_text("1,3\n")
    assert "start  well" in tree.reproduce("--no-report")[1]
    path.write_text(path.read_text().replace("a + 1", "a + 2"))
    assert "start  well" in tree.reproduce("--no-report")[1]
    assert "start  well" in tree.reproduce("--no-report", "--fresh")[1]


def test_saving_twice_gives_the_same_file_and_check_finds_what_differs(tree: Tree) -> None:
    path = tree.add("well", *GOOD, "@timing System.nanoTime()", 'java.util.List.of("<b>", 0.1 + 0.2)')
    code, output = tree.reproduce("--no-report", "--check")
    assert code == 1 and "code cell 2: no output is saved" in output
    assert tree.reproduce("--no-report", "--save")[0] == 0
    first = json.loads(path.read_text())
    assert tree.reproduce("--no-report", "--save", "--fresh")[0] == 0
    second = json.loads(path.read_text())
    timing = [i for i, c in enumerate(first["cells"]) if c["metadata"].get("tags") == ["timing"]]
    assert timing == [3]
    assert first["cells"][3] != second["cells"][3]
    first["cells"][3] = second["cells"][3]
    assert first == second
    code, output = tree.reproduce("--no-report", "--check")
    assert code == 0 and "same" in output

    path.write_text(path.read_text().replace("0.30000000000000004", "0.3"))
    code, output = tree.reproduce("--no-report", "--check")
    assert code == 1
    assert "DIFFERS well, in code cell 4" in output
    assert "-[<b>, 0.3]" in output and "+[<b>, 0.30000000000000004]" in output


def test_unknown_names_are_told_with_the_nearest(tree: Tree) -> None:
    tree.add("water-filling", *GOOD)
    tree.list_paper("fedprox", "federated")
    code, output = tree.reproduce("--no-report", "water-fillin")
    assert code == 2 and "Did you mean water-filling" in output
    code, output = tree.reproduce("--no-report", "fedprox")
    assert code == 2 and "has no notebook yet" in output


@pytest.mark.parametrize(
    "arguments",
    [["--jobs", "0"], ["--timeout", "nan"], ["--profile", "slow"], ["--check", "--profile", "full"]],
)
def test_wrong_usage(tree: Tree, arguments: list[str]) -> None:
    tree.add("well", *GOOD)
    assert tree.reproduce(*arguments)[0] == 2


def test_a_file_that_is_no_notebook(tree: Tree) -> None:
    tree.add("well", *GOOD).write_text("{")
    code, output = tree.reproduce("--no-report")
    assert code == 3 and "not a readable notebook" in output and "Traceback" not in output


def test_two_at_once(tree: Tree, read_until: ReadUntil) -> None:
    tree.add("hangs", *HANGS)
    first = tree.start()
    read_until(first, "start  hangs")
    code, output = tree.reproduce("--no-report")
    assert code == 3
    assert f"process {first.pid}" in output
    first.send_signal(signal.SIGTERM)
    assert first.wait(30) == 130
    assert tree.wait_for_no_kernels() == []


def test_interrupt_keeps_what_is_finished(tree: Tree, read_until: ReadUntil) -> None:
    tree.add("a-well", *GOOD)
    tree.add("b-hangs", *HANGS)
    process = tree.start("--jobs", "1")
    read_until(process, "start  b-hangs")
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "1 of 2 notebooks are finished and kept" in rest and "Traceback" not in rest
    assert tree.wait_for_no_kernels() == []
    assert tree.result("a-well")["status"] == "ok"
    code, output = tree.reproduce("--no-report", "a-well")
    assert code == 0 and "start" not in output


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_no_kernel_outlives_a_killed_reproduce(tree: Tree, read_until: ReadUntil) -> None:
    tree.add("hangs", *HANGS)
    process = tree.start()
    read_until(process, "start  hangs")
    end = time.monotonic() + 30
    while not tree.kernels() and time.monotonic() < end:
        time.sleep(0.1)
    assert tree.kernels()
    process.kill()
    process.wait()
    assert tree.wait_for_no_kernels() == []


def test_a_full_output_folder(tree: Tree) -> None:
    tree.add("a-well", *GOOD)
    tree.add("b-large", "# Large", 'System.out.println("x".repeat(1_000_000))')
    folder = tree.output / "quick"
    folder.mkdir(parents=True)
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", folder], check=False, capture_output=True
        ).returncode
    )
    if not mounted:
        pytest.skip("a small file system cannot be mounted here")
    try:
        code, output = tree.reproduce("--no-report", "--jobs", "1")
        assert code == 3, output
        assert "is full" in output and "Traceback" not in output
        assert tree.result("a-well")["status"] == "ok"
        assert [path.name for path in folder.rglob(".partial-*")] == []
    finally:
        subprocess.run(["umount", folder], check=True)


def test_missing_jdk_is_told_plainly(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    tree.add("well", *GOOD)
    monkeypatch.setenv("JAVA_HOME", str(tree.root))
    code, output = tree.reproduce("--no-report")
    assert code == 3
    assert "JAVA_HOME" in output and "not a JDK" in output and "apt-get install" in output


@pytest.mark.parametrize("command", ["setup", "lab", "reproduce", "verify-bits"])
def test_help(command: str) -> None:
    result = subprocess.run([ENVIRONMENT / command, "--help"], capture_output=True, text=True, check=False)
    assert result.returncode == 0 and f"environment/{command}" in result.stdout


def test_setup_is_silent_and_fast_when_nothing_is_to_do() -> None:
    start = time.monotonic()
    environment = {key: value for key, value in os.environ.items() if key != "KONVERGO_HOME"}
    result = subprocess.run(
        [ENVIRONMENT / "setup"], capture_output=True, text=True, check=False, env=environment
    )
    assert result.returncode == 0
    assert result.stdout == ""
    assert time.monotonic() - start < 2
