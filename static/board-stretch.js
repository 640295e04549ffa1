// Another length for a talk: its lower edge is drawn, or + and − are pressed on it.
import { iso, know, post, root, say, tell, time } from "./board-state.js";
import { draw, ghost, node, perMinute, show } from "./board-draw.js";
import { askAnyway, askStale } from "./board-ask.js";

const PAUSE = 900;
const LONGEST = 1440;
let held = null;
let timer = 0;

export const stretching = () => held !== null;

function begin(code) {
  const talk = know.talks.get(code);
  if (!talk || talk.room === null) return null;
  if (talk.locked) {
    tell(say("pinned", { talk: talk.title }), true);
    return null;
  }
  held = { talk, minutes: talk.minutes };
  return held;
}
function aim(minutes) {
  const { talk } = held;
  held.minutes = Math.max(know.step, Math.min(LONGEST, minutes));
  const end = talk.start + held.minutes;
  const inTheWay = [...know.talks.values()].find((one) =>
    one.room === talk.room && one !== talk && one.start < end && talk.start < one.end);
  ghost([{ talk: { ...talk, minutes: held.minutes }, room: talk.room, start: talk.start }], inTheWay ? "bad" : "");
  const words = say("length", { talk: talk.title, count: held.minutes, time: time(end) });
  tell(inTheWay ? `${words} ${say("taken", { other: inTheWay.title })}` : words, Boolean(inTheWay));
}
export function giveUp() {
  if (!held) return;
  clearTimeout(timer);
  held = null;
  ghost([], "");
  tell(say("back"));
}
export async function finish() {
  if (!held) return;
  clearTimeout(timer);
  const { talk, minutes } = held;
  held = null;
  ghost([], "");
  if (minutes === talk.minutes) tell(say("back"));
  else await send(talk.code, minutes);
}
function last(code, minutes) {
  const talk = know.talks.get(code);
  Object.assign(talk, { minutes, end: talk.start + minutes });
  draw();
}
async function send(code, minutes, anyway = false) {
  const before = know.talks.get(code).minutes;
  last(code, minutes); // who goes on at once goes on from here
  const { ok, status, data } = await post("stretch", { talk: code, minutes, anyway });
  const talk = know.talks.get(code);
  if ((!ok || data.doubts) && talk.minutes === minutes) last(code, before);
  if (ok && !data.doubts) {
    tell(say("length", { talk: talk.title, count: talk.minutes, time: time(talk.end) }));
  } else {
    tell(data.doubts?.[0] ?? data.error ?? String(status), true);
    draw();
    if (data.doubts) askAnyway(data.doubts, () => send(code, minutes, true));
    else if (data.stale) {
      const moves = [{ talk: code, room: talk.room, start: talk.room === null ? null : iso(talk.start) }];
      askStale(data.error, code, moves, () => send(code, minutes, anyway));
    }
  }
  show(code);
  node(code)?.focus({ preventScroll: true });
}

// Keys: what several presses add up to is sent when the hand rests, or with Enter.
export function longer(code, by) {
  if (!held || held.talk.code !== code) {
    giveUp();
    if (!begin(code)) return;
  }
  aim(held.minutes + by * know.step);
  clearTimeout(timer);
  timer = setTimeout(finish, PAUSE);
}

let grip = null;
// The capture phase: the hands that carry talks must not see this press.
root.addEventListener("pointerdown", (event) => {
  const edge = event.target.closest?.("[data-edge]");
  if (!edge || event.button !== 0) return;
  event.stopPropagation();
  event.preventDefault();
  if (!begin(edge.dataset.edge)) return;
  grip = { id: event.pointerId, y: event.clientY, minutes: held.minutes };
  root.setPointerCapture?.(event.pointerId);
}, true);
root.addEventListener("pointermove", (event) => {
  if (!grip || event.pointerId !== grip.id || !held) return;
  const minutes = grip.minutes + (event.clientY - grip.y) / perMinute();
  aim(Math.round((held.talk.start + minutes) / know.step) * know.step - held.talk.start);
});
root.addEventListener("pointerup", (event) => {
  if (!grip || event.pointerId !== grip.id) return;
  grip = null;
  finish();
});
root.addEventListener("pointercancel", () => {
  if (grip) giveUp();
  grip = null;
});
