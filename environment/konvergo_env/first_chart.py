"""Times how long a kernel takes from its start to a first chart; obeys orders as the peers do.

Arguments: a folder with kernel specifications, the kernel's name, the code that shows a chart, and
the type of what is shown, a PNG unless said otherwise.
Runs in the environment of the peers, which has a client for kernels.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from jupyter_client.manager import KernelManager

WAIT_SECONDS = 120


def first_chart(folder: str, name: str, code: str, shown: str = "image/png") -> float:
    """Seconds from starting a kernel to the arrival of what it shows first."""
    manager = KernelManager(kernel_name=name)
    manager.kernel_spec_manager.kernel_dirs.insert(0, folder)
    arrived: list[float] = []

    def look(message: dict[str, Any]) -> None:
        if shown in message["content"].get("data", {}):
            arrived.append(time.perf_counter())

    start = time.perf_counter()
    manager.start_kernel(stderr=sys.stderr)
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=WAIT_SECONDS)
        client.execute_interactive(code, timeout=WAIT_SECONDS, allow_stdin=False, output_hook=look)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    if not arrived:
        raise RuntimeError(f"the kernel {name} showed no {shown}")
    return arrived[0] - start


def main() -> None:
    """Answers each order on standard input by one line."""
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        order, *words = line.rstrip("\n").split("\t")
        try:
            if order in ("warm", "time"):
                count = int(words[0]) if order == "time" else 1
                reply = repr(sum(first_chart(*sys.argv[1:]) for _ in range(count)) / count)
            else:
                reply = "limit" if order == "answer" else ""
            reply = "ok\t" + reply
        except Exception as error:
            reply = "error\t" + " ".join(f"{type(error).__name__}: {error}".split())
        print(reply, file=answers, flush=True)


if __name__ == "__main__":
    main()
