// The drawing board of a hall: brings plan, board, hand and panels together, and carries out what keys ask for.
const root = document.querySelector("[data-editor]");
const parts = JSON.parse(root.dataset.modules);
const words = JSON.parse(root.dataset.words);
const [{ Plan }, { Board, node }, { Hand, around }, snap, { Panel }] = await Promise.all(["plan", "board", "hand", "snap", "panel"].map((name) => import(parts[name])));

const format = new Intl.NumberFormat(document.documentElement.lang || "en", { maximumFractionDigits: 2 });
words.number = (value) => format.format(value);
// The sentence for so many things, from those for 1, 2 and 5.
const plurals = new Intl.PluralRules(document.documentElement.lang || "en");
words.counted = ([one, few, many], count) => {
  const [sample, sentence] = { one: [1, one], many: [5, many] }[plurals.select(count)] ?? [2, few];
  return sentence.replace(String(sample), words.number(count));
};
const live = root.querySelector("[data-live-words]");
const state = root.querySelector("[data-state]");
const place = root.querySelector("[data-place]");
const trouble = root.querySelector("[data-trouble]");
const plan = new Plan(root.dataset.hall, root.dataset.operations, root.dataset.token);
const board = new Board(root, plan);
const held = { space: false };

function announce(sentence) {
  live.textContent = "";
  requestAnimationFrame(() => {
    live.textContent = sentence;
  });
}
const metres = (length) => `${format.format(length / 100)} m`;
const describe = (spot) => `${spot.code}, ${metres(spot.width)} × ${metres(spot.depth)}, ${spot.zone}, x ${metres(spot.x)}, y ${metres(spot.y)}`;

function complain(sentence) {
  trouble.hidden = !sentence;
  trouble.querySelector("[data-sentence]").textContent = sentence;
}

const act = {
  node,
  complain,
  do: (operations, label) => {
    state.textContent = words.saving;
    return plan.do(operations, { label });
  },
  snaps: () => root.querySelector("[data-snap]").checked,
  grid: () => Number(root.querySelector("[data-grid]").value),
  areasToo: () => root.querySelector("[data-areas-too]").checked,
  space: () => held.space,
  hover: ({ x, y }) => {
    place.textContent = `${format.format(Math.round(x) / 100)} / ${format.format(Math.round(y) / 100)} m`;
  },
  measure: ({ x, y, width, depth }) => {
    place.textContent = `${format.format(x / 100)} / ${format.format(y / 100)} · ${format.format(width / 100)} × ${format.format(depth / 100)} m`;
  },
  // The ledger follows what is drawn or made larger: from the box a stand has (or none) to the new one.
  weigh: (spot, { x, y, width, depth }) => {
    if (!spot && board.thing) return;
    const middle = { x: x + width / 2, y: y + depth / 2 };
    const there = plan.areas.find((area) => area.x <= middle.x && area.y <= middle.y && middle.x < area.x + area.width && middle.y < area.y + area.depth);
    const code = spot?.zone ?? (zone() || there?.zone || (plan.zones.length === 1 ? plan.zones[0].code : ""));
    panel.drawLedger(plan.ledger, { [code]: width * depth - (spot ? spot.width * spot.depth : 0) });
  },
  weighed: () => panel.drawLedger(),
  moved: ({ dx, dy }) => shift(dx, dy),
  resized: (box) => {
    const [spot] = board.spots();
    if (spot) act.do([{ op: "place", stand: spot.code, ...box }], words.changed);
    else if (board.thing) {
      const { kind, place: number } = board.thing;
      const list = kind === "areas" ? plan.areas : plan.hall[kind];
      act.do([plan.withThing(kind, number, { ...list[number], ...box })], words.changed);
    }
  },
};

