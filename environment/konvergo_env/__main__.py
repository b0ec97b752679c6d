"""Starts the command that the scripts in environment/ name."""

from __future__ import annotations

import sys

from . import project


def main() -> int:
    """Runs one command; a problem is said in plain words, without a stack trace."""
    name, *arguments = sys.argv[1:]
    try:
        if name == "setup":
            from . import setup

            return setup.main(arguments)
        if name == "lab":
            from . import lab

            return lab.main(arguments)
        if name == "reproduce":
            from . import reproduce

            return reproduce.main(arguments)
        if name == "verify-bits":
            from . import verify_bits

            return verify_bits.main(arguments)
        if name == "bench":
            from . import bench

            return bench.main(arguments)
        if name == "train":
            from . import kernel

            return kernel.train(*arguments)
        raise project.Problem(f"unknown command {name}", project.USAGE)
    except project.Problem as problem:
        print(problem, file=sys.stderr)
        return problem.code
    except KeyboardInterrupt:
        print("\nInterrupted. What is finished is kept; the next call goes on.", file=sys.stderr)
        return project.INTERRUPTED


sys.exit(main())
