// The gate's app: who this device is, which gate it serves, and the way from a scan to the next.
import { bundles } from "./gate-bundle.js";
import { decider } from "./gate-decide.js";
import { desk } from "./gate-desk.js";
import { leave, revoked, saveScans } from "./gate-leave.js";
import { queue } from "./gate-queue.js";
import { Revoked, server } from "./gate-server.js";
import { chooseGate, enrol } from "./gate-setup.js";
import { hideVerdict, showConflicts, showInside, showLast, showNet, showPhoto, showQueue, showVerdict, toneOf, personName } from "./gate-show.js";
import { tell, wake } from "./gate-sound.js";
import { alertNow, api, dayTime, edition, home, locale, number, one, pick, root, say, word } from "./gate-state.js";
import { openStore } from "./gate-store.js";
import { verifier } from "./gate-token.js";
import { scanning } from "./gate-eye.js";

const LAST = 20;
const GOOD_SHOWN = 1800; // a green verdict makes room for the next scan by itself
const SAFE = 900; // a red or amber one stays at least so long, whatever is scanned
const PULSE = 10000;

const store = await openStore(edition).catch((problem) => {
  alertNow(word("store-failed")); // a private window, or a disk that is full
  throw problem;
});
const state = {
  device: await store.get("device"), gate: await store.get("gate"), type: (await store.get("type")) ?? "entry",
  bundle: await store.get("bundle"), settings: { sound: true, buzz: true, ...(await store.get("settings")) },
  inside: {}, areas: [], online: navigator.onLine, saved: false, revoked: new Set(),
};
state.revoked = new Set(state.bundle?.revoked ?? []);
const link = server({ home: api, language: locale, csrf: root.dataset.csrf, device: () => state.device?.token });
link.correct(await store.get("offset"));
const signedIn = () => Boolean(root.dataset.signedIn);

// ---- the net ----

function net(online) {
  if (state.online !== online) say(word(online ? "online" : "offline-long"));
  state.online = online;
  showNet(online);
}

async function gone() {
  if (!state.device) return;
  state.device = null;
  eye.stop();
  loader.stop();
  sender.stop();
  await revoked(store);
  Object.assign(state, { gate: null, bundle: null, revoked: new Set() });
  show("enrol");
}

const sender = queue({ store, link, onChange: refresh, onRevoked: gone });
const loader = bundles({
  store, link,
  onLoaded(bundle) {
    state.bundle = bundle;
    state.revoked = new Set(bundle.revoked);
    state.gate = bundle.gates.find(({ id }) => id === state.gate?.id) ?? state.gate;
    net(true);
    facts();
  },
  onFailed(problem) { if (problem instanceof Revoked) gone(); },
});

async function pulse() {
  if (!state.device && !signedIn()) return;
  try {
    const { status, said } = await link.ask("status", { patience: 4000 });
    if ((status === 401 || status === 403) && !state.device) {
      root.dataset.signedIn = ""; // signed out meanwhile
      return void show("enrol");
    }
    if (status !== 200) throw new Error(String(status));
    state.maySearch = said.device?.may_search !== false;
    one("nav").querySelector("[data-go-to=desk]").hidden = !state.maySearch;
    state.mayForce = said.device ? said.device.may_force !== false : true;
    state.areas = said.areas ?? state.areas;
    state.inside = Object.fromEntries(state.areas.map((area) => [area.id, area.inside]));
    await store.set({ offset: link.offset() });
    const before = state.online;
    net(true);
    if (!before) { sender.run(); loader.load(); }
  } catch (problem) {
    if (problem instanceof Revoked) return gone();
    net(false);
  }
  facts();
}

// ---- scans ----

const decide = decider({ store, link, state, edition, onAway: () => net(false), onBack: () => net(true) });
let open = null; // the verdict on the screen
let since = 0;
let timer = 0;
let busy = false;

