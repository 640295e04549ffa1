// Taps of the day reach the house even where the net does not: one that cannot be sent is kept on this device with
// its time, and sent as soon as there is a connection. Sent twice it counts once. Without this the forms work as forms.
const note = document.querySelector("[data-kept]");
const KEY = `taps${location.pathname}`;
const PAUSE = 10000;
const TAP = /\/(here|late|missing)$/;
let sending = false;

const read = () => { try { return JSON.parse(localStorage.getItem(KEY)) ?? []; } catch { return []; } };
const write = (taps) => { try { localStorage.setItem(KEY, JSON.stringify(taps)); return true; } catch { return false; } };
const token = () => document.querySelector("[name=csrf_token]")?.value ?? "";

function show() {
  const count = read().length;
  note.hidden = !count;
  if (count) note.textContent = note.dataset.word.replace("{count}", new Intl.NumberFormat(document.documentElement.lang).format(count));
}

// Whether it was taken; it throws where it was not, so that it is tried again. What leads nowhere any more is dropped.
async function post({ address, values, at }) {
  const body = new URLSearchParams([...values, ["csrf_token", token()], ["at", at]]);
  const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
  if (answer.status !== 404 && !(answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json"))) throw new Error(String(answer.status));
}

async function flush() {
  if (sending) return;
  sending = true;
  let sent = false;
  try {
    for (let taps = read(); taps.length; taps = read()) {
      await post(taps[0]);
      write(read().slice(1));
      sent = true;
    }
  } catch { /* no net yet, or no longer signed in: they stay */ }
  sending = false;
  show();
  if (sent) location.reload();
}

async function tapped(event) {
  const form = event.target;
  if (!TAP.test(new URL(form.action).pathname)) return;
  event.preventDefault();
  if (form.dataset.sent) return; // a second tap while the first is under way
  form.dataset.sent = "yes";
  const values = [...new FormData(form, event.submitter)].filter(([name]) => name !== "csrf_token").map(([name, value]) => [name, String(value)]);
  const tap = { address: form.action, values, at: new Date().toISOString() };
  for (const button of form.querySelectorAll("button")) button.disabled = true;
  try {
    await post(tap);
  } catch (problem) {
    write([...read(), tap]);
    show();
    if (!/^\d+$/.test(problem.message)) return; // no net
  }
  location.reload(); // it says what came of it, or asks to sign in
}

if (note) {
  document.addEventListener("submit", tapped);
  show();
  flush();
  addEventListener("online", flush);
  setInterval(() => read().length && flush(), PAUSE);
}
