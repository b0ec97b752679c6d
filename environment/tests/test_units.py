"""The parts that need no kernel: comparing, files and locks, setup's messages."""

from __future__ import annotations

import argparse
import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from konvergo_env import compare, project, run, setup


def notebook(*outputs: list[dict[str, Any]], tags: tuple[str, ...] = ()) -> dict[str, Any]:
    """A notebook of code cells with these outputs."""
    cells = [
        {"cell_type": "code", "source": "x", "metadata": {"tags": list(tags)}, "outputs": list(one)}
        for one in outputs
    ]
    return {"cells": [{"cell_type": "markdown", "source": "# T", "metadata": {}}, *cells]}


def shown(**data: Any) -> dict[str, Any]:
    """A displayed bundle; `text_plain` stands for text/plain."""
    bundle = {key.replace("_", "/", 1): value for key, value in data.items()}
    return {"output_type": "display_data", "data": bundle, "metadata": {}}


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    """Printed text."""
    return {"output_type": "stream", "name": name, "text": text}


def test_compare_text_to_the_last_bit() -> None:
    old, new = notebook([shown(text_plain="0.1")]), notebook([shown(text_plain="0.10000000000000001")])
    assert compare.difference(old, old) == ""
    found = compare.difference(old, new)
    assert found.startswith("code cell 1:") and "-0.1" in found and "+0.10000000000000001" in found


def test_compare_names_the_first_cell_that_differs() -> None:
    same = [stream("a")]
    assert compare.difference(
        notebook(same, [stream("b")], same), notebook(same, [stream("c")], [stream("d")])
    ).startswith("code cell 2:")


def test_compare_images_by_presence() -> None:
    old = notebook([shown(image_png="AAAA", text_plain="chart")])
    assert compare.difference(old, notebook([shown(image_png="BBBB", text_plain="chart")])) == ""
    assert "an image" in compare.difference(old, notebook([shown(text_plain="chart")]))


@pytest.mark.parametrize("tag", ["timing", "machine"])
def test_compare_leaves_out_cells_that_depend_on_the_machine(tag: str) -> None:
    old, new = notebook([stream("1 s")], tags=(tag,)), notebook([stream("2 s")], tags=(tag,))
    assert compare.difference(old, new) == ""
    assert compare.difference(notebook([stream("1 s")]), new)


def test_compare_does_not_see_where_a_stream_was_cut() -> None:
    assert compare.difference(notebook([stream("a\n"), stream("b\n")]), notebook([stream("a\nb\n")])) == ""
    assert compare.difference(notebook([stream("a"), stream("b", "stderr")]), notebook([stream("ab")]))


def test_normalised_keeps_ids_unique_and_drops_what_varies() -> None:
    content = notebook([shown(text_plain=["a", "b"])])
    content["metadata"] = {"language_info": {"version": "17.0.15"}}
    content["cells"][1]["metadata"]["execution"] = {"iopub.execute_input": "2026"}
    result = run.normalised(content)
    assert [one["id"] for one in result["cells"]] == ["cell-1", "cell-2"]
    assert "17.0.15" not in str(result) and "2026" not in str(result)
    assert run.text_of(content) == run.text_of(result)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_write_to_a_full_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "result.json"
    project.write(path, "old")

    def full(*arguments: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(project.Problem, match=r"is full: result\.json could not be written"):
        project.write(path, "new")
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["result.json"]


def test_a_lock_says_who_holds_it_and_ends_with_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    code = (
        "import sys, time; from pathlib import Path; from konvergo_env import project\n"
        f"with project.lock(Path({str(path)!r}), busy='', wait=False):\n"
        "    print('held', flush=True)\n    time.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": str(project.ENVIRONMENT)}
    holder = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    with pytest.raises(project.Problem, match=f"held by {holder.pid}"):
        with project.lock(path, busy="held by {pid}", wait=False):
            pass
    holder.kill()
    holder.wait()
    with project.lock(path, busy="", wait=False):
        pass


def options(**changes: Any) -> argparse.Namespace:
    """Setup's options."""
    return argparse.Namespace(**{"kernel": None, "library_built": False, "system_jupyter": False, **changes})


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("Max retries exceeded: Temporary failure in name resolution", "could not be downloaded"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "its hash differs"),
        ("error: something else", "something else"),
    ],
)
def test_setup_says_why_packages_could_not_be_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, output: str, message: str
) -> None:
    monkeypatch.setattr(setup, "run_logged", lambda *arguments, **more: (False, output, tmp_path / "pip.log"))
    with pytest.raises(project.Problem, match=message):
        setup.Setup(options()).pip()


