// Talks to the server as a device, or as the person who is signed in. No answer in time is `Away`, so that the device
// decides by itself; a refused device is `Revoked`.
export class Away extends Error {}
export class Revoked extends Error {}

export function server({ home, language, csrf, device }) {
  let offset = 0; // milliseconds to add to this device's clock
  let best = Infinity; // the quickest round trip that measured it
  // What the console does (print, register) asks a person who is signed in, even on a device.
  const heads = (token) => ({ Accept: "application/json", ...(token ? { Authorization: `Device ${token}` } : { "X-CSRFToken": csrf }) });

  function measure(said, sent, got) {
    const there = Date.parse(said ?? "");
    if (Number.isNaN(there) || got - sent > best * 2 + 200) return;
    best = Math.min(best, got - sent);
    offset = there - (sent + got) / 2;
  }

  async function ask(path, { body, patience = 8000, method = body ? "POST" : "GET", raw = false, asPerson = false, address = `${home}/${path}` } = {}) {
    const sent = Date.now();
    const token = asPerson ? "" : device();
    let answer;
    try {
      answer = await fetch(`${address}${address.includes("?") ? "&" : "?"}lang=${language}`, {
        method, cache: "no-store", credentials: token ? "omit" : "same-origin", signal: AbortSignal.timeout(patience),
        headers: { ...heads(token), ...(body ? { "Content-Type": "application/json" } : {}) },
        body: body ? JSON.stringify(body) : undefined,
      });
      if (answer.status >= 500 || answer.status === 429 || answer.status === 408) throw new Away(answer.status);
      const said = raw && answer.ok ? await answer.blob() : await answer.json();
      if (said?.now) measure(said.now, sent, Date.now());
      if (answer.status === 401 && token) throw new Revoked();
      if (raw && !answer.ok) throw new Away(answer.status);
      return { status: answer.status, said };
    } catch (problem) {
      if (problem instanceof Revoked) throw problem;
      throw new Away(String(problem)); // no net, too slow, or something between that answers for the server
    }
  }

  return {
    ask,
    now: () => Date.now() + offset,
    offset: () => offset,
    correct(known) { if (best === Infinity && Number.isFinite(known)) offset = known; },
  };
}

// The body of a redeem call, shaped as pretix's; `nonce` is the scan's id: sent twice, it counts once.
export const redeemBody = (scan) => ({
  secret: scan.secret, lists: [scan.gate], type: scan.type, datetime: scan.datetime, nonce: scan.scan_id,
  force: Boolean(scan.forced), ...(scan.forced ? { force_reason: scan.forced } : {}),
  source_type: "barcode", ignore_unpaid: false, questions_supported: false, canceled_supported: true,
});
