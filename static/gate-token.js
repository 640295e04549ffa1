// Reads the code on a badge: base64url of person (4 bytes), mark of the key (4 bits) and serial (12 bits), Ed25519
// signature (64). A badge also opens its bearer's box, the minimum a gate must know: nobody without the badge can.
export const SIZE = 70;
const LENGTH = 94;
const BODY = 6;
const HOUSE_MARK = 1;
const FIRST_MARK = 2;
const MARKS = 14;
const NOBLE = "/assets/noble-ed25519-3.2.0/index.js";
const encode = (text) => new TextEncoder().encode(text);

export function fromBase64(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

export const toBase64url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

// Codes people type: two letters and digits, with the blanks and small letters that people add.
export function typedCode(text) {
  const code = text.normalize("NFKC").replace(/[\s-]/g, "").toUpperCase();
  return /^[A-Z]{2}\d{3,9}$/.test(code) ? code : "";
}

// The 70 bytes behind a text of our form; null for any other text, however long.
export function rawOf(text) {
  const letters = text.length <= 2 * LENGTH ? text.trim() : "";
  if (letters.length !== LENGTH || !/^[A-Za-z0-9_+\/-]+$/.test(letters)) return null;
  const raw = fromBase64(letters);
  return raw.length === SIZE && raw[4] >> 4 ? { raw, canonical: toBase64url(raw) === letters } : null;
}

export const markOf = (number) => (number === 0 ? HOUSE_MARK : FIRST_MARK + ((number - 1) % MARKS));

async function byBrowser(raw, key) {
  const made = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, made, raw.subarray(BODY), raw.subarray(0, BODY));
}

async function byScript(raw, key) {
  const { verifyAsync } = await import(NOBLE);
  return verifyAsync(raw.subarray(BODY), raw.subarray(0, BODY), key, { zip215: false }).catch(() => false);
}

// Browsers before 2025 know no Ed25519: the small script does it for them. Found out once.
let known = null;
export function verifier() {
  known ??= (async () => {
    const basePoint = fromBase64("WGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY=");
    try {
      await crypto.subtle.importKey("raw", basePoint, { name: "Ed25519" }, false, ["verify"]);
      return byBrowser;
    } catch {
      await import(NOBLE);
      return byScript;
    }
  })();
  return known;
}

async function signer(raw, keys) {
  const verify = await verifier();
  for (const key of keys) {
    if (markOf(key.number) === raw[4] >> 4 && await verify(raw, fromBase64(key.public_key))) return key;
  }
  return null;
}

// {person, serial, raw} or {flaw, of}: the same answers as the server's.
export async function readToken(text, keys, others) {
  const found = rawOf(text);
  if (!found) return { flaw: "unreadable" };
  const { raw, canonical } = found;
  if (!canonical) return { flaw: "tampered" };
  const key = await signer(raw, keys);
  if (key) {
    if (key.retired) return { flaw: "retired" };
    const view = new DataView(raw.buffer);
    return { person: view.getUint32(0), serial: view.getUint16(4) & 0xfff, raw };
  }
  for (const other of others) {
    if (await signer(raw, other.keys)) return { flaw: "foreign", of: other.name };
  }
  return { flaw: "tampered" };
}

export async function boxName(raw) {
  const prefix = encode("gate id");
  const whole = new Uint8Array(prefix.length + raw.length);
  whole.set(prefix);
  whole.set(raw, prefix.length);
  return toBase64url(new Uint8Array(await crypto.subtle.digest("SHA-256", whole)).subarray(0, 9));
}

// The record in a box (base64: 12 bytes of nonce, then AES-256-GCM), or null where it does not open.
export async function openBox(box, raw, edition) {
  try {
    const sealed = fromBase64(box);
    const secret = await crypto.subtle.importKey("raw", raw, "HKDF", false, ["deriveKey"]);
    const how = { name: "HKDF", hash: "SHA-256", salt: encode(edition), info: encode("gate record") };
    const key = await crypto.subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.subarray(0, 12) }, key, sealed.subarray(12));
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return null;
  }
}
