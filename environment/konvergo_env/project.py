"""Where things are, and the few file operations that everything else builds on.

Standard library only: this runs before the virtual environment exists.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ENVIRONMENT = Path(__file__).resolve().parent.parent
VENV = ENVIRONMENT / ".venv"
SHARE = VENV / "share" / "konvergo"
KERNEL = VENV / "share" / "jupyter" / "kernels" / "java"

OK, FAILED, USAGE, UNREADY, INTERRUPTED = 0, 1, 2, 3, 130


class Problem(Exception):
    """Something a person has to put right. The text says what and how."""

    def __init__(self, message: str, code: int = UNREADY) -> None:
        super().__init__(message)
        self.code = code


def home() -> Path:
    """The project: `KONVERGO_HOME`, or the folder that holds `environment/`."""
    return Path(os.environ.get("KONVERGO_HOME") or ENVIRONMENT.parent).resolve()


def cache() -> Path:
    """Where fetched data is kept between checkouts."""
    return Path(os.environ.get("KONVERGO_CACHE") or Path.home() / ".cache" / "konvergo")


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def fingerprint(parts: Iterable[Path | str]) -> str:
    """One hash over texts and over the names and contents of files; missing files count as such."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            text = f"{part.name}:{sha256(part) if part.is_file() else 'missing'}"
        else:
            text = part
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()


def files_under(folder: Path, pattern: str = "*") -> list[Path]:
    """All files below a folder, in an order that does not depend on the file system."""
    return sorted(path for path in folder.rglob(pattern) if path.is_file())


FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write(path: Path, content: str | bytes) -> None:
    """Writes a file whole or not at all: a reader never meets half of one."""
    data = content.encode() if isinstance(content, str) else content
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=".partial-", dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        if error.errno in FULL:
            raise Problem(
                f"{path.parent} is full: {path.name} could not be written ({error.strerror}).\n"
                "Free some space and run the same command again; what is finished is kept."
            ) from error
        if error.errno in {errno.EACCES, errno.EROFS, errno.EPERM}:
            raise Problem(f"{path.parent} cannot be written to ({error.strerror}).") from error
        raise


def write_json(path: Path, value: Any) -> None:
    """Writes a value as JSON, whole or not at all."""
    write(path, json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


def read_json(path: Path) -> Any:
    """The value in a JSON file; `None` if there is no readable one."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


@contextlib.contextmanager
def lock(path: Path, *, busy: str, wait: bool) -> Iterator[None]:
    """Holds a lock file. `busy` is said, with the holder's process id, when it is taken.

    The operating system gives the lock back when its holder ends, however it ends.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+")
    except OSError as error:
        raise Problem(f"{path.parent} cannot be written to ({error.strerror}).") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            message = busy.format(pid=file.read().strip() or "unknown")
            if not wait:
                raise Problem(message) from None
            print(message, flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        with contextlib.suppress(OSError):
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
        yield
