// Keeps the public programme on the device. Only pages and data that the house marks as made for nobody are ever kept,
// fetched without cookies; the console, the portal, what is sent, and pages of one's own are none of its business.
const NAME = `stars ${SETUP.home} `;
const PAGES = `${NAME}pages ${SETUP.version}`;
const FILES = `${NAME}files`;
const MOST_PAGES = 150;
const MOST_FILES = 80;
const PATIENCE = 5000;
const OLD = 10 * 60 * 1000;

const within = (url) => url.origin === location.origin && url.pathname.startsWith(SETUP.home);
const path = (url) => url.pathname.slice(SETUP.home.length);
const isPage = (url) => within(url) && /^(programme(\/[0-9A-Z]{6})?|speakers(\/[^/]+)?)$/.test(path(url));
const isOwn = (url) => within(url) && path(url) === "my-programme";
const isFile = (url) => url.origin === location.origin && /^\/(static|assets)\//.test(url.pathname);

// One copy a page and language, whatever else the address said.
function keyOf(url) {
  const key = new URL(url.pathname, url.origin);
  const asked = url.searchParams;
  for (const name of ["day", "forum", "room", "view", "q", "language", "kind", "time", "country", "page"]) {
    if (asked.get(name)) key.searchParams.set(name, asked.get(name));
  }
  key.searchParams.set("lang", asked.get("lang") ?? SETUP.language);
  return key.href;
}

async function trim(cache, most) {
  const keys = await cache.keys();
  const first = new Set([SETUP.shell, SETUP.talks, ...SETUP.first].map((one) => new URL(one, location.origin).href));
  const old = keys.filter(({ url }) => !first.has(url));
  for (const key of old.slice(0, Math.max(0, keys.length - most))) await cache.delete(key);
}

// As nobody: no cookie goes along and no older answer is taken, so nothing of anybody can come back.
async function keep(address) {
  const answer = await fetch(address, { credentials: "omit", cache: "no-store" });
  if (!answer.ok || answer.redirected || !answer.headers.has("X-Keep")) return answer;
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name); // the body is unpacked by now
  headers.set("X-Kept-At", new Date().toISOString());
  const body = await answer.blob();
  const cache = await caches.open(PAGES);
  await cache.delete(address); // the youngest last
  await cache.put(address, new Response(body, { status: 200, headers }));
  await trim(cache, MOST_PAGES);
  return answer;
}

async function isFresh(address) {
  const found = await (await caches.open(PAGES)).match(address);
  return found && Date.now() - new Date(found.headers.get("X-Kept-At")) < OLD;
}

async function page(event, url) {
  const key = keyOf(url);
  const cache = await caches.open(PAGES);
  const kept = await cache.match(key);
  const slow = kept && new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  try {
    const live = fetch(event.request);
    const answer = await (slow ? Promise.race([live, slow]) : live);
    if (answer && !(answer.status >= 500 && kept)) {
      if (answer.ok) event.waitUntil(isFresh(key).then((fresh) => fresh || keep(key)).catch(() => {}));
      return answer;
    }
    live.catch(() => {});
    return kept;
  } catch {
    return kept ?? (await cache.match(new URL(SETUP.shell, location.origin).href)) ?? Response.error();
  }
}

async function own(event) {
  try {
    return await fetch(event.request);
  } catch {
    const cache = await caches.open(PAGES);
    return (await cache.match(new URL(SETUP.shell, location.origin).href)) ?? Response.error();
  }
}

async function file(event) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(event.request.url);
  if (kept) return kept;
  const answer = await fetch(event.request);
  if (answer.ok && answer.status === 200) {
    await cache.put(event.request.url, answer.clone());
    event.waitUntil(trim(cache, MOST_FILES));
  }
  return answer;
}

async function data(address) {
  try {
    return await keep(address);
  } catch {
    return (await (await caches.open(PAGES)).match(address)) ?? Response.error();
  }
}

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const files = await caches.open(FILES);
    const missing = [];
    for (const address of SETUP.assets) if (!(await files.match(address))) missing.push(address);
    await files.addAll(missing);
    await keep(new URL(SETUP.shell, location.origin).href);
    for (const address of [SETUP.talks, ...SETUP.first]) await keep(new URL(address, location.origin).href).catch(() => {});
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(NAME) && name !== PAGES && name !== FILES) await caches.delete(name);
    }
    await clients.claim();
  })());
});

addEventListener("message", ({ data: said }) => { if (said === "take over") skipWaiting(); });

addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const url = new URL(event.request.url);
  if (isFile(url)) event.respondWith(file(event));
  else if (event.request.mode === "navigate" && isPage(url)) event.respondWith(page(event, url));
  else if (event.request.mode === "navigate" && isOwn(url)) event.respondWith(own(event));
  else if (url.href === new URL(SETUP.talks, location.origin).href) event.respondWith(data(url.href));
});
