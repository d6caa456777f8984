// How much of its processor's time a report takes to answer what is done in it: node measure_work.mjs REPORT.html
// The time is that of the page's own thread, so that other programs on the machine do not count, and told four times: as on a
// machine four times slower. It may be 100 ms for each. --wall measures the time that passes instead, from the event to the
// next picture, with Chromium's own throttle, on a machine that does nothing else.
import { go, launch, open } from "./browser.mjs";

const MOST_MS = 100, TIMES_SLOWER = 4;
const [report, wall] = process.argv.slice(2);
const browser = await launch();
const { page } = await open(browser, report, { hash: "#/passages", width: 1400 });
const session = await page.context().newCDPSession(page);
if (!wall) await session.send("Performance.enable", { timeDomain: "threadTicks" });
const spent = async () => (await session.send("Performance.getMetrics")).metrics.find((it) => it.name === "TaskDuration").value * 1000;
// The index is made in pauses after the page was opened.
await page.waitForTimeout(8000);

let missed = false;
/** `pause`: what the page waits for by itself, in ms, which is no work. */
async function measure(what, press, pause = 0) {
  let ms = 0;
  if (wall) {
    await session.send("Emulation.setCPUThrottlingRate", { rate: TIMES_SLOWER });
    ms = await page.evaluate(([press, pause]) => new Promise((done) => {
      const from = performance.now() + pause, painted = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - from), 0));
      (0, eval)(press);
      if (pause) setTimeout(painted, pause + 1); else painted();
    }), [press, pause]);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    await page.waitForTimeout(400);
  } else {
    const before = await spent();
    await page.evaluate(press);
    await page.waitForTimeout(400);
    ms = TIMES_SLOWER * ((await spent()) - before);
  }
  missed ||= ms > MOST_MS;
  console.log(what.padEnd(44) + ms.toFixed(0) + " ms" + (ms > MOST_MS ? "  MISSED" : ""));
}

const button = (name) => `[...document.querySelectorAll("button, a")].find((it) => it.textContent.startsWith(${JSON.stringify(name)}) && !it.disabled && it.offsetParent !== null).click()`;
const confirm = 'document.querySelector("dialog button.primary").click()';
const search = (query) => measure("search: " + query, `{ const field = document.querySelector("#main input[type=search]"); field.value = ${JSON.stringify(query)}; field.dispatchEvent(new Event("input", { bubbles: true })); }`, 120);
for (const query of ["work", "working artificial", '"a lot of"', "people OR friends -work", "question:Q2 time", "organi*", "zzzqqq", ""]) await search(query);
await search("people");
await measure("tick a passage", 'document.querySelector("input.choose").click()');
await measure("choose all hits", button("Choose all"));
console.log("   " + (await page.locator("#selection b").textContent()) + " chosen");
await measure("pin them", button("Pin"));
await measure("undo", button("Undo"));
await measure("redo", button("Redo"));
await measure("undo again", button("Undo"));
await measure("ask for a note", button("Note…"));
await page.locator("dialog textarea").fill("Look");
await measure("a note on all of them", confirm);
await measure("undo", button("Undo"));
/** What asks first, and of which question where they answer several. */
async function many(what, name, inAsking) {
  await page.evaluate(chosenBar(name));
  for (let step = 1; step <= 2 && (await page.locator("dialog").count()); step++) {
    await page.waitForTimeout(200);
    if (await page.locator("dialog input[name=name]").count()) await page.locator("dialog input[name=name]").fill("New");
    const isLast = (await page.locator("dialog select[name=section]").count()) === 0;
    await measure(isLast ? what : inAsking, confirm);
    if (isLast) break;
  }
  await measure("undo", button("Undo"));
  await go(page, "#/passages");
}
const chosenBar = (name) => `[...document.querySelectorAll("#selection button")].find((it) => it.textContent.startsWith(${JSON.stringify(name)})).click()`;
await measure("ask where to move them", chosenBar("Move…"));
await page.locator("dialog").getByRole("button", { name: "Cancel" }).click();
for (const [what, name] of [["move those of one question", "Move…"], ["a new theme of them", "New theme…"]]) await many(what, name, "say of which question");
await measure("let go", button("Let go"));
await page.evaluate('document.querySelector("input.choose").click()');
await measure("ask where to move to", button("Move…"));
await measure("move one passage", confirm);
await page.locator("#selection").getByRole("button", { name: "Let go" }).click();
await search("work OR people");
await measure("choose all hits", button("Choose all"));
console.log("   " + (await page.locator("#selection b").textContent()) + " chosen");
await measure("ask for a further theme", button("Also in…"));
for (let step = 1; step <= 2 && (await page.locator("dialog").count()); step++) await measure("a further theme for all of a question, " + step, confirm);
await measure("undo", button("Undo"));
await measure("show the chosen ones", button("Show them"));
await go(page, "#/passages");
await measure("more like this", button("More like this"));
await measure("and another", button("More like this"));
await browser.close();
if (missed) { console.log("MISSED"); process.exitCode = 1; }
