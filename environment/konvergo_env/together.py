"""Tasks that run side by side until they are done, a problem stops them all, or Ctrl-C comes."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine, Iterable
from typing import Any

from .console import Progress
from .project import Problem


class Together:
    """Runs tasks and remembers what stopped them, while a view of them is kept up to date."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.stopped: Problem | None = None
        self.interrupted = False
        self.tasks: list[asyncio.Task[None]] = []

    def cancel(self) -> None:
        """Cancels what has not ended."""
        for task in self.tasks:
            task.cancel()

    def interrupt(self) -> None:
        """What Ctrl-C, a polite kill and the end of the terminal do."""
        self.interrupted = True
        self.cancel()

    async def run(self, coroutines: Iterable[Coroutine[Any, Any, None]]) -> None:
        """Runs all; the first problem cancels the others. After an end nothing more is begun."""
        if self.interrupted or self.stopped:
            for coroutine in coroutines:
                coroutine.close()
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.interrupt)
        self.tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
        ticker = asyncio.create_task(self.tick())
        try:
            for task in asyncio.as_completed(self.tasks):
                try:
                    await task
                except Problem as problem:
                    self.stopped = self.stopped or problem
                    self.cancel()
                except asyncio.CancelledError:
                    pass
        finally:
            ticker.cancel()
            self.progress.clear()

    async def tick(self) -> None:
        """Keeps the view's times going."""
        while True:
            self.progress.draw()
            await asyncio.sleep(1)