def test_setup_offers_debians_jupyter_where_there_is_apt(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(setup, "run_logged", lambda *a, **b: (False, "Network is unreachable", tmp_path))
    monkeypatch.setattr(setup.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(project.Problem, match="--system-jupyter"):
        setup.Setup(options()).pip()


def test_setup_says_how_to_get_maven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup.shutil, "which", lambda name: None)
    with pytest.raises(project.Problem, match="apt-get install maven"):
        setup.Setup.build(setup.Setup.__new__(setup.Setup), project.ENVIRONMENT.parent)


def test_an_old_java_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "javac").touch()
    (tmp_path / "release").write_text('JAVA_VERSION="11.0.2"\n')
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(project.Problem, match=r"which is Java 11\.0\.2"):
        setup.find_jdk()


def test_an_unbuilt_library_is_told(tmp_path: Path) -> None:
    with pytest.raises(project.Problem, match="The library is not built"):
        setup.library_jars(tmp_path)


def test_the_library_is_every_jar_once(tmp_path: Path) -> None:
    names = {
        "notebook": ("konvergo-core-1.jar", "a.jar"),
        "deep": ("konvergo-core-1.jar", "pytorch-native-cpu.jar"),
    }
    for module, others in names.items():
        target = tmp_path / "lib" / module / "target"
        (target / "lib").mkdir(parents=True)
        for name in (f"konvergo-{module}-1.jar", f"konvergo-{module}-1-sources.jar"):
            (target / name).write_text(name)
        for name in others:
            (target / "lib" / name).write_text(name)
    jars = setup.library_jars(tmp_path)
    own = [f"konvergo-{module}-1.jar" for module in ("core", "deep", "notebook")]
    assert sorted(jar.name for jar in jars) == ["a.jar", *own, "pytorch-native-cpu.jar"]
    for jar in jars:
        setup.link_or_copy(jar, tmp_path / jar.name)
    # What a build may write again is a copy, what it does not is a link.
    assert (tmp_path / "pytorch-native-cpu.jar").stat().st_nlink == 2
    assert (tmp_path / "a.jar").stat().st_nlink == 1 and (tmp_path / "a.jar").read_text() == "a.jar"


def test_the_kernel_of_an_original_ijava_distribution(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "SHARE", tmp_path / "share")
    (tmp_path / "java").mkdir()
    jar = tmp_path / "java" / "ijava-1.3.0.jar"
    jar.touch()
    (tmp_path / "lib").mkdir()
    for name in ("jna-5.jar", "konvergo-notebook-1.jar", "pytorch-native-cpu-2.jar"):
        (tmp_path / "lib" / name).touch()
    jdk = setup.Jdk(Path("/jdk"), "17.0.1")
    spec = setup.kernel_spec(["ijava", str(tmp_path)], jdk, tmp_path / "lib")
    # Cells are not compiled against what only PyTorch's engine needs; the kernel finds it last.
    assert spec["env"]["IJAVA_CLASSPATH"] == str(tmp_path / "lib" / "konvergo-notebook-1.jar")
    assert spec["argv"][-3].endswith(f"{tmp_path / 'lib' / 'pytorch-native-cpu-2.jar'}")
    assert str(jar) in spec["argv"][-3] and spec["argv"][-2:] == [
        "io.github.spencerpark.ijava.IJava",
        "{connection_file}",
    ]
    script = Path(spec["env"]["IJAVA_STARTUP_SCRIPTS_PATH"])
    assert script.read_text() == "org.konvergo.notebook.kernel.IJavaGlue.install();\n"
    with pytest.raises(project.Problem, match="it should be"):
        setup.kernel_spec(["ijava"], jdk, tmp_path)
    with pytest.raises(project.Problem, match="There is no ijava"):
        setup.kernel_spec(["ijava", str(tmp_path / "nowhere")], jdk, tmp_path)
