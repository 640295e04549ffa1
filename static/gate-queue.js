// Sends scans that were decided without the server: in batches, later and later while it stays away, at once when the
// net is back. Sending twice does no harm: the server knows each by device and id.
import { Away, Revoked } from "./gate-server.js";

const BATCH = 200;
const FIRST = 2000;
const LONGEST = 60000;

// The device tells more apart than the server's words, which are pretix's.
const WORDS = {
  unreadable: "invalid", tampered: "invalid", foreign: "invalid", "unknown-here": "invalid", retired: "revoked", full: "rules",
  "too-soon": "already_redeemed", "typed-off": "rules", "typed-offline": "error", "no-crypto": "error", "no-data": "error",
};
const plain = ({ scan_id, gate, type, datetime, secret, verdict, reason, forced }) => ({
  scan_id, gate, type, datetime, secret, verdict, reason: WORDS[reason] ?? reason ?? "", forced: Boolean(forced), force_reason: forced || "",
});

// A scan that the server can never take (its gate was closed) is shown as a conflict, not forgotten.
function settled({ scan_id, status, reason, reason_explanation: words, conflict }) {
  const trouble = status === "error" || conflict;
  return { scan_id, answered: status, answer: reason ?? "", conflict: trouble ? { reason: reason ?? "", explanation: words ?? "" } : null };
}

export function queue({ store, link, onChange, onRevoked }) {
  let timer = 0;
  let pause = FIRST;
  let busy = false;

  async function sendAll() {
    for (;;) {
      const scans = await store.waiting(BATCH);
      if (!scans.length) return;
      const { status, said } = await link.ask("sync", { body: { scans: scans.map(plain) }, patience: 20000 });
      if (status >= 300 || !Array.isArray(said?.results)) throw new Away(status);
      const known = new Set(scans.map(({ scan_id: id }) => id));
      const taken = said.results.filter(({ scan_id: id }) => known.has(id)).map(settled);
      if (!taken.length) throw new Away("nothing was acknowledged"); // never in a circle
      await store.settle(taken);
      onChange();
    }
  }

  async function run() {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    try {
      await (navigator.locks ? navigator.locks.request("gate-queue", sendAll) : sendAll());
      pause = FIRST;
    } catch (problem) {
      if (problem instanceof Revoked) onRevoked();
      else if (!(problem instanceof Away)) console.warn(problem);
      pause = Math.min(LONGEST, pause * 2);
      timer = setTimeout(run, pause * (0.75 + Math.random() / 2)); // many devices come back at the same moment
    } finally {
      busy = false;
      onChange();
    }
  }

  addEventListener("online", () => { pause = FIRST; run(); });
  return { run, stop: () => clearTimeout(timer) };
}
