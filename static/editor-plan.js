// A hall as the server has it: everything is an operation, posted against a version, and comes back as what changed.
const COPY = (value) => JSON.parse(JSON.stringify(value));

export class Plan extends EventTarget {
  constructor(address, postAddress, token) {
    super();
    Object.assign(this, { address, postAddress, token, undone: [], done: [], stands: new Map(), waiting: Promise.resolve(), busy: 0 });
  }

  async load() {
    const answer = await fetch(this.address, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    const found = await answer.json();
    Object.assign(this, found, { stands: new Map(found.stands.map((stand) => [stand.code, stand])) });
    this.tell("loaded");
  }

  tell(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  // One request after the other: each needs the version that the one before it made.
  do(operations, { remember = "do", label = "" } = {}) {
    this.busy += 1;
    this.waiting = this.waiting.then(() => this.#do(operations, remember, label)).finally(() => {
      this.busy -= 1;
    });
    return this.waiting;
  }

  async #do(operations, remember, label) {
    const { status, answer } = await this.#post(operations, false);
    if (status === 200) {
      this.#take(answer);
      if (answer.undo.length) {
        (remember === "undo" ? this.undone : this.done).push({ operations: answer.undo, label });
        if (remember === "do") this.undone = [];
      }
      this.tell("changed", { ...answer, label, remember });
      return answer;
    }
    if (status === 409) {
      await this.load().catch(() => {});
      this.tell("stale", answer);
    } else this.tell("refused", { ...answer, status });
    return null;
  }

  async try(operations) {
    const { status, answer } = await this.#post(operations, true);
    return { ...answer, status };
  }

  async #post(operations, dry) {
    try {
      const reply = await fetch(this.postAddress, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify({ version: this.version, operations, dry_run: dry }),
      });
      return { status: reply.status, answer: await reply.json() };
    } catch {
      return { status: 0, answer: { error: "", troubles: [] } };
    }
  }

  #take(answer) {
    this.version = answer.version;
    for (const code of answer.deleted) this.stands.delete(code);
    for (const { was } of answer.stands) if (was) this.stands.delete(was);
    for (const { was: _was, ...stand } of answer.stands) this.stands.set(stand.code, stand);
    Object.assign(this.hall, answer.hall);
    if (answer.areas) this.areas = answer.areas;
    Object.assign(this, { ledger: answer.ledger, taken: answer.taken });
  }

  undo() {
    const last = this.done.pop();
    return last ? this.do(last.operations, { remember: "undo", label: last.label }) : Promise.resolve(null);
  }

  redo() {
    const last = this.undone.pop();
    return last ? this.do(last.operations, { remember: "redo", label: last.label }) : Promise.resolve(null);
  }

  // The lists of what is built, with one thing changed, added or (null) taken away.
  withThing(kind, place, thing) {
    const list = COPY(kind === "areas" ? this.areas : this.hall[kind]);
    if (thing === null) list.splice(place, 1);
    else if (place === null) list.push(thing);
    else list[place] = thing;
    return kind === "areas" ? { op: "areas", areas: list } : { op: "hall", values: { [kind]: list } };
  }
}
