"""The report in a real browser, opened from disk: a small one made here, and the project's if it is there."""

from __future__ import annotations

import base64
import os
import re
import shutil
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Tree

from konvergo_env import project, report

CHROMIUM = next(
    (p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), ""
)
if not CHROMIUM:
    pytest.skip("no Chromium is installed: the report was not opened in a browser", allow_module_level=True)
playwright_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]
VERDICTS = ["REPRODUCED", "NOT_REPRODUCED"]


def image() -> str:
    """A PNG, wider than a phone."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    width, height = 900, 300
    rows = (b"\0" + b"\x30\x70\xb0" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
    return base64.b64encode(data).decode()


def executed() -> dict[str, Any]:
    """A notebook as it comes out of a run."""
    wide = "<table><tr>" + "".join(f"<td>column{i}</td>" for i in range(40)) + "</tr></table>"
    outputs = [
        {
            "output_type": "display_data",
            "metadata": {},
            "data": {"image/png": image(), "text/plain": "a chart"},
        },
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": wide, "text/plain": "a table"}},
        {"output_type": "stream", "name": "stdout", "text": "x" * 300},
    ]
    prose = (
        r"# A paper" "\n\n" r"Minimise $f(x)=\tfrac12\|x\|^2$ with" "\n\n" r"$$\min_x \sum_{i=1}^n f_i(x)$$"
    )
    more = r"## Why" "\n\n" r"$\alpha$ is \$5 apart." "\n\n" r"\begin{align} a &= \boldsymbol{b} \end{align}"
    code = {"cell_type": "code", "id": "c", "metadata": {}, "execution_count": 1, "source": "int a = 1;"}
    cells = [
        {"cell_type": "markdown", "id": "m", "metadata": {}, "source": prose},
        {"cell_type": "markdown", "id": "n", "metadata": {}, "source": more},
        {**code, "outputs": outputs},
    ]
    language = {"name": "java", "pygments_lexer": "java"}
    metadata = {"kernelspec": {"name": "java", "display_name": "Java"}, "language_info": language}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def claims(slug: str, verdict: str) -> dict[str, Any]:
    """A paper's claims."""
    claim = {
        "id": "C1",
        "statement": "At least <10> times fewer",
        "paper": "Table 1: 37",
        "measured": 12.3456,
        "interval": [11, 13],
        "condition": ">= 10",
        "verdict": verdict,
        "note": "",
    }
    provenance = {"library": "0.1.0", "jdk": "17.0.15", "simd": False, "data": {"digits": "00ff"}}
    return {
        "slug": slug,
        "verdict": verdict,
        "seed": 1,
        "profile": "quick",
        "claims": [claim],
        "provenance": provenance,
    }


def small_report(folder: Path) -> str:
    """A report of two papers that ran, one that failed, and many that wait."""
    tree = Tree(folder)
    out = tree.output / "quick"
    # As text the digits after the point would make 12.16 the longer time.
    for slug, seconds, verdict in zip(["alpha", "beta"], [12.16, 12.4], VERDICTS):
        tree.add(slug, "# T")
        result = {
            "status": "ok",
            "seconds": seconds,
            "verdict": verdict,
            "claims": "1 of 1",
            "finished": "2026",
        }
        project.write_json(out / "results" / f"{slug}.json", result)
        project.write_json(out / "claims" / f"{slug}.claims.json", claims(slug, verdict))
        project.write_json(out / "notebooks" / "games" / f"{slug}.ipynb", executed())
    tree.add("gamma", "# T", family="saddle")
    failed = {"status": "failed", "seconds": 1.0, "cell": 2, "failure": "IllegalStateException: <no>"}
    project.write_json(out / "results" / "gamma.json", failed)
    for number in range(40):
        tree.list_paper(f"waiting-{number}", "transport")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KONVERGO_HOME", str(folder))
        return report.build("quick")


