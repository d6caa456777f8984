// How long a report takes to answer on a processor a quarter as fast: node interactions.mjs REPORT.html
// Each control is used as a reader uses it, each page is opened for the first time and again; each answer may take 100 ms, as
// answering.mjs counts them. --wall measures the time that passes instead, on a machine that does nothing else.
import { go, launch, open } from "./browser.mjs";
import { answering, holdIdle, tellAnswer, threadTime } from "./answering.mjs";

const SLOWER = 4, MOST_OPENING_MS = 1000;
const [report, wall] = process.argv.slice(2);
const browser = await launch();
const { page } = await open(browser, report, { width: 1400, height: 900, prepare: holdIdle });
const client = await page.context().newCDPSession(page), answer = await answering(page, wall);
const worked = wall ? null : await threadTime(client);
let missed = false;

/** The middle of three; of a page the first time, and the middle of two more. */
async function measure(what, act, prepare, { isPage = false, ...options } = {}) {
  const times = [];
  for (let i = 0; i < 3; i++) {
    if (prepare) await prepare();
    await page.waitForTimeout(400);
    times.push(await answer(act, options));
  }
  if (isPage) missed = tellAnswer(what + ", the first time", times.shift()) || missed;
  missed = tellAnswer(what, times.sort((a, b) => a.answer - b.answer)[isPage ? 0 : 1]) || missed;
}

const opening = [];
for (let i = 0; i < 3; i++) {
  if (wall) await client.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.reload();
  await page.waitForSelector(".theme-row h3 a");
  const passed = await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0))));
  // Counted from the start of the document.
  opening.push(wall ? passed : await worked());
  if (wall) await client.send("Emulation.setCPUThrottlingRate", { rate: 1 });
}
opening.sort((a, b) => a - b);
missed ||= !wall && opening[1] > MOST_OPENING_MS;
console.log((wall ? "opening, four times as slow" : "opening, not slowed").padEnd(44) + opening[1].toFixed(0).padStart(6) + " ms" + (!wall && opening[1] > MOST_OPENING_MS ? "  MISSED" : ""));
await page.evaluate(() => {
  const labelled = (label) => document.getElementById([...document.querySelectorAll("label")].find((it) => it.textContent === label).htmlFor);
  window.type = (label, text) => {
    const input = labelled(label);
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  window.pick = (label, at) => {
    const select = labelled(label);
    select.selectedIndex = at;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  window.press = (selector, name) => [...document.querySelectorAll(selector)].find((it) => !name || it.textContent === name || it.getAttribute("aria-label") === name).click();
});

// The index is made in pauses after the page was opened.
await page.waitForTimeout(5000);
const theme = await page.locator(".theme-row h3 a").first().getAttribute("href");
const data = await page.evaluate(() => { const d = JSON.parse(document.getElementById("data").textContent); return { people: d.participants.id.length, passages: d.units.text.length, mapped: d.units.x.filter((x) => x >= 0).length, longest: d.participants.id.map((id, p) => [d.answers.participant.filter((it) => it === p).length, d.studies[d.participants.study[p]].name + "/" + id]).sort((a, b) => b[0] - a[0])[0][1] }; });
console.log(`${data.people} participants, ${data.passages} passages, ${data.mapped} on the map`);
const home = () => go(page, "#/questions");
// A field waits for a pause of 120 ms in typing.
const typing = { pause: 120 };
for (const hash of ["#/", theme, "#/recurring", "#/interviews", "#/interview/" + encodeURIComponent(data.longest), "#/matrix", "#/map", "#/passages", "#/method", "#/print"]) {
  await measure("page " + hash.slice(0, 28), `location.hash = ${JSON.stringify(hash)}`, home, { isPage: true, leads: true });
}
await go(page, "#/map");
await measure("map: search", `window.type("Search and highlight", "the")`, () => page.evaluate(() => window.type("Search and highlight", "")), typing);
await measure("map: search again", `window.type("Search and highlight", "work")`, () => page.evaluate(() => window.type("Search and highlight", "")), typing);
await page.evaluate(() => window.type("Search and highlight", ""));
await measure("map: one question", `window.pick("Question", 2)`, () => page.evaluate(() => window.pick("Question", 0)));
await page.evaluate(() => window.pick("Question", 0));
await measure("map: colour by theme", `window.pick("Colour by", 0)`, () => page.evaluate(() => window.pick("Colour by", 2)));
await measure("map: contours", `window.press(".map-controls button", "Contours")`, () => page.evaluate(() => { const pressed = document.querySelector(".map-controls button[aria-pressed=true]"); if (pressed) pressed.click(); }));
await page.evaluate(() => window.press(".map-controls button", "Contours"));
await measure("map: zoom in", `window.press(".map-controls button", "Zoom in")`, () => page.evaluate(() => window.press(".map-controls button", "Show the whole map")));
await measure("map: lasso of everything", `(() => {
  const canvas = document.querySelector(".map canvas"), box = canvas.getBoundingClientRect();
  canvas.setPointerCapture = () => {};
  const event = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, { clientX: box.left + x, clientY: box.top + y, pointerId: 1, bubbles: true, button: 0, shiftKey: true }));
  event("pointerdown", 1, 1);
  for (const [x, y] of [[box.width - 1, 1], [box.width - 1, box.height - 1], [1, box.height - 1]]) event("pointermove", x, y);
  event("pointerup", 1, box.height - 1);
})()`, () => page.evaluate(() => window.press(".map-controls button", "Show the whole map")));
await go(page, "#/interview/" + encodeURIComponent(data.longest));
await measure("interview: a theme alone", `window.press(".interview-side .legend button", null)`);
await go(page, "#/matrix");
await measure("matrix: rows of themes", `window.pick("Rows", 0)`, () => page.evaluate(() => window.pick("Rows", 1)));
await measure("matrix: themes by study", `window.pick("Columns", 1)`, () => page.evaluate(() => window.pick("Columns", 0)));
await measure("matrix: themes by question", `window.pick("Columns", 0)`, () => page.evaluate(() => window.pick("Columns", 1)));
await go(page, "#/passages");
await measure("passages: search", `window.type("Search all passages", "time")`, () => page.evaluate(() => window.type("Search all passages", "")), typing);
await browser.close();
if (missed) process.exitCode = 1;