async function scanned(text, { forced = "" } = {}) {
  if (!state.gate || busy || (open && Date.now() - since < SAFE && !open.ok)) return;
  if (open && !open.ok && state.settings.by_tap && !forced) return;
  busy = true;
  clearTimeout(timer);
  one("eye").dataset.busy = "yes";
  const patience = setTimeout(() => say(word("wait")), 600);
  try {
    const result = await decide.decide(text, { forced, alone: !state.online && !navigator.onLine });
    open = { ...result, text };
    since = Date.now();
    showVerdict(result, { mayForce: state.mayForce !== false && Boolean(text), asOf: result.alone ? state.bundle?.as_of : null });
    tell(toneOf(result), state.settings);
    if (toneOf(result) === "good" && !state.settings.by_tap) timer = setTimeout(next, GOOD_SHOWN);
    if (!result.alone && result.record?.id) picture(result);
    if (result.alone) sender.run();
    refresh();
  } catch (problem) {
    if (problem instanceof Revoked) return void (await gone());
    tell("bad", state.settings);
    alertNow(word("store-failed")); // nobody is let in by a scan that was not kept
    throw problem;
  } finally {
    busy = false;
    clearTimeout(patience);
    one("eye").dataset.busy = "";
  }
}

async function picture({ record, scan }) {
  try {
    const { said } = await link.ask("", { address: `${root.dataset.photos}${record.id}`, raw: true });
    if (said.size && open?.scan.scan_id === scan.scan_id) showPhoto(URL.createObjectURL(said), personName(record));
  } catch { /* no photo is no reason to stop */ }
}

function next() {
  clearTimeout(timer);
  open = null;
  hideVerdict();
  one("typed-field")?.blur();
}

async function undo(scan) {
  try {
    const { status } = await link.ask("annul", { body: { nonce: scan.scan_id, reason: "" } });
    if (status < 300) await store.settle([{ scan_id: scan.scan_id, undone: true }]);
  } catch (problem) {
    if (problem instanceof Revoked) return gone();
    alertNow(word("offline-long"));
  }
  refresh();
}

// ---- what is on the screen ----

async function refresh() {
  const scans = await store.last(200);
  showLast(scans.slice(0, LAST), undo);
  showConflicts(scans);
  const waiting = await store.countWaiting();
  state.waiting = waiting;
  showQueue(waiting);
  navigator.setAppBadge?.(waiting).catch(() => {});
  facts();
}

function facts() {
  const area = state.areas.find(({ id }) => id === state.gate?.area);
  showInside(area, area?.inside);
  const fact = (name, text) => { document.querySelector(`[data-fact=${name}]`).textContent = text; };
  fact("device", state.device?.name ?? (signedIn() ? word("signed-in") : ""));
  fact("gate", pick(state.gate?.name));
  fact("list", state.bundle ? word("list-people", { count: number(state.bundle.count), time: dayTime(state.bundle.as_of) }) : word("list-none"));
  fact("queue", state.waiting === 1 ? word("waiting-one") : state.waiting ? word("waiting-many", { count: number(state.waiting) }) : word("waiting-none"));
  const off = Math.round(link.offset() / 1000);
  fact("clock", Math.abs(off) > 2 ? word("clock-off", { seconds: number(Math.abs(off)) }) : "✓");
}

const eye = scanning({ state, store, onText: scanned, canScan: () => shown === "scan" });
let shown = "start";
const desks = desk({
  link,
  async onLetIn(person) { await scanned(person.code); },
});

async function show(name) {
  const ready = (state.device || signedIn()) && (name === "choose" || state.gate);
  const wanted = name === "desk" && state.maySearch === false ? "scan" : name; // this device only scans
  const view = ready ? wanted : (state.device || signedIn()) ? "choose" : "enrol";
  shown = view;
  for (const section of document.querySelectorAll("[data-view]")) section.hidden = section.dataset.view !== view;
  one("nav").hidden = !["scan", "desk", "more"].includes(view);
  for (const link_ of document.querySelectorAll("[data-go-to]")) link_.toggleAttribute("aria-current", link_.dataset.goTo === view);
  one("gate-name").textContent = state.gate ? pick(state.gate.name) : document.title.split(" · ")[0];
  for (const radio of document.querySelectorAll("[name=way]")) {
    const wanted = { in: "entry", out: "exit" }[state.gate?.direction];
    radio.disabled = Boolean(wanted) && radio.value !== wanted;
    if (wanted) state.type = wanted;
  }
  for (const radio of document.querySelectorAll("[name=way]")) radio.checked = radio.value === state.type;
  if (view === "scan") eye.start(); else eye.stop();
  if (view === "choose") await chooseGate({ state, store, link, onChosen: () => go("scan"), onRevoked: gone });
  if (view === "desk") desks.focus();
  facts();
}

