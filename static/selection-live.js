// The organiser's live view: the changing part of the page is asked for anew every few seconds.
const PAUSE = 4000;
const SLOWEST = 60000;

async function watch(place, pause = PAUSE) {
  let next = PAUSE;
  try {
    if (!document.hidden) {
      const answer = await fetch(place.dataset.liveUrl);
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live-part]");
      const old = place.querySelector("[data-live-part]");
      if (fresh && !old.contains(document.activeElement)) {
        for (const [at, open] of [...old.querySelectorAll("details")].entries()) fresh.querySelectorAll("details")[at]?.toggleAttribute("open", open.open);
        old.replaceWith(fresh);
      }
    }
  } catch {
    next = Math.min(pause * 2, SLOWEST);
  }
  setTimeout(watch, next, place, next);
}

for (const place of document.querySelectorAll("[data-live-url]")) if (place.dataset.liveUrl) watch(place);