const zone = () => root.querySelector("[data-draw-zone]").value;
const add = (kind, thing) => act.do([plan.withThing(kind, null, thing)], words.drawn).then((answer) => answer && board.chooseThing(kind, (kind === "areas" ? plan.areas : plan.hall[kind]).length - 1));
const clean = ({ x, y, width, depth }) => ({ x: Math.max(x, 0), y: Math.max(y, 0), width: width + Math.min(x, 0), depth: depth + Math.min(y, 0) });
const tools = {
  stand: { shape: "box", make: (box) => act.do([{ op: "add", stands: [{ ...clean(box), zone: zone() }] }], words.drawn).then((answer) => answer && board.choose(answer.names)) },
  layout: { shape: "box", make: (box) => panel.placeLayout(clean(box)) },
  area: { shape: "box", make: (box) => (zone() ? add("areas", { ...clean(box), zone: zone() }) : complain(words.choose_zone)) },
  aisle: { shape: "box", make: (box) => add("aisles", { ...clean(box), name: `${words.things.aisles} ${plan.hall.aisles.length + 1}` }) },
  column: { shape: "box", make: (box) => add("columns", clean(box)) },
  wall: { shape: "line", corners: 2, make: ([[x1, y1], [x2, y2]]) => add("walls", { x1: Math.max(x1, 0), y1: Math.max(y1, 0), x2: Math.max(x2, 0), y2: Math.max(y2, 0) }) },
  outline: { shape: "line", make: (line) => act.do([{ op: "hall", values: { outline: tidyLine(line) } }], words.drawn) },
  entrance: { shape: "point", make: ({ x, y }) => add("entrances", { name: `E${plan.hall.entrances.length + 1}`, x: Math.max(x, 0), y: Math.max(y, 0) }) },
  supply: { shape: "point", make: ({ x, y }) => add("utilities", { kind: root.querySelector("[data-supply]").value, x: Math.max(x, 0), y: Math.max(y, 0), name: "" }) },
};

// A double click ends an outline; its last corner was set twice.
function tidyLine(line) {
  const corners = line.map(([x, y]) => [Math.max(x, 0), Math.max(y, 0)]);
  return corners.filter(([x, y], number) => !corners.slice(0, number).some(([a, b]) => a === x && b === y));
}

const hand = new Hand({ board, plan, snap, tools, act });
const panel = new Panel({ root, plan, board, act, words, snap });

function shift(dx, dy) {
  if (board.chosen.size) return act.do([{ op: "move", stands: [...board.chosen], dx, dy }], words.moved);
  if (!board.thing) return null;
  const { kind, place: number } = board.thing;
  const list = kind === "areas" ? plan.areas : plan.hall[kind];
  const thing = { ...list[number] };
  for (const key of ["x", "x1", "x2"]) if (key in thing) thing[key] += dx;
  for (const key of ["y", "y1", "y2"]) if (key in thing) thing[key] += dy;
  return act.do([plan.withThing(kind, number, thing)], words.moved);
}

// Arrow keys held down make one edit, sent when they rest.
const nudging = { dx: 0, dy: 0, timer: 0 };
function nudge(dx, dy) {
  if (!board.chosen.size && !board.thing) return;
  nudging.dx += dx;
  nudging.dy += dy;
  board.drawMarks(nudging);
  clearTimeout(nudging.timer);
  nudging.timer = setTimeout(settle, 350);
}
function settle() {
  clearTimeout(nudging.timer);
  const { dx, dy } = nudging;
  Object.assign(nudging, { dx: 0, dy: 0, timer: 0 });
  if (dx || dy) shift(dx, dy);
}

function stretch(dw, dd) {
  const [spot, more] = board.spots();
  if (!spot || more) return;
  act.do([{ op: "place", stand: spot.code, x: spot.x, y: spot.y, width: Math.max(spot.width + dw, 10), depth: Math.max(spot.depth + dd, 10) }], words.changed);
}

function turn() {
  const [spot, more] = board.spots();
  if (spot && !more) act.do([{ op: "place", stand: spot.code, x: spot.x, y: spot.y, width: spot.depth, depth: spot.width }], words.changed);
}

function remove() {
  if (board.chosen.size) return act.do([{ op: "delete", stands: [...board.chosen] }], words.deleted);
  if (!board.thing) return null;
  const { kind, place: number } = board.thing;
  return act.do([plan.withThing(kind, number, null)], words.deleted).then((answer) => answer && board.choose([]));
}

