// Editing a plan by hand: booths are dragged (or carried by keyboard) to another place. The server does every
// act, checks it and answers with the plan, the panel and a sentence; nothing is decided here.
const NS = "http://www.w3.org/2000/svg";
const editor = document.querySelector("[data-editor]");
const svg = editor?.querySelector(".plan-view > svg");
const said = editor?.querySelector("[data-said]");
const panel = editor?.querySelector("[data-panel]");
let stands = [];
let version = Number(editor?.dataset.version ?? 0);
let carried = null;
let busy = false;

const tell = (sentence) => { said.textContent = sentence; };
const told = (key, values) => editor.dataset[key].replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
const byCode = (code) => stands.find((stand) => stand.code === code);
const booths = () => [...svg.querySelectorAll("[data-stands]")];

function at(clientX, clientY) {
  return new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
}
function standAt(place) {
  return stands.find(({ box: [x, y, width, depth] }) =>
    place.x >= x && place.x < x + width && place.y >= y && place.y < y + depth);
}
const middle = ({ box: [x, y, width, depth] }) => ({ x: x + width / 2, y: y + depth / 2 });

function outline(kind, stand) {
  const rect = document.createElementNS(NS, "rect");
  const [x, y, width, depth] = stand.box;
  for (const [name, value] of Object.entries({ x, y, width, height: depth, class: kind })) rect.setAttribute(name, value);
  svg.append(rect);
}
function unmark(kind) {
  for (const mark of svg.querySelectorAll(`.${kind}`)) mark.remove();
}

// Where the carried booth would land: its own shape moved, where that fits on stands; else the one stand.
function landing(stand) {
  const own = stands.filter((each) => carried.who && each.who === carried.who);
  const from = carried.grabbed ?? own[0];
  if (!from || !own.length) return [stand];
  const [dx, dy] = [stand.box[0] - from.box[0], stand.box[1] - from.box[1]];
  const found = own.map(({ box: [x, y, width, depth] }) => stands.find(({ box }) =>
    box[0] === x + dx && box[1] === y + dy && box[2] === width && box[3] === depth));
  return found.every(Boolean) ? found : [stand];
}
function aim(stand) {
  if (!carried || carried.target === stand) return;
  carried.target = stand;
  unmark("landing");
  if (!stand) return;
  for (const each of landing(stand)) outline("landing", each);
  const other = stand.who && stand.who !== carried.who;
  tell(told(other ? "saySwap" : "sayFree", { stand: stand.code, name: stand.name }));
}

async function act(fields) {
  if (busy) return;
  busy = true;
  editor.setAttribute("aria-busy", "true");
  try {
    const body = new URLSearchParams({ csrf_token: editor.dataset.token, version, ...fields });
    const answer = await fetch(editor.dataset.acts, { method: "POST", body, headers: { Accept: "application/json" } });
    const data = await answer.json();
    if (answer.ok) renew(data);
    else {
      tell(data.error ?? "");
      if (answer.status === 409) await refresh();
    }
  } catch (error) {
    tell(String(error.message ?? error));
  } finally {
    busy = false;
    editor.removeAttribute("aria-busy");
  }
}
// What somebody else did meanwhile: the plan as it is now, but the sentence stays.
async function refresh() {
  const sentence = said.textContent;
  const page = await (await fetch(location.pathname + location.search)).text();
  const fresh = new DOMParser().parseFromString(page, "text/html");
  svg.replaceChildren(...fresh.querySelector(".plan-view > svg").childNodes);
  panel.replaceChildren(...fresh.querySelector("[data-panel]").childNodes);
  await load();
  tell(sentence);
}
function renew(data) {
  const focus = document.activeElement?.closest?.("[data-stands]")?.id;
  svg.replaceChildren(...new DOMParser().parseFromString(data.drawing, "image/svg+xml").documentElement.childNodes);
  panel.replaceChildren(...new DOMParser().parseFromString(data.panel, "text/html").body.childNodes);
  stands = data.stands;
  know(data.version);
  tell(data.said);
  if (focus) svg.querySelector(`#${CSS.escape(focus)}`)?.focus();
}
function know(newest) {
  version = newest;
  for (const field of document.querySelectorAll("[data-version][name=version]")) field.value = version;
  mark();
}
function mark() {
  unmark("settled");
  unmark("broken-rule");
  const broken = new Set([...panel.querySelectorAll("[data-broken]")].map((link) => link.dataset.broken));
  for (const stand of stands) {
    if (stand.locked) outline("settled", stand);
    if (stand.who && broken.has(stand.who)) outline("broken-rule", stand);
  }
  for (const booth of booths()) if (booth.localName === "g") booth.setAttribute("tabindex", "-1");
}
async function load() {
  const data = await (await fetch(editor.dataset.standsAt, { headers: { Accept: "application/json" } })).json();
  stands = data.stands;
  know(data.version);
}

