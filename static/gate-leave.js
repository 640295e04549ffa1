// Leaving: a device that is revoked, or given back, keeps nothing. Scans that were never sent are not lost in silence:
// they can be saved as a file.
import { alertNow, edition, number, one, word } from "./gate-state.js";

export function saveScans(scans) {
  const text = JSON.stringify({ edition, saved_at: new Date().toISOString(), scans: scans.map(({ waiting, at, person, ...scan }) => scan) }, null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `${edition}-scans.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// The server refused this device: the boxes and the token go at once, unsent scans when they were saved or dismissed.
export async function revoked(store) {
  const left = await store.countWaiting();
  await store.wipe(false);
  alertNow([word("revoked"), left ? word("revoked-left", { count: number(left) }) : ""].join(" "), { save: left > 0 });
  one("alert-close").hidden = left > 0;
  if (!left) await store.wipe(true);
}

// The person gives the device back. Refused while scans are unsent, unless they were saved.
export async function leave(store, saved) {
  const left = await store.countWaiting();
  if (left && !saved) {
    alertNow(word("leave-first", { count: number(left) }), { save: true });
    return false;
  }
  await store.wipe(true);
  return true;
}
