// The pictures: counts by period and root code, and the most frequent dyads.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MOST_PERIODS = 36, NUMBERED = 14, LABELS = 9, TOP = 14;
const UNIT_LENGTH = { day: 10, month: 7, year: 4 };

const utc = (day) => new Date(`${day}T00:00:00Z`);
const isoDay = (date) => date.toISOString().slice(0, 10);

/** Days for up to a month, months for up to three years, else years. */
function unitOf(first, last) {
  if ((utc(last) - utc(first)) / 86_400_000 < 31) return "day";
  const [a, b] = [first, last].map((d) => Number(d.slice(0, 4)) * 12 + Number(d.slice(5, 7)));
  return b - a < MOST_PERIODS ? "month" : "year";
}

/** All periods from first to last day, also those without events. */
function periodsBetween(first, last, unit) {
  const periods = [], step = new Date(utc(first));
  if (unit !== "day") step.setUTCDate(1);
  if (unit === "year") step.setUTCMonth(0);
  for (let day = isoDay(step); day <= last; day = isoDay(step)) {
    periods.push(day.slice(0, UNIT_LENGTH[unit]));
    if (unit === "day") step.setUTCDate(step.getUTCDate() + 1);
    if (unit === "month") step.setUTCMonth(step.getUTCMonth() + 1);
    if (unit === "year") step.setUTCFullYear(step.getUTCFullYear() + 1);
  }
  return periods;
}

/** First and last day of a period: "2014-02" is 2014-02-01 to 2014-02-28. */
function periodDays(period) {
  if (period.length === 10) return { from: period, to: period };
  if (period.length === 4) return { from: `${period}-01-01`, to: `${period}-12-31` };
  const [year, month] = period.split("-").map(Number);
  return { from: `${period}-01`, to: isoDay(new Date(Date.UTC(year, month, 0))) };
}

function periodName(period) {
  if (period.length === 4) return period;
  const month = MONTHS[Number(period.slice(5, 7)) - 1];
  if (period.length === 10) return `${Number(period.slice(8))} ${month}`;
  return `${month} ’${period.slice(2, 4)}`;
}

