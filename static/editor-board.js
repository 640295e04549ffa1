// The drawing itself: the hall in centimetres as SVG, the view of it, rulers, and what is chosen.
const SVG = "http://www.w3.org/2000/svg";
const STEPS = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

export function node(name, attributes = {}, text = null) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== null) made.textContent = text;
  return made;
}

export class Board {
  constructor(frame, plan) {
    this.frame = frame;
    this.plan = plan;
    this.svg = frame.querySelector("[data-board]");
    this.rulers = { x: frame.querySelector("[data-ruler-x]"), y: frame.querySelector("[data-ruler-y]") };
    this.layers = Object.fromEntries(["built", "grid", "stands", "ghosts", "marks"].map((name) => [name, this.svg.appendChild(node("g", { class: `layer-${name}` }))]));
    this.chosen = new Set();
    this.thing = null;
    this.zones = new Map();
    new ResizeObserver(() => this.box && this.svg.clientWidth && this.resized()).observe(this.svg);
  }

  get cmPerPixel() {
    return this.box.width / Math.max(this.svg.clientWidth, 1);
  }

  everything() {
    const { width, depth } = this.plan.hall;
    const margin = Math.max(width, depth) * 0.03 + 100;
    return { x: -margin, y: -margin, width: width + 2 * margin, height: depth + 2 * margin };
  }

  // The part of the plan that is seen. A box with a height is shown whole; one without keeps its width.
  show(box) {
    const ratio = this.svg.clientHeight / Math.max(this.svg.clientWidth, 1) || 0.6;
    const wanted = box.height ? Math.max(box.width, box.height / ratio) : box.width;
    const width = Math.min(Math.max(wanted, 200), Math.max(this.plan.hall.width, this.plan.hall.depth) * 4);
    const height = width * ratio;
    const middle = { x: box.x + box.width / 2, y: box.y + (box.height ?? height) / 2 };
    this.box = { x: middle.x - width / 2, y: box.height ? middle.y - height / 2 : box.y, width, height };
    this.svg.setAttribute("viewBox", `${this.box.x} ${this.box.y} ${width} ${height}`);
    this.svg.classList.toggle("far", this.cmPerPixel > 9);
    this.drawRulers();
    this.drawMarks();
  }

  // A frame of another size shows the same middle as wide as before.
  resized() {
    const { x, y, width, height } = this.box;
    const next = (width * this.svg.clientHeight) / this.svg.clientWidth;
    if (Math.abs(next - height) > 1) this.show({ x, y: y + (height - next) / 2, width });
    else this.show({ x, y, width });
  }

  zoom(factor, centre = null) {
    const at = centre ?? { x: this.box.x + this.box.width / 2, y: this.box.y + this.box.height / 2 };
    const width = Math.min(Math.max(this.box.width * factor, 200), Math.max(this.plan.hall.width, this.plan.hall.depth) * 4);
    const real = width / this.box.width;
    this.show({ x: at.x - (at.x - this.box.x) * real, y: at.y - (at.y - this.box.y) * real, width });
  }

  pan(dx, dy) {
    this.show({ x: this.box.x + dx, y: this.box.y + dy, width: this.box.width });
  }

  bringNear({ x, y, width, depth }) {
    const { box } = this;
    const inside = x >= box.x && y >= box.y && x + width <= box.x + box.width && y + depth <= box.y + box.height;
    if (!inside) this.show({ x: x + width / 2 - box.width / 2, y: y + depth / 2 - box.height / 2, width: box.width });
  }

  at(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return { x: point.x, y: point.y };
  }

  draw() {
    this.zones = new Map(this.plan.zones.map((zone) => [zone.code, zone]));
    for (const code of this.chosen) if (!this.plan.stands.has(code)) this.chosen.delete(code);
    this.drawBuilt();
    this.layers.stands.replaceChildren(...[...this.plan.stands.values()].map((stand) => this.standNode(stand)));
    if (!this.box) this.show(this.everything());
    else this.drawMarks();
  }

  standNode(stand) {
    const zone = this.zones.get(stand.zone);
    const group = node("g", { "data-stand": stand.code, class: `hue-${zone?.hue ?? 1} stand-${stand.kind}${this.plan.taken[stand.code] ? " taken" : ""}` });
    group.append(node("rect", { x: stand.x, y: stand.y, width: stand.width, height: stand.depth }));
    this.columnsIn(stand).forEach((column) => group.append(node("rect", { class: "column in-stand", x: column.x, y: column.y, width: column.width, height: column.depth })));
    const size = Math.min(90, stand.depth * 0.42, (stand.width * 1.55) / Math.max(stand.code.length, 3));
    const middle = { x: stand.x + stand.width / 2, y: stand.y + stand.depth / 2 };
    group.append(node("text", { x: middle.x, y: middle.y + size * 0.36, "font-size": size.toFixed(1) }, stand.code));
    if (stand.open_sides) group.append(node("path", { class: "open-side", d: sides(stand) }));
    return group;
  }

