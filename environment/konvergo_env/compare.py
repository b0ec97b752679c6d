"""Compares the outputs of a run with the saved ones: text to the last bit, images by presence."""

from __future__ import annotations

import difflib
import json
from typing import Any

CONTEXT_LINES = 6
# Tags of cells whose outputs depend on the machine: times, and what PyTorch has computed.
NOT_COMPARED = {"timing", "machine"}


def compared(cell: dict[str, Any]) -> bool:
    """Whether what a cell shows is to be the same everywhere."""
    return not NOT_COMPARED.intersection(cell.get("metadata", {}).get("tags", []))


def shown(outputs: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What a cell shows, as pairs of a kind and a text.

    Neighbouring pieces of one stream count as one, since where a stream is cut is chance.
    """
    result: list[tuple[str, str]] = []
    for output in outputs:
        kind = output["output_type"]
        if kind == "stream":
            name = f"stream {output['name']}"
            text = "".join(output["text"])
            if result and result[-1][0] == name:
                text = result.pop()[1] + text
            result.append((name, text))
        elif kind == "error":
            result.append(("error", f"{output['ename']}: {output['evalue']}"))
        else:
            for mime, value in sorted(output["data"].items()):
                if mime.startswith("image/") and mime != "image/svg+xml":
                    text = "an image"
                elif isinstance(value, (dict, int, float)):
                    text = json.dumps(value, sort_keys=True)
                else:
                    text = "".join(value)
                result.append((f"{kind} {mime}", text))
    return result


def difference(saved: dict[str, Any], fresh: dict[str, Any]) -> str:
    """The first cell whose outputs differ, with a short diff; empty if there is none."""
    number = 0
    for old, new in zip(saved["cells"], fresh["cells"]):
        if old["cell_type"] != "code":
            continue
        number += 1 if "".join(old["source"]).strip() else 0
        if not compared(old):
            continue
        before, after = shown(old.get("outputs", [])), shown(new.get("outputs", []))
        if before == after:
            continue
        if not before:
            return f"code cell {number}: no output is saved, and the run shows some. Save with --save."
        return f"code cell {number}:\n{diff(before, after)}"
    return ""


def diff(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> str:
    """A unified diff of two cells' outputs, cut to a few lines."""

    def lines(parts: list[tuple[str, str]]) -> list[str]:
        return [line for kind, text in parts for line in [f"[{kind}]", *text.splitlines()]]

    changes = list(difflib.unified_diff(lines(before), lines(after), "saved", "this run", lineterm="", n=1))
    if not changes:
        return "  the texts differ in their line ends only"
    cut = [line if len(line) <= 160 else line[:157] + "..." for line in changes]
    rest = len(cut) - 2 - 2 * CONTEXT_LINES
    if rest > 0:
        cut = [*cut[: 2 + 2 * CONTEXT_LINES], f"... and {rest} more lines"]
    return "\n".join("  " + line for line in cut)
