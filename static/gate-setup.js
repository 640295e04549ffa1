// How a browser becomes a device of the gate, and which gate it serves.
import { Away, Revoked } from "./gate-server.js";
import { startScanner } from "./scan-camera.js";
import { make, one, pick, root, word } from "./gate-state.js";

// The code out of an enrolment QR, which holds the address of the enrolment page; or the code itself.
export const codeOf = (text) => (/\/gate\/enrol\/([A-Za-z0-9_-]{4,64})/.exec(text)?.[1] ?? text.trim());

export function enrol({ link, store, onEnrolled }) {
  const form = one("enrol");
  const problem = one("enrol-problem");
  const video = one("enrol-video");
  let scanner = null;
  const refuse = (text) => { problem.textContent = text; problem.hidden = !text; };
  const close = () => { scanner?.stop(); scanner = null; video.hidden = true; };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    refuse("");
    const name = form.elements.name.value.trim();
    try {
      const { status, said } = await link.ask("enrol", { body: { code: codeOf(form.elements.code.value), name } });
      if (status >= 300 || !said?.token) return refuse(said?.error ?? word("enrol-failed"));
      close();
      const device = { token: said.token, name: said.device?.name ?? name };
      await store.set({ device });
      delete root.dataset.code;
      await onEnrolled(device);
    } catch (trouble) {
      if (!(trouble instanceof Away)) throw trouble;
      refuse(word("enrol-away"));
    }
  });

  one("enrol-scan").addEventListener("click", async () => {
    if (scanner) return close();
    video.hidden = false;
    try {
      scanner = await startScanner(video, (text) => {
        form.elements.code.value = codeOf(text);
        close();
        form.elements.name.focus();
      });
    } catch (trouble) {
      close();
      refuse(word(`camera-${trouble.reason ?? "none"}`));
    }
  });
}

export async function chooseGate({ state, store, link, onChosen, onRevoked }) {
  let gates = state.bundle?.gates ?? [];
  let areas = state.bundle?.areas ?? [];
  try {
    const { status, said } = await link.ask("status", { patience: 4000 });
    if (status === 200) ({ gates = gates, areas = areas } = said);
  } catch (problem) {
    if (problem instanceof Revoked) return onRevoked();
  }
  one("no-gates").hidden = gates.length > 0;
  one("no-gates").textContent = word("no-gates");
  one("gates").replaceChildren(...gates.map((gate) => {
    const button = make("button", "", { type: "button", "aria-pressed": String(gate.id === state.gate?.id) });
    button.append(make("b", pick(gate.name), { dir: "auto" }), make("span", pick(areas.find(({ id }) => id === gate.area)?.name), { dir: "auto" }));
    button.addEventListener("click", async () => {
      state.gate = gate;
      await store.set({ gate });
      onChosen();
    });
    const item = make("li");
    item.append(button);
    return item;
  }));
  return undefined;
}
