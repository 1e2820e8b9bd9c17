// The list of events, of which only those in sight exist, and the marks a person gives them.

const ROW = page.columns.sentence.value === "" ? 40 : 90, MARGIN = 8;
document.documentElement.style.setProperty("--row", `${ROW}px`);
const plovers = new Set(Object.values(page.codes).map(([, plover]) => plover).filter(Boolean));
const VERDICTS = { right: "right", wrong: "no event", relabel: "relabelled" };

/** The marks by row, kept in the browser under the key of these events. */
function loadMarks() {
  const marks = new Map(), key = `eventcoder ${page.key}`;
  try {
    const saved = JSON.parse(localStorage.getItem(key) ?? "{}");
    for (let row = 0; row < page.rows; row++) {
      const mark = saved[cell("event_id", row)];
      if (mark && mark.verdict in VERDICTS) marks.set(row, mark);
    }
  } catch { /* no storage, or not ours: begin without marks */ }
  const save = () => {
    const byId = Object.fromEntries([...marks].map(([row, mark]) => [cell("event_id", row), mark]));
    try { localStorage.setItem(key, JSON.stringify(byId)); return true; } catch { return false; }
  };
  return { marks, save };
}

const spanOf = (row, n) => page.spans.slice(row * 6 + n * 2, row * 6 + n * 2 + 2);
const canJudge = (row) => spanOf(row, 0)[0] >= 0;
const canSwap = (row) => canJudge(row) && spanOf(row, 1)[0] >= 0;
const isLabel = (text) => text in page.codes || plovers.has(text.toUpperCase());

/** The sentence in pieces, each in the classes of what it belongs to: source, target, action. */
function sentencePieces(row) {
  const text = cell("sentence", row), spans = [0, 1, 2].map((n) => spanOf(row, n));
  const ends = new Set([0, text.length, ...spans.flat().filter((end) => end >= 0)]);
  const cuts = [...ends].sort((a, b) => a - b), pieces = [];
  for (let n = 0; n + 1 < cuts.length; n++) {
    const inside = (span) => span[0] <= cuts[n] && cuts[n + 1] <= span[1];
    const name = ["s", "t", "a"].filter((_, k) => inside(spans[k])).join(" ");
    const piece = text.slice(cuts[n], cuts[n + 1]);
    pieces.push(name ? element("span", { class: name }, piece) : piece);
  }
  return pieces;
}

/** The sentence with <s>source</s> and <t>target</t>, as coder/spans.py marks it. */
function markedText(row) {
  const text = cell("sentence", row), tags = [];
  ["s", "t"].forEach((name, n) => {
    const [start, end] = spanOf(row, n);
    if (start >= 0) tags.push([start, 1, -end, n, `<${name}>`], [end, 0, -start, -n, `</${name}>`]);
  });
  tags.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]);
  let marked = "", position = 0;
  const plain = (from, to) => text.slice(from, to).replace(/<\/?[st]>/g, "");
  for (const [place, , , , tag] of tags) {
    marked += plain(position, place) + tag;
    position = place;
  }
  return marked + plain(position);
}

function marksToCsv(marks) {
  const rows = [...marks].sort(([a], [b]) => a - b).map(([row, mark]) => {
    const own = { verdict: mark.verdict, code: mark.code, swap: mark.swap ? "yes" : "", text: markedText(row) };
    return page.corrections.map((name) => own[name] ?? cell(name, row));
  });
  return [page.corrections, ...rows].map(csvLine);
}

function chance(row) {
  const p = cell("probability", row);
  return p === null ? "" : p.toFixed(2);
}

/** One event: a line and its sentence; when open also its details and what it is judged. */
function eventToArticle(row, place, total, open, mark, list) {
  const day = cell("date", row), code = cell("event_code", row);
  const actor = (side) => element("span", { class: "actor", title: cell(`${side}_text`, row) || null },
    cell(side, row) || "–");
  const what = element("p", { class: "what" },
    element("time", {}, day || "no date"), actor("source"),
    element("span", { "aria-label": "to" }, "→"), actor("target"),
    element("span", { class: "name", title: cell("event_name", row) },
      `${code} ${cell("event_name", row) || cell("plover", row)}`),
    element("span", { class: "chance", title: "probability" }, chance(row)),
    element("span", { class: "mark" }));
  const article = element("article", {
    tabindex: open ? 0 : -1, class: open ? "open" : "", "data-row": row,
    "aria-posinset": place + 1, "aria-setsize": total, "aria-current": open ? "true" : null,
    onclick: () => list.open(place),
  }, what, element("p", { class: "sentence" }, ...sentencePieces(row)));
  if (open) article.append(details(row, mark, list));
  showMark(article, mark);
  return article;
}

