// Watches a job: asks for its state and redraws bar, sentence and curve; the end is shown by the server.
const PAUSE = 1000;
const SLOWEST = 15000;

function draw(panel, job) {
  const bar = panel.querySelector("progress");
  if (bar && job.total) {
    bar.max = job.total;
    bar.value = job.done ?? 0;
  }
  const sentence = panel.querySelector("[data-message]");
  if (sentence && job.message && sentence.textContent !== job.message) sentence.textContent = job.message;
  const chart = panel.querySelector("[data-curve]");
  if (chart && job.curve?.length) drawCurve(chart, job.curve, job.bound ?? null);
}

// The same scale as the curve() macro: x 10..630 over work done, y 165..15 from lowest to highest.
function drawCurve(chart, points, bound) {
  const ys = points.map((point) => point[1]).concat(bound === null ? [] : [bound]);
  const low = Math.min(...ys);
  const limits = points.filter((p) => p[2]);
  const bare = Math.max(...ys) - low;
  // A bound that has not fallen far yet would press the curve flat: half as much again is shown of it.
  const tall = Math.max(bare, Math.min(1.5 * bare, Math.max(...limits.map((p) => p[2] - low)))) || 1;
  const [lastX, best] = points.at(-1);
  const x = (value) => (10 + (620 * value) / (lastX || 1)).toFixed(1);
  const y = (value) => (165 - (150 * (value - low)) / tall).toFixed(1);
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });
  chart.querySelector("[data-line]").setAttribute("points", points.map((p) => `${x(p[0])},${y(p[1])}`).join(" "));
  if (new Set(limits.map((p) => p[2])).size > 1) {
    const height = (value) => Math.max(165 - (150 * (value - low)) / tall, 2).toFixed(1);
    chart.querySelector("[data-limits]").setAttribute("points", limits.map((p) => `${x(p[0])},${height(p[2])}`).join(" "));
  }
  chart.querySelector("[data-reach]").textContent = number.format(lastX);
  chart.querySelector("[data-best]").textContent = number.format(best);
  if (bound === null) return;
  const line = chart.querySelector("[data-bound]");
  line.removeAttribute("visibility");
  line.setAttribute("y1", y(bound));
  line.setAttribute("y2", y(bound));
  const limit = chart.querySelector("[data-limit]");
  if (limit) limit.textContent = number.format(bound);
  else location.reload(); // the sentence about the bound is the server's
}

async function watch(panel, pause = PAUSE) {
  let next = PAUSE;
  try {
    const answer = await fetch(panel.dataset.job, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const job = await answer.json();
    const hasNews = job.curve?.length && !panel.querySelector("[data-curve]");
    if (["done", "failed", "cancelled"].includes(job.state) || hasNews) return location.reload();
    draw(panel, job);
  } catch {
    next = Math.min(pause * 2, SLOWEST);
  }
  setTimeout(watch, next, panel, next);
}

for (const panel of document.querySelectorAll("[data-job]")) watch(panel);
