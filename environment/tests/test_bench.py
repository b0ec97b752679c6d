"""The bench's driver, with processes that only pretend to solve."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from konvergo_env import bench, peers, project, report

# Obeys the orders of both sides. Its peer takes twice as long; SHAPE says what goes wrong.
FAKE = '''
import os, pathlib, sys
LIST = """gemm-8\\tgemm\\t1e-9\\tKonvergo,EJML,PyTorch\\tEJML=1.5,NumPy=3\\tProduct, 8 x 8
triad-1\\tlimited\\t1e-9\\tKonvergo,triad\\t\\tLimited"""
if sys.argv[-1] == "list":
    print(LIST)
    sys.exit()
shape, who = os.environ.get("SHAPE", ""), ""
for line in sys.stdin:
    order, *words = line.rstrip("\\n").split("\\t")
    reply = ""
    if order == "draw":
        pathlib.Path(words[1]).mkdir(parents=True)
    elif order == "open":
        who = words[1]
        if who == "PyTorch":
            print("error\\tai.djl.engine.EngineException: no native code", flush=True)
            continue
    elif order == "time" and shape == "dies" and who == "NumPy":
        sys.exit(1)
    elif order == "warm" and shape == "slow" and who == "NumPy":
        print("error\\tTooSlow: not at the goal after 60 s", flush=True)
        continue
    elif order in ("warm", "time"):
        reply = "0.5" if who == "Konvergo" else "1.0"
    elif order == "answer":
        if who == "triad":
            reply = "limit"
        else:
            pathlib.Path(words[0]).write_text(who)
    elif order == "judge":
        by_peer = pathlib.Path(words[2]).read_text() == "NumPy"
        reply = {"wrong": "0.25", "nan": "NaN"}.get(shape, "1e-12") if by_peer else "1e-12"
    elif order == "tally" and words[0] == "gemm-8":
        who_wrote = pathlib.Path(words[1]).read_text()
        reply = "Calls of f / g\\tone=1 / 2\\tall=" + ("3 / 4" if who_wrote == "NumPy" else "1 / 2")
    elif order == "about":
        reply = "a fake"
    print("ok\\t" + reply, flush=True)
'''


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The command of the fake, in the place of both sides."""
    script = tmp_path / "fake.py"
    script.write_text(FAKE)
    monkeypatch.setenv("KONVERGO_HOME", str(tmp_path))
    monkeypatch.setattr(bench, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(bench, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(peers, "__file__", str(script))
    return [sys.executable, str(script)]


def run(command: list[str], *names: str, repeats: int = 3) -> tuple[int, bench.Bench]:
    """One call, less the building."""
    options = argparse.Namespace(threads=1, repeats=repeats, quick=True)
    call = bench.Bench(options, command)
    workloads = call.list()
    call.resume()
    code = bench.run_all(call, workloads, bench.chosen(workloads, list(names)))
    return code, call


def row(call: bench.Bench, peer: str) -> bench.Row:
    """A peer's row."""
    return next(one for one in call.rows if one.peer == peer)


def test_bench_writes_ratios(fake: list[str], tmp_path: Path) -> None:
    code, call = run(fake, "gemm", "triad-1")
    assert code == project.OK
    assert [one.peer for one in call.rows] == ["EJML", "PyTorch", "NumPy", "triad"]
    assert row(call, "EJML").ratios() == [2.0, 2.0, 2.0]
    assert row(call, "EJML").word() == "target met"
    assert row(call, "NumPy").word() == "ahead, short of target"
    assert row(call, "PyTorch").word() == "left out"
    assert row(call, "triad").their_measure is None
    table = (tmp_path / "target/bench/bench.md").read_text()
    assert "| Product, 8 x 8 | EJML | 500 ms | 1 s | 2.00 | 2.00 | 2.00 | 1.5 | 3 | target met |" in table
    assert "left out: PyTorch's native library is not to be had here" in table
    assert "## Calls of f / g\n\nProduct, 8 x 8.\n" in table and table.count("## Calls") == 1
    assert "|  | Konvergo | EJML | NumPy |" in table and "| all | 1 / 2 | 1 / 2 | 3 / 4 |" in table
    lines = (tmp_path / "target/bench/bench.csv").read_text().splitlines()
    assert len(lines) == 1 + 3 * 3 and lines[1] == "gemm-8,EJML,1,0.5,1.0,2.0"
    content = json.loads((tmp_path / "target/bench/bench.json").read_text())
    assert content["provenance"]["JVM"] == "a fake" and content["provenance"]["threads"] == "1"
    assert not (tmp_path / "target/bench/data/gemm-8").exists()


@pytest.mark.parametrize(
    ("shape", "says"),
    [("wrong", "measure is 0.25, and should be at most 1e-09"), ("nan", "measure is nan"), ("dies", "ended")],
)
def test_bench_has_no_figures_for_a_pair_that_failed(
    fake: list[str], monkeypatch: pytest.MonkeyPatch, shape: str, says: str
) -> None:
    monkeypatch.setenv("SHAPE", shape)
    code, call = run(fake, "gemm-8")
    assert code == project.FAILED
    failed = row(call, "NumPy")
    assert says in failed.failure and failed.ours == [] and failed.word() == "failed"
    assert row(call, "EJML").word() == "target met"


def test_bench_leaves_out_a_peer_that_takes_too_long(
    fake: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHAPE", "slow")
    code, call = run(fake, "gemm-8")
    assert code == project.OK
    late = row(call, "NumPy")
    assert late.word() == "left out" and late.left_out == "not at the goal after 60 s" and late.ours == []


def test_bench_keeps_earlier_figures(fake: list[str], tmp_path: Path) -> None:
    run(fake, "gemm-8")
    _, call = run(fake, "triad-1")
    assert len(call.rows) == 4
    _, call = run(fake, "gemm-8", repeats=2)
    assert [len(one.ours) for one in call.rows] == [2, 0, 2, 3]
    # On another machine they do not count.
    results = tmp_path / "target/bench/bench.json"
    content = json.loads(results.read_text())
    content["provenance"]["CPU"] = "another"
    results.write_text(json.dumps(content))
    _, call = run(fake, "triad-1")
    assert [one.workload for one in call.rows] == ["triad-1"]


def test_bench_chooses_by_name_and_kind(fake: list[str]) -> None:
    workloads = bench.Bench(argparse.Namespace(threads=1), fake).list()
    assert bench.chosen(workloads, []) == ["gemm-8", "triad-1", "startup", "jmh"]
    assert bench.chosen(workloads, ["jmh", "limited", "gemm-8"]) == ["gemm-8", "triad-1", "jmh"]
    with pytest.raises(project.Problem, match="nothing named gem"):
        bench.chosen(workloads, ["gem"])
    listing = bench.listing(workloads)
    assert "EJML (1.5), PyTorch, NumPy (3)" in listing and "startup" in listing


def test_bench_shows_times_to_read() -> None:
    assert [bench.time_text(t) for t in (12.34, 0.0123, 4.5e-5, 3.2e-8)] == [
        "12.3 s",
        "12.3 ms",
        "45 µs",
        "32 ns",
    ]


def test_bench_shows_figures_of_jmh() -> None:
    assert bench.figure(1.25) == 1.25 and bench.figure("NaN") == "nan"
    one = {"benchmark": "ProductBenchmark.gemm", "n": "64", "microseconds": 8.12345, "error": "nan"}
    table = bench.page({"rows": [], "jmh": [one], "provenance": {}})
    assert "| ProductBenchmark.gemm | 64 | 8.123 | nan |" in table


def test_every_peer_has_a_workload_that_names_it() -> None:
    sources = project.ENVIRONMENT.parent / "lib/bench/src/main/java/org/konvergo/bench"
    java = "".join(path.read_text() for path in sources.glob("*.java"))
    for kind, name in peers.PEERS:
        assert f'"{kind}"' in java, f"{name} solves {kind}, which no workload is"


def test_peers_obey(tmp_path: Path) -> None:
    np = pytest.importorskip("numpy")
    (tmp_path / "x.bin").write_bytes(np.arange(3.0).astype("<f8").tobytes())
    digest = project.sha256(tmp_path / "x.bin")
    (tmp_path / "inputs.tsv").write_text(f"double\tx\tx.bin\t{digest}\t3\nnumber\teta\t2.5\n")
    assert peers.read(tmp_path)["eta"] == 2.5
    worker = peers.Worker()
    assert worker.obey("open", "exp-3", "NumPy", str(tmp_path)) == ""
    assert float(worker.obey("warm", "0.001")) > 0 and float(worker.obey("time", "5")) > 0
    worker.obey("answer", str(tmp_path / "answer"))
    assert np.allclose(np.fromfile(tmp_path / "answer", "<f8"), np.exp(np.arange(3.0)))


@pytest.mark.parametrize("number", range(18))
def test_peers_have_the_derivatives_of_the_problems(number: int) -> None:
    np = pytest.importorskip("numpy")
    one = peers.CUTEST[number]
    n = one.f.__code__.co_argcount
    x = 0.7 + 0.3 * np.arange(n) ** 1.5
    m = len(one.constraints(x))
    v = 1 - 0.4 * np.arange(m)
    steps = 1e-5 * np.eye(n)

    def slopes(function: Any) -> Any:
        return np.array([(function(x + s) - function(x - s)) / 2e-5 for s in steps]).T

    assert np.allclose(slopes(one.value), one.gradient(x), rtol=1e-6, atol=1e-6)
    assert np.allclose(slopes(one.gradient), one.hessian(x), rtol=1e-6, atol=1e-6)
    assert np.allclose(slopes(one.constraints), one.jacobian(x), rtol=1e-6, atol=1e-6)
    weighted = slopes(lambda point: v @ one.jacobian(point))
    assert np.allclose(weighted, one.constraint_hessian(x, v), rtol=1e-6, atol=1e-6)
    assert one.residual(x) >= np.linalg.norm(one.constraints(x))


def test_the_report_has_a_page_of_the_bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONVERGO_HOME", str(tmp_path))
    assert report.build_again() == ""
    assert "caption: speed" not in report.index([], "quick")
    project.write(report.bench_page(), "# Beside its peers\n")
    report.write_sources(tmp_path / "source", [], "quick", tmp_path)
    assert (tmp_path / "source/bench.md").read_text() == "# Beside its peers\n"
    assert "caption: speed\n\nbench" in (tmp_path / "source/index.md").read_text()
    report.bench_page().unlink()
    report.write_sources(tmp_path / "source", [], "quick", tmp_path)
    assert not (tmp_path / "source/bench.md").exists()
