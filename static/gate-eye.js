// How codes come in: the camera, a USB scanner, a hand that types. All end in `onText`.
import { startScanner } from "./scan-camera.js";
import { listenKeys } from "./scan-keys.js";
import { make, one, say, word } from "./gate-state.js";

export function scanning({ state, store, onText, canScan }) {
  let scanner = null;
  let starting = false;
  const video = one("video");
  const hint = (key, trouble = false) => {
    one("hint").textContent = word(key);
    one("eye").dataset.trouble = trouble ? "yes" : "";
    one("camera-on").hidden = !trouble;
    if (trouble) say(word(key));
  };

  function trouble(reason) {
    stop();
    hint(`camera-${reason}`, true);
  }

  // The screen stays on while the camera looks.
  let awake = null;
  const stayAwake = async () => { awake = await navigator.wakeLock?.request("screen").catch(() => null); };

  async function start() {
    if (scanner || starting) return;
    if (state.settings.camera_off) return hint("ready-keys");
    starting = true;
    hint("camera-starting");
    try {
      scanner = await startScanner(video, onText, { deviceId: state.settings.camera ?? "", onProblem: trouble });
      if (!canScan()) return stop();
      one("eye").dataset.on = "yes";
      stayAwake();
      hint("ready");
      one("torch").hidden = !scanner.hasTorch();
      await cameras();
    } catch (problem) {
      trouble(problem.reason ?? "none");
    } finally {
      starting = false;
    }
  }

  function stop() {
    scanner?.stop();
    scanner = null;
    awake?.release().catch(() => {});
    awake = null;
    one("eye").dataset.on = "";
    one("torch").hidden = true;
    one("torch").setAttribute("aria-pressed", "false");
    one("torch").textContent = word("torch-on");
  }

  async function cameras() {
    const choice = one("settings").elements.camera;
    const found = await scanner.cameras();
    choice.replaceChildren(choice.options[0], ...found.map(({ id, label }) => make("option", label, { value: id })));
    choice.value = state.settings.camera ?? "";
  }

  one("torch").addEventListener("click", async (event) => {
    const on = event.target.getAttribute("aria-pressed") !== "true";
    await scanner?.torch(on).catch(() => {});
    event.target.setAttribute("aria-pressed", String(on));
    event.target.textContent = word(on ? "torch-off" : "torch-on");
  });
  one("camera-on").addEventListener("click", start);
  one("settings").elements.camera.addEventListener("change", () => stop());
  document.addEventListener("visibilitychange", () => { // a phone in a pocket saves its battery
    if (document.hidden) stop();
    else if (canScan()) start();
  });

  listenKeys((text) => { if (canScan()) onText(text); });
  one("type").addEventListener("submit", (event) => {
    event.preventDefault();
    const field = event.target.elements.typed;
    const text = field.value.trim();
    field.value = "";
    if (text) onText(text);
  });
  return { start, stop };
}
