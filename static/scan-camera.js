// The camera as a scanner: `startScanner(video, onText, options)` calls `onText(text)` for each code held before it.
// The same code that stays in view is told once; it counts as new after `again` milliseconds out of sight.
const AGAIN = 3000;
const EVERY = 90; // milliseconds between pictures: enough for a hand that moves, kind to the battery
const WIDEST = 1280;
const MOST_SIDE = 960; // points of the longer side that the decoder gets

// Names the page can put into words: why there is no picture.
export class NoCamera extends Error {
  constructor(reason) { super(reason); this.reason = reason; }
}

const REASONS = {
  NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "none", OverconstrainedError: "none", NotReadableError: "busy", AbortError: "busy",
};

async function open(deviceId) {
  if (!globalThis.isSecureContext) throw new NoCamera("insecure");
  if (!navigator.mediaDevices?.getUserMedia) throw new NoCamera("none");
  const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: "environment" } };
  const size = { width: { ideal: WIDEST }, height: { ideal: 720 } };
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { ...which, ...size }, audio: false });
  } catch (problem) {
    if (deviceId && REASONS[problem.name] === "none") return open(""); // the camera of last time was unplugged
    throw new NoCamera(REASONS[problem.name] ?? "none");
  }
}

// Whether a text is told: not while the same one stays before the camera, nor while the page rests.
export function steady(again = AGAIN) {
  const seen = new Map();
  return (text, at = Date.now(), resting = false) => {
    for (const [old, moment] of seen) if (at - moment >= again) seen.delete(old);
    const isNew = !seen.has(text);
    if (!isNew || !resting) seen.set(text, at);
    return isNew && !resting;
  };
}

function decoder(address, onReady, onFailure) {
  const worker = new Worker(address, { type: "module" });
  const waiting = new Map();
  let number = 0;
  worker.addEventListener("message", ({ data }) => {
    if (data.ready) return onReady();
    if (data.failed) return onFailure(data.failed);
    waiting.get(data.id)?.(data.text);
    waiting.delete(data.id);
  });
  worker.addEventListener("error", (event) => onFailure(event.message ?? "error"));
  return {
    read: (picture) => new Promise((resolve) => {
      number += 1;
      waiting.set(number, resolve);
      worker.postMessage({ picture, id: number }, [picture.data.buffer]);
    }),
    end: () => worker.terminate(),
  };
}

// options: worker (address), deviceId, again (ms), onProblem(reason). Answers
// {stop, pause, resume, hasTorch(), torch(on), cameras(), use(deviceId), camera()}; throws NoCamera when there is none.
export async function startScanner(video, onText, options = {}) {
  const { worker = new URL("./scan-worker.js", import.meta.url), deviceId = "", again = AGAIN, onProblem = () => {} } = options;
  let stream = null;
  let halted = false;
  let resting = false;
  let timer = 0;
  const isNew = steady(again);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const reading = decoder(worker, () => { video.dataset.decoder = "ready"; }, () => onProblem("decoder"));

  async function show(id) {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = await open(id);
    if (halted) return end();
    stream.getVideoTracks()[0].addEventListener("ended", () => !halted && onProblem("busy"));
    video.srcObject = stream;
    video.setAttribute("playsinline", "");
    video.muted = true;
    await video.play().catch(() => {});
  }

  async function look() {
    if (halted) return;
    const { videoWidth: width, videoHeight: height } = video;
    if (!document.hidden && width && video.readyState >= 2) {
      const share = Math.min(1, MOST_SIDE / Math.max(width, height));
      canvas.width = Math.round(width * share);
      canvas.height = Math.round(height * share);
      pen.drawImage(video, 0, 0, canvas.width, canvas.height);
      const text = await reading.read(pen.getImageData(0, 0, canvas.width, canvas.height));
      if (text && !halted && isNew(text, Date.now(), resting)) onText(text);
    }
    if (!halted) timer = setTimeout(look, EVERY);
  }

  function end() {
    halted = true;
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
    reading.end();
    video.srcObject = null;
  }

  const track = () => stream?.getVideoTracks()[0];
  try {
    await show(deviceId);
  } catch (problem) {
    end();
    throw problem;
  }
  look();
  return {
    stop: end,
    pause: () => { resting = true; },
    resume: () => { resting = false; },
    hasTorch: () => Boolean(track()?.getCapabilities?.().torch),
    torch: (on) => track().applyConstraints({ advanced: [{ torch: on }] }),
    camera: () => track()?.getSettings?.().deviceId ?? "",
    cameras: async () => (await navigator.mediaDevices.enumerateDevices())
      .filter(({ kind }) => kind === "videoinput")
      .map(({ deviceId: id, label }, place) => ({ id, label: label || String(place + 1) })),
    use: show,
  };
}
