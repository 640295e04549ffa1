// The desk: people found by name in any script, let in, their badges printed, and guests without a registration.
import { Away } from "./gate-server.js";
import { country, dayTime, has, kinds, locale, make, number, one, pick, root, word } from "./gate-state.js";

const MOST = 50;
const PAUSE = 250;
const PRINTED = 2500; // until the card tells of the print

export function desk({ link, onLetIn }) {
  const field = one("desk-find").elements.q;
  const list = one("desk-list");
  const count = one("desk-count");
  let timer = 0;
  let last = 0;

  function printed(person) {
    if (!person.printed_at) return word("desk-never");
    const values = { time: dayTime(Date.parse(person.printed_at)), count: number(person.prints ?? 1) };
    const when = word((person.prints ?? 1) > 1 ? "desk-printed-times" : "desk-printed", values);
    return [when, person.printed_by ? word("desk-printed-by", { name: person.printed_by }) : ""].filter(Boolean).join(" · ");
  }

  function button(text, act, kind = "") {
    const made = make("button", text, { type: "button", class: kind || null });
    made.addEventListener("click", async () => {
      made.disabled = true;
      try { await act(); } finally { made.disabled = false; }
    });
    return made;
  }

  function card(person) {
    const made = make("li", "", { class: "gate-person", "data-code": person.code });
    const who = make("div", "", { class: "who" });
    const names = person.attendee_names ?? {};
    const name = pick(names) || person.attendee_name;
    const others = [...new Set(Object.values(names))].filter((one_) => one_ !== name);
    who.append(make("p", name, { class: "name", dir: "auto" }));
    if (others.length) who.append(make("p", others.join(" · "), { class: "quiet", dir: "auto" }));
    who.append(make("p", person.company ?? "", { dir: "auto" }));
    const state = person.state ?? "confirmed";
    const facts = make("p", "", { class: "facts" });
    facts.append(make("b", person.code, { class: "code" }), make("span", kinds[person.kind] ?? ""), make("span", country(person.country)));
    facts.append(make("span", has(`state-${state}`) ? word(`state-${state}`) : state, { class: `state ${state === "confirmed" ? "tone-good" : "tone-bad"}` }));
    who.append(facts, make("p", printed(person), { class: person.printed_at ? "printed" : "quiet" }));
    if (person.has_photo) {
      link.ask("", { address: `${root.dataset.photos}${person.id}`, raw: true }).then(({ said }) => {
        if (said.size) made.prepend(make("img", "", { src: URL.createObjectURL(said), alt: word("photo-of", { name }) }));
      }).catch(() => {}); // no photo is no reason to stop
    }
    const acts = make("p", "", { class: "gate-row" });
    acts.append(button(word("desk-let-in"), () => onLetIn(person), "primary"));
    if (root.dataset.print && state === "confirmed") {
      acts.append(button(word(person.printed_at ? "desk-print-again" : "desk-print"), () => print(person, false)));
      if (person.printed_at) acts.append(button(word("desk-print-anew"), () => print(person, true)));
    }
    made.append(who, acts);
    return made;
  }

  // The console prints: its answer, a PDF, opens beside this page. `anew` revokes what was printed before.
  function print(person, anew) {
    const form = make("form", "", { method: "post", target: "_blank", action: root.dataset.print.replace("CODE", person.code) });
    const sent = { csrf_token: root.dataset.csrf, shown: "1", language: locale, ...(anew ? { anew: "1" } : {}) };
    for (const [name, value] of Object.entries(sent)) form.append(make("input", "", { type: "hidden", name, value }));
    document.body.append(form);
    form.submit();
    form.remove();
    setTimeout(search, PRINTED);
  }

  async function search() {
    clearTimeout(timer);
    const words = field.value.trim();
    const mine = ++last;
    if (!words) { list.replaceChildren(); count.textContent = ""; return; }
    try {
      const { status, said } = await link.ask("", { address: `${root.dataset.desk}?q=${encodeURIComponent(words)}` });
      if (mine !== last) return;
      if (status !== 200) throw new Away(status);
      const people = said.results ?? [];
      list.replaceChildren(...people.slice(0, MOST).map(card));
      count.textContent = people.length ? word(people.length >= MOST ? "desk-more" : "desk-many", { count: number(people.length) }) : word("desk-none");
    } catch (problem) {
      if (mine !== last) return;
      if (!(problem instanceof Away)) throw problem;
      list.replaceChildren();
      count.textContent = word("desk-away");
    }
  }

  const guest = one("walk-in");
  guest?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = one("walk-in-problem");
    const [button] = guest.querySelectorAll("[type=submit]");
    const body = Object.fromEntries(new FormData(guest));
    problem.hidden = true;
    button.disabled = true; // a second press is no second person
    try {
      const { status, said } = await link.ask("", { address: guest.getAttribute("action"), body, asPerson: true });
      problem.textContent = said.error ?? "";
      problem.hidden = status === 201;
      if (status !== 201) return;
      guest.reset();
      field.value = said.code;
      await search();
      count.textContent = word("desk-registered", { code: said.code });
    } catch (trouble) {
      if (!(trouble instanceof Away)) throw trouble;
      problem.textContent = word("desk-away");
      problem.hidden = false;
    } finally {
      button.disabled = false;
    }
  });

  one("desk-find").addEventListener("submit", (event) => { event.preventDefault(); search(); });
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, PAUSE); });
  return { search, focus: () => field.focus() };
}