function countPeriods(list) {
  const dated = list.filter((row) => cell("date", row));
  if (!dated.length) return null;
  let first = "9999", last = "";
  for (const row of dated) {
    const day = cell("date", row);
    if (day < first) first = day;
    if (day > last) last = day;
  }
  const unit = unitOf(first, last), periods = periodsBetween(first, last, unit);
  const counts = new Map(), length = UNIT_LENGTH[unit];
  for (const row of dated) {
    const key = `${rootOf(row)} ${cell("date", row).slice(0, length)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { periods, unit, counts, undated: list.length - dated.length };
}

// Events without CAMEO codes (POLECAT's) have their PLOVER type in place of the root.
const rootOf = (row) => cell("root_code", row) || cell("plover", row);
const quadOfRoot = new Map();
for (let row = 0; row < page.rows; row++) quadOfRoot.set(rootOf(row), cell("quad_class", row));
const roots = [...quadOfRoot.keys()].sort();
const rootName = (root) => `${root} ${page.codes[root]?.[0] ?? ""}`.trim() || "no code";
const isConflict = (root) => quadOfRoot.get(root) > 2;

/** The table of counts; `choose` takes the part of the state that a click sets. */
function drawHeat(place, list, state, choose) {
  const found = countPeriods(list);
  place.replaceChildren();
  if (!found) {
    place.append(element("p", { class: "note" }, "No dated event passes these filters."));
    return;
  }
  const { periods, unit, counts } = found;
  const most = Math.max(...counts.values()), chosen = state.code.trim();
  const sum = (keys) => keys.reduce((total, key) => total + (counts.get(key) ?? 0), 0);
  const totals = periods.map((p) => sum(roots.map((root) => `${root} ${p}`)));
  const every = Math.ceil(periods.length / LABELS), tallest = Math.max(...totals);
  const clickPeriod = (p) => () => choose(periodDays(p));
  const clickRoot = (root) => () => choose({ code: chosen === root ? "" : root });

  const heads = periods.map((p, n) => element("th", { scope: "col" },
    element("button", { type: "button", tabindex: -1, title: `${p}: ${number(totals[n])} events`,
      "aria-label": `${p}, ${totals[n]} events`, onclick: clickPeriod(p) },
    n % every ? " " : periodName(p))));
  const bars = totals.map((total) => {
    const bar = element("span", {});
    bar.style.height = `${(total / tallest) * 100}%`;
    return element("td", { "aria-hidden": "true" }, element("div", { class: "bar" }, bar));
  });
  const line = (root) => {
    const dim = chosen && !root.startsWith(chosen.slice(0, 2)) && /^\d/.test(chosen);
    const cells = periods.map((p) => heatCell(counts.get(`${root} ${p}`) ?? 0, most, periods.length,
      `${p}, ${rootName(root)}`, () => choose({ code: root, ...periodDays(p) })));
    const name = rootName(root);
    return element("tr", { class: `${dim ? "dimmed" : ""} ${chosen && chosen === root ? "chosen" : ""}` },
      element("th", { scope: "row" }, element("button", { type: "button", tabindex: -1, title: name,
        "aria-pressed": chosen !== "" && chosen === root ? "true" : null, onclick: clickRoot(root) }, name)),
      ...cells,
      element("td", { class: "sum" }, number(sum(periods.map((p) => `${root} ${p}`)))));
  };
  const body = (kind, some) => (some.length
    ? element("tbody", { class: kind }, ...some.map(line)) : null);
  const table = element("table", { role: "grid", "aria-label": `Events by ${unit} and root code` },
    element("colgroup", {}, element("col", { class: "name" }),
      ...periods.map(() => element("col")), element("col", { class: "sum" })),
    element("thead", {},
      element("tr", { "aria-hidden": "true" }, element("td"), ...bars, element("td")),
      element("tr", {}, element("td"), ...heads, element("td"))),
    body("cooperation", roots.filter((root) => !isConflict(root))),
    body("conflict", roots.filter(isConflict)));
  place.append(table);
  if (found.undated) {
    place.append(element("p", { class: "hint" }, `${number(found.undated)} events without a date`));
  }
  makeGrid(table);
}

function heatCell(count, most, width, name, onclick) {
  if (!count) return element("td");
  const share = Math.sqrt(count / most);
  const words = `${name}: ${number(count)} ${count === 1 ? "event" : "events"}`;
  const button = element("button", { type: "button", tabindex: -1, title: words, "aria-label": words,
    class: share > 0.85 ? "full" : share > 0.6 ? "half" : "", onclick }, width <= NUMBERED ? number(count) : "");
  button.style.setProperty("--share", share.toFixed(3));
  return element("td", {}, button);
}

/** One stop of the tab key for a whole table; arrow keys move between its buttons. */
function makeGrid(table) {
  const lines = [...table.rows].map((tr) => [...tr.cells].map((td) => td.querySelector("button")));
  const first = table.querySelector("tbody button");
  first.tabIndex = 0;
  table.addEventListener("keydown", (event) => {
    const [down, right] = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1],
      ArrowLeft: [0, -1] }[event.key] ?? [0, 0];
    if (!down && !right) return;
    event.preventDefault();
    let y = lines.findIndex((line) => line.includes(event.target));
    let x = lines[y].indexOf(event.target);
    do { y += down; x += right; } while (lines[y] && x >= 0 && x < lines[y].length && !lines[y][x]);
    const next = lines[y]?.[x];
    if (!next) return;
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

/** The most frequent ordered pairs, each with its share of cooperation and conflict. */
function drawDyads(place, list, state, choose) {
  const pairs = new Map();
  for (const row of list) {
    const key = dyadOf(row, state.level), counts = pairs.get(key) ?? [0, 0];
    counts[cell("quad_class", row) > 2 ? 1 : 0]++;
    pairs.set(key, counts);
  }
  const size = ([, [a, b]]) => a + b;
  const top = [...pairs].sort((a, b) => size(b) - size(a) || (a[0] < b[0] ? -1 : 1)).slice(0, TOP);
  const called = (code) => (code === "" ? "nobody" : state.level === "country" ? countryName(code) : code);
  const most = top.length ? size(top[0]) : 1;
  place.replaceChildren(...top.map(([key, [cooperation, conflict]]) => {
    const [source, target] = key.split(">"), total = cooperation + conflict;
    const inside = state.level === "country" && source === target;
    const name = inside ? `within ${called(source)}` : `${called(source)} → ${called(target)}`;
    const part = (kind, count) => {
      const bar = element("span", { class: kind });
      bar.style.width = `${(count / most) * 100}%`;
      return count ? bar : null;
    };
    return element("li", {}, element("button", {
      type: "button", "aria-pressed": String(state.dyad === key),
      title: `${name}: ${number(cooperation)} cooperation, ${number(conflict)} conflict`,
      onclick: () => choose({ dyad: state.dyad === key ? "" : key }),
    }, element("span", {}, name), element("span", { class: "number" }, number(total)),
    element("span", { class: "bar", "aria-hidden": "true" },
      part("cooperation", cooperation), part("conflict", conflict))));
  }));
}
