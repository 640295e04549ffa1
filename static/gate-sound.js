// A sound and a buzz for each verdict, told apart without looking: high and short, two, low and long.
const TONES = { good: [[1320, 0.12]], wait: [[880, 0.14], [880, 0.14]], bad: [[220, 0.28], [180, 0.4]] };
const BUZZ = { good: [60], wait: [120, 80, 120], bad: [400, 100, 400] };
let context = null;

// Browsers allow sound after a first touch only.
export function wake() {
  context ??= globalThis.AudioContext ? new AudioContext() : null;
  context?.resume?.().catch(() => {});
}

export function tell(tone, { sound = true, buzz = true } = {}) {
  if (buzz && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(BUZZ[tone]);
  if (!sound || context?.state !== "running") return;
  let at = context.currentTime;
  for (const [pitch, length] of TONES[tone]) {
    const voice = context.createOscillator();
    const level = context.createGain();
    voice.frequency.value = pitch;
    voice.type = tone === "bad" ? "square" : "sine";
    level.gain.setValueAtTime(0.25, at);
    level.gain.exponentialRampToValueAtTime(0.001, at + length);
    voice.connect(level).connect(context.destination);
    voice.start(at);
    voice.stop(at + length);
    at += length + 0.06;
  }
}
