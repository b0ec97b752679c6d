"""Fetches the data sets that are too large to be committed, as data/catalog.csv lists them.

One row of the catalogue is one file. Rows with a `url` are kept in the cache; the others stand in
data/ already. A file is taken from its official address, else from Debian's package of the data
set, and counts only when its SHA-256 is the catalogue's.
"""

from __future__ import annotations

import contextlib
import csv
import os
import re
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from . import project

TIMEOUT_SECONDS = 15
DEBIAN_FOLDER = Path("/usr/share/datasets")


@dataclass(frozen=True)
class Item:
    """A file of the catalogue that has to be fetched."""

    name: str
    file: str
    sha256: str
    size: int
    url: str

    @property
    def path(self) -> Path:
        """Where it is kept."""
        return project.cache() / "data" / self.file

    @property
    def debian(self) -> str:
        """Debian's name of the data set: fashion-mnist for fashion_mnist_train, in dataset-fashion-mnist."""
        return re.sub(r"-(train|test)$", "", self.name.replace("_", "-"))

    def present(self) -> bool:
        """Whether it is there, whole. (Its hash was checked when it came, and is on reading.)"""
        return self.path.is_file() and self.path.stat().st_size == self.size


def items(catalogue: Path) -> list[Item]:
    """The files to fetch; none if there is no catalogue."""
    if not catalogue.is_file():
        return []
    with catalogue.open(newline="", encoding="utf-8") as file:
        return [
            Item(row["name"], row["file"], row["sha256"], int(row["bytes"]), row["url"])
            for row in csv.DictReader(file)
            if row.get("url")
        ]


def missing(catalogue: Path) -> list[Item]:
    """The files to fetch that are not in the cache."""
    return [item for item in items(catalogue) if not item.present()]


def accept(part: Path, item: Item, origin: str) -> None:
    """Moves a file that came whole into its place; takes away one that did not."""
    got = project.sha256(part)
    if got != item.sha256:
        size = part.stat().st_size
        part.unlink()
        raise project.Problem(
            f"{item.file} from {origin} is not the file expected, and was removed:\n"
            f"  expected {item.size} bytes, sha256 {item.sha256}\n"
            f"  got      {size} bytes, sha256 {got}"
        )
    os.replace(part, item.path)


def download(item: Item) -> None:
    """Fetches one file from its address, going on where an earlier attempt broke off."""
    item.path.parent.mkdir(parents=True, exist_ok=True)
    part = item.path.with_name(item.path.name + ".part")
    have = part.stat().st_size if part.exists() else 0
    if have > item.size:
        part.unlink()
        have = 0
    if have < item.size:
        request = urllib.request.Request(item.url)
        if have:
            request.add_header("Range", f"bytes={have}-")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
                resumed = have > 0 and response.status == 206
                with part.open("ab" if resumed else "wb") as file:
                    shutil.copyfileobj(response, file, 1 << 16)
        except OSError as error:
            if error.errno in project.FULL:
                raise project.Problem(f"{part.parent} is full: {item.file} does not fit.") from error
            reason = getattr(error, "reason", None) or error
            raise project.Problem(f"{item.file} could not be fetched from {item.url}: {reason}") from error
        size = part.stat().st_size
        if size < item.size:
            raise project.Problem(
                f"{item.file} from {item.url} broke off: {size} of {item.size} bytes came. "
                "The next setup goes on from there."
            )
    accept(part, item, item.url)


def from_debian(wanted: list[Item]) -> None:
    """Takes files from Debian's package of their data set, installed or fetched with apt."""
    for name in sorted({item.debian for item in wanted}):
        group = [item for item in wanted if item.debian == name]
        with contextlib.ExitStack() as stack:
            source = DEBIAN_FOLDER / name
            if not source.is_dir():
                if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
                    continue
                scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
                source = unpacked_package(f"dataset-{name}", scratch) / name
            for item in group:
                candidate = source / Path(item.file).name
                if candidate.is_file():
                    item.path.parent.mkdir(parents=True, exist_ok=True)
                    part = item.path.with_name(item.path.name + ".part")
                    shutil.copyfile(candidate, part)
                    accept(part, item, f"Debian's package dataset-{name}")


def unpacked_package(package: str, scratch: Path) -> Path:
    """The data sets folder of a Debian package that is fetched, not installed: no root needed."""

    def run(*command: str) -> bool:
        result = subprocess.run(command, cwd=scratch, capture_output=True, check=False, timeout=300)
        return result.returncode == 0

    fetched = run("apt-get", "download", package)
    if not fetched and os.geteuid() == 0:
        fetched = run("apt-get", "update") and run("apt-get", "download", package)
    for archive in scratch.glob("*.deb"):
        run("dpkg-deb", "-x", str(archive), str(scratch / "content"))
    return scratch / "content" / "usr" / "share" / "datasets"


def fetch(catalogue: Path) -> list[str]:
    """Fetches what is missing. Returns what went wrong, a text per file; empty if all is there."""
    problems: dict[str, str] = {}
    for item in missing(catalogue):
        try:
            download(item)
        except project.Problem as problem:
            problems[item.file] = str(problem)
    rest = missing(catalogue)
    if rest:
        try:
            from_debian(rest)
        except (project.Problem, subprocess.TimeoutExpired) as problem:
            problems[rest[0].file] = str(problem)
    return [problems.get(item.file, f"{item.file} could not be fetched") for item in missing(catalogue)]
