"""The report: a static site made from the executed notebooks, with a ledger of all papers in front."""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from . import notebooks, project
from .console import duration, step

ASSETS = project.ENVIRONMENT / "report"
NOT_YET = "not yet reproduced"
MATHJAX = "sphinx-mathjax-offline/static/mathjax/tex-svg-full.js"
VERDICTS = {"REPRODUCED": "reproduced", "PARTLY": "partly", "NOT_REPRODUCED": "not reproduced"}


def build(profile: str) -> str:
    """Builds the report if something in it changed. Returns its address, or nothing without Sphinx."""
    target = project.home() / "target" / "reproduction"
    page = target / "report" / "index.html"
    stamp = target / "report" / ".made-from"
    papers, matrix = collect(target / profile), proof()
    said = [json.dumps([papers, matrix]), profile]
    key = project.fingerprint([*said, Path(__file__), bench_page(), *project.files_under(ASSETS)])
    if page.is_file() and stamp.is_file() and stamp.read_text() == key:
        return page.as_uri()
    mathjax = next(project.VENV.glob(f"lib/python3*/site-packages/{MATHJAX}"), None)
    probe = [project.VENV / "bin" / "python", "-c", "import myst_nb, furo"]
    if subprocess.run(probe, capture_output=True, check=False).returncode or mathjax is None:
        print("The report was left out: MyST-NB, Furo and MathJax are not all installed.")
        return ""
    with step("\nWriting the report"):
        source = target / "report-source"
        write_sources(source, papers, profile, target / profile, matrix)
        shutil.copyfile(mathjax, source / "_static" / mathjax.name)
        stamp.unlink(missing_ok=True)
        drop_stale_pages(target / "report" / "papers", papers)
        if not bench_page().is_file():
            (target / "report" / "bench.html").unlink(missing_ok=True)
        sphinx(source, target)
        project.write(stamp, key)
        project.write(target / "report" / ".profile", profile)
    return page.as_uri()


def build_again() -> str:
    """Builds the report that is there anew, for the profile it shows. Returns its address, or nothing."""
    shown = project.home() / "target" / "reproduction" / "report" / ".profile"
    return build(shown.read_text()) if shown.is_file() else ""


def bench_page() -> Path:
    """The table that environment/bench writes; there is none before its first run."""
    return project.home() / "target" / "bench" / "bench.md"


def sphinx(source: Path, target: Path) -> None:
    """Runs Sphinx; a warning is an error, so that a page with a broken formula or link is noticed."""
    command = [
        str(project.VENV / "bin" / "python"), "-m", "sphinx", "-q", "-W", "--keep-going", "-j", "auto",
        "-d", str(target / "report-doctrees"), str(source), str(target / "report"),
    ]  # fmt: skip
    result = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    if result.returncode:
        lines = (result.stderr or result.stdout).strip().splitlines()[-15:]
        raise project.Problem(
            "The report could not be made; the executed notebooks and claims are kept.\n"
            + "\n".join("  " + line for line in lines)
        )


def drop_stale_pages(folder: Path, papers: list[dict[str, Any]]) -> None:
    """Removes pages of papers that have none any more."""
    current = {paper["slug"] for paper in papers if paper["page"]}
    for page in folder.glob("*.html"):
        if page.stem not in current:
            page.unlink()


def collect(folder: Path) -> list[dict[str, Any]]:
    """The catalogue's papers, each with what is known from its run in this profile."""
    rows = notebooks.papers()
    listed = {row["slug"] for row in rows}
    for notebook in notebooks.everything():
        if notebook.slug not in listed:
            raise project.Problem(f"{notebook.path} is not in notebooks/papers.csv: add its row.")
    existing = {notebook.slug: notebook for notebook in notebooks.everything()}
    papers = []
    for row in rows:
        slug = row["slug"]
        result = project.read_json(folder / "results" / f"{slug}.json") if slug in existing else None
        claims = None
        executed = folder / "notebooks" / row["family"] / f"{slug}.ipynb"
        status = NOT_YET
        if result:
            status = "ran" if result["status"] == "ok" else "failed"
        if status == "ran":
            claims = project.read_json(folder / "claims" / f"{slug}.claims.json")
        page = status == "ran" and executed.is_file()
        papers.append(
            {
                **row,
                "status": status,
                "page": project.sha256(executed) if page else "",
                "result": result or {},
                "claims": claims or {},
            }
        )
    return papers