@pytest.fixture(scope="module", params=["small", "project"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The first page of a report."""
    if request.param == "small":
        result = small_report(tmp_path_factory.mktemp("report"))
        assert result
        return result
    page = project.ENVIRONMENT.parent / "target" / "reproduction" / "report" / "index.html"
    if not page.is_file() or not list(page.parent.glob("papers/*.html")):
        pytest.skip("the project's own report is not there: run environment/reproduce first")
    return page.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium."""
    with playwright_api.sync_playwright() as playwright:
        result = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield result
        result.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """The first page, opened; at the end nothing may have gone wrong on any page that was visited."""
    result = browser.new_page(viewport={"width": 1280, "height": 900})
    wrong: list[str] = []
    result.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    result.on("pageerror", lambda error: wrong.append(str(error)))
    result.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    result.on(
        "request",
        lambda r: None if r.url.startswith(("file:", "data:")) else wrong.append(f"remote: {r.url}"),
    )
    result.goto(address)
    yield result
    result.close()
    assert wrong == []


def rows(page: Any) -> Any:
    """The rows of the ledger that are shown."""
    return page.locator("table.ledger tbody tr:visible")


def paper_pages(page: Any) -> list[str]:
    """The addresses of all papers' pages."""
    return page.eval_on_selector_all("td.paper > a[href^='papers/']", "all => all.map(a => a.href)")


def scrolls_sideways(page: Any) -> bool:
    """Whether the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_filters(page: Any) -> None:
    everything = rows(page).count()
    assert everything >= 43
    assert f"{everything} of {everything} papers" in page.locator("#ledger-count").inner_text()
    page.get_by_label("Family").select_option("games")
    assert 0 < rows(page).count() < everything
    assert page.locator("tr:visible[data-family='games']").count() == rows(page).count()
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function(f"document.querySelector('#ledger-count').textContent.startsWith('{everything} ')")
    page.get_by_label("Status").select_option("ran")
    assert rows(page).count() == len(paper_pages(page))
    page.get_by_label("Words").fill("no paper has these words")
    assert rows(page).count() == 0


def test_sorts_and_says_so(page: Any) -> None:
    heading = page.get_by_role("columnheader", name="Family")
    for direction in ("ascending", "descending"):
        heading.get_by_role("button").click()
        assert heading.get_attribute("aria-sort") == direction
        families = page.eval_on_selector_all("table.ledger tbody tr", "all => all.map(r => r.dataset.family)")
        assert families == sorted(families, reverse=direction == "descending")
    page.get_by_role("columnheader", name="Time").get_by_role("button").click()
    times = page.eval_on_selector_all(
        "table.ledger tbody tr", "all => all.map(r => r.cells[r.cells.length - 1].dataset.sort)"
    )
    filled = [float(value) for value in times if value]
    assert filled == sorted(filled) and all(times[: len(filled)])


def test_a_paper_is_followed_and_whole(page: Any) -> None:
    pages = paper_pages(page)
    page.locator("td.paper > a").first.click()
    page.wait_for_url(pages[0])
    for url in pages:
        page.goto(url)
        page.evaluate("window.MathJax && MathJax.startup.promise")
        assert page.locator("h1").count() == 1
        assert page.locator("mjx-container").count() >= page.locator(".math").count()
        assert page.locator("mjx-merror, [data-mjx-error]").count() == 0
        prose = page.eval_on_selector_all(
            "article p, article li, article h1, article h2", "all => all.map(e => e.innerText).join('\\n')"
        )
        assert "$$" not in prose and "\\(" not in prose and "\\begin" not in prose
        broken = page.eval_on_selector_all("img", "all => all.filter(i => !i.naturalWidth).map(i => i.src)")
        assert broken == []


def test_claims_stand_beside_the_papers_figures(page: Any) -> None:
    page.goto(paper_pages(page)[0])
    table = page.locator("table.claims")
    assert table.locator("thead th").all_inner_texts() == [
        "Claim",
        "Paper",
        "Measured",
        "Condition",
        "Verdict",
    ]
    assert table.locator("tbody tr").count() >= 1
    assert table.locator(".badge").first.is_visible()


@pytest.mark.parametrize("width", [360, 375, 1280])
def test_no_page_scrolls_sideways(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    for url in [page.url, *paper_pages(page)]:
        page.goto(url)
        page.evaluate("window.MathJax && MathJax.startup && MathJax.startup.promise")
        assert not scrolls_sideways(page), url


def test_the_keyboard_reaches_filters_headings_and_papers(page: Any) -> None:
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """(() => {
                    const e = document.activeElement;
                    if (e.closest('td.paper')) return 'paper';
                    return e.name || e.closest('th')?.innerText.trim() || e.className || e.tagName;
                })()"""
            )
        )
        if "paper" in reached:
            break
    assert "skip-to-content" in " ".join(reached[:3])
    for name in ("text", "family", "fidelity", "verdict", "status", "Paper", "Time", "paper"):
        assert name in reached, reached
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.get_by_role("columnheader", name="Year").get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("columnheader", name="Year").get_attribute("aria-sort") == "ascending"


def test_dark_mode_is_readable(browser: Any, address: str) -> None:
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto(address)
        for selector in (".badge", "td.paper > a", "table.ledger td", ".totals dd", ".source"):
            assert contrast(page, selector) >= 4.5, (scheme, selector)
        page.close()


def contrast(page: Any, selector: str) -> float:
    """The contrast of a text with what is behind it, by WCAG's formula."""
    script = """element => {
        let behind = element;
        const back = e => getComputedStyle(e).backgroundColor;
        while (behind.parentElement && /, 0\\)|transparent/.test(back(behind))) behind = behind.parentElement;
        return [getComputedStyle(element).color, back(behind)];
    }"""
    both = page.locator(selector).first.evaluate(script)

    def luminance(color: str) -> float:
        numbers = [float(part) / 255 for part in color[color.index("(") + 1 : -1].split(",")[:3]]
        linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in numbers]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(color) for color in both), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_search_works_from_disk(page: Any, address: str) -> None:
    page.goto(paper_pages(page)[0])
    title = page.locator("h1").inner_text()
    word = max(re.findall(r"[A-Za-z]+", title), key=len)
    page.goto(address.replace("index.html", f"search.html?q={word}"))
    page.wait_for_selector("ul.search li a")


def test_nothing_is_built_when_nothing_changed(tmp_path: Path) -> None:
    small_report(tmp_path)
    stamp = tmp_path / "target" / "reproduction" / "report" / "index.html"
    before = stamp.stat().st_mtime_ns
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KONVERGO_HOME", str(tmp_path))
        report.build("quick")
    assert stamp.stat().st_mtime_ns == before
