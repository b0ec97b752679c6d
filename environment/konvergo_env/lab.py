"""Opens JupyterLab."""

from __future__ import annotations

import argparse
import os

from . import notebooks, project, setup

DESCRIPTION = """\
Opens JupyterLab in the browser, on this machine only and protected by a token.
Prepares the environment first if needed. Ctrl-C, twice, ends it.
"""


def main(arguments: list[str]) -> int:
    """The command `environment/lab`."""
    parser = argparse.ArgumentParser(
        prog="environment/lab",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("notebook", nargs="?", help="the notebook to open: its slug, or its path")
    parser.add_argument("--no-browser", action="store_true", help="print the address, open no browser")
    options = parser.parse_args(arguments)
    home = project.home()
    opened = home / "notebooks"
    if options.notebook:
        chosen = notebooks.select([options.notebook])
        # A family stands for its folder.
        opened = chosen[0].path if len(chosen) == 1 else chosen[0].path.parent
    setup.ensure([], again=False)
    python = project.VENV / "bin" / "python"
    command = [
        str(python), "-m", "jupyterlab", "--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={home}",
        f"--LabApp.default_url=/lab/tree/{opened.relative_to(home)}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        *(["--no-browser"] if options.no_browser else []),
        *(["--allow-root"] if os.geteuid() == 0 else []),
    ]  # fmt: skip
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    os.environ.pop("JUPYTER_TOKEN", None)
    os.execv(python, command)
