// What this device keeps of stars: those the house knows, and those still to be sent. One database an edition.
const STORES = ["known", "waiting", "about"];

const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

export async function openKept(edition) {
  const request = indexedDB.open(`stars-${edition}`, 1);
  request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name));
  return new Kept(await asked(request));
}

class Kept {
  constructor(database) { this.database = database; }

  store(name, mode = "readonly") { return this.database.transaction(name, mode).objectStore(name); }

  async map(name) {
    const store = this.store(name);
    const [keys, values] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())]);
    return new Map(keys.map((key, number) => [key, values[number]]));
  }

  async about(name) { return asked(this.store("about").get(name)); }

  async note(name, value) { await asked(this.store("about", "readwrite").put(value, name)); }

  // What the house knows replaces what it was thought to know.
  async learn(codes) {
    const store = this.store("known", "readwrite");
    await Promise.all([asked(store.clear()), ...codes.map((code) => asked(store.put(true, code)))]);
  }

  // `at` tells whether a star was changed again while it was being sent.
  async wait(code, on) { await asked(this.store("waiting", "readwrite").put({ on, at: Date.now() + Math.random() }, code)); }

  async sent(batch) {
    const store = this.store("waiting", "readwrite");
    for (const [code, { at }] of batch) {
      const now = await asked(store.get(code));
      if (now && now.at === at) await asked(store.delete(code));
    }
  }

  async forget() { for (const name of STORES) await asked(this.store(name, "readwrite").clear()); }

  // The stars as the reader sees them: known ones, changed by those waiting.
  async stars() {
    const [known, waiting] = await Promise.all([this.map("known"), this.map("waiting")]);
    const stars = new Set(known.keys());
    for (const [code, { on }] of waiting) on ? stars.add(code) : stars.delete(code);
    return { stars, waiting };
  }
}
