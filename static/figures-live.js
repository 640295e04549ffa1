// Renews the figures of a running day in place; what was opened stays open, and nothing moves while somebody reads a table.
const place = document.querySelector("[data-renewed]");
const every = Number(place.dataset.renewed) * 1000;

async function renew() {
  if (!document.hidden && !place.contains(document.activeElement) && !place.querySelector("details[open]")) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-renewed]");
      if (fresh) place.replaceChildren(...fresh.childNodes);
    } catch {
      // the net comes back
    }
  }
  setTimeout(renew, every);
}
setTimeout(renew, every);