function duplicate() {
  const spots = board.spots();
  if (!spots.length) return;
  const box = around(spots);
  const below = box.y + 2 * box.depth <= plan.hall.depth;
  const way = below ? { dx: 0, dy: box.depth } : { dx: box.width, dy: 0 };
  act.do([{ op: "duplicate", stands: spots.map((spot) => spot.code), ...way }], words.duplicated).then((answer) => answer && board.choose(answer.names));
}

function split(axis) {
  const parts = Number(root.querySelector("[data-parts]").value) || 2;
  if (board.chosen.size) act.do([...board.chosen].map((stand) => ({ op: "split", stand, parts, axis })), words.split).then((answer) => answer && board.choose(answer.names.filter((code) => plan.stands.has(code))));
}

const merge = () => board.chosen.size > 1 && act.do([{ op: "merge", stands: [...board.chosen] }], words.merged).then((answer) => answer && board.choose(answer.names.filter((code) => plan.stands.has(code))));

// The next stand by code, or the nearest one in a direction.
function step(by) {
  const codes = [...plan.stands.keys()].sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
  if (!codes.length) return;
  const now = codes.indexOf([...board.chosen].at(-1));
  goTo(codes[(now + by + codes.length) % codes.length]);
}
function goTowards(dx, dy) {
  const spots = board.spots();
  if (!spots.length) return step(1);
  const middle = ({ x, y, width, depth }) => [x + width / 2, y + depth / 2];
  const [cx, cy] = middle(around(spots));
  let best = null;
  for (const stand of plan.stands.values()) {
    if (board.chosen.has(stand.code)) continue;
    const [x, y] = middle(stand);
    const ahead = (x - cx) * dx + (y - cy) * dy;
    const aside = Math.abs((x - cx) * dy) + Math.abs((y - cy) * dx);
    if (ahead > 0 && aside <= ahead * 1.5 && (!best || ahead + 2 * aside < best.cost)) best = { code: stand.code, cost: ahead + 2 * aside };
  }
  return best && goTo(best.code);
}
function goTo(code) {
  board.choose([code]);
  board.bringNear(plan.stands.get(code));
  announce(describe(plan.stands.get(code)));
}

// Keys and buttons bring near what is chosen, if it is seen; else the middle of the view.
function centre() {
  const spots = board.spots();
  if (!spots.length) return null;
  const { x, y, width, depth } = around(spots);
  const { box } = board;
  const seen = x + width > box.x && y + depth > box.y && x < box.x + box.width && y < box.y + box.height;
  return seen ? { x: x + width / 2, y: y + depth / 2 } : null;
}

const help = root.querySelector("[data-editor-keys]");
const verbs = {
  undo: () => plan.done.length ? plan.undo() : announce(words.nothing), redo: () => plan.undone.length ? plan.redo() : announce(words.nothing),
  in: () => board.zoom(0.7, centre()), out: () => board.zoom(1.4, centre()), all: () => board.show(board.everything()), help: () => help.showModal(),
  turn, remove, duplicate, merge, "split-x": () => split("x"), "split-y": () => split("y"),
  everything: () => board.choose(plan.stands.keys()),
};
for (const button of root.querySelectorAll("[data-do]")) button.addEventListener("click", () => verbs[button.dataset.do]());
for (const radio of root.querySelectorAll("[name=tool]")) radio.addEventListener("change", () => hand.use(radio.value));
function useTool(name) {
  root.querySelector(`[name=tool][value=${name}]`).checked = true;
  hand.use(name);
}
panel.generator.closest("details").addEventListener("toggle", () => panel.preview());

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const TOOL_KEYS = { v: "choose", s: "stand", l: "layout", z: "area", a: "aisle", c: "column", w: "wall", o: "outline", e: "entrance", u: "supply", h: "look" };
const KEYS = { n: () => step(1), p: () => step(-1), r: turn, m: merge, x: () => split("x"), y: () => split("y"), "+": verbs.in, "=": verbs.in, "-": verbs.out, 0: verbs.all, "?": verbs.help, "/": null };

// On a Cyrillic or Arabic keyboard the place of a key counts, not the letter on it.
const letter = ({ key, code }) => (/^[ -~]$/.test(key) ? key.toLowerCase() : code.startsWith("Key") ? code.slice(3).toLowerCase() : key);

