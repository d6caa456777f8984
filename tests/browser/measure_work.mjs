// How much of its processor's time a report takes to answer what is done in it: node measure_work.mjs REPORT.html
// The time is that of the page's own thread, so that other programs on the machine do not count, and told four times: as on a
// machine four times slower. It may be 100 ms for each.
import { go, launch, open } from "./browser.mjs";

const MOST_MS = 100, TIMES_SLOWER = 4;
const [report] = process.argv.slice(2);
const browser = await launch();
const { page } = await open(browser, report, { hash: "#/passages", width: 1400 });
const session = await page.context().newCDPSession(page);
await session.send("Performance.setTimeDomain", { timeDomain: "threadTicks" }).catch(() => {});
await session.send("Performance.enable", { timeDomain: "threadTicks" });
const spent = async () => (await session.send("Performance.getMetrics")).metrics.find((it) => it.name === "TaskDuration").value * 1000;
// The index is made in pauses after the page was opened.
await page.waitForTimeout(8000);

let missed = false;
async function measure(what, press) {
  const before = await spent();
  await page.evaluate(press);
  await page.waitForTimeout(400);
  const ms = TIMES_SLOWER * ((await spent()) - before);
  missed ||= ms > MOST_MS;
  console.log(what.padEnd(44) + ms.toFixed(0) + " ms" + (ms > MOST_MS ? "  MISSED" : ""));
}

const button = (name) => `[...document.querySelectorAll("button, a")].find((it) => it.textContent.startsWith(${JSON.stringify(name)}) && !it.disabled && it.offsetParent !== null).click()`;
const confirm = 'document.querySelector("dialog button.primary").click()';
const search = (query) => measure("search: " + query, `{ const field = document.querySelector("#main input[type=search]"); field.value = ${JSON.stringify(query)}; field.dispatchEvent(new Event("input", { bubbles: true })); }`);
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