def proof() -> dict[str, Any] | None:
    """The newest matrix of environment/verify-bits, if there is one."""
    folder = project.home() / "target" / "verify-bits"
    found = [project.read_json(folder / name) for name in ("matrix.json", "short.json")]
    return max((one for one in found if one), key=lambda one: one["finished"], default=None)


def write_sources(
    source: Path,
    papers: list[dict[str, Any]],
    profile: str,
    folder: Path,
    matrix: dict[str, Any] | None = None,
) -> None:
    """Writes what Sphinx reads. Files that did not change keep their time, so Sphinx skips them."""
    files: dict[Path, str] = {source / "conf.py": (ASSETS / "conf.py").read_text()}
    for name in ("report.css", "ledger.js"):
        files[source / "_static" / name] = (ASSETS / name).read_text()
    for paper in papers:
        if paper["page"]:
            executed = folder / "notebooks" / paper["family"] / f"{paper['slug']}.ipynb"
            content = with_header(json.loads(executed.read_text(encoding="utf-8")), paper)
            files[source / "papers" / f"{paper['slug']}.ipynb"] = json.dumps(content, ensure_ascii=False)
    files[source / "index.md"] = index(papers, profile, matrix)
    if matrix:
        files[source / "same-bits.md"] = same_bits(matrix)
    if bench_page().is_file():
        files[source / "bench.md"] = bench_page().read_text(encoding="utf-8")
    extra = [source / "same-bits.md", source / "bench.md"]
    for path in [*(source / "papers").glob("*"), *filter(Path.is_file, extra)]:
        if path not in files:
            path.unlink()
    for path, text in files.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            project.write(path, text)


def raw(markup: str) -> str:
    """HTML inside a Markdown page."""
    return f"````{{raw}} html\n{markup}\n````\n"


def text(value: Any) -> str:
    """Text inside HTML."""
    return html.escape(str(value))


def badge(word: str) -> str:
    """A verdict or status, told by its text and not by its colour alone."""
    return f'<span class="badge {word.replace(" ", "-")}">{text(word)}</span>' if word else ""


def number(value: Any) -> str:
    """A measured value with four digits."""
    return f"{value:.4g}" if isinstance(value, (int, float)) else str(value)


def arxiv(paper: dict[str, Any]) -> str:
    """The arXiv number as a link."""
    name = text(paper["arxiv"])
    return f'<a href="https://arxiv.org/abs/{name}">arXiv:{name}</a>' if name else ""


def citation(paper: dict[str, Any]) -> str:
    """Authors, year and arXiv number."""
    return ", ".join(part for part in (text(paper["authors"]), text(paper["year"]), arxiv(paper)) if part)


# The page of a paper


def with_header(content: dict[str, Any], paper: dict[str, Any]) -> dict[str, Any]:
    """The executed notebook with a header between its title and its text."""
    cells = content["cells"]
    title, rest = f"# {paper['title']}", ""
    if cells and cells[0]["cell_type"] == "markdown":
        source = "".join(cells[0]["source"])
        first, _, remaining = source.lstrip().partition("\n")
        if first.startswith("# "):
            # Titles also stand in lists of pages, where formulas are not rendered.
            title, rest = (title if "$" in first else first), remaining.strip()
            cells = cells[1:]
    head = [("konvergo-title", title), ("konvergo-header", raw(header(paper)))]
    if rest:
        head.append(("konvergo-rest", rest))
    extra = [{"cell_type": "markdown", "id": name, "metadata": {}, "source": source} for name, source in head]
    return {**content, "cells": [*extra, *cells]}


