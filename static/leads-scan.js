// The scanner of a stand: a badge is kept on the phone first, then sent; taps go after it. Without this a number is typed.
import { openKept, isWaiting } from "./leads-kept.js";
import { listenKeys } from "./scan-keys.js";

const body = document.querySelector("[data-scanner]");
const find = (selector) => body.querySelector(selector);
const word = (name) => body.dataset[`word${name[0].toUpperCase()}${name.slice(1)}`] ?? "";
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const number = new Intl.NumberFormat(document.documentElement.lang);
const kept = await openKept(`${body.dataset.edition}-${body.dataset.exhibitor}`);
const card = find("[data-card]");
const marks = find("[data-marks]");
const aim = find("[data-aim]");
let token = null;
let stranger = false;
let reached = navigator.onLine;
let sending = false;
let current = null;
let scanner = null;
let refusedUntil = 0;

const moment = () => {
  const now = new Date();
  const away = -now.getTimezoneOffset();
  const two = (value) => String(Math.floor(Math.abs(value))).padStart(2, "0");
  return `${new Date(now.getTime() + away * 60000).toISOString().slice(0, -1)}${away < 0 ? "-" : "+"}${two(away / 60)}:${two(away % 60)}`;
};

// ---- sending ----

async function introduce() {
  const answer = await fetch(body.dataset.state, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  const state = await answer.json();
  stranger = !state.ok || state.exhibitor !== body.dataset.exhibitor; // signed in for another one: its scans are not theirs
  token = state.token;
}

async function post(scans) {
  return fetch(body.dataset.sync, {
    method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ scans: scans.map(({ scan_id, datetime, secret, code, letters, source, marks: taps }) => ({ scan_id, datetime, secret, code, letters, source, marks: taps })) }),
  });
}

async function send() {
  if (sending || Date.now() < refusedUntil) return;
  sending = true;
  try {
    for (let batch = (await kept.waiting()).slice(0, 50); batch.length; batch = (await kept.waiting()).slice(0, 50)) {
      if (!token) await introduce();
      if (stranger) break;
      let answer = await post(batch);
      if (answer.status === 400 && token) { // the token is of an older sitting
        await introduce();
        answer = await post(batch);
      }
      if (answer.status === 401) { stranger = true; token = null; break; }
      if (!answer.ok) throw new Error(String(answer.status));
      reached = true;
      const { results } = await answer.json();
      let later = false;
      for (const [place, result] of results.entries()) {
        if (result.status === "later") later = true;
        else await kept.answer(batch[place].scan_id, batch[place].version, result);
        if (current?.scan_id === batch[place].scan_id) await show(batch[place].scan_id, result);
      }
      if (later) { refusedUntil = Date.now() + 60000; break; }
    }
    reached = true;
  } catch {
    reached = false;
  } finally {
    sending = false;
  }
  await kept.tidy();
  await draw();
}

// ---- a badge ----

async function take(values) {
  const scan = { scan_id: crypto.randomUUID(), datetime: moment(), version: 1, sent: 0, ...values };
  await kept.put(scan);
  current = scan;
  navigator.vibrate?.(60);
  scanner?.pause();
  await show(scan.scan_id, null);
  card.focus();
  await send();
}

async function show(scanId, result) {
  const lead = result?.lead;
  const failed = result && result.status !== "ok";
  card.hidden = marks.hidden = false;
  marks.hidden = Boolean(failed);
  aim.hidden = !failed;
  card.className = `lead-card tone-${failed ? "bad" : !result ? "info" : lead.consent === "yes" ? "good" : "wait"}`;
  find("[data-state-word]").textContent = failed ? word("refused") : lead ? filled(word("number"), { number: number.format(lead.number) }) : word("kept");
  find("[data-lead-name]").textContent = failed ? result.text : lead ? lead.name || word("somebody") : "";
  find("[data-lead-about]").textContent = lead ? [lead.about, lead.country, lead.email].filter(Boolean).join(" · ") : "";
  const more = [];
  if (!result) more.push(word("keptNote"));
  if (lead?.consent === "no") more.push(word("no"));
  if (lead?.consent === "withdrawn") more.push(filled(word("withdrawn"), { date: lead.withdrawn }));
  if (lead?.visits > 1) more.push(filled(word("again"), { count: number.format(lead.visits), first: lead.first }));
  find("[data-lead-more]").textContent = more.join(" ");
  if (failed) { navigator.vibrate?.([80, 60, 80]); current = null; scanner?.resume(); return; }
  press(lead);
}

// What is known of the lead, and over it what was tapped since.
function press(lead) {
  const taps = current?.marks ?? {};
  const set = (button, on) => button.setAttribute("aria-pressed", String(on));
  for (const field of marks.querySelectorAll("[data-question]")) {
    const key = field.dataset.question;
    const chosen = key in (taps.answers ?? {}) ? taps.answers[key] : lead?.answers?.[key];
    for (const button of field.querySelectorAll("[data-choice]")) set(button, Number(button.dataset.choice) === chosen);
  }
  const rating = taps.rating ?? lead?.rating ?? 0;
  for (const button of marks.querySelectorAll("[data-star]")) set(button, Number(button.dataset.star) <= rating);
  for (const name of ["products", "chapters"]) {
    const had = new Set((lead?.[name] ?? []).map(String));
    for (const button of marks.querySelectorAll(`[data-${name}] [data-key]`)) set(button, taps[name]?.[button.dataset.key] ?? had.has(button.dataset.key));
  }
  const fields = { note: find("[data-note]"), next_step: find("[data-step]"), next_on: find("[data-on]") };
  for (const [name, field] of Object.entries(fields)) if (document.activeElement !== field) field.value = taps[name] ?? (name === "note" ? "" : lead?.[name] ?? "");
}