board.svg.addEventListener("keydown", (event) => {
  const key = letter(event);
  const command = event.ctrlKey || event.metaKey;
  let did = true;
  if (ARROWS[event.key]) {
    const [dx, dy] = ARROWS[event.key];
    const size = event.shiftKey ? 100 : 10;
    if (event.altKey) goTowards(dx, dy);
    else if (command) stretch(dx * size, dy * size);
    else if (board.chosen.size || board.thing) nudge(dx * size, dy * size);
    else board.pan(dx * board.box.width * 0.1, dy * board.box.height * 0.1);
  } else if (command && key === "z") (event.shiftKey ? verbs.redo : verbs.undo)();
  else if (command && key === "y") verbs.redo();
  else if (command && key === "d") duplicate();
  else if (command && key === "a") verbs.everything();
  else if (command || event.altKey) did = false;
  else if (event.key === "Delete" || event.key === "Backspace") remove();
  else if (event.key === "Escape") {
    if (hand.drag || hand.line.length) hand.cancel();
    else if (hand.tool !== "choose") useTool("choose");
    else board.choose([]);
  } else if (event.key === "Enter") {
    if (hand.line.length) hand.finishLine();
    else if (board.spots().length) panel.inspector.elements[board.chosen.size === 1 ? "code" : "zone"].focus();
    else did = false;
  } else if (event.key === " ") held.space = true;
  else if (event.key === "F2" && board.chosen.size === 1) panel.inspector.elements.code.focus();
  else if (TOOL_KEYS[key]) {
    useTool(TOOL_KEYS[key]);
    announce(root.querySelector("[name=tool]:checked").closest("label").textContent.trim());
  } else if (KEYS[key]) KEYS[key]();
  else did = false;
  if (!did) return;
  event.preventDefault();
  event.stopPropagation();
});
board.svg.addEventListener("keyup", (event) => {
  if (event.key === " ") held.space = false;
});
board.svg.addEventListener("blur", () => {
  held.space = false;
  settle();
});
panel.inspector.addEventListener("keydown", (event) => event.key === "Escape" && board.svg.focus());

root.addEventListener("chosen", () => {
  panel.draw();
  const spots = board.spots();
  for (const button of root.querySelectorAll("[data-needs]")) button.disabled = spots.length < Number(button.dataset.needs) && !(button.dataset.do === "remove" && board.thing);
  if (spots.length > 1) announce(words.counted(words.chosen, spots.length));
});
plan.addEventListener("loaded", () => {
  board.draw();
  panel.draw();
  state.textContent = `${words.version} ${plan.version}`;
});
plan.addEventListener("changed", ({ detail }) => {
  complain("");
  board.draw();
  panel.draw();
  state.textContent = `${words.version} ${plan.version} · ${words.saved}`;
  root.querySelector("[data-do=undo]").disabled = !plan.done.length;
  root.querySelector("[data-do=redo]").disabled = !plan.undone.length;
  const told = { undo: words.undone, redo: words.redone }[detail.remember];
  const [spot] = board.spots();
  announce([told ? `${told}: ${detail.label}` : detail.label, ...detail.notes, board.chosen.size === 1 ? describe(spot) : ""].filter(Boolean).join(". "));
});
plan.addEventListener("refused", ({ detail }) => {
  board.draw();
  panel.draw();
  state.textContent = `${words.version} ${plan.version}`;
  complain([...new Set((detail.troubles ?? []).slice(0, 3).map((one) => one.sentence))].join(" ") || detail.error || words.offline);
});
plan.addEventListener("stale", ({ detail }) => {
  board.draw();
  panel.draw();
  const lines = (detail.edits ?? []).map((edit) => `${edit.who}, ${edit.when}: ${edit.what.join("; ")}`);
  complain([detail.error, ...lines].join("\n"));
});
trouble.querySelector("button").addEventListener("click", () => {
  complain("");
  board.svg.focus();
});
addEventListener("beforeunload", (event) => {
  settle();
  if (plan.busy) event.preventDefault();
});

try {
  await plan.load();
  root.hidden = false;
  board.show(board.everything());
  board.draw();
  root.dispatchEvent(new CustomEvent("chosen"));
  root.dataset.ready = "yes";
} catch {
  root.hidden = false;
  complain(words.offline);
}