  drawBuilt() {
    const { hall, areas, supplies } = this.plan;
    const corners = hall.outline.length ? hall.outline : [[0, 0], [hall.width, 0], [hall.width, hall.depth], [0, hall.depth]];
    const line = `M${corners.map((corner) => corner.join(" ")).join("L")}z`;
    const made = [node("path", { class: "hall-floor", d: line })];
    areas.forEach((area, place) => {
      const zone = this.zones.get(area.zone);
      const group = node("g", { class: `area hue-${zone?.hue ?? 1}`, "data-thing": `areas:${place}` });
      group.append(node("rect", { x: area.x, y: area.y, width: area.width, height: area.depth }));
      group.append(node("text", { x: area.x + 60, y: area.y + 220, "font-size": 200 }, zone?.letter ?? area.zone));
      made.push(group);
    });
    hall.aisles.forEach((aisle, place) => {
      const group = node("g", { class: "aisle", "data-thing": `aisles:${place}` });
      const upright = aisle.depth > aisle.width;
      const middle = { x: aisle.x + aisle.width / 2, y: aisle.y + aisle.depth / 2 };
      const size = Math.min(120, Math.min(aisle.width, aisle.depth) * 0.5);
      group.append(node("rect", { x: aisle.x, y: aisle.y, width: aisle.width, height: aisle.depth }));
      group.append(node("text", { x: middle.x, y: middle.y + size / 3, "font-size": size, ...(upright ? { transform: `rotate(-90 ${middle.x} ${middle.y})` } : {}) }, aisle.name));
      made.push(group);
    });
    made.push(node("path", { class: "hall-edge", d: line }));
    hall.walls.forEach((wall, place) => made.push(node("path", { class: "wall", "data-thing": `walls:${place}`, d: `M${wall.x1} ${wall.y1}L${wall.x2} ${wall.y2}` })));
    hall.columns.forEach((column, place) => made.push(node("rect", { class: "column", "data-thing": `columns:${place}`, x: column.x, y: column.y, width: column.width, height: column.depth })));
    hall.entrances.forEach((door, place) => {
      const group = node("g", { class: "entrance", "data-thing": `entrances:${place}` });
      group.append(node("circle", { cx: door.x, cy: door.y, r: 110 }), node("text", { x: door.x, y: door.y + 42, "font-size": 120 }, door.name));
      made.push(group);
    });
    const marks = new Map(supplies.map((supply) => [supply.kind, supply]));
    hall.utilities.forEach((utility, place) => {
      const group = node("g", { class: `utility utility-${utility.kind}`, "data-thing": `utilities:${place}` });
      group.append(node("title", {}, `${marks.get(utility.kind)?.name ?? utility.kind} ${utility.name}`.trim()));
      group.append(node("circle", { cx: utility.x, cy: utility.y, r: 40 }), node("text", { x: utility.x, y: utility.y + 17, "font-size": 48 }, marks.get(utility.kind)?.mark ?? "?"));
      made.push(group);
    });
    this.layers.built.replaceChildren(...made);
  }

  // Metres along the edges and, where there is room, a grid of the same steps.
  drawRulers() {
    const step = STEPS.find((size) => size / this.cmPerPixel > 48) ?? 10000;
    const fine = STEPS.find((size) => size / this.cmPerPixel > 9) ?? step;
    const lines = [];
    for (const [axis, low, size] of [["x", this.box.x, this.box.width], ["y", this.box.y, this.box.height]]) {
      const ruler = this.rulers[axis];
      const made = [];
      for (let at = Math.ceil(low / fine) * fine; at < low + size; at += fine) {
        const place = ((at - low) / this.cmPerPixel).toFixed(1);
        const long = at % step === 0;
        made.push(node("path", { d: axis === "x" ? `M${place} ${long ? 8 : 16}V22` : `M${long ? 14 : 26} ${place}H34` }));
        if (long) made.push(node("text", axis === "x" ? { x: place, y: 10, "text-anchor": "middle" } : { x: 24, y: Number(place) - 3, "text-anchor": "end" }, String(at / 100)));
        const edge = axis === "x" ? this.plan.hall.width : this.plan.hall.depth;
        if (at >= 0 && at <= edge) lines.push(node("path", { class: long ? "long" : "short", d: axis === "x" ? `M${at} 0V${this.plan.hall.depth}` : `M0 ${at}H${this.plan.hall.width}` }));
      }
      ruler.replaceChildren(...made);
    }
    this.layers.grid.replaceChildren(...lines);
  }

