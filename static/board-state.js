// What the board knows: talks, rooms, days, and how it asks the server. Times are minutes since `origin`.
export const root = document.querySelector("[data-board]");
export const at = (name) => root.querySelector(`[data-${name}]`);
export const know = {
  revision: 0, origin: 0, zone: "UTC", step: 5, comma: ", ", days: [], rooms: [], forums: [], problems: [],
  talks: new Map(), words: {}, day: 0, undo: 0, redo: 0, here: [], held: new Set(), chosen: new Set(),
};
const heard = new Set();
export const changed = () => { for (const ear of heard) ear(); };
export const whenChanged = (ear) => heard.add(ear);

export const say = (key, values = {}) =>
  (know.words[key] ?? "").replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
export function tell(sentence, bad = false) {
  at("said").textContent = sentence;
  at("said").classList.toggle("bad", bad);
}
let clock;
export function time(minute) {
  clock ??= new Intl.DateTimeFormat("en-GB", { timeZone: know.zone, hour: "2-digit", minute: "2-digit" });
  return clock.format(new Date((know.origin + minute * 60) * 1000));
}
export const iso = (minute) => new Date((know.origin + minute * 60) * 1000).toISOString();
export const roomName = (code) => know.rooms.find((room) => room.code === code)?.name ?? code;
export const roomAt = (code) => know.rooms.findIndex((room) => room.code === code);
export const dayLabel = (index) => know.days[index]?.label ?? "";
export function dayOf(minute) {
  let found = 0;
  for (const [index, day] of know.days.entries()) if (minute >= day.open[0] - 360) found = index;
  return found;
}
export const placeWords = (talk) => talk.room === null ? say("in_pool")
  : say("over", { room: roomName(talk.room), time: time(talk.start), day: dayLabel(talk.day) });

// Two talks at one time in a room, or of one person: what can be told without asking the server.
export function clashes(talk, room, start, moving) {
  const end = start + talk.minutes;
  const people = new Map(talk.people);
  const found = [];
  for (const other of know.talks.values()) {
    if (other.room === null || moving.has(other.code) || other.start >= end || start >= other.end) continue;
    if (other.room === room) found.push(say("taken", { other: other.title }));
    for (const [code, name] of other.people) {
      if (people.has(code)) found.push(say("busy", { person: name, other: other.title }));
    }
  }
  return found;
}

export async function load() {
  const answer = await fetch(root.dataset.state, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const data = await answer.json();
  Object.assign(know, data, { talks: new Map(data.talks.map((talk) => [talk.code, talk])) });
  clock = undefined;
  know.day = Math.min(know.day, know.days.length - 1);
  for (const code of know.chosen) if (!know.talks.has(code)) know.chosen.delete(code);
  changed();
}

// News of the server, our own among them. Gives what others did.
export async function hear(news) {
  if (news.revision === undefined || news.revision < know.revision) return [];
  if (news.reload || news.changes?.some((one) => !know.talks.has(one.talk) && one.room !== null)) {
    await load();
    return [];
  }
  const others = [];
  for (const one of news.changes ?? []) {
    const talk = know.talks.get(one.talk);
    if (!talk || one.revision <= know.revision) continue;
    Object.assign(talk, { room: one.room, start: one.start, end: one.end, day: one.day, locked: one.locked });
    if (one.room !== null) {
      talk.minutes = one.end - one.start;
      widen(talk);
    }
    if (!one.mine) others.push(one);
  }
  know.revision = news.revision;
  if (news.problems) Object.assign(know, { problems: news.problems, undo: news.undo, redo: news.redo });
  changed();
  return others;
}
function widen(talk) {
  const day = know.days[talk.day];
  day.from = Math.min(day.from, talk.start);
  day.until = Math.max(day.until, talk.end);
}

let sending = Promise.resolve();
// One after the other, so that each says what it has seen. Gives {ok, status, data}.
export function post(kind, fields = {}) {
  const sent = sending.then(async () => {
    const answer = await fetch(root.dataset[kind], {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": root.dataset.token },
      body: JSON.stringify({ seen: know.revision, ...fields }),
    });
    const data = await answer.json();
    const others = await hear(data);
    return { ok: answer.ok, status: answer.status, data, others };
  });
  sending = sent.catch(() => {});
  return sent;
}