function details(row, mark, list) {
  const facts = [];
  const fact = (name, ...what) => {
    if (what.some((w) => w !== "" && w !== null)) facts.push(element("dt", {}, name), element("dd", {}, ...what));
  };
  const side = (name) => [cell(name, row), cell(`${name}_text`, row)].filter(Boolean).join(" · ");
  const score = cell("goldstein", row), times = cell("mentions", row), outlets = cell("sources", row);
  fact("Source", side("source"));
  fact("Target", side("target"));
  fact("Event", [`${cell("event_code", row)} ${cell("event_name", row)}`, cell("plover", row),
    page.quads[cell("quad_class", row)], score === null ? "" : `Goldstein ${String(score).replace("-", "−")}`]
    .filter((w) => w && w.trim()).join(" · "));
  fact("Place", [cell("place", row), cell("country", row)].filter(Boolean).join(", "));
  fact("Reported", [cell("publisher", row), cell("article_date", row),
    times > 1 ? `${times} times by ${outlets} ${outlets === 1 ? "publisher" : "publishers"}` : ""]
    .filter(Boolean).join(" · "));
  const url = cell("url", row);
  if (/^https?:\/\//i.test(url)) {
    fact("Article", element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, url));
  } else fact("Article", url || cell("article_id", row));
  return element("div", { class: "more" }, canJudge(row) ? judge(row, mark, list) : null,
    element("dl", {}, ...facts));
}

/** The buttons and fields by which an event is judged. */
function judge(row, mark, list) {
  const verdict = (name, label) => {
    const button = element("button", { type: "button", "data-verdict": name, onclick: () =>
      list.judge(button.ariaPressed === "true" ? null : { verdict: name, code: "", swap: false }) }, label);
    return button;
  };
  const code = element("input", { type: "text", list: "labels", value: mark?.code ?? "",
    placeholder: "057, 19 or AID", spellcheck: "false" });
  const swap = element("input", { type: "checkbox", disabled: !canSwap(row) });
  swap.checked = Boolean(mark?.swap);
  const hint = element("span", { class: "hint", role: "status" });
  const relabel = () => {
    if (!describeCode(code, hint)) return;
    const text = code.value.trim(), label = text in page.codes ? text : text.toUpperCase();
    list.judge(label || swap.checked ? { verdict: "relabel", code: label, swap: swap.checked } : null);
  };
  code.addEventListener("input", () => describeCode(code, hint));
  code.addEventListener("change", relabel);
  swap.addEventListener("change", relabel);
  return element("div", { class: "judge", role: "group", "aria-label": "Judge this event" },
    verdict("right", "Right"), verdict("wrong", "No event"),
    element("div", { class: "new" }, element("label", {}, "Right code ", code),
      element("label", {}, swap, " swap source and target"), hint));
}

/** Say what a typed code means; whether it may stand. */
function describeCode(code, hint) {
  const text = code.value.trim(), good = !text || isLabel(text);
  code.setAttribute("aria-invalid", String(!good));
  hint.textContent = !good ? "no such code" : text && (page.codes[text]?.[0] ?? "PLOVER type");
  return good;
}

/** Show the mark of an event in its article, in place, so that no field loses the focus. */
function showMark(article, mark) {
  const badge = article.querySelector(".mark");
  badge.textContent = mark ? VERDICTS[mark.verdict] : "";
  badge.hidden = !mark;
  for (const button of article.querySelectorAll("[data-verdict]")) {
    button.ariaPressed = String(mark?.verdict === button.dataset.verdict);
  }
  const code = article.querySelector(".new input[type=text]");
  if (!code) return;
  if (mark?.verdict !== "relabel") {
    code.value = "";
    article.querySelector(".new input[type=checkbox]").checked = false;
  }
  describeCode(code, article.querySelector(".new .hint"));
}

