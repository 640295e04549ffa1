// The panels beside the board: what is chosen with numbers to type, layouts to generate, the area ledger.
const METRES = ["x", "y", "width", "depth"];

const LENGTH = [0, 1000];
const SIZE = [0.01, 1000];
const COUNT = [1, 5000, "whole"];
// What the server takes: least, most, and whether only whole numbers; lengths in metres.
const LIMITS = {
  x: LENGTH, y: LENGTH, x1: LENGTH, y1: LENGTH, x2: LENGTH, y2: LENGTH, width: SIZE, depth: SIZE, unit_width: SIZE, unit_depth: SIZE,
  aisle: LENGTH, cross_aisle: LENGTH, margin: LENGTH, power_kw: [0, 10000, "whole"], height_m: [0.01, 100], load_kg_m2: [1, 1000000, "whole"],
  across: COUNT, down: COUNT, start: [0, 1000000, "whole"],
};
const MAY_BE_EMPTY = new Set(["height_m", "load_kg_m2"]);

const cm = (text) => Math.round(Number(String(text).replace(",", ".")) * 100);
const metres = (length) => (length === null || length === undefined ? "" : String(length / 100));

// A value that all chosen stands share, or nothing.
function common(spots, name) {
  const values = new Set(spots.map((spot) => spot[name]));
  return values.size === 1 ? [...values][0] : undefined;
}

export class Panel {
  constructor({ root, plan, board, act, words, snap }) {
    Object.assign(this, { root, plan, board, act, words, snap });
    this.inspector = root.querySelector("[data-inspector]");
    this.generator = root.querySelector("[data-generator]");
    this.renumberer = root.querySelector("[data-renumber]");
    this.thingForm = root.querySelector("[data-thing-form]");
    this.inspector.addEventListener("submit", (event) => event.preventDefault());
    this.inspector.addEventListener("change", (event) => this.typed(event.target));
    this.thingForm.addEventListener("submit", (event) => event.preventDefault());
    this.thingForm.addEventListener("change", () => this.thingTyped());
    this.renumberer.addEventListener("submit", (event) => this.renumber(event));
    this.generator.addEventListener("input", ({ target }) => this.layoutTyped(target));
    this.generator.addEventListener("submit", (event) => this.generate(event));
  }

  draw() {
    const spots = this.board.spots();
    const { thing } = this.board;
    this.root.querySelector("[data-none]").hidden = Boolean(spots.length || thing);
    this.inspector.hidden = !spots.length;
    this.renumberer.closest("details").hidden = !spots.length;
    this.thingForm.hidden = !thing || !this.board.thingBox();
    if (spots.length) this.drawSpots(spots);
    if (!this.thingForm.hidden) this.drawThing();
    this.drawLedger();
  }

  drawSpots(spots) {
    const one = spots.length === 1;
    const { elements } = this.inspector;
    this.inspector.querySelector("[data-title]").textContent = one ? spots[0].code : this.words.counted(this.words.chosen, spots.length);
    for (const part of this.inspector.querySelectorAll("[data-single]")) part.hidden = !one;
    if (one) {
      elements.code.value = spots[0].code;
      for (const name of METRES) elements[name].value = metres(spots[0][name]);
    }
    for (const name of ["zone", "kind", "power_kw", "load_kg_m2"]) elements[name].value = common(spots, name) ?? "";
    elements.height_m.value = metres(common(spots, "height_cm"));
    const water = common(spots, "water");
    elements.water.checked = water === true;
    elements.water.indeterminate = water === undefined;
    const area = spots.reduce((sum, spot) => sum + spot.width * spot.depth, 0) / 10000;
    const facts = [`${this.words.number(area)} m²`];
    if (one) facts.push(`${this.words.open} ${"NESW".split("").filter((_side, place) => spots[0].open_sides & (1 << place)).join(" ") || "–"}`);
    if (one && this.plan.hall.columns.some((column) => this.snap.touches(column, spots[0]))) facts.push(this.words.pillar);
    const taken = spots.filter((spot) => this.plan.taken[spot.code]);
    if (taken.length) facts.push(one ? `${this.words.taken} ${this.plan.taken[spots[0].code]}` : `${this.words.taken} ${taken.length}`);
    this.inspector.querySelector("[data-facts]").textContent = facts.join(" · ");
  }

