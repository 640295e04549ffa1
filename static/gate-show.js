// Puts verdicts before people's eyes: colour, word and shape over the whole screen; and the small lists.
import { country, has, kinds, make, number, one, pick, say, time, word } from "./gate-state.js";

const TONES = { good: "tone-good", wait: "tone-wait", bad: "tone-bad" };
const NAME_SHOWN = 60000;
const names = new Map(); // scan id → name, forgotten after a minute; never written down

export const toneOf = ({ ok, attention, forced }) => (ok ? (attention || forced ? "wait" : "good") : "bad");

export function reasonOf(result) {
  const { reason, detail, at, of } = result;
  if (result.forced) return word("forced");
  if (reason === "already_redeemed" && at) return word("reason-already-at", { time: time(at) });
  if (reason === "foreign" && of) return word("reason-foreign-of", { name: pick(of) });
  if (detail && !result.alone) return detail;
  const known = reason && has(`reason-${reason}`) ? word(`reason-${reason}`) : "";
  if (result.ok && result.attention && !reason) return word("typed-hint"); // by its code: nobody saw the badge's signature
  return [known, detail].filter(Boolean).join(" ") || (result.ok ? "" : word("reason-error"));
}

const headOf = (result, type) => {
  const tone = toneOf(result);
  if (tone === "bad") return word("stop");
  return tone === "wait" ? word("look") : word(type === "exit" ? "out" : "in");
};

// What a supervisor may pass over; forged, revoked or unknown badges nobody may.
const OVERRIDABLE = new Set(["already_redeemed", "too-soon", "invalid_time", "product", "rules", "unapproved", "unknown-here"]);
const canForce = (result) => !result.ok && OVERRIDABLE.has(result.reason);

export const personName = (record) => pick(record?.attendee_name ?? record?.name);

export function showVerdict(result, { mayForce, asOf }) {
  const tone = toneOf(result);
  const screen = one("verdict");
  const record = result.record ?? null;
  const name = personName(record);
  screen.className = `gate-verdict ${TONES[tone]}`;
  screen.dataset.tone = tone;
  screen.dataset.alone = result.alone ? "yes" : "";
  one("verdict-word").textContent = headOf(result, result.scan.type);
  one("verdict-why").textContent = reasonOf(result);
  one("verdict-who").hidden = !record || !(name || record.kind);
  one("verdict-name").textContent = name;
  one("verdict-name").dataset.length = name.length > 26 ? "long" : "";
  one("verdict-org").textContent = pick(record?.company ?? record?.organisation);
  one("verdict-kind").textContent = kinds[record?.kind] ?? "";
  one("verdict-country").textContent = country(record?.country);
  one("verdict-alone").hidden = !result.alone;
  one("verdict-alone").textContent = asOf ? word("alone-old", { time: time(asOf) }) : word("alone");
  one("force").hidden = !(mayForce && canForce(result));
  one("force").reset();
  one("verdict-photo").hidden = true;
  screen.hidden = false;
  screen.focus({ preventScroll: true });
  say([headOf(result, result.scan.type), reasonOf(result), name].filter(Boolean).join(". "));
  if (name) {
    names.set(result.scan.scan_id, name);
    setTimeout(() => names.delete(result.scan.scan_id), NAME_SHOWN);
  }
}

export function showPhoto(address, name) {
  const photo = one("verdict-photo");
  photo.src = address;
  photo.alt = word("photo-of", { name });
  photo.hidden = false;
}

export const hideVerdict = () => {
  const photo = one("verdict-photo");
  if (photo.src.startsWith("blob:")) URL.revokeObjectURL(photo.src);
  photo.removeAttribute("src");
  one("verdict").hidden = true;
};

const outcome = (scan) => word(scan.verdict === "refused" ? "refused" : scan.type === "exit" ? "left" : "passed");

function scanLine(scan, onUndo) {
  const tone = scan.verdict === "refused" ? "bad" : scan.forced ? "wait" : "good";
  const made = make("li", "", { class: `gate-scan ${TONES[tone]}`, "data-tone": tone });
  made.append(make("time", time(scan.at), { datetime: scan.datetime }), make("b", scan.undone ? word("undone") : outcome(scan)));
  made.append(make("bdi", names.get(scan.scan_id) ?? ""));
  if (scan.reason) made.append(make("span", has(`reason-${scan.reason}`) ? word(`reason-${scan.reason}`) : scan.reason, { class: "why" }));
  if (scan.waiting) made.append(make("em", word("not-sent"), { class: "gate-flag" }));
  if (scan.conflict) made.append(make("em", word("conflict"), { class: "gate-flag" }));
  if (onUndo && !scan.waiting && !scan.undone && scan.verdict === "ok") {
    const button = make("button", word("undo"), { type: "button" });
    button.addEventListener("click", () => onUndo(scan));
    made.append(button);
  }
  return made;
}

export function showLast(scans, onUndo) {
  const lines = scans.map((scan) => scanLine(scan, onUndo));
  one("last").replaceChildren(...(lines.length ? lines : [make("li", word("last-empty"), { class: "gate-none" })]));
}

export function showConflicts(scans) {
  const found = scans.filter((scan) => scan.conflict);
  const badge = one("conflict-count");
  badge.hidden = !found.length;
  badge.textContent = number(found.length);
  badge.setAttribute("aria-label", found.length === 1 ? word("conflict-one") : word("conflicts-many", { count: number(found.length) }));
  one("conflicts").replaceChildren(...found.map((scan) => {
    const { reason, explanation } = scan.conflict;
    const made = scanLine(scan);
    made.append(make("span", [word(reason === "already_redeemed" ? "conflict-twice" : "conflict-other"), explanation].filter(Boolean).join(". "), { class: "why" }));
    return made;
  }));
}

export function showQueue(count) {
  const place = one("queue");
  place.dataset.count = count;
  one("queue-word").textContent = count === 0 ? "" : count === 1 ? word("waiting-one") : word("waiting-many", { count: number(count) });
}

export function showNet(online) {
  one("net").dataset.state = online ? "online" : "offline";
  one("net-word").textContent = word(online ? "online" : "offline");
}

export function showInside(area, inside) {
  const place = one("full");
  place.hidden = inside === undefined || inside === null;
  if (place.hidden) return;
  const limit = area?.limit ?? 0;
  const share = limit ? inside / limit : 0;
  place.dataset.tone = share >= 1 ? "bad" : share >= 0.9 ? "wait" : "good";
  one("full-word").textContent = limit ? word("full-of", { count: number(inside), limit: number(limit) }) : word("inside", { count: number(inside) });
  one("full-area").textContent = pick(area?.name);
  const meter = one("full-meter");
  meter.hidden = !limit;
  meter.max = limit || 1;
  meter.value = Math.min(inside, limit || 1);
}