/** The list in its place; `changed` is told of every new mark. */
function eventList(place, marks, changed) {
  let rows = [], opened = -1, extra = 0;
  const shown = new Map();
  const top = (n) => n * ROW + (opened >= 0 && n > opened ? extra : 0);
  const near = (y) => Math.floor((opened >= 0 && y > top(opened) + ROW ? Math.max(y - extra, top(opened)) : y) / ROW);

  function show(n) {
    const made = eventToArticle(rows[n], n, rows.length, n === opened, marks.get(rows[n]), list);
    shown.get(n)?.remove();
    shown.set(n, made);
    const after = [...shown.keys()].filter((k) => k > n).sort((a, b) => a - b)[0];
    place.insertBefore(made, shown.get(after) ?? null);
    return made;
  }

  function settle() {
    const article = shown.get(opened);
    extra = article ? Math.max(0, article.offsetHeight - ROW) : 0;
    place.style.height = `${rows.length * ROW + extra}px`;
    for (const [n, made] of shown) made.style.transform = `translateY(${top(n)}px)`;
  }

  function draw() {
    const above = -place.getBoundingClientRect().top;
    const first = Math.max(0, near(above) - MARGIN);
    const last = Math.min(rows.length - 1, near(above + innerHeight) + MARGIN);
    for (const [n, made] of shown) {
      if ((n < first || n > last) && n !== opened) { made.remove(); shown.delete(n); }
    }
    for (let n = first; n <= last; n++) if (!shown.has(n)) show(n);
    settle();
  }

  function focus(n) {
    const article = shown.get(n);
    article.focus({ preventScroll: true });
    const box = article.getBoundingClientRect(), head = 72;
    if (box.top < head || box.height > innerHeight - head) scrollBy(0, box.top - head);
    else if (box.bottom > innerHeight - 12) scrollBy(0, box.bottom - innerHeight + 12);
  }

  const list = {
    fill(next) {
      const row = rows[opened];
      rows = next;
      opened = row === undefined ? -1 : rows.indexOf(row);
      place.replaceChildren();
      shown.clear();
      if (opened < 0 && rows.length) place.tabIndex = 0; else place.removeAttribute("tabindex");
      if (opened >= 0) show(opened);
      draw();
    },
    open(n) {
      if (n === opened || n < 0 || n >= rows.length) return;
      const before = opened;
      opened = n;
      place.removeAttribute("tabindex");
      if (shown.has(before)) show(before);
      show(n);
      settle();
      draw();
      focus(n);
    },
    judge(mark) {
      const row = rows[opened];
      if (mark) marks.set(row, mark); else marks.delete(row);
      changed();
      showMark(shown.get(opened), mark);
    },
    draw,
  };

  const verdictKeys = { r: "right", w: "wrong" };
  place.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(".new")) {
      if (event.key === "Escape") focus(opened);
      if (event.key === "Enter" && event.target.type === "text") {
        event.target.blur();
        if (event.target.getAttribute("aria-invalid") !== "true") list.open(opened + 1);
      }
      return;
    }
    const page = Math.max(1, Math.floor((innerHeight - 160) / ROW));
    const moves = { ArrowDown: opened + 1, j: opened + 1, ArrowUp: opened - 1, k: opened - 1,
      PageDown: Math.min(rows.length - 1, opened + page), PageUp: Math.max(0, opened - page),
      Home: 0, End: rows.length - 1 };
    if (event.key in moves) list.open(moves[event.key]);
    else if (opened < 0 || !canJudge(rows[opened])) return;
    else if (event.key in verdictKeys) {
      list.judge({ verdict: verdictKeys[event.key], code: "", swap: false });
      list.open(opened + 1);
    } else if (event.key === "c") list.judge(null);
    else if (event.key === "e") shown.get(opened).querySelector(".new input").focus();
    else return;
    event.preventDefault();
  });
  addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
  new ResizeObserver(draw).observe(place);
  return list;
}