  typed(field) {
    const spots = this.board.spots();
    const codes = spots.map((spot) => spot.code);
    if (!spots.length) return;
    const { name } = field;
    const mistake = this.mistake(field);
    if (mistake) return void this.act.complain(mistake);
    if (name === "code") {
      const code = field.value.trim();
      if (code && code !== codes[0]) this.act.do([{ op: "rename", codes: { [codes[0]]: code } }], this.words.renamed).then((answer) => answer && this.board.choose([code]));
    } else if (METRES.includes(name)) {
      const { x, y, width, depth } = spots[0];
      this.act.do([{ op: "place", stand: codes[0], x, y, width, depth, [name]: cm(field.value) }], this.words.changed);
    } else this.act.do([{ op: "set", stands: codes, values: this.valueOf(field) }], this.words.changed);
  }

  // What a number that the server would not take has to be; nothing when it is fine.
  mistake(field) {
    const space = field.form === this.generator && ["width", "depth"].includes(field.name);
    const [least, most, whole] = (space ? LENGTH : LIMITS[field.name]) ?? [];
    const text = field.value.trim();
    const value = Number(text.replace(",", "."));
    const fine = least === undefined || field.disabled || (text === "" ? MAY_BE_EMPTY.has(field.name) : value >= least && value <= most && (!whole || Number.isInteger(value)));
    field.setAttribute("aria-invalid", String(!fine));
    if (fine) return "";
    const { number, number_needed: plain, whole_needed: counted } = this.words;
    return (whole ? counted : plain).replace("#field", field.labels[0].textContent).replace("#least", number(least)).replace("#most", number(most));
  }

  valueOf(field) {
    if (field.name === "water") return { water: field.checked };
    if (field.name === "height_m") return { height_cm: field.value === "" ? null : cm(field.value) };
    if (field.name === "load_kg_m2") return { load_kg_m2: field.value === "" ? null : Number(field.value) };
    return { [field.name]: field.name === "power_kw" ? Number(field.value || 0) : field.value };
  }

  renumber(event) {
    event.preventDefault();
    const { elements } = this.renumberer;
    const stands = [...this.board.chosen];
    const operation = { op: "renumber", stands, pattern: elements.pattern.value, start: Number(elements.start.value), direction: elements.direction.value, serpentine: elements.serpentine.checked };
    this.act.do([operation], this.words.renumbered).then((answer) => answer && this.board.choose(answer.names));
  }

  // ---- walls, columns, aisles, areas, entrances, supplies ----

  thing() {
    const { kind, place } = this.board.thing;
    return (kind === "areas" ? this.plan.areas : this.plan.hall[kind])[place];
  }

  drawThing() {
    const { kind } = this.board.thing;
    const thing = this.thing();
    this.thingForm.querySelector("[data-title]").textContent = this.words.things[kind];
    for (const field of this.thingForm.elements) {
      if (!field.name) continue;
      const has = field.name in thing && !(field.name === "kind" && kind !== "utilities");
      field.closest(".field").hidden = !has;
      field.disabled = !has;
      if (has) field.value = typeof thing[field.name] === "number" ? metres(thing[field.name]) : thing[field.name];
    }
  }

  thingTyped() {
    const { kind, place } = this.board.thing;
    const mistake = [...this.thingForm.elements].map((field) => field.name && this.mistake(field)).find(Boolean);
    if (mistake) return void this.act.complain(mistake);
    const next = { ...this.thing() };
    for (const field of this.thingForm.elements) if (field.name && !field.disabled) next[field.name] = typeof next[field.name] === "number" ? cm(field.value) : field.value;
    this.act.do([this.plan.withThing(kind, place, next)], this.words.changed);
  }

  // ---- layouts ----

  layout() {
    const { elements } = this.generator;
    const lengths = Object.fromEntries(["x", "y", "width", "depth", "unit_width", "unit_depth", "aisle", "cross_aisle", "margin"].map((name) => [name, cm(elements[name].value || 0)]));
    const hall = this.plan.hall;
    lengths.width ||= Math.max(hall.width - lengths.x, 0);
    lengths.depth ||= Math.max(hall.depth - lengths.y, 0);
    const flags = Object.fromEntries(["heads", "upright", "wall_rows"].map((name) => [name, elements[name].checked]));
    return {
      op: "generate",
      layout: { shape: elements.shape.value, corner: elements.corner.value, across: Number(elements.across.value), down: Number(elements.down.value), ...lengths, ...flags },
      zone: elements.zone.value, kind: elements.kind.value, power_kw: Number(elements.power_kw.value || 0), pattern: elements.pattern.value, start: Number(elements.start.value || 0),
    };
  }

