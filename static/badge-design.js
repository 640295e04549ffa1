// The preview follows what is typed; without this script, the button "Preview" does the same.

const form = document.getElementById("badge-design");
const shots = document.getElementById("badge-shots");
const PAUSE_MS = 300;
let waiting = 0;
let latest = 0;

async function show() {
  const turn = ++latest;
  shots.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form) });
    const piece = answer.ok || answer.status === 422 ? await answer.text() : null;
    if (turn === latest && piece !== null) {
      shots.replaceChildren(...new DOMParser().parseFromString(piece, "text/html").body.childNodes);
    }
  } catch {
    // Without a net the last pictures stay.
  } finally {
    if (turn === latest) shots.removeAttribute("aria-busy");
  }
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, PAUSE_MS);
});
