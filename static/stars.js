// Stars that know whether they are pressed, kept on the device first and sent when there is a net; the bar that tells
// of it; the worker that keeps pages. Without this a star is a link to a page with a button.

const bar = document.querySelector("[data-stars]");
const word = (name) => bar.dataset[`word${name}`];
const line = (name) => bar.querySelector(`.stars-${name}`);
const number = new Intl.NumberFormat(document.documentElement.lang);
const heard = new BroadcastChannel(`stars-${bar.dataset.edition}`);
const { openKept } = await import(bar.dataset.kept); // its address changes with its content
const kept = await openKept(bar.dataset.edition);
const page = document.body;
let token = null;
let sending = false;
let reached = true;

const say = (sentence) => {
  const said = bar.querySelector("[data-stars-said]");
  said.textContent = "";
  setTimeout(() => { said.textContent = sentence; }, 50);
};

// A link that led to a page with a button becomes the button.
function dress(link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.dataset.star = link.dataset.star;
  button.setAttribute("aria-pressed", "false");
  button.append(...link.childNodes);
  link.replaceWith(button);
}

async function draw() {
  for (const link of page.querySelectorAll("a[data-star]")) dress(link);
  const { stars, waiting } = await kept.stars();
  for (const button of page.querySelectorAll("button[data-star]")) {
    const { star } = button.dataset;
    button.setAttribute("aria-pressed", String(stars.has(star)));
    button.classList.toggle("waiting", waiting.has(star));
  }
  const late = !reached || !navigator.onLine || [...waiting.values()].some(({ at }) => Date.now() - at > 1500);
  const sentence = waiting.size === 1 ? word("WaitingOne") : word("Waiting").replace("{count}", number.format(waiting.size));
  tell("waiting", late && waiting.size ? sentence : "");
  bar.querySelector("[data-stars-count]").textContent = number.format(stars.size);
  line("link").hidden = !stars.size || location.pathname === bar.dataset.page;
}

function tell(name, sentence) {
  const place = line(name);
  if (place.textContent !== sentence) place.textContent = sentence;
  place.hidden = !sentence;
}

async function toggle(code, on) {
  await kept.wait(code, on);
  await draw();
  say(on ? word("On") : word("Off"));
  heard.postMessage("changed");
  await send();
}

async function ask(toChange = false) {
  const answer = await fetch(bar.dataset.own + (toChange ? "?token=1" : ""), { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  const own = await answer.json();
  const before = await kept.about("reader");
  // Whoever was signed in here is gone: what was theirs does not go to the next one.
  if (before && before !== own.reader && !before.startsWith("browser-")) await kept.forget();
  await kept.note("reader", own.reader);
  await kept.learn(own.stars);
  token = own.token ?? token;
  return own;
}

// Sent in one go; what changed meanwhile waits for the next. Only a missing net or a busy house leaves it waiting.
async function send(again = true) {
  if (sending) return;
  sending = true;
  try {
    const { waiting } = await kept.stars();
    if (!waiting.size && !reached) await ask();
    if (waiting.size) {
      if (!token) await ask(true);
      const batch = [...waiting].slice(0, 500);
      const answer = await fetch(bar.dataset.send, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ stars: Object.fromEntries(batch.map(([code, { on }]) => [code, on])) }),
      });
      if (answer.status === 400 && again) { token = null; sending = false; return await send(false); }
      if (!answer.ok) { reached = false; say(word("Failed")); return; }
      const own = await answer.json();
      await kept.sent(batch);
      await kept.learn(own.stars);
      await kept.note("reader", own.reader);
      heard.postMessage("changed");
      if (location.pathname === bar.dataset.page) location.reload(); // drawn anew with clashes and free time
      if (own.gone.some((code) => waiting.get(code).on)) say(word("Gone"));
      else if (!line("waiting").hidden) say(word("Sent"));
    }
    await online(true);
  } catch {
    await online(false);
  } finally {
    sending = false;
    await draw();
  }
  if ((await kept.map("waiting")).size && token && again) await send(false);
}

// When what is shown was fetched: the worker writes it on what it keeps.
async function keptAt() {
  if (!("caches" in window)) return null;
  const address = new URL(location.href);
  for (const query of [address.search, `?lang=${document.documentElement.lang}`]) {
    const found = await caches.match(address.origin + address.pathname + query);
    if (found?.headers.has("X-Kept-At")) return new Date(found.headers.get("X-Kept-At"));
  }
  const data = document.querySelector("[data-talks]") && await caches.match(document.querySelector("[data-talks]").dataset.talks);
  return data ? new Date(data.headers.get("X-Kept-At")) : null;
}

async function online(there) {
  reached = there;
  if (there) return tell("offline", "");
  const at = (await keptAt()) ?? new Date(performance.timeOrigin);
  const day = at.toDateString() === new Date().toDateString() ? {} : { day: "numeric", month: "short" };
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...day }).format(at);
  tell("offline", word("Offline").replace("{time}", time));
}

// To whatever the device shares with, or else to the clipboard.
async function share(url) {
  if (navigator.share) return navigator.share({ title: document.title, url }).catch(() => {});
  await navigator.clipboard.writeText(url);
  say(word("Copied"));
  tell("copied", word("Copied"));
  setTimeout(() => tell("copied", ""), 4000);
}

// A newer worker waits until the reader agrees, so that no page changes under the finger.
async function keepPages() {
  if (!("serviceWorker" in navigator) || !bar.dataset.worker) return;
  const before = navigator.serviceWorker.controller?.scriptURL;
  const registration = await navigator.serviceWorker.register(bar.dataset.worker);
  let agreed = false;
  const ready = () => {
    const { waiting } = registration;
    if (!waiting || !navigator.serviceWorker.controller) return;
    if (waiting.scriptURL !== before) return waiting.postMessage("take over"); // another language: nothing changes here
    line("fresh").hidden = false;
    line("fresh").querySelector("button").onclick = () => {
      agreed = true;
      registration.waiting?.postMessage("take over");
    };
  };
  ready();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", ready));
  navigator.serviceWorker.addEventListener("controllerchange", () => agreed && location.reload());
}

page.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-star]");
  if (button) toggle(button.dataset.star, button.getAttribute("aria-pressed") !== "true");
  if (event.target.closest("[data-print]")) window.print();
  if (event.target.matches("[data-copy]")) event.target.select();
  if (event.target.closest("[data-share]")) share(event.target.closest("[data-share]").dataset.share);
});
for (const button of document.querySelectorAll("[data-print], [data-share]")) button.hidden = false;
heard.addEventListener("message", draw);
document.addEventListener("talks-drawn", draw);
addEventListener("online", () => { reached = false; send(); });
addEventListener("offline", () => { online(false); draw(); });
addEventListener("pageshow", (event) => { if (event.persisted) draw(); });
setInterval(async () => { if (!reached || (await kept.map("waiting")).size) send(); }, 15000);

await draw();
await ask().catch(() => online(false));
await send();
keepPages().catch(() => {});
