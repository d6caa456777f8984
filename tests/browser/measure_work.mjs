// How long a report takes to answer a researcher's work in it, on a processor a quarter as fast: node measure_work.mjs REPORT.html
// Each answer may take 100 ms, as answering.mjs counts them; so may each task of what is put off until it is seen. --wall measures the
// time that passes instead, on a machine that does nothing else.
import { go, launch, open } from "./browser.mjs";
import { answering, holdIdle, tellAnswer } from "./answering.mjs";

const [report, wall] = process.argv.slice(2);
const browser = await launch();
const { page } = await open(browser, report, { hash: "#/passages", width: 1400, prepare: holdIdle });
const answer = await answering(page, wall);
// The index is made in pauses after the page was opened.
await page.waitForTimeout(8000);

let missed = false;
async function measure(what, press, options) {
  missed = tellAnswer(what, await answer(press, options)) || missed;
}

const button = (name) => `[...document.querySelectorAll("button, a")].find((it) => it.textContent.startsWith(${JSON.stringify(name)}) && !it.disabled && it.offsetParent !== null).click()`;
/** Of the bar of what is chosen: passages have buttons of these names of their own. */
const chosenBar = (name) => `[...document.querySelectorAll("#selection button")].find((it) => it.textContent.startsWith(${JSON.stringify(name)})).click()`;
const confirm = 'document.querySelector("dialog button.primary").click()';
const search = (query) => measure("search: " + query, `{ const field = document.querySelector("#main input[type=search]"); field.value = ${JSON.stringify(query)}; field.dispatchEvent(new Event("input", { bubbles: true })); }`, { pause: 120 });
for (const query of ["work", "working artificial", '"a lot of"', "people OR friends -work", "question:Q2 time", "organi*", "zzzqqq", ""]) await search(query);
await search("people");
await measure("tick a passage", 'document.querySelector("input.choose").click()');
await measure("choose all hits", button("Choose all"));
console.log("   " + (await page.locator("#selection b").textContent()) + " chosen");
await measure("pin them", chosenBar("Pin"));
await measure("undo", button("Undo"));
await measure("redo", button("Redo"));
await measure("undo again", button("Undo"));
await measure("ask for a note", chosenBar("Note…"));
await page.locator("dialog textarea").fill("Look");
await measure("a note on all of them", confirm);
await measure("undo", button("Undo"));
/** What asks first, and of which question where they answer several. */
async function many(what, name, inAsking, leads) {
  await page.evaluate(chosenBar(name));
  for (let step = 1; step <= 2 && (await page.locator("dialog").count()); step++) {
    await page.waitForTimeout(200);
    if (await page.locator("dialog input[name=name]").count()) await page.locator("dialog input[name=name]").fill("New");
    const isLast = (await page.locator("dialog select[name=section]").count()) === 0;
    await measure(isLast ? what : inAsking, confirm, { leads: isLast && leads });
    if (isLast) break;
  }
  await measure("undo", button("Undo"));
  await go(page, "#/passages");
}
await measure("ask where to move them", chosenBar("Move…"));
await page.locator("dialog").getByRole("button", { name: "Cancel" }).click();
await many("move those of one question", "Move…", "say of which question", false);
await many("a new theme of them, with its page", "New theme…", "say of which question", true);
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
await measure("show the chosen ones", button("Show them"), { leads: true });
await go(page, "#/passages");
await measure("more like this", button("More like this"), { leads: true });
// The first on this page is that of the passage itself.
await measure("and another", '[...document.querySelectorAll("a.quiet-link")][1].click()', { leads: true });
await browser.close();
if (missed) { console.log("MISSED"); process.exitCode = 1; }