def header(paper: dict[str, Any]) -> str:
    """Citation, claims and provenance of a paper."""
    claims = paper["claims"]
    parts = [f"<p>{citation(paper)}. Fidelity: {text(paper['fidelity'])}.</p>"]
    if claims:
        verdict = VERDICTS.get(claims["verdict"], claims["verdict"])
        parts.append(f"<p>Verdict: {badge(verdict)}</p>")
        rows = "".join(claim_row(claim) for claim in claims["claims"])
        parts.append(
            '<div class="claims-box" tabindex="0" role="region" aria-label="Claims"><table class="claims">'
            "<caption>What the paper claims, and what was measured here</caption><thead><tr>"
            '<th scope="col">Claim</th><th scope="col">Paper</th><th scope="col">Measured</th>'
            '<th scope="col">Condition</th><th scope="col">Verdict</th></tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )
        facts = provenance_facts(claims)
        rows = "".join(f'<tr><th scope="row">{text(k)}</th><td>{text(v)}</td></tr>' for k, v in facts.items())
        parts.append(
            '<details><summary>Provenance</summary><div class="wide"><table class="provenance">'
            f"<tbody>{rows}</tbody></table></div></details>"
        )
    parts.append(f"<p>Open it yourself: <code>environment/lab {text(paper['slug'])}</code></p>")
    return "\n".join(parts)


def claim_row(claim: dict[str, Any]) -> str:
    """One claim."""
    measured = text(number(claim["measured"])) if claim.get("measured") is not None else ""
    interval = claim.get("interval")
    if interval:
        measured += f" [{text(number(interval[0]))}, {text(number(interval[1]))}]"
    statement = f"<strong>{text(claim['id'])}</strong> {text(claim['statement'])}"
    if claim.get("note"):
        statement += f'<span class="source">{text(claim["note"])}</span>'
    cells = [statement, text(claim.get("paper") or ""), measured, text(claim.get("condition") or "")]
    cells.append(badge(VERDICTS.get(claim["verdict"], claim["verdict"])))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def provenance_facts(claims: dict[str, Any]) -> dict[str, str]:
    """What a result was computed with, flat."""
    facts = {"profile": claims.get("profile", ""), "seed": claims.get("seed", "")}
    for name, value in claims.get("provenance", {}).items():
        if isinstance(value, dict):
            facts |= {f"{name}: {key}": inner for key, inner in value.items()}
        else:
            facts[name] = {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value
    return {key: str(value) for key, value in facts.items()}


# The first page


def index(papers: list[dict[str, Any]], profile: str, matrix: dict[str, Any] | None = None) -> str:
    """The first page: totals, the ledger, and the tree of pages."""
    trees = ["```{toctree}\n:hidden:\n\nsame-bits\n```\n"] if matrix else []
    for family in sorted({paper["family"] for paper in papers}):
        pages = [f"papers/{paper['slug']}" for paper in papers if paper["family"] == family and paper["page"]]
        if pages:
            trees.append(f"```{{toctree}}\n:hidden:\n:caption: {family}\n\n" + "\n".join(pages) + "\n```\n")
    if bench_page().is_file():
        trees.append("```{toctree}\n:hidden:\n:caption: speed\n\nbench\n```\n")
    return (
        "---\nhide-toc: true\n---\n\n# Reproduced papers\n\n"
        "Each paper is a notebook that repeats its main experiment and decides its claims. A result depends "
        "on the code and the seed only"
        + (" ([the proof](same-bits.md))" if matrix else "")
        + "; a claim that does not hold is reported as such.\n\n"
        + raw(totals(papers, profile) + filters(papers) + ledger(papers))
        + "\n"
        + "\n".join(trees)
    )


def same_bits(matrix: dict[str, Any]) -> str:
    """The page that shows what environment/verify-bits found."""
    head = "".join(f'<th scope="col">{text(word)}</th>' for word in matrix["heading"])
    rows = "".join(
        f'<tr><th scope="row">{text(row[0])}</th>' + "".join(f"<td>{badge(word)}</td>" for word in row[1:])
        for row in matrix["rows"]
    )
    remarks = "".join(f"<li>{text(line)}</li>" for line in matrix["remarks"])
    return (
        "# Same bits everywhere\n\n"
        "The golden suite computes every kernel and solver on small problems; a notebook counts with its "
        "claims, its traces, the numbers behind its charts and tables, and its texts. Each row is a way to "
        "run Java, and is compared with the first row to the last bit. The interpreter, the emulator and "
        "the like run the golden suite only (n/a).\n\n"
        + raw(
            f"<p>{text(matrix['verdict'])} {text(matrix['finished'])}, {text(matrix['machine'])}.</p>"
            '<div class="wide" tabindex="0" role="region" aria-label="Matrix"><table class="provenance">'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
            + (f"<ul>{remarks}</ul>" if remarks else "")
        )
    )


def totals(papers: list[dict[str, Any]], profile: str) -> str:
    """The figures above the ledger, and what they were computed with."""
    ran = [paper for paper in papers if paper["status"] == "ran"]
    verdicts = Counter(paper["claims"].get("verdict") for paper in ran)
    claims = [claim for paper in ran for claim in paper["claims"].get("claims", [])]
    held = sum(claim["verdict"] == "REPRODUCED" for claim in claims)
    figures = {
        "Papers run": f"{len(ran)} of {len(papers)}",
        "Reproduced": verdicts["REPRODUCED"],
        "Partly": verdicts["PARTLY"],
        "Not reproduced": verdicts["NOT_REPRODUCED"],
        "Failed to run": sum(paper["status"] == "failed" for paper in papers),
        "Claims that hold": f"{held} of {len(claims)}",
        "Running time": duration(sum(paper["result"].get("seconds", 0) for paper in ran)),
        "Profile": profile,
    }
    items = "".join(f"<div><dt>{text(k)}</dt><dd>{text(v)}</dd></div>" for k, v in figures.items())
    facts: dict[str, set[str]] = {}
    for paper in ran:
        for key, value in provenance_facts(paper["claims"]).items():
            if key not in ("profile", "seed") and not key.startswith("data"):
                facts.setdefault(key, set()).add(value)
    for paper in ran:
        facts.setdefault("last run", set()).add(paper["result"].get("finished", ""))
    if "last run" in facts:
        facts["last run"] = {max(facts["last run"])}
    rows = "".join(
        f'<tr><th scope="row">{text(key)}</th><td>{text(", ".join(sorted(values)))}</td></tr>'
        for key, values in facts.items()
    )
    provenance = (
        '<details><summary>Provenance</summary><div class="wide"><table class="provenance"><tbody>'
        f"{rows}</tbody></table></div></details>"
        if rows
        else ""
    )
    return f'<div class="totals"><dl>{items}</dl></div>{provenance}\n'


def filters(papers: list[dict[str, Any]]) -> str:
    """The form above the ledger; the script shows it."""
    choices = {
        "family": sorted({paper["family"] for paper in papers}),
        "fidelity": sorted({paper["fidelity"] for paper in papers}),
        "verdict": list(VERDICTS.values()),
        "status": ["ran", "failed", NOT_YET],
    }
    selects = "".join(
        f'<label>{name.capitalize()}<select name="{name}"><option value="">all</option>'
        + "".join(f"<option>{text(value)}</option>" for value in values)
        + "</select></label>"
        for name, values in choices.items()
    )
    return (
        '<form class="filters" hidden aria-label="Filter the ledger">'
        f'<label>Words<input name="text" type="search" autocomplete="off"></label>{selects}'
        '<button type="reset">Show all</button>'
        '<span id="ledger-count" role="status"></span></form>\n'
    )


def ledger(papers: list[dict[str, Any]]) -> str:
    """The table of all papers."""
    names = ["Paper", "Family", "Year", "Fidelity", "Status", "Verdict", "Claims", "Time"]
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    # What has been run comes first; within that, the order of the catalogue.
    order = ["ran", "failed", NOT_YET]
    rows = "".join(ledger_row(paper) for paper in sorted(papers, key=lambda one: order.index(one["status"])))
    table = f'<table class="ledger"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return f'<div class="wide" tabindex="0" role="region" aria-label="Ledger">{table}</div>'


def ledger_row(paper: dict[str, Any]) -> str:
    """One paper of the ledger."""
    claims, result = paper["claims"], paper["result"]
    verdict = VERDICTS.get(claims.get("verdict", ""), "")
    title = text(paper["title"])
    if paper["page"]:
        title = f'<a href="papers/{text(paper["slug"])}.html">{title}</a>'
    status = "" if paper["status"] == NOT_YET else paper["status"]
    shown_status = badge("failed") if status == "failed" else text(paper["status"])
    if status == "failed":
        where = f"code cell {result['cell']}: " if result.get("cell") else ""
        shown_status += f'<span class="source">{text(where + result.get("failure", ""))}</span>'
    cells = [
        ("Family", "", paper["family"], text(paper["family"])),
        ("Year", "number", paper["year"], text(paper["year"])),
        ("Fidelity", "", paper["fidelity"], text(paper["fidelity"])),
        ("Status", "", paper["status"], shown_status),
        ("Verdict", "", verdict, badge(verdict)),
        ("Claims", "number", result.get("claims", ""), text(result.get("claims", ""))),
        (
            "Time",
            "number",
            str(result.get("seconds", "")) if status == "ran" else "",
            duration(result["seconds"]) if status == "ran" else "",
        ),
    ]
    rest = "".join(
        f'<td class="{kind}" data-label="{label}" data-sort="{text(key)}">{shown}</td>'
        for label, kind, key, shown in cells
    )
    data = {
        "family": paper["family"],
        "fidelity": paper["fidelity"],
        "status": paper["status"],
        "verdict": verdict,
    }
    attributes = " ".join(f'data-{name}="{text(value)}"' for name, value in data.items())
    return (
        f'<tr id="{text(paper["slug"])}" {attributes}><td class="paper" data-sort="{text(paper["title"])}">'
        f'{title} <span class="source">{citation({**paper, "year": ""})}</span></td>{rest}</tr>'
    )
