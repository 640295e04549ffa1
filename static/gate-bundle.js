// What the device holds for hours without a net: keys, revoked badges, gates and rules, and everybody's box. The first
// time all of it, afterwards only what changed.
const EVERY = 60000;

// The small part of a bundle as the app uses it, kept apart from the boxes.
export function facts(said, before) {
  const revoked = new Set(said.since ? before?.revoked ?? [] : []);
  for (const [person, serial] of said.revoked) revoked.add(`${person}.${serial}`);
  return {
    version: said.version, as_of: Date.parse(said.now), zone: said.timezone, starts: said.day_starts_hour ?? 4,
    keys: said.keys, others: said.other_editions, gates: said.gates, areas: said.areas, rules: said.rules, days: said.days, revoked: [...revoked],
    count: Math.max(0, (said.since ? before?.count ?? 0 : 0)),
  };
}

export function bundles({ store, link, onLoaded, onFailed }) {
  let timer = 0;
  let busy = null;

  async function fetchAll(before) {
    const since = before?.version ? `?since=${encodeURIComponent(before.version)}` : "";
    const { status, said } = await link.ask(`bundle${since}`, { patience: 90000 });
    if (status !== 200 || !said?.people) throw Object.assign(new Error("no bundle"), { status });
    const known = facts(said, before);
    const whole = !said.since;
    await store.load(said.people, said.gone ?? [], whole, { bundle: { ...known, count: 0 } });
    const count = await store.countPeople();
    await store.set({ bundle: { ...known, count } });
    return { ...known, count };
  }

  async function load() {
    clearTimeout(timer);
    busy ??= (async () => {
      try {
        onLoaded(await fetchAll(await store.get("bundle")));
      } catch (problem) {
        onFailed(problem);
      } finally {
        busy = null;
        timer = setTimeout(load, EVERY * (0.8 + Math.random() * 0.4));
      }
    })();
    return busy;
  }

  return { load, stop: () => clearTimeout(timer) };
}