  preview() {
    for (const part of this.generator.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(this.generator.elements.shape.value);
    clearTimeout(this.pause);
    if (!this.generator.closest("details").open) {
      this.drawLedger();
      return void this.board.ghosts([]);
    }
    this.pause = setTimeout(async () => {
      const mistake = [...this.generator.elements].map((field) => field.name && !field.closest("[hidden]") && this.mistake(field)).find(Boolean);
      const answer = mistake ? { error: mistake } : await this.plan.try([this.layout()]);
      const wrong = new Set((answer.troubles ?? []).map((trouble) => trouble.stand));
      this.board.ghosts((answer.stands ?? []).filter((stand) => !stand.was), wrong);
      this.drawLedger(answer.ledger);
      const out = this.generator.querySelector("[data-outcome]");
      const count = (answer.stands ?? []).filter((stand) => !stand.was).length;
      out.textContent = [answer.troubles?.[0]?.sentence ?? answer.error ?? this.words.counted(this.words.would, count), ...(answer.notes ?? [])].join(" ");
      out.classList.toggle("error", Boolean(answer.error || answer.troubles?.length));
      this.generator.querySelector("[type=submit]").disabled = !count || Boolean(answer.troubles?.length);
    }, 250);
  }

  generate(event) {
    event.preventDefault();
    this.act.do([this.layout()], this.words.generated).then((answer) => {
      if (!answer) return;
      this.board.ghosts([]);
      this.board.choose(answer.names);
      this.generator.closest("details").open = false;
    });
  }

  placeLayout({ x, y, width, depth }) {
    const { elements } = this.generator;
    for (const [name, value] of Object.entries({ x, y, width, depth })) elements[name].value = metres(value);
    this.space = { width, depth };
    this.fit();
    this.generator.closest("details").open = true;
    this.preview();
  }

  // Another shape fills the space that was drawn anew; numbers typed afterwards stay.
  layoutTyped({ name }) {
    if (name === "shape" && this.space) this.fit();
    this.preview();
  }

  fit() {
    const { width, depth } = this.space;
    for (const [name, value] of Object.entries(this.fitting(width, depth))) this.generator.elements[name].value = value;
  }

  // How many stands of the size typed go into a space that was drawn, turned as the layout is.
  fitting(width, depth) {
    const { elements } = this.generator;
    const shape = elements.shape.value;
    const size = (name) => Math.max(cm(elements[name].value || 0), 0);
    const [unit, deep, aisle, cross] = ["unit_width", "unit_depth", "aisle", "cross_aisle"].map(size);
    if (!unit || !deep || !["block", "islands", "row"].includes(shape)) return {};
    const [long, short] = elements.upright.checked ? [depth, width] : [width, depth];
    const times = (room, each, gap) => Math.max(Math.floor((room + gap) / (each + gap)), 1);
    if (shape === "islands") return { across: times(long, unit, cross), down: times(short, deep, aisle) };
    const heads = shape === "block" && elements.heads.checked ? 2 * unit : 0;
    return { across: times(long - heads, unit, 0), down: times(short, shape === "block" ? 2 * deep : deep, aisle) };
  }

  // The ledger as it is, or as it would be: that of a layout tried, or `more` cm² of a zone while dragging.
  drawLedger(lines = this.plan.ledger, more = {}) {
    const body = this.root.querySelector("[data-ledger]");
    const total = { used: 0, net: 0, gross: 0 };
    for (const { used_cm2, ...rest } of lines) {
      const line = { ...rest, used_cm2: used_cm2 + (more[rest.zone] ?? 0) };
      total.used += line.used_cm2;
      total.net += line.net_m2;
      total.gross += line.gross_m2;
      const row = body.querySelector(`[data-zone="${CSS.escape(line.zone)}"]`);
      if (row) this.fill(row, line.used_cm2, line.net_m2, line.gross_m2);
    }
    this.fill(body.querySelector("[data-total]"), total.used, total.net, total.gross);
  }

  fill(row, used, net, gross) {
    const number = this.words.number;
    row.querySelector("[data-used]").textContent = number(used / 10000);
    row.querySelector("[data-net]").textContent = number(net);
    row.querySelector("[data-gross]").textContent = number(gross);
    const left = net - used / 10000;
    const free = row.querySelector("[data-left]");
    free.textContent = left < 0 ? `${number(-left)} ${this.words.over}` : number(left);
    row.classList.toggle("over", left < 0);
  }
}
