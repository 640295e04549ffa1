// Numbers as people type them in their language, read as expo/numerals.py reads them: what the server would not
// take is no number here either. Exact: [units, places] stands for units / 10 ** places, units a BigInt.

const SAME = {
  "٫": ".", "．": ".", "٬": ",", "，": ",", "−": "-", "－": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
};
const ZEROS = [0x660, 0x6f0, 0xff10]; // Arabic-Indic, Urdu and full-width digits
const MOST = 40;

const alike = (letter) => {
  const code = letter.codePointAt(0);
  const zero = ZEROS.find((start) => code >= start && code < start + 10);
  return zero === undefined ? (SAME[letter] ?? letter) : String(code - zero);
};

/** The number that was typed, or null. */
export const readTyped = (text, language = document.documentElement.lang) => {
  let plain = [...text.trim()].map(alike).join("");
  if (language === "ru" && !plain.includes(".")) plain = plain.replaceAll(",", ".");
  else if (language !== "ru" && /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) plain = plain.replaceAll(",", "");
  if (/^-?\d{1,3}( \d{3})+(\.\d+)?$/.test(plain)) plain = plain.replaceAll(" ", "");
  if (plain.length > MOST || !/^-?\d+(\.\d+)?$/.test(plain)) return null;
  const [whole, part = ""] = plain.split(".");
  return [BigInt(whole + part), part.length];
};

export const times = ([one, places], [other, more]) => [one * other, places + more];

export const plus = ([one, places], [other, more]) => {
  const most = Math.max(places, more);
  return [one * 10n ** BigInt(most - places) + other * 10n ** BigInt(most - more), most];
};

/** Rounded half to even to so many places, as the server rounds money. */
export const rounded = ([units, places], wanted) => {
  if (places <= wanted) return [units * 10n ** BigInt(wanted - places), wanted];
  const step = 10n ** BigInt(places - wanted);
  const rest = units % step;
  const whole = units / step;
  const twice = 2n * (rest < 0n ? -rest : rest);
  const away = twice > step || (twice === step && whole % 2n !== 0n);
  return [whole + (away ? (rest < 0n ? -1n : 1n) : 0n), wanted];
};

/** Money as the language writes it, every digit; with plain letters where the currency is none. */
export const asMoney = ([units, places], currency, language = document.documentElement.lang) => {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, "0");
  const text = (units < 0n ? "-" : "") + (places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits);
  const shape = { minimumFractionDigits: places, maximumFractionDigits: places };
  const known = /^[A-Z]{3}$/.test(currency);
  return new Intl.NumberFormat(language, known ? { ...shape, style: "currency", currency } : shape).format(text);
};

/** How many decimals a currency has. */
export const placesOf = (currency) =>
  /^[A-Z]{3}$/.test(currency)
    ? new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits
    : 2;
