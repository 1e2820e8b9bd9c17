// The events as columns, the filters as tests on them, and rows as CSV.

const page = JSON.parse(document.getElementById("data").textContent);
const native = Object.keys(page.columns);
const columns = Object.fromEntries(
  Object.entries(page.columns).map(([name, c]) => [
    name,
    Array.isArray(c) ? (row) => c[row] : c.at ? (row) => c.words[c.at[row]] : () => c.value,
  ]),
);
const cell = (name, row) => columns[name](row);
const number = (n) => n.toLocaleString("en");

const START = {
  actor: "", side: "either", dyad: "", level: "country", code: "", from: "", to: "", least: "",
  most: "", words: "", marks: "", sort: "",
};

// Rows that fail only the code filter stay in the picture of months and roots, and so on: what is
// chosen there can be unchosen.
const OTHER = 1, CODE = 2, DYAD = 4;

const country = (code) => code.slice(0, 3);
const countryName = (code) => page.countries[country(code)] ?? country(code);
const dyadOf = (row, level) => {
  const ends = [cell("source", row), cell("target", row)];
  return (level === "country" ? ends.map(country) : ends).join(">");
};

/** A test of texts that answers from memory when a text comes again. */
function remembered(test) {
  const known = new Map();
  return (text) => {
    if (!known.has(text)) known.set(text, test(text));
    return known.get(text);
  };
}

const beginsWord = (text, start) => ` ${text.toLowerCase()}`.includes(` ${start}`);

function actorTest(state) {
  const upper = state.actor.trim().toUpperCase(), lower = upper.toLowerCase();
  const coded = remembered((c) => c.startsWith(upper) || beginsWord(countryName(c), lower));
  const named = remembered((text) => beginsWord(text, lower));
  const end = (side) => (row) => coded(cell(side, row)) || named(cell(`${side}_text`, row));
  const source = end("source"), target = end("target");
  if (state.side === "source") return source;
  if (state.side === "target") return target;
  return (row) => source(row) || target(row);
}

function codeTest(state) {
  const wanted = state.code.trim().toLowerCase(), digits = /^\d+/.exec(wanted)?.[0];
  if (digits) return (row) => cell("event_code", row).startsWith(digits);
  const named = remembered((name) => name.toLowerCase().includes(wanted));
  return (row) => named(cell("event_name", row)) || cell("plover", row).toLowerCase() === wanted;
}

function marksTest(state, marks) {
  return (row) => {
    const verdict = marks.get(row)?.verdict;
    if (state.marks === "marked") return Boolean(verdict);
    if (state.marks === "unmarked") return !verdict;
    return verdict === state.marks;
  };
}

/** The filters in use: pairs of a group and a test of a row. */
function filterTests(state, marks) {
  const tests = [];
  if (state.actor.trim()) tests.push([OTHER, actorTest(state)]);
  if (state.code.trim()) tests.push([CODE, codeTest(state)]);
  if (state.dyad) tests.push([DYAD, (row) => dyadOf(row, state.level) === state.dyad]);
  if (state.from || state.to) {
    const to = state.to || "9999";
    tests.push([OTHER, (row) => {
      const day = cell("date", row);
      return day !== "" && day >= state.from && day <= to;
    }]);
  }
  if (state.least !== "" || state.most !== "") {
    const least = Number(state.least), most = state.most === "" ? 1 : Number(state.most);
    tests.push([OTHER, (row) => {
      const p = cell("probability", row);
      return p !== null && p >= least && p <= most;
    }]);
  }
  if (state.words.trim()) {
    const words = state.words.trim().toLowerCase();
    tests.push([OTHER, (row) => cell("sentence", row).toLowerCase().includes(words)]);
  }
  if (state.marks) tests.push([OTHER, marksTest(state, marks)]);
  return tests;
}

/** Row numbers: `listed` pass all filters, `heat` all but the code's, `dyads` all but the dyad's. */
function filterRows(state, marks) {
  const tests = filterTests(state, marks);
  const found = { listed: [], heat: [], dyads: [] };
  for (let row = 0; row < page.rows; row++) {
    let failed = 0;
    for (const [group, test] of tests) if (!test(row)) failed |= group;
    if (!failed) found.listed.push(row);
    if (!(failed & ~CODE)) found.heat.push(row);
    if (!(failed & ~DYAD)) found.dyads.push(row);
  }
  sortRows(found.listed, state.sort);
  return found;
}

function sortRows(list, sort) {
  const day = (row) => cell("date", row);
  const chance = (row) => cell("probability", row) ?? 2;
  const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  if (sort === "oldest") list.sort((a, b) => byText(day(a), day(b)) || a - b);
  if (sort === "newest") list.sort((a, b) => byText(day(b), day(a)) || a - b);
  if (sort === "unsure") list.sort((a, b) => chance(a) - chance(b) || a - b);
  if (sort === "sure") list.sort((a, b) => chance(b) - chance(a) || a - b);
}

// CSV with the rules of coder/dataset.py: an apostrophe before what a spreadsheet would run.

function csvCell(value) {
  if (value === null || value === undefined) return "";
  let text = String(value);
  if (typeof value === "string" && /^'*[=+\-@\t\r]/.test(text)
      && !/^---(?:[A-Z][A-Z0-9]{2})*$/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const csvLine = (cells) => `${cells.map(csvCell).join(",")}\n`;

const rowsToCsv = (list) =>
  [native, ...list.map((row) => native.map((name) => cell(name, row)))].map(csvLine);

function download(name, lines) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(lines, { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** An element with attributes (on… are handlers) and children; text is only ever text. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}
