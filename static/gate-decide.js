// One scan from its text to its verdict: the server's if it answers in time, this device's otherwise. Either way the
// scan is in the store before anybody reads the verdict.
import { judge } from "./gate-judge.js";
import { Away, redeemBody } from "./gate-server.js";
import { scanId } from "./gate-state.js";
import { boxName, openBox, readToken, typedCode } from "./gate-token.js";

const PATIENCE = 1500;

const kept = (scan) => ({ ...scan, name: undefined });

export function decider({ store, link, state, edition, onAway, onBack }) {
  const begin = (text, extra) => {
    const moment = link.now();
    return {
      scan_id: scanId(), gate: state.gate.id, area: state.gate.area, type: state.type, at: moment,
      datetime: new Date(moment).toISOString(), secret: text.slice(0, 4096), ...extra,
    };
  };

  async function look(text, moment) {
    if (!crypto.subtle) return { answer: { ok: false, reason: "no-crypto" } };
    if (!state.bundle) return { answer: { ok: false, reason: "no-data" } };
    if (typedCode(text)) return { answer: { ok: false, reason: state.gate.typed_codes ? "typed-offline" : "typed-off" } };
    const { keys, others, rules, days, areas, starts } = state.bundle;
    const read = await readToken(text, keys, others);
    const box = read.raw ? await store.box(await boxName(read.raw)) : null;
    const record = box ? await openBox(box, read.raw, edition) : null;
    const passages = read.raw ? (await store.ofPerson(read.person)).sort((one, other) => one.at - other.at) : [];
    const answer = judge({
      read, record, revoked: state.revoked, gate: state.gate, type: state.type, rules, days, areas, starts,
      zone: state.bundle.zone, passages, moment, inside: state.inside,
    });
    return { answer, record, person: read.person ?? null };
  }

  // Who a badge belongs to, for history and the next decision without a net.
  async function personOf(text) {
    if (!crypto.subtle || !state.bundle) return null;
    return (await readToken(text, state.bundle.keys, [])).person ?? null;
  }

  async function byServer(scan) {
    const { status, said } = await link.ask("redeem", { body: redeemBody(scan), patience: PATIENCE });
    if (![200, 201, 400, 401, 403, 404].includes(status) || !said) throw new Away(status);
    return { said, ok: said.status === "ok", reason: said.reason ?? (said.status === "ok" ? "" : "error") };
  }

  async function byDevice(scan) {
    const { answer, record, person } = await look(scan.secret, scan.at);
    const forced = Boolean(scan.forced);
    const ok = answer.ok || forced;
    const done = { ...scan, waiting: 1, person, verdict: ok ? "ok" : "refused", reason: answer.ok ? "" : answer.reason };
    await store.put(kept(done));
    return { scan: done, alone: true, ...answer, ok, forced, record };
  }

  return {
    look,
    // forced: the supervisor's reason; alone: do not ask the server, as it did not answer just now.
    async decide(text, { forced = "", alone = false } = {}) {
      const scan = begin(text, forced ? { forced } : {});
      if (!alone) {
        try {
          const { said, ok, reason } = await byServer(scan);
          const position = said.position ?? {};
          const person = position.id ?? (await personOf(text));
          const done = { ...scan, person, verdict: ok ? "ok" : "refused", reason, answered: said.status };
          await store.put(kept(done));
          onBack();
          return { scan: done, ok, forced: ok && Boolean(forced), reason, detail: said.reason_explanation ?? said.error ?? "", attention: Boolean(said.require_attention), record: position, answer: said };
        } catch (problem) {
          if (!(problem instanceof Away)) throw problem;
          onAway();
        }
      }
      return byDevice(scan);
    },
  };
}
