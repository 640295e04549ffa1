// What the device keeps: who it is, the bundle (boxes that only a badge opens) and the scans, sent or not. In IndexedDB;
// a scan is on the disk before anybody reads its verdict.
const VERSION = 1;
const BUCKETS = 1; // letters of a box's name that choose its bucket: 64 buckets load in a moment, 20,000 rows would not
const KEPT = 3 * 24 * 3600 * 1000; // how long sent scans are remembered for re-entry

const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const finished = (transaction) => new Promise((resolve, reject) => {
  transaction.oncomplete = () => resolve();
  transaction.onabort = transaction.onerror = () => reject(transaction.error);
});
const bucketOf = (name) => name.slice(0, BUCKETS);

function open(name) {
  const request = indexedDB.open(name, VERSION);
  request.onupgradeneeded = () => {
    const base = request.result;
    base.createObjectStore("facts");
    base.createObjectStore("people");
    const scans = base.createObjectStore("scans", { keyPath: "scan_id" });
    scans.createIndex("waiting", "waiting"); // 1 while it is not sent; the key is absent afterwards
    scans.createIndex("person", "person");
    scans.createIndex("at", "at");
  };
  return asked(request);
}

export async function openStore(edition) {
  const base = await open(`gate ${edition}`);
  base.onversionchange = () => base.close();
  navigator.storage?.persist?.().catch(() => {}); // ask the browser not to clear it when the disk is full
  const read = (store) => base.transaction(store, "readonly").objectStore(store);
  const write = (stores) => base.transaction(stores, "readwrite", { durability: "strict" });

  return {
    get: (key) => asked(read("facts").get(key)),
    async set(facts) {
      const transaction = write(["facts"]);
      for (const [key, value] of Object.entries(facts)) transaction.objectStore("facts").put(value, key);
      await finished(transaction);
    },

    async put(scan) {
      const transaction = write(["scans"]);
      transaction.objectStore("scans").put(scan);
      await finished(transaction);
    },
    waiting: (most) => asked(read("scans").index("waiting").getAll(1, most)),
    countWaiting: () => asked(read("scans").index("waiting").count(1)),
    ofPerson: (person) => asked(read("scans").index("person").getAll(person)),
    last: (most) => new Promise((resolve, reject) => {
      const found = [];
      const request = read("scans").index("at").openCursor(null, "prev");
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const cursor = request.result;
        if (!cursor || found.length >= most) return resolve(found);
        found.push(cursor.value);
        cursor.continue();
      };
    }),
    // What the server answered to scans that were sent: they wait no more.
    async settle(results) {
      const transaction = write(["scans"]);
      const scans = transaction.objectStore("scans");
      for (const { scan_id: id, ...answer } of results) {
        const request = scans.get(id);
        request.onsuccess = () => {
          if (!request.result) return;
          const { waiting, ...scan } = request.result;
          scans.put({ ...scan, ...answer });
        };
      }
      await finished(transaction);
    },
    async forgetOld(now) {
      const transaction = write(["scans"]);
      const request = transaction.objectStore("scans").index("at").openCursor(IDBKeyRange.upperBound(now - KEPT));
      request.onsuccess = () => {
        const cursor = request.result;
        if (!cursor) return;
        if (!cursor.value.waiting) cursor.delete();
        cursor.continue();
      };
      await finished(transaction);
    },

    async box(name) { return (await asked(read("people").get(bucketOf(name))))?.[name] ?? null; },
    async countPeople() { return (await asked(read("people").getAll())).reduce((sum, bucket) => sum + Object.keys(bucket).length, 0); },
    // All or nothing: the boxes and what is known of the bundle change in one transaction.
    async load(people, gone, whole, facts) {
      const fresh = {};
      for (const [name, box] of Object.entries(people)) (fresh[bucketOf(name)] ??= {})[name] = box;
      for (const name of gone) (fresh[bucketOf(name)] ??= {})[name] ??= undefined;
      const transaction = write(["people", "facts"]);
      const buckets = transaction.objectStore("people");
      if (whole) buckets.clear();
      for (const [bucket, changed] of Object.entries(fresh)) {
        const request = whole ? null : buckets.get(bucket);
        const put = (older) => {
          const merged = { ...older, ...changed };
          for (const name of gone) if (changed[name] === undefined) delete merged[name];
          buckets.put(merged, bucket);
        };
        if (request) request.onsuccess = () => put(request.result);
        else put({});
      }
      for (const [key, value] of Object.entries(facts)) transaction.objectStore("facts").put(value, key);
      await finished(transaction);
    },
    // The device is no scanner any more: everything but the scans that were never sent goes; with `all` they go too.
    async wipe(all) {
      const transaction = write(["facts", "people", "scans"]);
      transaction.objectStore("facts").clear();
      transaction.objectStore("people").clear();
      if (all) transaction.objectStore("scans").clear();
      await finished(transaction);
    },
  };
}
