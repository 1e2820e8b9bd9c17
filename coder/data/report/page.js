// The state of the page: filters from the form, clicks and the address, drawn into its places.

const at = (id) => document.getElementById(id);
const form = at("filters");
const { marks, save } = loadMarks();
let state = readAddress(), listed = [], unsaved = false;

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(Object.entries(START).map(([name, value]) => [name, given.get(name) ?? value]));
}

function address() {
  const used = Object.entries(state).filter(([name, value]) => value !== START[name]);
  return `#${new URLSearchParams(used)}`;
}

/** Take over a part of the state and draw; a click (not typing) can be undone with "back". */
function change(part, step = true) {
  state = { ...state, ...part };
  if (address() !== (location.hash || "#")) history[step ? "pushState" : "replaceState"](null, "", address());
  draw();
}

function fillForm() {
  for (const field of form.elements) {
    if (field.type === "radio") field.checked = field.value === state[field.name];
    else if (field.name && field !== document.activeElement) field.value = state[field.name];
  }
  at("sort").value = state.sort;
  at("level").value = state.level;
}

function chips() {
  const actor = { either: "Actor", source: "Source", target: "Target" }[state.side];
  const chip = (words, part) => element("button", { type: "button", "aria-label": `Remove filter ${words}`,
    onclick: () => change(part) }, `${words} ×`);
  const marksName = form.elements.marks.selectedOptions[0]?.textContent;
  const all = [
    state.actor && chip(`${actor}: ${state.actor}`, { actor: "", side: "either" }),
    state.dyad && chip(state.dyad.replace(">", " → "), { dyad: "" }),
    state.code && chip(`Code: ${state.code} ${page.codes[state.code]?.[0] ?? ""}`.trim(), { code: "" }),
    (state.from || state.to) && chip(state.from === state.to ? state.from
      : `${state.from || "first"} to ${state.to || "last"}`, { from: "", to: "" }),
    (state.least || state.most) && chip(`Probability ${state.least || 0} to ${state.most || 1}`, { least: "", most: "" }),
    state.words && chip(`“${state.words}”`, { words: "" }),
    state.marks && chip(`Marks: ${marksName}`, { marks: "" }),
  ];
  at("chips").replaceChildren(...all.filter(Boolean));
}

function draw() {
  fillForm();
  chips();
  const found = filterRows(state, marks);
  listed = found.listed;
  drawHeat(at("heat"), found.heat, state, change);
  drawDyads(at("dyads"), found.dyads, state, change);
  at("nothing").hidden = listed.length > 0;
  at("save-rows").disabled = !listed.length;
  list.fill(listed);
  count();
}

function count() {
  const of = listed.length === page.rows ? "" : ` of ${number(page.rows)}`;
  const marked = marks.size ? ` · ${number(marks.size)} marked` : "";
  at("count").textContent = `${number(listed.length)}${of} ${page.rows === 1 ? "event" : "events"}${marked}`;
  at("save-marks").disabled = !marks.size;
}

const list = eventList(at("rows"), marks, () => {
  unsaved = !save();
  count();
});

function options(id, pairs) {
  at(id).replaceChildren(...pairs.map(([value, label]) => element("option", { value, label })));
}

let typing;
form.addEventListener("input", (event) => {
  const { name, value } = event.target;
  clearTimeout(typing);
  typing = setTimeout(() => change({ [name]: value }, false), event.target.type === "radio" ? 0 : 150);
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", (event) => {
  event.preventDefault();
  change({ ...START, level: state.level, sort: state.sort });
});
at("level").addEventListener("change", (event) => change({ level: event.target.value, dyad: "" }));
at("sort").addEventListener("change", (event) => change({ sort: event.target.value }));
at("save-rows").addEventListener("click", () => download("events.csv", rowsToCsv(listed)));
at("save-marks").addEventListener("click", () => {
  download("corrections.csv", marksToCsv(marks));
  unsaved = false;
});
at("skip").addEventListener("click", () => at("events-title").focus());
addEventListener("popstate", () => { state = readAddress(); draw(); });
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

function setTheme(theme) {
  document.documentElement.style.colorScheme = theme;
  at("theme").value = theme;
}
at("theme").addEventListener("change", (event) => {
  setTheme(event.target.value);
  try { localStorage.setItem("eventcoder theme", event.target.value); } catch { /* not kept */ }
});
try { setTheme(localStorage.getItem("eventcoder theme") || "light dark"); } catch { /* not kept */ }

const codes = Object.entries(page.codes).map(([code, [name]]) => [code, `${code} ${name}`]);
options("codes", codes);
options("labels", [...codes, ...[...plovers].sort().map((plover) => [plover, "PLOVER type"])]);
options("actors", Object.entries(page.countries).map(([code, name]) => [code, name]));
draw();
