// Keeps the part of a page that follows the gates up to date, while somebody looks at it and types nothing there.
const EVERY = 5000;
const part = () => document.querySelector("[data-live-part]");

async function renew() {
  const here = part();
  if (!here || document.hidden || here.contains(document.activeElement) || here.querySelector("details[open]")) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live-part]");
  if (fresh && part() === here && !here.contains(document.activeElement)) here.replaceWith(fresh);
}

function again() {
  setTimeout(() => renew().catch(() => {}).finally(again), EVERY);
}
again();
