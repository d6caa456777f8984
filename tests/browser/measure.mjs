// How quickly a report opens and how smoothly its map moves: node measure.mjs REPORT.html
import { statSync } from "node:fs";
import { go, launch, open } from "./browser.mjs";

const MOST_SECONDS = 2, FEWEST_FRAMES = 30, MOST_MEGABYTES = 9;
const [report] = process.argv.slice(2);
const megabytes = statSync(report).size / 1e6;
const opening = [];
const browser = await launch();
for (let i = 0; i < 5; i++) {
  const start = performance.now();
  const { page, context } = await open(browser, report);
  await page.waitForSelector(".theme-row h3 a");
  const painted = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0))));
  opening.push({ seconds: (performance.now() - start) / 1000, painted: painted / 1000 });
  await context.close();
}
opening.sort((a, b) => a.painted - b.painted);
const { page } = await open(browser, report, { hash: "#/map", width: 1920, height: 1080 });
await page.waitForTimeout(500);
/** Frames a second while events arrive with every frame; the longest gap between two frames. */
const frames = (kind) => page.evaluate((kind) => new Promise((done) => {
  const canvas = document.querySelector(".map canvas"), box = canvas.getBoundingClientRect();
  const event = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, { clientX: box.left + x, clientY: box.top + y, pointerId: 1, bubbles: true, button: 0 }));
  canvas.setPointerCapture = () => {};
  const times = [];
  let n = 0;
  if (kind === "pan") event("pointerdown", 300, 300);
  const step = (now) => {
    times.push(now);
    const at = n++ / 120 * 2 * Math.PI;
    if (kind === "zoom") canvas.dispatchEvent(new WheelEvent("wheel", { deltaY: n % 60 < 30 ? -40 : 40, clientX: box.left + 400, clientY: box.top + 300, cancelable: true }));
    else event("pointermove", 300 + 250 * Math.sin(at), 300 + 200 * Math.sin(2 * at));
    if (n < 180) { requestAnimationFrame(step); return; }
    if (kind === "pan") event("pointerup", 300, 300);
    const gaps = times.slice(1).map((t, i) => t - times[i]);
    done({ perSecond: 1000 * gaps.length / (times.at(-1) - times[0]), longest: Math.max(...gaps) });
  };
  requestAnimationFrame(step);
}), kind);
const points = await page.evaluate(() => document.querySelector(".map") ? JSON.parse(document.getElementById("data").textContent).units.x.filter((x) => x >= 0).length : 0);
console.log(`${megabytes.toFixed(2)} MB; opened and painted in ${opening[2].painted.toFixed(2)} s (median of 5; slowest ${opening[4].painted.toFixed(2)} s)`);
let missed = megabytes > MOST_MEGABYTES || opening[2].painted > MOST_SECONDS;
for (const kind of ["hover", "pan", "zoom"]) {
  const { perSecond, longest } = await frames(kind);
  console.log(`${kind}: ${perSecond.toFixed(0)} frames a second, longest gap ${longest.toFixed(0)} ms (${points} points, 1920 × 1080)`);
  missed ||= perSecond < FEWEST_FRAMES;
}
await browser.close();
if (missed) { console.log("MISSED"); process.exitCode = 1; }
