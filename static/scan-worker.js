// Decodes pictures apart from the page, so that the page never stutters. Says "ready" once, then answers each picture.
import { prepareZXingModule, readBarcodes } from "/assets/zxing-wasm-3.1.4/es/reader/index.js";

const HASTY = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: false, tryRotate: true, tryInvert: false, tryDownscale: true };
const THOROUGH = { ...HASTY, tryHarder: true, tryInvert: true, tryDenoise: true };

prepareZXingModule({ overrides: { locateFile: (name) => `/assets/zxing-wasm-3.1.4/${name}` } });

// Loading the decoder takes a moment, and tells at once whether it is there at all.
const ready = prepareZXingModule({ fireImmediately: true });
ready.then(() => postMessage({ ready: true }), (problem) => postMessage({ failed: String(problem) }));

let count = 0;
addEventListener("message", async ({ data: { picture, id } }) => {
  try {
    await ready;
    count += 1;
    const found = await readBarcodes(picture, count % 3 ? HASTY : THOROUGH); // every third picture at leisure
    const [first] = found.filter((one) => one.isValid);
    postMessage({ id, text: first?.text ?? "", bytes: first?.bytes?.length ?? 0 });
  } catch {
    postMessage({ id, text: "" }); // a broken picture is followed by the next one
  }
});