const go = (name) => { if (location.hash === `#${name}`) show(name); else location.hash = name; };

addEventListener("hashchange", () => show(location.hash.slice(1) || "scan"));
addEventListener("beforeunload", (event) => { if (state.waiting) event.preventDefault(); });
addEventListener("pointerdown", wake);
addEventListener("keydown", (event) => {
  wake();
  if (!one("verdict").hidden && event.key === "Escape") next();
});
addEventListener("offline", () => net(false));
addEventListener("online", pulse);

one("next").addEventListener("click", next);
one("verdict").addEventListener("click", (event) => { if (!event.target.closest("form, button") && open?.ok) next(); });
one("force").addEventListener("submit", (event) => {
  event.preventDefault();
  const { text } = open ?? {};
  const reason = event.target.elements.reason;
  if (text) { since = 0; scanned(text, { forced: [state.device?.name, reason.selectedOptions[0].textContent].filter(Boolean).join(": ") }); }
});
one("way").addEventListener("change", async (event) => { state.type = event.target.value; await store.set({ type: state.type }); });
one("change-gate").addEventListener("click", () => go("choose"));
one("send").addEventListener("click", () => sender.run());
one("reload").addEventListener("click", () => loader.load());
const save = async () => { saveScans(await store.waiting()); state.saved = true; one("alert-close").hidden = false; };
one("save").addEventListener("click", save);
one("alert-save").addEventListener("click", save);
one("alert-close").addEventListener("click", async () => {
  alertNow("");
  if (!state.device && !signedIn()) await store.wipe(true);
  refresh();
});
one("leave").addEventListener("click", async () => {
  if (!(await leave(store, state.saved))) return;
  Object.assign(state, { device: null, gate: null, bundle: null, waiting: 0 });
  loader.stop();
  alertNow(word("left-device"));
  show("enrol");
});

for (const name of ["sound", "buzz", "by_tap", "camera_off"]) one("settings").elements[name].checked = Boolean(state.settings[name]);
one("settings").addEventListener("change", async (event) => {
  const { name, type, checked, value } = event.target;
  state.settings = { ...state.settings, [name]: type === "checkbox" ? checked : value };
  await store.set({ settings: state.settings });
});

enrol({
  link, store,
  async onEnrolled(device) {
    state.device = device;
    history.replaceState(null, "", home);
    await begin();
  },
});

// ---- the beginning ----

async function begin() {
  if (crypto.subtle) verifier().catch(() => {});
  await refresh();
  await show(root.dataset.code && !state.device ? "enrol" : location.hash.slice(1) || "scan");
  if (!state.device && !signedIn()) {
    if (state.waiting) alertNow(word("revoked-left", { count: number(state.waiting) }), { save: true });
    return;
  }
  pulse();
  loader.load();
  sender.run();
}

if ("serviceWorker" in navigator) {
  const kept = await navigator.serviceWorker.register(root.dataset.worker, { scope: home }).catch(() => null);
  const offer = () => { one("update").hidden = !kept?.waiting; };
  kept?.addEventListener("updatefound", () => kept.installing?.addEventListener("statechange", offer));
  offer();
  one("update").addEventListener("click", () => { kept.waiting?.postMessage("take over"); setTimeout(() => location.reload(), 500); });
  navigator.serviceWorker.ready.then(({ active }) => active?.postMessage({ language: locale }));
}
await store.forgetOld(Date.now());
await begin();
setInterval(pulse, PULSE);
root.dataset.ready = "yes";
