// Sorting and filtering of the ledger. Without this script the table is whole and plain.
"use strict";

(() => {
    const table = document.querySelector("table.ledger");
    if (!table) return;
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const form = document.querySelector("form.filters");
    const count = document.querySelector("#ledger-count");
    const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

    function filter() {
        const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
        let shown = 0;
        for (const row of rows) {
            const fits =
                ["family", "fidelity", "verdict", "status"].every((name) => {
                    const wanted = form.elements[name].value;
                    return !wanted || row.dataset[name] === wanted;
                }) && words.every((word) => row.textContent.toLowerCase().includes(word));
            row.hidden = !fits;
            shown += fits ? 1 : 0;
        }
        count.textContent = `${shown} of ${rows.length} papers shown`;
    }

    function sort(heading, direction) {
        const column = heading.cellIndex;
        const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", direction);
        const sign = direction === "ascending" ? 1 : -1;
        // Papers without a value stay at the end, whichever way it is sorted.
        rows.sort((a, b) => {
            const left = key(a), right = key(b);
            if (!left || !right) return (left ? 0 : 1) - (right ? 0 : 1);
            // The collator takes the digits after a point for a number of their own: 0.4 before 0.16.
            const order = Number(left) - Number(right);
            return sign * (Number.isNaN(order) ? collator.compare(left, right) : order);
        });
        body.append(...rows);
    }

    for (const heading of table.tHead.rows[0].cells) {
        const button = document.createElement("button");
        button.type = "button";
        button.append(...heading.childNodes);
        heading.append(button);
        button.addEventListener("click", () => {
            const rising = heading.getAttribute("aria-sort") === "ascending";
            sort(heading, rising ? "descending" : "ascending");
        });
    }
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(filter));
    form.hidden = false;
    filter();
})();
