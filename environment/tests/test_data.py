"""Fetching data: downloads that break off, wrong files, and no network."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from konvergo_env import data, project

CONTENT = bytes(range(256)) * 500
HASH = hashlib.sha256(CONTENT).hexdigest()


class Server(HTTPServer):
    """Serves CONTENT; the first answers break off after so many bytes."""

    cuts: list[int]
    ranges: list[str | None]
    resumable = True


class Handler(BaseHTTPRequestHandler):
    """Answers with the whole content, or with the rest that was asked for."""

    server: Server

    def do_GET(self) -> None:
        wanted = self.headers["Range"]
        self.server.ranges.append(wanted)
        begin = int(wanted.split("=")[1].rstrip("-")) if wanted and self.server.resumable else 0
        body = CONTENT[begin:]
        self.send_response(206 if begin else 200)
        self.end_headers()
        self.wfile.write(body[: self.server.cuts.pop(0)] if self.server.cuts else body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on loopback."""
    result = Server(("127.0.0.1", 0), Handler)
    result.cuts, result.ranges = [], []
    threading.Thread(target=result.serve_forever, daemon=True).start()
    yield result
    result.shutdown()
    result.server_close()


@pytest.fixture(autouse=True)
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of its own, and no packages."""
    monkeypatch.setenv("KONVERGO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(data, "from_debian", lambda wanted: None)


def catalogue(tmp_path: Path, url: str, digest: str = HASH) -> Path:
    """A catalogue of one fetched and one committed file."""
    path = tmp_path / "catalog.csv"
    path.write_text(
        "name,licence,source,shape,file,sha256,bytes,url\n"
        f"points_train,MIT,somewhere,2 x 3,points.gz,{digest},{len(CONTENT)},{url}\n"
        "digits,BSD-3-Clause,elsewhere,8 x 8,digits.csv,00,1,\n"
    )
    return path


def address(server: Server) -> str:
    """Where the server answers."""
    return f"http://127.0.0.1:{server.server_port}/points.gz"


def test_a_file_is_fetched_once(server: Server, tmp_path: Path) -> None:
    path = catalogue(tmp_path, address(server))
    assert data.fetch(path) == []
    assert (project.cache() / "data" / "points.gz").read_bytes() == CONTENT
    assert data.missing(path) == []
    assert data.fetch(path) == [] and len(server.ranges) == 1


@pytest.mark.parametrize("resumable", [True, False])
def test_a_truncated_download_goes_on(server: Server, tmp_path: Path, resumable: bool) -> None:
    server.cuts, server.resumable = [1000], resumable
    path = catalogue(tmp_path, address(server))
    (problem,) = data.fetch(path)
    assert "broke off: 1000 of 128000 bytes" in problem
    assert not (project.cache() / "data" / "points.gz").exists()
    assert data.fetch(path) == []
    assert server.ranges == [None, "bytes=1000-"]


def test_a_wrong_file_is_removed(server: Server, tmp_path: Path) -> None:
    path = catalogue(tmp_path, address(server), "ab" * 32)
    (problem,) = data.fetch(path)
    assert "points.gz" in problem and "ab" * 32 in problem and HASH in problem
    assert list((project.cache() / "data").iterdir()) == []


def test_no_network(tmp_path: Path) -> None:
    (problem,) = data.fetch(catalogue(tmp_path, "http://127.0.0.1:9/points.gz"))
    assert "points.gz could not be fetched" in problem and "refused" in problem


def test_debians_package_is_used_where_the_address_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("KONVERGO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(data, "DEBIAN_FOLDER", tmp_path / "datasets")
    (tmp_path / "datasets" / "points").mkdir(parents=True)
    (tmp_path / "datasets" / "points" / "points.gz").write_bytes(CONTENT)
    path = catalogue(tmp_path, "http://127.0.0.1:9/points.gz")
    assert data.fetch(path) == []
    assert (project.cache() / "data" / "points.gz").read_bytes() == CONTENT
