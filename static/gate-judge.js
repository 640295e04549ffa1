// Decides at the gate without the server, by the same rules as the server: pure, everything comes in as values.
// The server has the last word when scans are sent; what it sees otherwise becomes a conflict that people look at.
const STATES = { pending: "unapproved", waiting: "unapproved", declined: "canceled", cancelled: "canceled" };
const HOUR = 3600 * 1000;

// Day and time of day in the edition's zone; before `starts` o'clock it is still the day before.
export function local(moment, zone, starts = 0) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat("en-CA-u-ca-iso8601-nu-latn", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).formatToParts(moment).map(({ type, value }) => [type, value]));
  const date = Date.UTC(parts.year, parts.month - 1, parts.day);
  const day = new Date(Number(parts.hour) < starts ? date - 24 * HOUR : date);
  return { day: day.toISOString().slice(0, 10), time: `${parts.hour}:${parts.minute}` };
}

function fitsTime(rule, here) {
  if (rule.from_day && here.day < rule.from_day) return false;
  if (rule.until_day && here.day > rule.until_day) return false;
  const from = (rule.from_time ?? "").slice(0, 5);
  const until = (rule.until_time ?? "").slice(0, 5);
  if (from && until && from > until) return here.time >= from || here.time < until; // over midnight
  return !(from && here.time < from) && !(until && here.time >= until);
}

// Whether somebody of this kind may enter an area now: '' or why not. All areas around it must agree. Where nobody made
// a rule, the first and last of `days` hold; null: any day.
export function access(kind, path, rules, here, ticket = null, days = null) {
  const ruled = rules.some((rule) => path.includes(rule.area));
  if (!ruled && days && (here.day < days[0] || here.day > days[1])) return "invalid_time";
  for (const area of path) {
    const all = rules.filter((rule) => rule.area === area);
    const mine = all.filter((rule) => (!rule.kind || rule.kind === kind) && (!rule.ticket || rule.ticket === ticket));
    if (all.length && !mine.length) return "product";
    if (mine.length && !mine.some((rule) => fitsTime(rule, here))) return "invalid_time";
  }
  return "";
}

// The innermost area a passage leads to: the gate's own by an entry, the one around it by an exit.
function leadsTo({ area, type }, areas) {
  const path = areas.find(({ id }) => id === area)?.path ?? [area];
  return type === "entry" ? path : path.slice(0, -1);
}

// null, or why an entry is one too many by what this device saw; the latest passage last.
export function reentry(gate, passages, moment, day, dayOf, areas) {
  const passed = passages.filter((one) => one.verdict === "ok" && !one.undone);
  const latest = passed.filter((one) => one.area === gate.area && one.type === "entry").at(-1);
  const last = passed.at(-1);
  if (latest && gate.passback_min && moment - latest.at < gate.passback_min * 60000) return { reason: "too-soon", at: latest.at };
  if (gate.reentry === "once" && latest) return { reason: "already_redeemed", at: latest.at };
  if (gate.reentry === "daily" && latest && dayOf(latest.at) === day) return { reason: "already_redeemed", at: latest.at };
  const inside = last && dayOf(last.at) === day && leadsTo(last, areas).includes(gate.area);
  return (gate.reentry ?? "exit") === "exit" && inside ? { reason: "already_redeemed", at: last.at } : null;
}

// {ok, reason, at, attention}: `read` is a token or a flaw, `record` what its box holds (null: none here).
export function judge({ read, record, revoked, gate, type, rules, days, zone, starts, passages, moment, inside, areas }) {
  const no = (reason, more = {}) => ({ ok: false, reason, ...more });
  if (read.flaw) return no(read.flaw, { of: read.of });
  if (type === "exit") return { ok: true }; // whoever is inside may leave, revoked or not
  if (revoked.has(`${read.person}.${read.serial}`)) return no("revoked");
  if (!record) return no("unknown-here");
  if (record.state && record.state !== "confirmed") return no(STATES[record.state] ?? "unapproved");
  const here = local(moment, zone, starts);
  const area = areas.find(({ id }) => id === gate.area);
  const path = area?.path?.length ? area.path : [gate.area];
  const exempt = (record.exemptions ?? []).filter((one) => !one.area || path.includes(one.area)).filter((one) => !one.until || Date.parse(one.until) > moment);
  if (exempt.some((one) => !one.allowed)) return no("blocked", { detail: exempt.find((one) => !one.allowed).reason });
  if (!exempt.some((one) => one.allowed)) {
    const barred = access(record.kind, path, rules, here, record.ticket, days);
    if (barred) return no(barred);
    if (area?.opens && moment < Date.parse(area.opens)) return no("invalid_time");
    if (area?.closes && moment > Date.parse(area.closes)) return no("invalid_time");
  }
  const twice = reentry(gate, passages, moment, here.day, (at) => local(at, zone, starts).day, areas);
  if (twice) return no(twice.reason, { at: twice.at });
  const full = path.map((id) => areas.find((one) => one.id === id)).find((one) => one?.limit && (inside[one.id] ?? 0) >= one.limit);
  if (full) return full.when_full === "refuse" ? no("full") : { ok: true, attention: true, reason: "full" };
  return { ok: true };
}
