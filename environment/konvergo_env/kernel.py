"""Java kernels: started for one notebook, and ended with it whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from . import project

START_SECONDS = 90

# Draws a chart and shows a table, so that the classes of a first chart are in the archive.
TRAINING = [
    "import org.konvergo.notebook.*; import static org.konvergo.notebook.Notebook.*;",
    "double[] x = {1, 2, 3};",
    'Charts.lines("a", "b", "c", new Series("d", x, x))',
    'tech.tablesaw.api.Table.create("t").addColumns(tech.tablesaw.api.DoubleColumn.create("x", x))',
]


def end_with_parent() -> Callable[[], None] | None:
    """What a child runs first so that it is ended when this process is killed (Linux only)."""
    if sys.platform != "linux":
        return None
    try:
        prctl = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return None
    set_parent_death_signal = 1
    return lambda: prctl(set_parent_death_signal, int(signal.SIGKILL))


@contextlib.asynccontextmanager
async def session(
    *, cwd: Path, environment: dict[str, str], log: Path, spec: dict[str, Any] | None = None
) -> AsyncIterator[tuple[AsyncKernelManager, AsyncKernelClient]]:
    """A kernel and a client that talks to it. On leaving, the kernel's processes are gone."""
    spec = spec or project.read_json(project.KERNEL / "kernel.json")
    if spec is None:
        raise project.Problem("The Java kernel is not installed. Run environment/setup.")
    with contextlib.ExitStack() as stack:
        output = stack.enter_context(log.open("wb"))
        connection = log.with_name("connection.json")
        manager = AsyncKernelManager(kernel_name="java", connection_file=str(connection))
        manager._kernel_spec = KernelSpec(**{**spec, "env": {**spec["env"], **environment}})
        client = None
        try:
            await manager.start_kernel(
                cwd=str(cwd), stdout=output, stderr=subprocess.STDOUT, preexec_fn=end_with_parent()
            )
            client = manager.client()
            client.start_channels()
            client.allow_stdin = False
            try:
                await client.wait_for_ready(timeout=START_SECONDS)
            except RuntimeError as error:
                said = log.read_text(errors="replace").strip().splitlines()[-5:]
                raise project.Problem("\n".join([f"The Java kernel did not start: {error}", *said])) from None
            yield manager, client
        finally:
            if client is not None:
                client.stop_channels()
            if manager.has_kernel:
                await asyncio.shield(manager.shutdown_kernel(now=True))


async def record(archive: Path, specification: Path, cells: list[str]) -> None:
    """A short session in a JVM that writes down, at its end, which classes it had loaded."""
    spec = project.read_json(specification)
    # A partial file, so that an interrupted recording is never used.
    partial = archive.with_suffix(".partial")
    spec["argv"] = [word for word in spec["argv"] if "SharedArchiveFile" not in word]
    spec["argv"].insert(1, f"-XX:ArchiveClassesAtExit={partial}")
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        async with session(cwd=Path(folder), environment={}, log=log, spec=spec) as (manager, client):
            for code in cells:
                await client.execute_interactive(
                    code, timeout=60, allow_stdin=False, output_hook=lambda message: None
                )
            client.execute("System.exit(0);")
            await asyncio.wait_for(manager.provisioner.wait(), 60)
        print(log.read_text(errors="replace"))
    os.replace(partial, archive)


def train(archive: str, specification: str = "", *cells: str) -> int:
    """Makes the archive of loaded classes, of our kernel or another. Kernels start without it too."""
    try:
        path = Path(specification) if specification else project.KERNEL / "kernel.json"
        asyncio.run(record(Path(archive), path, list(cells) or TRAINING))
    except (OSError, TimeoutError, project.Problem) as error:
        print(f"no archive of loaded classes: {error}")
        return project.FAILED
    return project.OK
