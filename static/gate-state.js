// What all parts of the gate's app share: the page's data, words in its language, times, and small makers of elements.
export const root = document.querySelector("[data-gate]");
export const { edition, zone, locale, api, home } = root.dataset;
export const kinds = JSON.parse(root.dataset.kinds);
const words = JSON.parse(root.dataset.words);
const BCP = { en: "en-GB", zh: "zh-Hans-CN", ru: "ru-RU", ur: "ur-PK-u-nu-latn" };
const language = BCP[locale] ?? locale;

export const one = (name, within = document) => within.querySelector(`[data-${name}]`);
export const word = (key, values = {}) => (words[key] ?? key).replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
export const has = (key) => key in words;

const clock = new Intl.DateTimeFormat(language, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const calendar = new Intl.DateTimeFormat(language, { timeZone: zone, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const figures = new Intl.NumberFormat(language);
const regions = new Intl.DisplayNames([language], { type: "region", fallback: "code" });
export const time = (moment) => clock.format(moment);
export const dayTime = (moment) => calendar.format(moment);
export const number = (value) => figures.format(value);
export const country = (code) => (/^[A-Z]{2}$/.test(code ?? "") ? regions.of(code) : "");

// A name is a text or a language map: the reader's language, English, or whatever there is.
export function pick(name) {
  if (!name || typeof name === "string") return name ?? "";
  return name[locale] || name.en || Object.values(name).find(Boolean) || "";
}

export function make(tag, text = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) made.setAttribute(name, value);
  return made;
}

export function say(text) {
  const live = one("live");
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = text; }); // the same words twice are read twice
}

export function alertNow(text, { save = false } = {}) {
  one("alert-word").textContent = text;
  one("alert-save").hidden = !save;
  one("alert").hidden = !text;
}

// A random number for each scan, good for ever: the server knows a scan by it and by the device.
export const scanId = () => crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
