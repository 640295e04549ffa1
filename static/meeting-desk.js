// The desk's scanner: the camera, a reader on a cable, or a hand. Without this the code is typed and sent as a form.
import { listenKeys } from "./scan-keys.js";

const form = document.querySelector("[data-scan]");
const find = (selector) => form.querySelector(selector);
const word = (name) => form.dataset[`word${name[0].toUpperCase()}${name.slice(1)}`] ?? form.dataset.wordNone;
let scanner = null;
let busy = false;

function say(text, isGood) {
  const said = find("[data-said]");
  said.textContent = text;
  said.className = `desk-said tone-${isGood ? "good" : "bad"}`;
}

async function send(text) {
  if (busy || !text) return;
  busy = true;
  const body = new FormData(form);
  body.set("badge", text);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    say(told.text, told.status === "ok");
    if (told.status === "ok") document.dispatchEvent(new Event("now-refresh"));
  } catch {
    say(word("offline"), false);
  }
  busy = false;
}

async function look() {
  const button = find("[data-camera]");
  const video = find("[data-video]");
  if (scanner) {
    scanner.stop();
    scanner = null;
    video.hidden = true;
    button.setAttribute("aria-pressed", "false");
    return;
  }
  const { startScanner } = await import("./scan-camera.js");
  const failed = (reason) => say(word(reason), false);
  try {
    video.hidden = false;
    scanner = await startScanner(video, send, { onProblem: failed, worker: form.dataset.decoder });
    button.setAttribute("aria-pressed", "true");
  } catch (reason) {
    video.hidden = true;
    failed(reason.reason ?? "none");
  }
}

if (form) {
  find("[data-camera]").hidden = false;
  find("[data-camera]").addEventListener("click", look);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { badge } = form.elements;
    send(badge.value.trim());
    badge.value = "";
    badge.focus();
  });
  listenKeys(send);
}
