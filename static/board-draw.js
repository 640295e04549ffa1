// Draws the day, the pool and the lists beside it. Only the day that is open is in the page.
import { at, dayOf, know, placeWords, roomAt, root, say, time } from "./board-state.js";

const BRIEF = 34; // pixels: lower blocks have one line
let scale = 1.5;
export const perMinute = () => scale;
export function zoom(roomy) {
  scale = roomy ? 3.2 : 1.5;
  root.classList.toggle("roomy", roomy);
}
export const axis = () => at("canvas").querySelector(".board-axis")?.offsetWidth ?? 0;
export const column = () => at("heads").firstElementChild?.offsetWidth ?? 144;
export const rightToLeft = () => getComputedStyle(root).direction === "rtl";

export function make(tag, name, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  return node;
}
export function put(node, { top, height, room }) {
  const day = know.days[know.day];
  if (top !== undefined) node.style.insetBlockStart = `${(top - day.from) * scale}px`;
  if (height !== undefined) node.style.blockSize = `${height * scale}px`;
  if (room !== undefined) {
    node.style.insetInlineStart = `calc(var(--axis) + var(--col) * ${room})`;
    node.style.inlineSize = "calc(var(--col) - 3px)";
  }
  return node;
}

export function wrongCodes() {
  return new Set(know.problems.flatMap((one) => [one.talk, one.other]));
}
function describe(talk, wrong) {
  const parts = [talk.title, placeWords(talk), say("minutes", { count: talk.minutes }), ...talk.people.map((p) => p[1])];
  if (talk.locked) parts.push(say("pinned_word"));
  if (wrong) parts.push(say("wrong_word"));
  return parts.join(know.comma);
}
function block(talk, wrong) {
  const node = make("div", `board-talk hue-${(talk.hue - 1) % 8 + 1}`);
  node.setAttribute("role", "button");
  node.tabIndex = -1;
  node.dataset.talkCode = talk.code;
  node.setAttribute("aria-pressed", String(know.chosen.has(talk.code)));
  node.setAttribute("aria-label", describe(talk, wrong));
  node.classList.toggle("locked", talk.locked);
  node.classList.toggle("wrong", wrong);
  node.classList.toggle("held", know.held.has(talk.code));
  node.classList.toggle("brief", talk.room !== null && talk.minutes * scale < BRIEF);
  node.append(make("span", "letter", talk.letter));
  const when = talk.room === null ? say("minutes", { count: talk.minutes }) : `${time(talk.start)}–${time(talk.end)}`;
  const clock = make("bdi", "when", when);
  const [title, people] = [make("b", "", talk.title), make("span", "people", talk.people.map((person) => `\u2068${person[1]}\u2069`).join(know.comma))];
  title.dir = "auto";
  node.append(clock, title, people);
  if (talk.room !== null && !talk.locked) {
    const edge = make("span", "board-edge");
    edge.dataset.edge = talk.code;
    edge.title = say("edge");
    node.append(edge);
  }
  node.title = `${talk.title} (${when})`;
  return node;
}