  choose(codes) {
    this.chosen = new Set(codes);
    this.thing = null;
    this.drawMarks();
    this.frame.dispatchEvent(new CustomEvent("chosen"));
  }

  chooseThing(kind, place) {
    this.chosen = new Set();
    this.thing = { kind, place };
    this.drawMarks();
    this.frame.dispatchEvent(new CustomEvent("chosen"));
  }

  thingBox() {
    if (!this.thing) return null;
    const { kind, place } = this.thing;
    const thing = (kind === "areas" ? this.plan.areas : this.plan.hall[kind])?.[place];
    if (!thing) return null;
    if (kind === "walls") return { x: Math.min(thing.x1, thing.x2), y: Math.min(thing.y1, thing.y2), width: Math.abs(thing.x1 - thing.x2), depth: Math.abs(thing.y1 - thing.y2) };
    if (kind === "entrances" || kind === "utilities") return { x: thing.x - 60, y: thing.y - 60, width: 120, depth: 120 };
    return thing;
  }

  columnsIn(stand) {
    return this.plan.hall.columns.filter((column) => stand.x < column.x + column.width && column.x < stand.x + stand.width && stand.y < column.y + column.depth && column.y < stand.y + stand.depth);
  }

  spots() {
    return [...this.chosen].map((code) => this.plan.stands.get(code)).filter(Boolean);
  }

  // Frames round what is chosen, and handles on the one stand or rectangle that can be resized.
  drawMarks(shift = { dx: 0, dy: 0 }, guides = [], extra = []) {
    if (!this.box) return;
    const px = this.cmPerPixel;
    const made = [];
    for (const stand of this.spots()) made.push(frameOf(stand, shift, "chosen"));
    const boxed = this.chosen.size === 1 ? this.spots()[0] : ["areas", "aisles", "columns"].includes(this.thing?.kind) ? this.thingBox() : null;
    if (this.thing && this.thingBox()) made.push(frameOf(this.thingBox(), shift, "chosen"));
    if (boxed) {
      const size = 9 * px;
      for (const [name, fx, fy] of HANDLES) made.push(node("rect", { class: `handle handle-${name}`, "data-handle": name, x: boxed.x + shift.dx + fx * boxed.width - size / 2, y: boxed.y + shift.dy + fy * boxed.depth - size / 2, width: size, height: size }));
    }
    for (const [axis, line] of guides) made.push(node("path", { class: "guide", d: axis === "x" ? `M${line} ${this.box.y}v${this.box.height}` : `M${this.box.x} ${line}h${this.box.width}` }));
    this.layers.marks.replaceChildren(...made, ...extra);
  }

  // What a trial would bring: new and moved stands as dashed boxes, red where a rule says no.
  ghosts(stands, wrong = new Set()) {
    this.layers.ghosts.replaceChildren(...stands.map((stand) => {
      const group = node("g", { class: wrong.has(stand.code) ? "ghost wrong" : "ghost" });
      group.append(node("rect", { x: stand.x, y: stand.y, width: stand.width, height: stand.depth }));
      const size = Math.min(90, stand.depth * 0.42, (stand.width * 1.55) / Math.max(stand.code.length, 3));
      group.append(node("text", { x: stand.x + stand.width / 2, y: stand.y + stand.depth / 2 + size * 0.36, "font-size": size.toFixed(1) }, stand.code));
      return group;
    }));
  }
}

export const HANDLES = [["nw", 0, 0], ["n", 0.5, 0], ["ne", 1, 0], ["e", 1, 0.5], ["se", 1, 1], ["s", 0.5, 1], ["sw", 0, 1], ["w", 0, 0.5]];

function frameOf({ x, y, width, depth }, { dx, dy }, name) {
  return node("rect", { class: name, x: x + dx, y: y + dy, width, height: depth });
}

function sides({ x, y, width, depth, open_sides: open }) {
  const inset = 6;
  return [
    open & 1 ? `M${x} ${y + inset}h${width}` : "",
    open & 2 ? `M${x + width - inset} ${y}v${depth}` : "",
    open & 4 ? `M${x} ${y + depth - inset}h${width}` : "",
    open & 8 ? `M${x + inset} ${y}v${depth}` : "",
  ].join("");
}
