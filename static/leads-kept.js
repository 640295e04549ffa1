// What the phone keeps of scans: every one with its taps until it is answered, and the latest answers. One database an exhibitor.
const STORE = "scans";
const MOST_ANSWERED = 50;

const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

export async function openKept(name) {
  const request = indexedDB.open(`leads-${name}`, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "scan_id" });
  const database = await asked(request);
  navigator.storage?.persist?.(); // asks that the browser never clears it by itself
  return new Kept(database);
}

class Kept {
  constructor(database) { this.database = database; }

  // Strict: told as kept only once it lies on the disk.
  store(mode) { return this.database.transaction(STORE, mode, { durability: "strict" }); }

  async all() {
    const rows = await asked(this.store("readonly").objectStore(STORE).getAll());
    return rows.sort((one, other) => other.datetime.localeCompare(one.datetime));
  }

  async put(scan) {
    const act = this.store("readwrite");
    act.objectStore(STORE).put(scan);
    await new Promise((resolve, reject) => { act.oncomplete = resolve; act.onerror = act.onabort = () => reject(act.error); });
  }

  async remove(scanId) { await asked(this.store("readwrite").objectStore(STORE).delete(scanId)); }

  // An answer is taken for the version that was sent: taps made meanwhile go with the next sending.
  async answer(scanId, version, result) {
    const act = this.store("readwrite");
    const store = act.objectStore(STORE);
    const scan = await asked(store.get(scanId));
    if (scan) store.put({ ...scan, sent: Math.max(scan.sent ?? 0, version), result });
    await new Promise((resolve) => { act.oncomplete = resolve; });
  }

  async waiting() { return (await this.all()).filter(isWaiting).reverse(); }

  async tidy() {
    const done = (await this.all()).filter((scan) => !isWaiting(scan) && scan.result?.status === "ok");
    for (const scan of done.slice(MOST_ANSWERED)) await this.remove(scan.scan_id);
  }
}

export const isWaiting = (scan) => (scan.sent ?? 0) < scan.version;