const rooms = () => JSON.stringify(know.rooms);
function drawHeads() {
  at("heads").dataset.of = rooms();
  at("heads").replaceChildren(...know.rooms.map((room) => {
    const head = make("div", "", room.name);
    head.dir = "auto";
    head.append(make("small", "", [room.capacity, room.building].filter(Boolean).join(" · ")));
    return head;
  }));
}
function drawDay() {
  const day = know.days[know.day];
  const canvas = at("canvas");
  const height = day.until - day.from + 15;
  canvas.style.blockSize = `${height * scale}px`;
  canvas.style.inlineSize = `calc(var(--axis) + var(--col) * ${know.rooms.length})`;
  const marks = make("div", "board-axis");
  marks.setAttribute("aria-hidden", "true");
  const nodes = [marks];
  for (let minute = day.from; minute <= day.until; minute += 30) {
    const label = make("time", "", time(minute));
    label.style.insetBlockStart = `${(minute - day.from) * scale}px`;
    marks.append(label);
    nodes.push(put(make("div", "board-line"), { top: minute }));
  }
  for (const [from, until] of [[day.from, day.open[0]], [day.open[1], day.until + 15]]) {
    if (until > from) nodes.push(put(make("div", "board-shut"), { top: from, height: until - from }));
  }
  for (const [from, until] of day.breaks) nodes.push(put(make("div", "board-rest"), { top: from, height: until - from }));
  for (const index of know.rooms.keys()) {
    const wall = make("div", "board-wall");
    wall.style.insetInlineStart = `calc(var(--axis) + var(--col) * ${index})`;
    nodes.push(wall);
  }
  const wrong = wrongCodes();
  const talks = [...know.talks.values()].filter((talk) => talk.room !== null && talk.day === know.day);
  talks.sort((a, b) => roomAt(a.room) - roomAt(b.room) || a.start - b.start);
  for (const talk of talks) {
    nodes.push(put(block(talk, wrong.has(talk.code)), { top: talk.start, height: talk.end - talk.start, room: roomAt(talk.room) }));
  }
  canvas.replaceChildren(...nodes);
}
function drawPool() {
  const filter = (name) => root.querySelector(`[data-filter="${name}"]`);
  const all = [...know.talks.values()].filter((talk) => talk.room === null);
  const words = filter("text").value.toLocaleLowerCase();
  const some = all.filter((talk) => (!filter("forum").value || talk.forum === filter("forum").value)
    && (!filter("minutes").value || talk.minutes === Number(filter("minutes").value))
    && (!words || [talk.title, talk.code, ...talk.people.map((p) => p[1])].some((text) => text.toLocaleLowerCase().includes(words))));
  at("pool-title").textContent = say("unplaced", { count: all.length });
  at("cards").replaceChildren(...some.map((talk) => block(talk, false)));
  fill(filter("forum"), know.forums.map((forum) => [forum.code, `${forum.letter} · ${forum.name}`]));
  const lengths = [...new Set([...know.talks.values()].map((talk) => talk.minutes))].sort((a, b) => a - b);
  fill(filter("minutes"), lengths.map((length) => [String(length), say("minutes", { count: length })]));
}
function fill(select, options) {
  if (select.options.length > 1) return;
  for (const [value, text] of options) select.append(new Option(text, value));
}
function drawDays() {
  const wrong = wrongCodes();
  at("days").replaceChildren(...know.days.map((day, index) => {
    const count = [...know.talks.values()].filter((talk) => talk.room !== null && talk.day === index).length;
    const tab = make("button", "small", `${day.label} (${count})`);
    tab.type = "button";
    tab.dataset.day = String(index);
    tab.setAttribute("aria-pressed", String(index === know.day));
    if ([...wrong].some((code) => know.talks.get(code)?.day === index)) tab.append(" ■");
    return tab;
  }));
}
// Who is here, and what they hold.
export function drawOthers() {
  at("here").textContent = know.here.length ? say("here", { names: know.here.map((one) => {
    const talk = know.talks.get(one.carrying);
    return talk ? say("carries", { name: one.name, talk: talk.title }) : one.name;
  }).join(know.comma) }) : "";
  for (const each of root.querySelectorAll("[data-talk-code]")) each.classList.toggle("held", know.held.has(each.dataset.talkCode));
}
function drawLists() {
  at("wrong-count").textContent = know.problems.length ? `(${know.problems.length})` : "";
  const items = know.problems.slice(0, 100).map((one) => {
    const button = make("button", "", one.words);
    button.type = "button";
    button.dataset.show = one.talk;
    const item = make("li");
    item.append(button);
    return item;
  });
  at("wrong").replaceChildren(...(items.length ? items : [make("li", "quiet", say("nothing_wrong"))]));
  const chosen = [...know.chosen].map((code) => know.talks.get(code));
  at("chosen").textContent = chosen.length ? say("chosen", { count: chosen.length }) : "";
  const able = { undo: know.undo, redo: know.redo, pin: chosen.some((t) => t.room && !t.locked), unpin: chosen.some((t) => t.locked),
    swap: chosen.length === 2 && chosen.every((t) => t.room !== null), clear: chosen.some((t) => t.room && !t.locked) };
  for (const [name, can] of Object.entries(able)) root.querySelector(`[data-do="${name}"]`).disabled = !can;
}

export const node = (code) => root.querySelector(`[data-talk-code="${code}"]`);
export function draw() {
  const focused = document.activeElement?.dataset?.talkCode;
  if (at("heads").childElementCount !== know.rooms.length || at("heads").dataset.of !== rooms()) drawHeads();
  drawDays();
  drawDay();
  drawPool();
  drawLists();
  drawOthers();
  const first = (focused && node(focused)) || at("canvas").querySelector(".board-talk") || at("cards").firstElementChild;
  if (first) first.tabIndex = 0;
  const card = at("cards").firstElementChild;
  if (card) card.tabIndex = 0;
  if (focused) node(focused)?.focus({ preventScroll: true });
}
export function show(code, focus = true) {
  const talk = know.talks.get(code);
  if (!talk) return;
  if (talk.room !== null && talk.day !== know.day) {
    know.day = talk.day;
    draw();
  }
  const found = node(code);
  found?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (focus) found?.focus({ preventScroll: true });
}
export function openDay(index) {
  know.day = Math.max(0, Math.min(know.days.length - 1, index));
  draw();
}

// Where the carried talks would land, and where they cannot: rooms that are taken, hours people are elsewhere.
export function bands(talk, moving) {
  for (const old of root.querySelectorAll(".board-busy, .board-away")) old.remove();
  if (!talk) return;
  const people = new Set(talk.people.map((person) => person[0]));
  for (const other of know.talks.values()) {
    if (other.room === null || other.day !== know.day || moving.has(other.code)) continue;
    const span = { top: other.start, height: other.end - other.start };
    if (other.people.some((person) => people.has(person[0]))) at("canvas").append(put(make("div", "board-away"), span));
    at("canvas").append(put(make("div", "board-busy"), { ...span, room: roomAt(other.room) }));
  }
}
export function ghost(landings, tone, words) {
  for (const old of root.querySelectorAll(".board-ghost")) old.remove();
  for (const [index, one] of landings.entries()) {
    if (one.room === null || dayOf(one.start) !== know.day) continue;
    const text = `${time(one.start)} ${one.talk.title}${index === 0 && words ? ` — ${words}` : ""}`;
    const box = put(make("div", `board-ghost ${tone}`, text), { top: one.start, height: one.talk.minutes, room: roomAt(one.room) });
    at("canvas").append(box);
  }
}