function pick(who, name, grabbed, booth, how) {
  if (grabbed?.locked) {
    tell(told("saySettled", { name }));
    return;
  }
  carried = { who, name, grabbed, booth, how, target: null };
  booth?.classList.add("carried");
  tell(told("sayPicked", { name }));
}
function leave(silent) {
  carried?.booth?.classList.remove("carried");
  unmark("landing");
  if (carried && !silent) tell(told("sayLeft", {}));
  carried = null;
}
function drop() {
  const { who, grabbed, target } = carried;
  leave(true);
  if (!target || target === grabbed) return tell(told("sayLeft", {}));
  act({ verb: "move", exhibitor: who, stand: target.code, grabbed: grabbed?.code ?? "" });
}

function dragging() {
  let start = null;
  let dragged = false;
  function down(event) {
    const booth = event.target.closest?.("a[data-stands]");
    const waiting = event.target.closest?.("[data-who]");
    if (event.button || busy || (!booth && !waiting)) return;
    start = { x: event.clientX, y: event.clientY, booth, waiting };
    dragged = false;
    if (booth) event.stopPropagation(); // the frame would pan
    event.preventDefault();
  }
  svg.addEventListener("pointerdown", down);
  panel.addEventListener("pointerdown", down);
  addEventListener("pointermove", (event) => {
    if (!start) return;
    if (!dragged && Math.hypot(event.clientX - start.x, event.clientY - start.y) > 6) {
      dragged = true;
      const from = start.booth ? standAt(at(start.x, start.y)) : null;
      const who = start.waiting?.dataset.who ?? from?.who;
      if (!who) return void (start = null);
      pick(who, from?.name || who, from, start.booth, "pointer");
      if (!carried) start = null;
    }
    if (carried?.how === "pointer") aim(standAt(at(event.clientX, event.clientY)) ?? null);
  });
  addEventListener("pointerup", () => {
    if (carried?.how === "pointer") drop();
    start = null;
  });
  addEventListener("pointercancel", () => { start = null; leave(); });
  // A drag must not open what it began on; a plain click still does.
  for (const place of [svg, panel]) {
    place.addEventListener("click", (event) => {
      if (dragged) event.preventDefault();
      dragged = false;
    }, true);
    place.addEventListener("dragstart", (event) => event.preventDefault());
  }
}

const TURNS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
// The nearest stand that way: what lies aside counts double.
function neighbour(from, [dx, dy]) {
  const here = middle(from);
  let best = null;
  for (const stand of stands) {
    const there = middle(stand);
    const ahead = (there.x - here.x) * dx + (there.y - here.y) * dy;
    const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
    if (ahead > 1 && (!best || ahead + 2 * aside < best.far)) best = { stand, far: ahead + 2 * aside };
  }
  return best?.stand ?? from;
}
function keys(event) {
  if (event.target.closest("input, textarea, select")) return;
  const undo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
  if (undo) {
    event.preventDefault();
    return void act({ verb: event.shiftKey ? "redo" : "undo" });
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (carried?.how === "keys") return void carry(event);
  const booth = event.target.closest("a[data-stands]");
  const stand = booth && byCode(booth.dataset.stands.split(" ")[0]);
  if (!stand?.who) return;
  if (event.key === "m") pick(stand.who, stand.name, stand, booth, "keys");
  else if (event.key === "l") act({ verb: stand.locked ? "unlock" : "lock", exhibitor: stand.who });
  else if (event.key === "Delete") act({ verb: "off", exhibitor: stand.who });
  else return;
  event.preventDefault();
  event.stopPropagation();
}
function carry(event) {
  if (event.key === "Escape") leave();
  else if (event.key === "Enter" || event.key === "m") drop();
  else if (TURNS[event.key]) aim(neighbour(carried.target ?? carried.grabbed, TURNS[event.key]));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

if (svg) {
  editor.classList.add("live");
  document.addEventListener("keydown", keys, true);
  dragging();
  load();
}
// The panel's own forms are acts too, all but the one that throws the draft away: sent without leaving the page.
panel?.addEventListener("submit", (event) => {
  const form = event.target;
  const acts = new URL(editor.dataset.acts, location).pathname;
  if (form.method !== "post" || !svg || new URL(form.action).pathname !== acts) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form, event.submitter));
  delete fields.csrf_token;
  delete fields.version;
  act(fields);
});
