// Carrying talks: where they would land, what stands in the way, and dropping them.
import { clashes, dayLabel, dayOf, iso, know, post, root, roomAt, roomName, say, tell, time } from "./board-state.js";
import { bands, draw, ghost, node, show } from "./board-draw.js";
import { askAnyway, askStale, offer } from "./board-ask.js";

export let carried = null;
let checking = 0;

// The chosen talks go along when one of them is picked up.
export function pickUp(code, quiet = false) {
  const talk = know.talks.get(code);
  if (talk.locked) {
    tell(say("pinned", { talk: talk.title }), true);
    return false;
  }
  const codes = know.chosen.has(code) ? [code, ...[...know.chosen].filter((other) => other !== code)] : [code];
  const all = codes.map((each) => know.talks.get(each)).filter((each) => each === talk || (each.room !== null && !each.locked));
  const day = know.days[know.day];
  carried = { talk, all, moving: new Set(all.map((each) => each.code)), room: talk.room ?? know.rooms[0].code,
    start: talk.room === null ? day.open[0] : talk.start, pool: false };
  for (const each of all) node(each.code)?.classList.add("carried");
  bands(talk, carried.moving);
  if (!quiet) {
    aim(carried.room, carried.start, true);
    tell(say("grabbed", { talk: talk.title }));
  }
  return true;
}

export function putBack() {
  if (!carried) return;
  letGo();
  tell(say("back"));
}
function letGo() {
  carried = null;
  clearTimeout(checking);
  bands(null);
  ghost([], "");
  for (const each of root.querySelectorAll(".carried")) each.classList.remove("carried");
}

// Everything that is carried keeps its distance from the talk in hand.
export function landings() {
  const { talk, all, room, start } = carried;
  const late = talk.room === null ? 0 : start - talk.start;
  const across = talk.room === null ? 0 : roomAt(room) - roomAt(talk.room);
  return all.map((each) => {
    if (each === talk) return { talk: each, room, start };
    const index = roomAt(each.room) + across;
    return { talk: each, room: (know.rooms[index] ?? know.rooms[roomAt(each.room)]).code, start: each.start + late };
  });
}
const asked = () => (carried.pool
  ? carried.all.map((talk) => ({ talk: talk.code, room: null }))
  : landings().map((one) => ({ talk: one.talk.code, room: one.room, start: iso(one.start) })));

export function aim(room, start, force = false) {
  if (!carried || (!force && !carried.pool && carried.room === room && carried.start === start)) return;
  Object.assign(carried, { room, start, pool: false });
  const found = landings().flatMap((one) => clashes(one.talk, one.room, one.start, carried.moving));
  ghost(landings(), found.length ? "bad" : "", found[0] ?? "");
  const place = say("over", { room: roomName(room), time: time(start), day: dayLabel(dayOf(start)) });
  tell(`${place} ${found[0] ?? say("free")}`, found.length > 0);
  clearTimeout(checking);
  if (!found.length) checking = setTimeout(check, 250, place);
}
export function aimPool() {
  if (!carried) return;
  carried.pool = true;
  clearTimeout(checking);
  ghost([], "");
  tell(say("over_pool"));
}

// What only the server knows: availability, equipment, listeners.
async function check(place) {
  const mine = carried;
  const { room, start } = mine;
  try {
    const answer = await fetch(root.dataset.check, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": root.dataset.token },
      body: JSON.stringify({ seen: know.revision, moves: asked() }),
    });
    const data = await answer.json();
    if (carried !== mine || mine.room !== room || mine.start !== start || mine.pool) return;
    if (!answer.ok) {
      tell(data.error, true);
      return;
    }
    const wrong = [...data.forbidden, ...data.doubts];
    ghost(landings(), data.forbidden.length ? "bad" : data.doubts.length ? "wait" : "", wrong[0] ?? data.effects[0] ?? "");
    tell([place, ...(wrong.length ? wrong : [say("free")]), ...data.effects].join(" "), wrong.length > 0);
  } catch {
    // the drop will tell
  }
}

export async function drop() {
  if (!carried) return;
  const { talk, all, pool } = carried;
  const moves = asked();
  letGo();
  if (!pool && all.length === 1 && moves[0].room === talk.room && moves[0].start === iso(talk.start)) {
    tell(say("back"));
    return;
  }
  await send(moves, pool ? "clear" : all.length > 1 ? "shift" : "move", talk.code);
}

export async function send(moves, kind, code, anyway = false) {
  const { ok, status, data } = await post("moves", { moves, kind, anyway });
  const asking = Boolean(data.doubts);
  const talk = know.talks.get(code);
  if (ok && !asking) {
    const many = moves.length > 1;
    tell(many ? say("many", { count: moves.length }) : talk.room === null ? say("taken_off", { talk: talk.title })
      : say("moved", { talk: talk.title, room: roomName(talk.room), time: time(talk.start), day: dayLabel(talk.day) }));
    offer(null);
    show(code);
    return;
  }
  tell(data.doubts?.[0] ?? data.error ?? String(status), true);
  draw();
  if (asking) askAnyway(data.doubts, () => send(moves, kind, code, true));
  else if (data.stale) askStale(data.error, code, moves, () => send(moves, kind, code, anyway));
  if (!data.stale && moves.length === 1 && moves[0].room !== null) offer(code);
  show(code, !asking && !data.stale);
}
