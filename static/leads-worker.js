// Keeps the scanner's page and what it needs on the phone. Sending and everything else is none of its business.
const HELD = `leads ${SETUP.version}`;
const PAGE = new URL(SETUP.page, location.origin);
const PATIENCE = 4000;

const isScan = (url) => url.origin === location.origin && url.pathname === PAGE.pathname;
const isFile = (url) => url.origin === location.origin && (/^\/(static|assets)\//.test(url.pathname) || url.pathname.endsWith("/leads/scan-worker.js"));

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(HELD);
    for (const address of SETUP.files) await cache.add(new Request(address, { cache: "no-cache" })).catch(() => {});
    await keep(await fetch(PAGE.href).catch(() => null));
    await skipWaiting();
  })());
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("leads ") && name !== HELD) await caches.delete(name);
    await clients.claim();
  })());
});

// The page of whoever may scan; an answer to a stranger never takes its place.
async function keep(answer) {
  if (!answer?.ok || answer.redirected || answer.status !== 200) return;
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  await (await caches.open(HELD)).put(PAGE.href, new Response(await answer.blob(), { status: 200, headers }));
}

async function page(event) {
  const kept = await (await caches.open(HELD)).match(PAGE.href);
  const slow = kept && new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  try {
    const live = fetch(event.request);
    const answer = await (slow ? Promise.race([live, slow]) : live);
    if (answer && !(answer.status >= 500 && kept)) {
      event.waitUntil(keep(answer.clone()));
      return answer;
    }
    live.catch(() => {});
    return kept;
  } catch {
    return kept ?? Response.error();
  }
}

async function file(event, url) {
  const cache = await caches.open(HELD);
  const found = await cache.match(event.request, { ignoreSearch: !url.searchParams.has("v") });
  if (found && (url.searchParams.has("v") || url.pathname.startsWith("/assets/"))) return found;
  try {
    const answer = await fetch(event.request);
    if (answer.ok) event.waitUntil(cache.put(event.request, answer.clone()));
    return answer;
  } catch {
    return found ?? Response.error();
  }
}

addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const url = new URL(event.request.url);
  if (event.request.mode === "navigate" && isScan(url)) event.respondWith(page(event));
  else if (isFile(url)) event.respondWith(file(event, url));
});
