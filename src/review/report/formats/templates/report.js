"use strict";
// Filter and sort the tables that ask for it; open what a link leads to; print everything unfolded.

for (const frame of document.querySelectorAll("div.table")) {
  const tools = frame.querySelector(".tools");
  const table = frame.querySelector("table[data-sortable]");
  if (tools) { tools.hidden = false; filterBy(tools, table); }
  if (table) sortBy(table);
}

function rowsOf(table) { return Array.from(table.tBodies[0].rows); }

function columnOf(table, key) {
  return Array.from(table.tHead.rows[0].cells).findIndex((head) => head.dataset.key === key);
}

function firstLine(cell) {
  const before = [];
  (function walk(node) {
    for (const child of node.childNodes) {
      if (child.nodeName === "BR") return false;
      if (child.nodeType === Node.TEXT_NODE) before.push(child.data);
      else if (walk(child) === false) return false;
    }
    return true;
  })(cell);
  return before.join("");
}

function filterBy(tools, table) {
  const words = tools.querySelector("[data-words]");
  const selects = Array.from(tools.querySelectorAll("select"));
  const state = tools.querySelector("output");
  const rows = rowsOf(table);
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const columns = new Map(selects.map((select) => [select, columnOf(table, select.dataset.column)]));
  tools.apply = () => {
    const wanted = words.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const fits = texts.get(row).includes(wanted) &&
        selects.every((s) => !s.value || firstLine(row.cells[columns.get(s)]) === s.value);
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    state.textContent = `${shown} of ${rows.length} rows`;
  };
  tools.addEventListener("input", tools.apply);
  tools.clear = () => { words.value = ""; for (const s of selects) s.value = ""; tools.apply(); };
}

function sortBy(table) {
  const heads = Array.from(table.tHead.rows[0].cells);
  const original = rowsOf(table);
  heads.forEach((head, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const next = { none: "ascending", ascending: "descending", descending: "none" };
      const order = next[head.getAttribute("aria-sort") || "none"];
      for (const other of heads) other.removeAttribute("aria-sort");
      if (order !== "none") head.setAttribute("aria-sort", order);
      table.tBodies[0].append(...sorted(original, index, order));
    });
  });
}

function sorted(rows, index, order) {
  if (order === "none") return rows;
  const collator = new Intl.Collator("en", { numeric: true });
  const way = order === "ascending" ? 1 : -1;
  const keyed = rows.map((row) => [row.cells[index].textContent, row]);
  return keyed.sort((a, b) => way * collator.compare(a[0], b[0])).map((pair) => pair[1]);
}

function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const frame = target.closest("div.table");
  const tools = frame && frame.querySelector(".tools");
  if (target.hidden && tools) tools.clear();
  const inner = target.querySelector("details");
  if (inner) inner.open = true;
  for (let node = target; node; node = node.parentElement) {
    if (node.nodeName === "DETAILS") node.open = true;
  }
  target.scrollIntoView();
  if (target.tabIndex === -1) target.focus({ preventScroll: true });
}

window.addEventListener("hashchange", reveal);
reveal();

let folded = [];
window.addEventListener("beforeprint", () => {
  folded = Array.from(document.querySelectorAll("details:not([open])"));
  for (const details of folded) details.open = true;
});
window.addEventListener("afterprint", () => { for (const details of folded) details.open = false; });