let timer = 0;
async function tap(change) {
  if (!current) return;
  const taps = current.marks ?? {};
  const merged = { ...taps, ...change, at: moment() };
  for (const name of ["answers", "products", "chapters"]) if (change[name]) merged[name] = { ...taps[name], ...change[name] };
  current = { ...current, marks: merged, version: current.version + 1 };
  const stored = (await kept.all()).find((scan) => scan.scan_id === current.scan_id);
  await kept.put({ ...current, sent: stored?.sent ?? 0, result: stored?.result });
  clearTimeout(timer);
  timer = setTimeout(send, 600); // three taps are one sending
  await draw();
}

marks.addEventListener("click", ({ target }) => {
  const button = target.closest("button[aria-pressed]");
  if (!button) return;
  const on = button.getAttribute("aria-pressed") !== "true";
  const question = button.closest("[data-question]");
  if (question) {
    for (const other of question.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button && on));
    tap({ answers: { [question.dataset.question]: on ? Number(button.dataset.choice) : null } });
  } else if (button.dataset.star) {
    const alone = !on && !button.nextElementSibling?.matches('[aria-pressed="true"]');
    const rating = alone ? 0 : Number(button.dataset.star);
    for (const star of marks.querySelectorAll("[data-star]")) star.setAttribute("aria-pressed", String(Number(star.dataset.star) <= rating));
    tap({ rating });
  } else {
    button.setAttribute("aria-pressed", String(on));
    tap({ [button.closest("[data-products]") ? "products" : "chapters"]: { [button.dataset.key]: on } });
  }
});
marks.addEventListener("input", ({ target }) => {
  if (target.matches("[data-note]")) tap({ note: target.value });
  if (target.matches("[data-step]")) tap({ next_step: target.value });
  if (target.matches("[data-on]")) tap({ next_on: target.value });
});
marks.addEventListener("submit", (event) => event.preventDefault());
find("[data-next]").addEventListener("click", () => {
  current = null;
  card.hidden = marks.hidden = true;
  aim.hidden = false;
  scanner?.resume();
  find(scanner ? "[data-video]" : "[name=code]").focus();
  send();
});

// ---- camera, cable, typing ----

async function start() {
  const problem = find("[data-problem]");
  problem.hidden = true;
  const { startScanner } = await import("./scan-camera.js");
  const failed = (reason) => { problem.textContent = word(reason); problem.hidden = false; };
  try {
    find("[data-view]").hidden = false;
    scanner = await startScanner(find("[data-video]"), (text) => current || take({ secret: text, source: "camera" }), { onProblem: failed, worker: body.dataset.decoder });
    find("[data-live-start]").hidden = true;
    const torch = find("[data-torch]");
    torch.hidden = !scanner.hasTorch();
    torch.onclick = async () => {
      const on = torch.getAttribute("aria-pressed") !== "true";
      await scanner.torch(on);
      torch.setAttribute("aria-pressed", String(on));
    };
  } catch (reason) {
    find("[data-view]").hidden = true;
    failed(reason.reason ?? "none");
  }
}
find("[data-live-start]").hidden = false;
find("[data-start]").addEventListener("click", start);
listenKeys((text) => take({ secret: text, source: "reader" }));
find("[data-typed]").addEventListener("submit", (event) => {
  event.preventDefault();
  const { code, letters } = event.target.elements;
  take({ code: code.value.trim(), letters: letters.value.trim(), source: "typed" });
  event.target.reset();
});

// ---- what waits, and what was ----

async function draw() {
  const all = await kept.all();
  const count = all.filter(isWaiting).length;
  const queue = find("[data-queue]");
  const text = stranger ? word("stranger") : count ? filled(word("waiting"), { count: number.format(count) }) : reached ? word("sent") : word("offline");
  if (queue.textContent !== text) queue.textContent = text;
  queue.className = `lead-queue tone-${stranger ? "bad" : count || !reached ? "wait" : "good"}`;
  document.title = `${count ? `(${count}) ` : ""}${document.title.replace(/^\(\d+\) /, "")}`;
  find("[data-recent]").hidden = !all.length;
  find("[data-list]").replaceChildren(...all.slice(0, 12).map(line));
}

function line(scan) {
  const made = document.createElement("li");
  const { result } = scan;
  const time = new Date(scan.datetime).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  const said = !result ? `${scan.code ? `${scan.code} · ` : ""}${word("kept")}` : result.status === "ok" ? result.lead.name || `${word("somebody")} · ${result.lead.number}` : result.text;
  made.className = `tone-${!result ? "wait" : result.status === "ok" ? "good" : "bad"}`;
  const name = Object.assign(document.createElement("span"), { textContent: said, dir: "auto" });
  made.append(Object.assign(document.createElement("time"), { textContent: time }), name);
  if (result && result.status !== "ok") {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "small", textContent: word("delete") });
    button.onclick = async () => { await kept.remove(scan.scan_id); await draw(); };
    made.append(button);
  }
  return made;
}

addEventListener("online", () => { refusedUntil = 0; send(); });
addEventListener("offline", () => { reached = false; draw(); });
addEventListener("beforeunload", (event) => { if (find("[data-queue]").classList.contains("tone-wait") && document.title.startsWith("(")) event.preventDefault(); });
addEventListener("pagehide", () => { clearTimeout(timer); send(); });
setInterval(send, 15000);
navigator.serviceWorker?.register(body.dataset.worker, { scope: `/${body.dataset.edition}/leads/` }).catch(() => {});
await draw();
await send();
