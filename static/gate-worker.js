// Keeps the gate's app on the device, so that it starts without a net. No answer about people is ever kept here: what
// the app knows lies in its own store, in boxes that only badges open.
const NAME = `gate ${SETUP.home} `;
const CACHE = `${NAME}${SETUP.version}`;
const PATIENCE = 2500;

const shellOf = (url) => {
  const asked = url.searchParams.get("lang");
  return SETUP.shells[asked] ?? null;
};

async function keep(cache, address) {
  const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
  await cache.put(address, answer);
}

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await Promise.all([...SETUP.files, ...Object.values(SETUP.shells)].map((address) => keep(cache, address)));
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith(NAME) && name !== CACHE) await caches.delete(name);
    await clients.claim();
  })());
});

addEventListener("message", ({ data }) => {
  if (data === "take over") skipWaiting();
  else if (data?.language in SETUP.shells) language(data.language);
});

// The language last used, for starts from the home screen, whose address names none.
async function language(fresh) {
  const cache = await caches.open(CACHE);
  const place = new URL("language", new URL(SETUP.home, location.origin)).href;
  if (fresh) await cache.put(place, new Response(fresh));
  return fresh ?? (await cache.match(place))?.text() ?? "en";
}

async function shell(event, url) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(shellOf(url) ?? SETUP.shells[await language()] ?? SETUP.shells.en);
  const slow = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  try {
    const live = fetch(event.request);
    live.catch(() => {});
    const answer = await (kept ? Promise.race([live, slow]) : live);
    return answer && answer.status < 500 ? answer : kept;
  } catch {
    return kept ?? Response.error();
  }
}

async function file(request) {
  const kept = await (await caches.open(CACHE)).match(request.url);
  return kept ?? fetch(request);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(shell(event, url));
  else if (url.pathname.startsWith("/static/") || url.pathname.startsWith("/assets/") || url.pathname.startsWith(SETUP.home)) event.respondWith(file(request));
});
