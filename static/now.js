// Now and next: the part that changes is asked for anew, cheaply; without a connection the last one stays and says when it was.
const PAUSE = 15000;
const TURN = 20000;
const TIMES = "en-GB"; // the house writes every time of day with 24 hours, in all languages
const stale = document.querySelector("[data-now-stale]");
const clock = document.querySelector("[data-clock]");
const languages = (document.body.dataset.languages || "").split(" ").filter(Boolean);
const known = new Map();
let turn = Math.max(0, languages.indexOf(document.documentElement.lang));
let last = new Date();

function place() {
  const url = new URL(location.href);
  if (languages.length > 1) url.searchParams.set("lang", languages[turn]);
  return url.href;
}

function show(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.querySelector("[data-now-part]");
  const old = document.querySelector("[data-now-part]");
  if (!fresh || !old || old.contains(document.activeElement)) return;
  document.documentElement.lang = page.documentElement.lang;
  document.documentElement.dir = page.documentElement.dir;
  document.querySelector("h1").replaceWith(page.querySelector("h1"));
  stale.dataset.word = page.querySelector("[data-now-stale]").dataset.word;
  old.replaceWith(fresh);
}

async function refresh() {
  const url = place();
  const held = known.get(url);
  try {
    // Nothing is sent along and nothing kept: a screen's turn of languages is nobody's choice.
    const own = languages.length ? "omit" : "same-origin";
    const answer = await fetch(url, { credentials: own, cache: "no-store", headers: held ? { "If-None-Match": held.tag } : {} });
    if (answer.status !== 304 && !answer.ok) throw new Error(String(answer.status));
    if (answer.ok) known.set(url, { tag: answer.headers.get("ETag") || "", text: await answer.text() });
    last = new Date();
    stale.hidden = true;
  } catch {
    stale.hidden = false;
    stale.textContent = stale.dataset.word.replace("{time}", last.toLocaleTimeString(TIMES, { hour: "2-digit", minute: "2-digit", timeZone: clock?.dataset.zone }));
  }
  if (known.has(url)) show(known.get(url).text);
}

function tick() {
  const now = new Date().toLocaleTimeString(TIMES, { hour: "2-digit", minute: "2-digit", timeZone: clock.dataset.zone });
  if (clock.textContent !== now) clock.textContent = now;
}

setInterval(refresh, PAUSE);
document.addEventListener("now-refresh", refresh);
if (clock) setInterval(tick, 1000);
if (languages.length > 1) setInterval(() => { turn = (turn + 1) % languages.length; refresh(); }, TURN);
