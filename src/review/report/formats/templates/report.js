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

function linesOf(cell) {
  const lines = [""];
  (function walk(node) {
    for (const child of node.childNodes) {
      if (child.nodeName === "BR") lines.push("");
      else if (child.nodeType === Node.TEXT_NODE) lines[lines.length - 1] += child.data;
      else walk(child);
    }
  })(cell);
  return lines.map((line) => line.trim()).filter(Boolean);
}

// What one can filter a cell by: its first line, or each of them where it holds several values.
function valuesOf(cell, head) {
  const lines = linesOf(cell);
  return "several" in head.dataset ? lines : lines.slice(0, 1);
}

function filterBy(tools, table) {
  const words = tools.querySelector("[data-words]");
  const selects = Array.from(tools.querySelectorAll("select"));
  const state = tools.querySelector("output");
  const rows = rowsOf(table);
  const heads = Array.from(table.tHead.rows[0].cells);
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const columns = new Map(selects.map((select) => [select, columnOf(table, select.dataset.column)]));
  const place = table.closest("div.table").id;
  const fits = (row, select) => !select.value ||
    valuesOf(row.cells[columns.get(select)], heads[columns.get(select)]).includes(select.value);
  tools.apply = () => {
    const wanted = words.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !(texts.get(row).includes(wanted) && selects.every((select) => fits(row, select)));
      shown += row.hidden ? 0 : 1;
    }
    state.textContent = `${shown} of ${rows.length} rows`;
  };
  // The address holds the filters, so that it can be sent to somebody or kept.
  tools.addEventListener("input", () => {
    tools.apply();
    const asked = new URLSearchParams();
    if (words.value.trim()) asked.set("words", words.value.trim());
    for (const select of selects) if (select.value) asked.set(select.dataset.column, select.value);
    history.replaceState(null, "", `#${place}${asked.size ? `?${asked}` : ""}`);
  });
  tools.take = (asked) => {
    words.value = asked.get("words") || "";
    for (const select of selects) {
      const value = asked.get(select.dataset.column) || "";
      select.value = Array.from(select.options).some((option) => option.value === value) ? value : "";
    }
    tools.apply();
  };
  tools.clear = () => tools.take(new URLSearchParams());
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
      table.tBodies[0].append(...sorted(original, index, order, JSON.parse(head.dataset.order || "[]")));
    });
  });
}

// By the meaning of the words that a cell begins with, where its column has one; else by the words.
function sorted(rows, index, order, meaning) {
  if (order === "none") return rows;
  const collator = new Intl.Collator("en", { numeric: true });
  const way = order === "ascending" ? 1 : -1;
  const rank = (text) => {
    const at = meaning.findIndex((word) => text.startsWith(word));
    return at < 0 ? meaning.length : at;
  };
  const keyed = rows.map((row) => {
    const text = row.cells[index].textContent.trim();
    return [rank(text), meaning.length ? "" : text, row];
  });
  keyed.sort((a, b) => way * (a[0] - b[0] || collator.compare(a[1], b[1])));
  return keyed.map((entry) => entry[2]);
}

function reveal() {
  const [id, asked] = location.hash.slice(1).split("?");
  const target = document.getElementById(decodeURIComponent(id));
  if (!target) return;
  const frame = target.closest("div.table");
  const tools = frame && frame.querySelector(".tools");
  if (tools && tools.take && asked !== undefined && target === frame) tools.take(new URLSearchParams(asked));
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
