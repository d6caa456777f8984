// Reads a report as a reader would: interviews, the map, tables and figures, print. node reading.mjs TASK REPORT.html FOLDER; tests/it/reading_report.rs
// says what each task is for.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { check, finish, fits, go, launch, open, until } from "./browser.mjs";

const [task, report, folder] = process.argv.slice(2);
const browser = await launch();
const number = (text) => Number(text.replace(/[^0-9]/g, ""));
const SIZES = [[1400, 900], [800, 1000], [390, 844]];

/** The file that a click saves, as text. */
async function saved(page, control) {
  const [file] = await Promise.all([page.waitForEvent("download"), control.click()]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** The data that the page is drawn from. */
const dataOf = (page) => page.evaluate(() => JSON.parse(document.getElementById("data").textContent));

/** The pixels of the map, once it is drawn. */
const pixels = async (page) => { await page.waitForTimeout(250); return page.evaluate(() => document.querySelector(".map canvas").toDataURL()); };

async function lasso(page, reach) {
  const box = await page.locator(".map canvas").boundingBox(), [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(cx - reach, cy - reach);
  await page.mouse.down();
  for (const [dx, dy] of [[reach, -reach], [reach, reach], [-reach, reach]]) await page.mouse.move(cx + dx, cy + dy, { steps: 4 });
  await page.mouse.up();
}

const tasks = {
  /** From a quote into its interview and through it; each interview holds every word of its answers and of what was asked. */
  async interviews() {
    const { page, problems } = await open(browser, report);
    const data = await dataOf(page), { units, answers, participants, studies, questions } = data;
    await page.locator(".theme-row h3 a").first().click();
    await page.waitForSelector(".passage .locator a");
    const from = await page.locator(".passage .locator a").first().textContent();
    const words = (await page.locator(".passage .said p").first().textContent()).replace("[…] ", "").replace(" […]", "");
    await page.locator(".passage .locator a").first().click();
    await page.waitForSelector(".transcript");
    const answer = from.match(/answer (\d+)/)[1];
    check(from.includes(await page.locator("h1").textContent()), "the interview of " + from);
    const sought = page.locator(".turn.sought");
    check((await sought.count()) === 1 && (await sought.locator(".who .id").textContent()) === "answer " + answer, "the answer is marked");
    check((await sought.textContent()).includes(words), "and holds the quote");
    check(await sought.evaluate((it) => { const box = it.getBoundingClientRect(); return box.top < innerHeight && box.bottom > 0; }), "and is seen");
    // Everything said and asked, in order, for every participant.
    for (let p = 0; p < participants.id.length; p++) {
      const name = studies[participants.study[p]].name + "/" + participants.id[p];
      await go(page, "#/interview/" + encodeURIComponent(name));
      const own = answers.participant.map((it, a) => (it === p ? a : -1)).filter((a) => a >= 0);
      const text = await page.locator(".transcript").evaluate((it) => it.textContent);
      let at = 0;
      for (const a of own) {
        const parts = answers.again.includes(a) ? [] : questions[answers.question[a]].split(/\n+/).filter(Boolean);
        for (let u = answers.first[a]; u < (answers.first[a + 1] ?? units.text.length); u++) parts.push(units.text[u]);
        for (const part of parts) {
          const found = text.indexOf(part, at);
          check(found >= 0, name + " lacks, in its place: " + part.slice(0, 80));
          at = found + part.length;
        }
      }
      // What was asked is told from what was said.
      const asks = await page.locator(".transcript .asks").evaluateAll((all) => all.map((it) => it.textContent));
      const asked = own.filter((a) => !answers.again.includes(a) && questions[answers.question[a]]);
      check(asks.length === asked.length && asks.every((it, i) => it.startsWith("Interviewer") && it.endsWith(questions[answers.question[asked[i]]].split(/\n+/).filter(Boolean).at(-1))), name + ": the interviewer's words are shown as such");
      check((await page.locator(".transcript .asks .piece").count()) === 0, "and are no passages");
      check((await page.locator(".piece").count()) === own.reduce((sum, a) => sum + (answers.first[a + 1] ?? units.text.length) - answers.first[a], 0), "each passage once");
      if (p > 8 && p < participants.id.length - 3) p += 4;
    }
    // Marked by theme; excluded ones with their reason; previous and next.
    await go(page, "#/interviews");
    check((await page.locator("tbody tr").count()) === Math.min(50, participants.id.length), "the list of interviews");
    await page.getByLabel("Search participants").fill(participants.id[3]);
    await until("the search finds one", async () => (await page.locator("tbody tr").count()) === 1);
    await page.locator("tbody a").click();
    await page.waitForSelector(".transcript");
    const themes = page.locator(".interview-side .legend button");
    check((await themes.count()) > 1, "its themes are listed");
    const colours = await page.locator(".interview-side .swatch").evaluateAll((all) => all.map((it) => it.style.background));
    check(new Set(colours).size === colours.length, "each in a colour of its own");
    await themes.nth(1).click();
    const shown = await page.locator(".piece.of").count();
    check(shown === number(await page.locator(".interview-side .legend .num").nth(1).textContent()), "one theme alone");
    check((await page.locator(".piece.of .label").first().textContent()).startsWith((await themes.nth(1).textContent()).slice(0, 20)), "with its name");
    const heading = await page.locator("h1").textContent();
    await page.getByRole("link", { name: /^Next/ }).first().click();
    await until("the next interview", async () => (await page.locator("h1").textContent()) !== heading);
    await page.getByRole("link", { name: /^Previous/ }).first().click();
    await until("and back", async () => (await page.locator("h1").textContent()) === heading);
    const excluded = units.theme.findIndex((theme) => theme < -1), p = answers.participant[units.answer[excluded]];
    await go(page, "#/interview/" + encodeURIComponent(studies[participants.study[p]].name + "/" + participants.id[p]));
    check(/set aside: /.test(await page.locator(".piece.excluded .labels").first().textContent()), "what was set aside has its reason");
    if (data.people.attributes) check((await page.locator(".interview-side dd").count()) > 0, "what is known of them");
    // A passage can be worked with where it stands.
    await page.locator(".piece .more").first().click();
    check((await page.locator(".piece .passage .actions button").count()) > 2, "what can be done with a passage");
    const table = await saved(page, page.getByRole("button", { name: /^CSV of/ }).first());
    check(table.name === "interview.csv" && table.bytes.toString().split("\r\n").length > 3, "the interview as a table");
    await go(page, "#/interview/nobody");
    check((await page.locator("h1").textContent()) === "Not in this analysis", "nobody");
    return problems;
  },

  /** What is found and chosen stands out and stays; names grow finer; colours by everything; contours; the lasso's list. */
  async map() {
    const { page, problems } = await open(browser, report, { hash: "#/map", width: 1400, height: 900 });
    const before = await pixels(page), data = await dataOf(page);
    // A search and a lasso together, and both after another page.
    await page.getByLabel("Search and highlight").fill("the");
    await until("something is found", async () => /found/.test(await page.locator(".map-panel h2").first().textContent()));
    const found = await pixels(page);
    check(found !== before, "what is found stands out");
    await page.getByRole("button", { name: "Lasso" }).click();
    await lasso(page, 170);
    check(/in the lasso/.test(await page.locator(".map-panel h2").first().textContent()), "the lasso lists");
    await until("and the search is still listed", async () => (await page.locator(".map-panel h2").allTextContents()).some((text) => /found/.test(text)));
    const idsOfChosen = () => page.locator(".chosen-list .line > .id").allTextContents();
    await until("the first are seen at once, the others soon", async () => (await idsOfChosen()).length > 3);
    const ids = await idsOfChosen();
    check(ids.every((id) => /^[^#]+\/[^#]+#\d+(\.\d+)?$/.test(id)), "with ids: " + ids.slice(0, 3));
    const both = await pixels(page);
    check(both !== found, "what is chosen stands out too");
    const table = await saved(page, page.locator(".chosen-list").getByRole("button", { name: /^CSV of/ }));
    const rows = table.bytes.toString().trim().split("\r\n").length - 1;
    check(rows >= number(await page.locator(".chosen-list h2").textContent()), "the table has every passage of the lasso");
    await page.getByRole("button", { name: "Lasso" }).click();
    await go(page, "#/questions");
    await go(page, "#/map");
    check((await pixels(page)) === both && /in the lasso/.test(await page.locator(".map-panel h2").first().textContent()), "both stay while the reader is elsewhere");
    await page.getByRole("button", { name: "Clear the selection" }).click();
    check((await pixels(page)) === found, "without the selection the search is left");
    await page.getByLabel("Search and highlight").fill("");
    await until("and nothing without it", async () => (await pixels(page)) === before);
    // The tooltip has the question.
    const box = await page.locator(".map canvas").boundingBox();
    let pointed = null;
    for (let i = 0, isShown = false; i < 4000 && !isShown; i++) {
      pointed = [box.x + 30 + (i * 23) % (box.width - 60), box.y + 60 + Math.floor(i * 23 / (box.width - 60)) * 9];
      await page.mouse.move(...pointed);
      isShown = await page.locator(".tip").isVisible();
    }
    const asked = await page.locator(".tip-asked").textContent();
    check(data.questions.some((question) => question.includes(asked.replace(/…$/, ""))), "what was asked: " + asked);
    // Names grow finer: groups of themes, then themes, then parts, then what was said.
    const names = async () => ((await saved(page, page.getByRole("button", { name: "Save the map as a figure" }))).bytes.toString().match(/<text[^>]*>[^<]+/g) || []).map((it) => it.replace(/.*>/, "").replace(/…$/, "").replace(/&amp;/g, "&"));
    const nearer = async (by) => { await page.mouse.move(...pointed); await page.mouse.wheel(0, -by); await page.waitForTimeout(400); };
    const from = (list) => (name) => list.some((text) => text.startsWith(name));
    const coarse = data.recurring.length >= 3 ? data.recurring.map((it) => it.label) : data.themes.map((it) => it.label);
    check((await names()).every(from(coarse)), "recurring themes from afar");
    await nearer(500);
    check((await names()).every(from(data.themes.map((it) => it.label))), "themes nearer by");
    await nearer(750);
    const near = await names();
    check(near.length > 0 && near.every(from(data.units.text)), "passages from near: " + near.filter((name) => !from(data.units.text)(name)));
    await page.getByRole("button", { name: "Show the whole map" }).click();
    // Every theme of a question has a colour of its own.
    await page.getByLabel("Question", { exact: true }).selectOption("1");
    const swatches = await page.locator(".legend .swatch").evaluateAll((all) => all.map((it) => it.style.background));
    check(swatches.length > 3 && new Set(swatches).size === swatches.length, "a colour for each theme: " + swatches.length);
    // The legend counts, and one of it stands out alone until all are shown again.
    const entry = page.locator(".legend li").first(), counted = number(await entry.locator(".num").textContent()), whole = await pixels(page);
    const label = await entry.locator(".legend-name").textContent();
    const index = data.themes.findIndex((theme) => theme.label === label && theme.section === 1);
    check(index >= 0 && data.units.theme.filter((theme) => theme === index).length === counted, "the legend counts its passages: " + label + ", " + counted);
    await entry.locator(".legend-name").click();
    await until("one alone", async () => (await page.locator(".map-panel h2").first().textContent()) === label);
    check(number((await page.locator(".map-panel p.count").textContent()).split("of")[1] || (await page.locator(".map-panel article").count()) + "") === counted && (await pixels(page)) !== whole, "its passages are listed, and stand out");
    await page.getByRole("button", { name: "Show all points again" }).click();
    await until("all again", async () => (await page.locator(".legend li").count()) > 3);
    check((await pixels(page)) === whole, "as before");
    await page.getByLabel("Question", { exact: true }).selectOption("");
    // Colours by everything that is there; each is another picture.
    const pictures = new Set();
    const ways = await page.getByLabel("Colour by").locator("option").evaluateAll((all) => all.map((it) => it.value));
    check(["theme", "section", "study", "stability"].every((way) => ways.includes(way)), "ways to colour: " + ways);
    check(!data.people.attributes || ways.some((way) => way.startsWith("attribute ")), "and by attributes");
    for (const way of ways) {
      await page.getByLabel("Colour by").selectOption(way);
      check((await page.locator(".legend li").count()) > 0, "a legend of " + way);
      pictures.add(await pixels(page));
    }
    check(pictures.size === ways.length, "each way is another picture");
    const plain = await pixels(page);
    await page.getByRole("button", { name: "Contours" }).click();
    check((await pixels(page)) !== plain && await page.getByText("Lines enclose").isVisible(), "contours, and what they are");
    const figure = await saved(page, page.getByRole("button", { name: "Save the map as a figure" }));
    check((figure.bytes.toString().match(/stroke-opacity/g) || []).length === 5, "five contours in the figure");
    const picture = await saved(page, page.getByRole("button", { name: "Save the map as a picture" }));
    check(picture.name === "map.png" && picture.bytes.subarray(1, 4).toString() === "PNG" && picture.bytes.readUInt32BE(16) > 1000, "and as a picture");
    // What was picked is merged, or hidden, on another page: the map follows, and shows all where nothing is left of it.
    for (const [way, isThere] of [["recurring", data.recurring.length >= 3], ["theme", true]]) {
      if (!isThere) continue;
      await page.getByLabel("Colour by").selectOption(way);
      await page.locator(".legend-name").nth((await page.locator(".legend-name").count()) - 1).click();
      await go(page, await page.locator(".map-panel h2 a").first().getAttribute("href"));
      const title = () => page.locator("h1").textContent(), merged = await title();
      await page.getByRole("button", { name: "Merge…" }).click();
      await page.locator("dialog").getByRole("button", { name: "Merge", exact: true }).click();
      await until("merged", async () => (await title()) !== merged);
      const into = await title();
      await go(page, "#/map");
      check((await page.locator(".map-panel h2").first().textContent()) === into, "the one it went into: " + into);
      await go(page, await page.locator(".map-panel h2 a").first().getAttribute("href"));
      await page.getByRole("button", { name: "Hide", exact: true }).click();
      await go(page, "#/map");
      check((await page.locator(".legend li").count()) > 1, "all, where it is hidden");
    }
    return problems;
  },

  /** Matrices, citations, tables; what is saved goes to FOLDER. */
  async tables() {
    const { page, context, problems } = await open(browser, report, { hash: "#/matrix", width: 1400 });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    for (const [by, name] of [["question", "by-question.csv"], ["study", "by-study.csv"]]) {
      await page.getByLabel("Rows").selectOption("theme");
      await page.getByLabel("Columns").selectOption(by);
      writeFileSync(join(folder, name), (await saved(page, page.getByRole("button", { name: "CSV of the whole matrix" }))).bytes);
    }
    check((await page.locator("td.heat").count()) > 5, "cells are shaded");
    const cell = page.locator("td.heat button").first();
    const people = await cell.getAttribute("title");
    await cell.click();
    check(people.startsWith((await page.locator(".matrix .facts").textContent()).split(" participants")[0]), "a cell opens its passages: " + people);
    check((await page.locator(".matrix .passage").count()) > 0, "which can be read");
    const figure = await saved(page, page.getByRole("button", { name: "Save the matrix as a figure" }));
    check(figure.name === "matrix.svg" && figure.bytes.toString().split("<rect").length > 6, "the matrix as a figure");
    const picture = await saved(page, page.getByRole("button", { name: "Save the matrix as a picture" }));
    check(picture.bytes.subarray(1, 4).toString() === "PNG", "and as a picture");
    // A quote with its citation.
    const passage = page.locator(".matrix .passage").first(), words = await passage.locator(".said p").textContent(), place = await passage.locator(".locator a").first().textContent();
    await passage.getByRole("button", { name: "Copy" }).click();
    await until("the copy is told", async () => (await passage.getByText("Copied").count()) === 1);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    check(copied.startsWith("“" + words.replace(/\s+/g, " ").trim() + "” (" + place + "; ") && /line \d+\)$/.test(copied), copied);
    // A search as a table.
    await go(page, "#/passages");
    await page.getByLabel("Search all passages").fill("the");
    await until("the search is shown", async () => (await page.locator("mark").count()) > 0);
    const found = number((await page.locator("p.count").first().textContent()).split("of")[1]);
    const button = page.getByRole("button", { name: /^CSV of/ });
    check(number(await button.getAttribute("aria-label")) === found, "the table has what is found");
    writeFileSync(join(folder, "found.csv"), (await saved(page, button)).bytes);
    // Bars and the figures of a comparison.
    await go(page, "#/");
    const bars = await saved(page, page.getByRole("button", { name: "Save the bars as a picture" }));
    check(bars.name === "prevalence.png" && bars.bytes.length > 5000, "the bars as a picture");
    if (await page.locator("#nav").getByRole("link", { name: "Compare" }).count()) {
      await go(page, "#/compare");
      await page.getByRole("button", { name: "Dark" }).click();
      const forest = (await saved(page, page.getByRole("button", { name: "Save forest as a figure" }))).bytes.toString();
      check(/fill="rgb\(29, 33, 38\)"/.test(forest) && !/class=/.test(forest), "a figure is light on a dark page, with its styles in it");
    }
    return problems;
  },

  /** Everything is printed, with the title and the part's name on every sheet; FOLDER/print.pdf. */
  async print() {
    const { page, problems } = await open(browser, report, { hash: "#/print" });
    await page.evaluate(() => { window.printed = 0; window.print = () => { window.printed++; }; });
    for (const box of await page.getByRole("checkbox").all()) await box.check();
    await page.getByRole("button", { name: "Print…" }).click();
    await page.waitForFunction(() => window.printed === 1, null, { timeout: 60000 });
    const data = await dataOf(page);
    const text = await page.locator(".book").evaluate((it) => it.textContent);
    check(data.units.text.every((words) => text.includes(words)), "every passage is printed");
    check(data.themes.filter((theme) => !theme.hidden).every((theme) => text.includes(theme.label)), "every theme too");
    const heads = await page.locator(".sheet .sheet-head").allTextContents();
    check(heads.length === (await page.locator(".sheet").count()) && heads.every((head) => head.startsWith(data.title)) && new Set(heads).size === heads.length, "a head for each part: " + heads);
    await page.pdf({ path: join(folder, "print.pdf"), format: "A4" });
    // One part alone.
    for (const box of await page.getByRole("checkbox").all()) await box.uncheck();
    await page.getByLabel("Method").check();
    await page.getByRole("button", { name: "Print…" }).click();
    await page.waitForFunction(() => window.printed === 2);
    check((await page.locator(".sheet").count()) === 1 && /Settings/.test(await page.locator(".book").textContent()), "a chosen part");
    await page.pdf({ path: join(folder, "method.pdf"), format: "A4" });
    return problems;
  },

  /** A report for stakeholders: nothing to edit with, and no page of passages, interviews or the map. */
  async stakeholders() {
    const { page, problems } = await open(browser, report);
    const pages = await page.locator("#nav a").allTextContents();
    check(["Interviews", "Passages", "Map", "Edits"].every((name) => !pages.includes(name)) && pages.includes("Themes"), "pages: " + pages);
    const data = await dataOf(page);
    check(/ in themes, of which \d+ (is|are) shown here, /.test(await page.locator("p.lead").textContent()), "passages of all themes are not said to be of those shown");
    check((await page.locator("footer kbd").count()) === 0, "no keys are promised");
    const tools = /Rename|Describe|Merge|Hide|Pin|Move|Note|New theme|Themes…|Change|Remove|Choose themes|Download codebook/;
    const hashes = [...await page.locator("#nav a").evaluateAll((all) => all.map((it) => it.getAttribute("href"))), ...data.themes.map((theme) => "#/theme/" + theme.id), ...data.recurring.map((it) => "#/recurring/" + it.id), ...data.sections.map((it) => "#/question/" + it.id)];
    const said = new Set(data.units.text);
    for (const hash of hashes) {
      await go(page, hash);
      check((await page.locator("h1").textContent()) !== "Not in this analysis", hash + " is there");
      const buttons = await page.getByRole("button").allTextContents();
      check(!buttons.some((text) => tools.test(text)), hash + " has " + buttons.filter((text) => tools.test(text)));
      for (const text of await page.locator(".passage .said").allTextContents()) check([...said].some((words) => text.includes(words)), "a quote that was chosen");
    }
    // Counts are the program's, though the passages that they count are not here.
    const people = async () => number((await page.locator(".facts b").first().textContent()).split(" of")[0]);
    for (const it of data.recurring) {
      await go(page, "#/recurring/" + it.id);
      check((await people()) === it.prevalence.participants, "counts of " + it.id);
    }
    for (const theme of data.themes) {
      await go(page, "#/theme/" + theme.id);
      check((await people()) === theme.prevalence.participants, "counts of " + theme.id);
    }
    if (data.categories) {
      await go(page, "#/categories");
      check((await page.locator(".part b").first().textContent()).startsWith(data.categories[0].prevalence.participants + " of"), "counts of a category");
    }
    for (const hash of ["#/passages", "#/interviews", "#/edits", "#/interview/x"]) {
      await go(page, hash);
      check((await page.locator("h1").textContent()) === "Not in this analysis", hash + " is not there");
    }
    check(!(await page.locator("#pending").textContent()), "nothing is pending");
    return problems;
  },

  /** Quotes play from their time, from a file beside the report; another place is forbidden. */
  async recordings() {
    const { page, problems } = await open(browser, report);
    const data = await dataOf(page), u = data.units.time.findIndex((time, at) => time && time !== "00:00:00" && data.people.recording[data.answers.participant[data.units.answer[at]]]);
    const a = data.units.answer[u], p = data.answers.participant[a];
    await go(page, "#/interview/" + encodeURIComponent(data.studies[data.participants.study[p]].name + "/" + data.participants.id[p] + "#" + data.answers.number[a]));
    const seconds = data.units.time[u].split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
    await page.locator(".turn.sought").getByRole("button", { name: "Play " + data.units.time[u] }).click();
    await until("the recording plays from " + seconds, () => page.evaluate((from) => { const it = document.querySelector(".recording .player"); return it.readyState > 1 && it.currentTime >= from && it.currentTime < from + 5; }, seconds));
    const forbidden = await page.evaluate(() => document.querySelector("meta[http-equiv]").content);
    check(forbidden.includes("media-src 'self' file:;") && forbidden.includes("default-src 'none'"), forbidden);
    // From a quote elsewhere.
    await go(page, "#/passages");
    const play = page.locator(".passage").getByRole("button", { name: /^Play/ }).first();
    await play.click();
    await until("a quote plays in its list", () => page.evaluate(() => { const it = document.querySelector(".context .player"); return it && it.readyState > 1; }));
    await play.click();
    check((await page.locator(".context .player").count()) === 0, "and is put away");
    return problems;
  },

  /** No finding of axe-core at all, target sizes included, and nothing wider than the window, on the pages to read. */
  async fingers() {
    const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    const all = [];
    for (const dark of [false, true]) {
      for (const [width, height] of SIZES) {
        const { page, problems, context } = await open(browser, report, { dark, width, height });
        const theme = await page.locator(".theme-row h3 a").first().getAttribute("href");
        const hashes = await page.locator("#nav a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
        await page.evaluate(source);
        const interview = await page.evaluate(() => { const d = JSON.parse(document.getElementById("data").textContent); return d.for_readers ? null : "#/interview/" + encodeURIComponent(d.studies[0].name + "/" + d.participants.id[0]); });
        for (const hash of [...hashes, theme, ...(interview ? [interview] : []), "#/recurring/R1"]) {
          await go(page, hash);
          await fits(page, width, hash);
          const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }).then((r) => r.violations));
          for (const it of found) all.push(`axe ${hash} ${dark ? "dark" : "light"} ${width}: ${it.id} (${it.impact}): ${it.help}: ${it.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + (n.any[0]?.message ?? "")).join(" | ")}`);
        }
        all.push(...problems);
        await context.close();
      }
    }
    return all;
  },
};

await finish(browser, () => tasks[task]());
