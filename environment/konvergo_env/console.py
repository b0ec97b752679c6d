"""What a person sees while something runs: steps, a live view of several jobs, a table."""

from __future__ import annotations

import contextlib
import shutil
import sys
import time
from collections.abc import Iterator, Sequence


@contextlib.contextmanager
def step(text: str) -> Iterator[None]:
    """Says what is being done and, when it is done, how long it took."""
    start = time.monotonic()
    print(f"{text} ...", end=" ", flush=True)
    try:
        yield
    except BaseException:
        print(flush=True)
        raise
    print(f"{time.monotonic() - start:.0f} s", flush=True)


def duration(seconds: float) -> str:
    """A time to read: `8 s`, `2 min 05 s`, `1 h 20 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Columns aligned with spaces; the first row is the heading."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]

    def line(row: Sequence[str]) -> str:
        return "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()

    rule = "  ".join("-" * width for width in widths)
    return "\n".join([line(rows[0]), rule, *(line(row) for row in rows[1:])])


class Progress:
    """The notebooks that run now and a bar over all of them.

    On a terminal the view is redrawn in place. Elsewhere (a log, a pipe) each notebook gets a line
    when it starts and one when it ends.
    """

    def __init__(self, total: int, expected: dict[str, float], jobs: int) -> None:
        self.total = total
        self.done = 0
        self.expected = expected
        self.jobs = jobs
        self.start = time.monotonic()
        self.running: dict[str, tuple[float, str]] = {}
        self.live = sys.stdout.isatty()
        self.drawn = 0

    def begin(self, name: str) -> None:
        """A notebook starts."""
        self.running[name] = (time.monotonic(), "starting its kernel")
        if not self.live:
            print(f"start  {name}", flush=True)

    def cell(self, name: str, number: int, of: int) -> None:
        """A notebook has come to this code cell."""
        if name in self.running:
            self.running[name] = (self.running[name][0], f"cell {number} of {of}")

    def end(self, name: str, text: str) -> None:
        """A notebook is over; `text` says how it went."""
        self.running.pop(name, None)
        self.expected.pop(name, None)
        self.done += 1
        self.say(text)

    def say(self, text: str) -> None:
        """A line that stays, above the live view."""
        self.clear()
        print(text, flush=True)
        self.draw()

    def remaining(self) -> float | None:
        """Seconds to go: from earlier runs where there are any, else from this one's pace."""
        now = time.monotonic()
        if self.expected and all(value > 0 for value in self.expected.values()):
            left = sum(
                max(value - (now - self.running[name][0]), 1) if name in self.running else value
                for name, value in self.expected.items()
            )
            return max(left / min(self.jobs, len(self.expected)), 1)
        if self.done:
            return (now - self.start) / self.done * (self.total - self.done)
        return None

    def draw(self) -> None:
        """Draws the view over the last one."""
        if not self.live:
            return
        self.clear()
        columns = shutil.get_terminal_size().columns - 1
        now = time.monotonic()
        lines = [f"  {name}: {what}, {duration(now - since)}" for name, (since, what) in self.running.items()]
        filled = 24 * self.done // max(self.total, 1)
        left = self.remaining()
        lines.append(
            f"  [{'#' * filled}{'.' * (24 - filled)}] {self.done} of {self.total}"
            + (f", about {duration(left)} left" if left is not None else "")
        )
        print("\n".join(line[:columns] for line in lines), flush=True)
        self.drawn = len(lines)

    def clear(self) -> None:
        """Takes the view away."""
        if self.drawn:
            print(f"\x1b[{self.drawn}F\x1b[J", end="", flush=True)
            self.drawn = 0
