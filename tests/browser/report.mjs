// Works with a report as a reader would. node report.mjs TASK REPORT.html FOLDER; tests/it/report.rs says what each task is for.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { check, finish, fits, go, launch, open, until, settled } from "./browser.mjs";

const [task, report, folder] = process.argv.slice(2);
const browser = await launch();
const number = (text) => Number(text.replace(/[^0-9]/g, ""));

async function count(page, selector) {
  return page.locator(selector).count();
}

const tasks = {
  async reads() {
    const { page, problems } = await open(browser, report);
    // Themes: sorted, searched, filtered by study.
    check((await page.title()).includes("Candidate themes"), "the title");
    const shares = await page.locator(".theme-count").allTextContents();
    check(shares.length > 5, "themes are listed");
    // Firm ones first, and how many they are; then by participants, when asked to.
    const rank = (mark) => (mark.startsWith("firm") ? 0 : mark.startsWith("fair") ? 1 : 2);
    const ranks = (await page.locator(".theme-trust .mark").allTextContents()).map(rank);
    check(ranks.length > 5 && ranks.every((n, i) => !i || n >= ranks[i - 1]), "firm ones first: " + ranks);
    const tiles = (await page.locator(".tile").allTextContents()).join(" | ");
    check(/of \d+ candidate themes (is|are) firm/.test(tiles) && /passages? (was|were) set aside/.test(tiles), "how many are firm, and what was set aside: " + tiles);
    // What firm means, on the page and at each mark.
    const meant = /firm: likely to be found with other participants, too; fair: perhaps; do not rely on it: unlikely/;
    check(meant.test(await page.locator("main").textContent()) && meant.test(await page.locator(".theme-trust .mark").first().getAttribute("title")), "what firm means");
    await page.getByLabel("Sort").selectOption("people");
    const sorted = await page.locator(".theme-count").allTextContents();
    const people = sorted.map((text) => number(text.match(/([\d,]+) of/)[1]));
    check(people.every((n, i) => !i || n <= people[i - 1]), "most participants first: " + people);
    check(shares.every((text) => /\d+\s%\s\(\d+–\d+\)/.test(text)), "each share has its interval: " + shares[0]);
    const all = number((await page.locator("p.count").first().textContent()).split("·")[0]);
    const label = await page.locator(".theme-row h3 a").nth(1).textContent();
    await page.getByLabel("Search names and keywords").fill(label);
    const themes = async () => number((await page.locator("p.count").first().textContent()).split("·")[0]);
    await until("search finds fewer themes", async () => (await themes()) >= 1 && (await themes()) < all);
    await page.getByLabel("Search names and keywords").fill("");
    await until("an empty search finds all", async () => (await themes()) === all);
    await page.getByLabel("Study", { exact: true }).selectOption("homecare");
    const inStudy = await page.locator(".theme-count").allTextContents();
    check(inStudy.join() !== shares.join(), "the filter by study changes the numbers");
    const [figure] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save the bars as a figure" }).click()]);
    const svg = readFileSync(await figure.path(), "utf8");
    check(figure.suggestedFilename() === "prevalence.svg" && svg.startsWith("<svg") && svg.split("<rect").length > 5, "the bars as a figure");
    // A theme: quotes with question and whole answer, search and pages.
    await page.getByLabel("Study", { exact: true }).selectOption("");
    await page.locator(".theme-row h3 a").first().click();
    await page.waitForSelector(".passage");
    check((await page.locator("h1").textContent()).length > 3 && page.url().includes("#/theme/"), "the theme's page");
    await page.goBack();
    await page.waitForSelector(".theme-row");
    await page.goForward();
    await page.waitForSelector(".passage");
    const quote = page.locator(".passage").first();
    await quote.getByRole("button", { name: "Question" }).click();
    check((await quote.locator(".asked").textContent()).length > 15, "the question is shown");
    const longer = page.locator(".passage", { has: page.getByRole("button", { name: "Whole answer" }) }).first();
    await longer.getByRole("button", { name: "Whole answer" }).click();
    const answer = await longer.locator(".whole").textContent();
    check(answer.includes((await longer.locator(".here").textContent())) && answer.length > (await longer.locator(".here").textContent()).length, "the whole answer holds the quote");
    const list = page.locator("section", { has: page.getByRole("heading", { name: "All passages" }) });
    const before = await list.locator("p.count").textContent();
    const word = (await list.locator(".said p").first().textContent()).split(/\s+/).find((w) => /^\p{L}{7,}$/u.test(w));
    await list.getByLabel("Search these passages").fill(word);
    await until("the word is marked", async () => (await list.locator("mark").count()) > 0);
    const after = await list.locator("p.count").textContent();
    check(number(after.split("of")[1]) <= number(before.split("of")[1]), "search narrows the passages");
    const marked = await list.locator("mark:not(.here)").first().textContent();
    check(marked.toLowerCase() === word.toLowerCase(), `and marks the word: ${marked} for ${word}`);
    // Everything said, page by page.
    await go(page, "#/passages");
    const total = number((await page.locator("p.count").first().textContent()).split("of")[1]);
    await page.getByRole("button", { name: "Next" }).click();
    check((await page.locator("p.count").first().textContent()).startsWith("21–40"), "the second page");
    await page.getByLabel("What became of it").selectOption("-1");
    check(number((await page.locator("p.count").first().textContent()).split("of")[1]) < total, "unclustered ones alone");
    for (const [hash, heading] of [["#/questions", "Questions"], ["#/recurring", "Recurring across questions"], ["#/method", "Method"], ["#/edits", "Your edits"], ["#/theme/none", "Not in this analysis"]]) {
      await go(page, hash);
      check((await page.locator("h1").textContent()) === heading, hash);
    }
    await page.getByRole("link", { name: "To the themes" }).click();
    // Who was not asked is told last; shares without intervals promise none; the program's code is code.
    await go(page, "#/questions");
    const answered = (await page.locator(".questions .facts").allTextContents()).join(" | ");
    check(/Answered by \d+ of \d+ in homecare; not asked in hospital/.test(answered) && !/by not asked/.test(answered), "who answered: " + answered);
    await go(page, "#/matrix");
    check(!/in brackets/.test(await page.locator("main").textContent()), "cells have no intervals");
    await go(page, "#/method");
    const method = await page.locator("main").textContent();
    check(/fingerprint [0-9a-f]{16}/.test(method) && !method.includes("`") && (await count(page, "main code")) > 5, "the model's fingerprint, and code as code");
    await go(page, "#/recurring");
    check(/not always of the same opinion/.test(await page.locator("p.lead").textContent()) && / \/ /.test((await page.locator(".theme-row h3").allTextContents()).join(" | ")), "two themes are both named");
    // With the keyboard alone: to the first theme and into it.
    await page.goto("file://" + encodeURI(report));
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement.closest(".theme-row h3") !== null)) break;
    }
    await page.keyboard.press("Enter");
    await page.waitForSelector(".passage");
    // Light and dark.
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByRole("button", { name: "Dark" }).click();
    check((await ground()) !== light, "dark is another colour");
    return problems;
  },

  async map() {
    const { page, problems } = await open(browser, report, { hash: "#/map" });
    await page.waitForTimeout(300);
    const box = await page.locator(".map canvas").last().boundingBox();
    // Somewhere a point is hovered over.
    let hovered = null;
    for (let y = 40; y < box.height - 40 && !hovered; y += 6) {
      for (let x = 40; x < box.width - 40 && !hovered; x += 25) {
        await page.mouse.move(box.x + x, box.y + y);
        if (await page.locator(".tip").isVisible()) hovered = [box.x + x, box.y + y];
      }
    }
    check(hovered, "a point shows its text");
    const tip = await page.locator(".tip-said").textContent();
    await page.mouse.click(...hovered);
    const chosen = await page.locator(".map-panel .passage .said").first().textContent();
    check(chosen.startsWith(tip.replace(/…$/, "").slice(0, 60)), "a click shows the passage hovered over: " + tip);
    await page.getByRole("button", { name: "Clear the selection" }).click();
    await page.getByRole("button", { name: "Lasso" }).click();
    const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(cx - 200, cy - 200);
    await page.mouse.down();
    for (const [dx, dy] of [[200, -200], [200, 200], [-200, 200]]) await page.mouse.move(cx + dx, cy + dy, { steps: 4 });
    await page.mouse.up();
    const heading = await page.locator(".map-panel h2").first().textContent();
    check(/in the lasso/.test(heading) && number(heading) > 3, "the lasso lists passages: " + heading);
    await until("with their text, the first of which are seen at once", async () => (await count(page, ".map-panel .passage")) > 3);
    await page.getByRole("button", { name: "Lasso" }).click();
    await page.getByRole("button", { name: "Clear the selection" }).click();
    await page.waitForTimeout(300);
    const pixels = () => page.evaluate(() => document.querySelector(".map canvas").toDataURL());
    const before = await pixels();
    await page.getByLabel("Search and highlight").fill(chosen.split(/\s+/).find((w) => w.length > 6));
    await until("what is found is listed", async () => /found/.test(await page.locator(".map-panel h2").first().textContent()));
    await until("and highlighted", async () => (await pixels()) !== before);
    await page.getByLabel("Search and highlight").fill("");
    await until("no longer, when the search is empty", async () => (await pixels()) === before);
    await page.getByLabel("Question", { exact: true }).selectOption("1");
    await until("one question alone", async () => (await pixels()) !== before);
    await page.waitForTimeout(300);
    const fitted = await pixels();
    await page.locator(".map canvas").focus();
    for (const key of ["+", "ArrowLeft"]) await page.keyboard.press(key);
    await until("the keyboard moves the map", async () => (await pixels()) !== fitted);
    await page.keyboard.press("0");
    await until("and brings it back", async () => (await pixels()) === fitted);
    await page.locator(".legend button").first().click();
    check((await count(page, ".map-panel .passage")) > 0, "a theme of the legend lists its passages");
    const [figure] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save the map as a figure" }).click()]);
    const svg = readFileSync(await figure.path(), "utf8");
    check(figure.suggestedFilename() === "map.svg" && svg.startsWith("<svg") && svg.includes("h0M"), "the map as a figure");
    return problems;
  },

  /** Edits, undone and kept over a reload; what they are goes to FOLDER/edits.json, the codebook beside it. */
  async edits() {
    const { page, problems } = await open(browser, report);
    const hrefs = await page.locator(".theme-row h3 a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
    const ids = hrefs.map((href) => decodeURIComponent(href.split("/").pop()));
    const [renamed] = ids;
    const name = 'Nights, "calls" \\ & <b>bold</b> \u202eאב';
    await go(page, "#/theme/" + renamed);
    await page.getByRole("button", { name: "Rename…" }).click();
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByRole("button", { name: "Rename", exact: true }).click();
    await until("the new name shows", async () => (await page.locator("h1").textContent()) === name);
    await page.getByRole("button", { name: "Describe…" }).click();
    await page.locator("dialog textarea").fill("Two\nlines");
    await page.getByRole("button", { name: "Save" }).click();
    // Pin the last passage of the theme, move the first one away.
    const list = page.locator("section", { has: page.getByRole("heading", { name: "All passages" }) });
    await list.getByRole("button", { name: "Pin", exact: true }).last().click();
    const pinned = await page.locator(".passage.pinned .locator bdi").first().textContent();
    const mentions = await list.locator("p.count").textContent();
    await list.getByRole("button", { name: "Move…" }).first().click();
    const moved = await page.locator("dialog blockquote").textContent();
    await page.locator("dialog select").selectOption("unclustered");
    await page.getByRole("button", { name: "Move", exact: true }).click();
    await until("the passage is gone from the list", async () => (await list.locator("p.count").textContent()) !== mentions);
    // Merge a theme with another of its question; hide a third.
    const section = renamed.split(".")[0];
    const [, second, third] = ids.filter((id) => id.split(".")[0] === section);
    const others = ids.filter((id) => id.split(".")[0] !== section);
    const merged = others.find((id) => others.some((other) => other !== id && other.split(".")[0] === id.split(".")[0]));
    const into = others.find((id) => id !== merged && id.split(".")[0] === merged.split(".")[0]);
    await go(page, "#/theme/" + merged);
    await page.getByRole("button", { name: "Merge…" }).click();
    await page.locator("dialog select").selectOption(into);
    await page.getByRole("button", { name: "Merge", exact: true }).click();
    await page.waitForFunction((id) => location.hash.endsWith(id), into);
    const mergedPeople = await page.locator(".facts b").first().textContent();
    await go(page, "#/theme/" + (second || third));
    await page.getByRole("button", { name: "Hide" }).click();
    // One edit too many, taken back; then a reload.
    await page.getByRole("button", { name: "Rename…" }).click();
    await page.getByLabel("Name", { exact: true }).fill("A mistake");
    await page.getByRole("button", { name: "Rename", exact: true }).click();
    await until("the mistake shows", async () => (await page.locator("h1").textContent()) === "A mistake");
    await page.locator(".pending").getByRole("button", { name: "Undo" }).click();
    await until("undo takes the last edit back", async () => (await page.locator("h1").textContent()) !== "A mistake");
    await page.reload();
    await page.waitForSelector("main h1");
    await go(page, "#/theme/" + renamed);
    // What a window keeps as it closes may reach the next one a moment after that was opened.
    await until("edits survive a reload", async () => (await page.locator("h1").textContent()) === name);
    const peopleAfter = await page.locator(".facts b").first().textContent();
    await go(page, "#/edits");
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("main").getByRole("button", { name: "Download codebook" }).click()]);
    check(download.suggestedFilename() === "codebook.toml", "the file's name");
    await download.saveAs(join(folder, "codebook.toml"));
    console.log(JSON.stringify({ renamed, name, pinned, moved, merged, into, mergedPeople, hidden: second || third, peopleAfter }));
    return problems;
  },

  /** The report after the codebook was applied: edits show, none is pending. FOLDER/expected.json: what must be read where. */
  async edited() {
    const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
    const { page, problems } = await open(browser, report);
    await go(page, "#/theme/" + expected.renamed);
    check((await page.locator("h1").textContent()) === expected.name, "the name is in the analysis");
    check((await page.locator(".description").textContent()) === "Two\nlines", "the description too");
    check((await page.locator(".passage.pinned .locator bdi").first().textContent()) === expected.pinned, "the pinned quote comes first");
    check((await page.locator(".facts b").first().textContent()) === expected.peopleAfter, "the program counts what the page counted");
    await go(page, "#/theme/" + expected.into);
    check((await page.locator(".facts b").first().textContent()) === expected.mergedPeople, "people of the merged theme: " + expected.mergedPeople);
    await go(page, "#/theme/" + expected.merged);
    check((await page.locator("h1").textContent()) === "Not in this analysis", "the merged theme is gone");
    await go(page, "#/");
    check((await page.getByRole("button", { name: "1 hidden theme" }).count()) === 1, "one theme is hidden");
    await go(page, "#/edits");
    check((await page.locator("main").getByRole("button", { name: "Download codebook" }).isDisabled()), "nothing is pending");
    // Another edit: the download still has the first ones.
    await go(page, "#/theme/" + expected.into);
    await page.getByRole("button", { name: "Rename…" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Second round");
    await page.getByRole("button", { name: "Rename", exact: true }).click();
    await until("the second name shows", async () => (await page.locator("h1").textContent()) === "Second round");
    await go(page, "#/edits");
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("main").getByRole("button", { name: "Download codebook" }).click()]);
    await download.saveAs(join(folder, "codebook.toml"));
    return problems;
  },

  /** Themes by hand, notes, recurring themes and categories; the codebook goes to FOLDER, what was read to standard output. */
  async hand() {
    const { page, problems } = await open(browser, report);
    const dialog = page.locator("dialog");
    const confirm = (name) => dialog.getByRole("button", { name, exact: true }).click();
    // A theme of the passages of a search.
    const href = await page.locator(".theme-row h3 a").first().getAttribute("href");
    await go(page, href);
    const list = page.locator("section", { has: page.getByRole("heading", { name: "All passages" }) });
    const before = number((await list.locator("p.count").textContent()).split("of")[1]);
    const word = (await list.locator(".said p").first().textContent()).split(/\s+/).find((w) => /^\p{L}{6,}$/u.test(w));
    await list.getByLabel("Search these passages").fill(word);
    await list.getByRole("button", { name: "New theme of these passages…" }).click();
    const taken = number(await dialog.locator("h2").textContent());
    check(taken > 0 && taken < before, "the passages of the search: " + taken + " of " + before);
    await page.getByLabel("Name", { exact: true }).fill("Nobody asked us");
    await confirm("Make it");
    await page.waitForFunction(() => location.hash === "#/theme/N1");
    await until("the new theme has its page", async () => (await page.locator("h1").textContent()) === "Nobody asked us");
    check(/not measured: made by hand/.test(await page.locator(".facts-list").textContent()), "it says that its stability is not measured");
    check(number((await list.locator("p.count").textContent()).split("of")[1] || (await list.locator("p.count").textContent())) === taken, "it has its passages");
    const people = await page.locator(".facts b").first().textContent();
    // Notes, and a passage in two themes.
    await page.getByRole("button", { name: "Note…" }).first().click();
    await dialog.locator("textarea").fill("Ask the wards\nagain.");
    await confirm("Save");
    await until("the note shows as one", async () => (await page.locator("p.memo").first().textContent()).startsWith("Your note: Ask the wards"));
    await list.getByRole("button", { name: "Note…" }).first().click();
    await dialog.locator("textarea").fill("Look at this");
    await confirm("Save");
    await until("the note on the passage shows", async () => (await list.locator("p.memo").count()) === 1);
    await list.getByRole("button", { name: "Themes…" }).first().click();
    const further = await dialog.locator("select").first().locator("option").nth(1).getAttribute("value");
    await dialog.locator("select").first().selectOption(further);
    await confirm("Save");
    await go(page, "#/theme/" + further);
    const furtherPeople = await page.locator(".facts b").first().textContent();
    check(/edited here/.test(await (async () => { await go(page, "#/"); return page.locator("main").textContent(); })()), "what changed is marked");
    // Recurring themes and a category.
    await go(page, "#/recurring");
    await page.locator(".theme-row h3 a").first().click();
    await page.getByRole("button", { name: "Rename…" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Again and again");
    await confirm("Rename");
    await until("the recurring theme is named", async () => (await page.locator("h1").textContent()) === "Again and again");
    await go(page, "#/categories");
    await page.getByRole("button", { name: "New category…" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Being heard");
    await dialog.locator("input[type=checkbox]").nth(0).check();
    await dialog.locator("input[value=N1]").check();
    await confirm("Save");
    await until("the category shows", async () => (await page.locator("h2").first().textContent()) === "Being heard");
    const category = await page.locator(".part b").first().textContent();
    await fits(page, 1280, "categories");
    // Numbers that wait for the codebook say so, while there are edits; the category is printed.
    const waiting = async () => { const told = []; for (const hash of ["#/", "#/questions", "#/method"]) { await go(page, hash); told.push(/as found, before your edits/i.test(await page.locator("main").textContent())); } return told.join(); };
    check((await waiting()) === "true,true,true", "as found, before your edits: " + (await waiting()));
    await go(page, "#/print");
    await page.evaluate(() => { window.printed = 0; window.print = () => { window.printed++; }; });
    for (const box of await page.getByRole("checkbox").all()) await box.uncheck();
    await page.getByLabel("Categories", { exact: true }).check();
    await page.getByRole("button", { name: "Print…" }).click();
    await page.waitForFunction(() => window.printed === 1);
    const book = await page.locator(".book").textContent();
    check(book.includes("Being heard") && book.includes(category) && book.includes("Nobody asked us"), "a category is printed with its people and themes: " + book.slice(0, 300));
    await go(page, "#/edits");
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("main").getByRole("button", { name: "Download codebook" }).click()]);
    await download.saveAs(join(folder, "codebook.toml"));
    // Undone and done again, the theme goes and comes.
    const undo = page.locator(".pending").getByRole("button", { name: "Undo" });
    while (!(await undo.isDisabled())) await undo.click();
    await go(page, "#/theme/N1");
    check((await page.locator("h1").textContent()) === "Not in this analysis", "without its edit there is no theme");
    check((await waiting()) === "false,false,false", "without edits nothing waits");
    console.log(JSON.stringify({ taken, people, further, furtherPeople, category }));
    return problems;
  },

  /** The report after that codebook was applied. */
  async handed() {
    const { page, problems } = await open(browser, report, { hash: "#/theme/N1" });
    check((await page.locator("h1").textContent()) === "Nobody asked us", "the theme is in the analysis");
    check((await page.locator("p.memo").count()) >= 2, "with its note, and that of its passage");
    check((await page.locator(".keywords li").count()) > 0, "and keywords");
    await go(page, "#/categories");
    check((await page.locator("h2").first().textContent()) === "Being heard", "the category too");
    await go(page, "#/edits");
    check(await page.locator("main").getByRole("button", { name: "Download codebook" }).isDisabled(), "nothing is pending");
    await page.getByRole("button", { name: "Take out" }).first().click();
    check(!(await page.locator("main").getByRole("button", { name: "Download codebook" }).isDisabled()), "until something is taken out");
    return problems;
  },

  /** Hostile text shows as text on every page, and no page is wider than the window. FOLDER/hostile.json: texts that must be read. */
  async hostile() {
    const texts = JSON.parse(readFileSync(join(folder, "hostile.json"), "utf8"));
    const all = [];
    for (const width of [360, 1280]) {
      const { page, problems, context } = await open(browser, report, { width, hash: "#/passages" });
      const pages = Math.ceil(number((await page.locator("p.count").first().textContent()).split("of")[1]) / 20);
      let read = "";
      for (let i = 0; i < pages; i++) {
        for (const more of await page.getByRole("button", { name: /Show all/ }).all()) await more.click();
        for (const question of await page.getByRole("button", { name: "Question", exact: true }).all()) await question.click();
        read += (await page.locator("main").evaluate((main) => main.textContent)) + "\n";
        await fits(page, width, "passages");
        if (i < pages - 1) await page.getByRole("button", { name: "Next" }).click();
        await settled(page);
      }
      for (const text of texts) check(read.includes(text), "shown as text: " + text.slice(0, 60));
      const hashes = ["#/", "#/map", "#/method", "#/questions", "#/edits", "#/recurring", "#/compare", "#/matrix", "#/print", "#/interviews"];
      await go(page, "#/interviews");
      hashes.push(...(await page.locator("main tbody a").evaluateAll((links) => links.map((a) => a.getAttribute("href")))).slice(0, 8));
      await go(page, "#/");
      const themes = await page.locator(".theme-row h3 a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
      check(themes.length > 0, "there are themes");
      for (const hash of [...hashes, ...themes]) {
        await go(page, hash);
        await fits(page, width, hash);
        const foreign = await page.evaluate(() => document.querySelectorAll("main img, main script, main iframe, main b[onclick], main a[href^='javascript']").length);
        check(foreign === 0, "no element came from text on " + hash);
      }
      check(!(await page.evaluate(() => "hacked" in window)), "nothing of it ran");
      // A letter and its mark are one sign in some files and two in others: either is found by either.
      await go(page, "#/passages");
      for (const query of ["zo\u00eb", "zoe\u0308", '"cafe\u0301 too"', "caf\u00e9*", "-zoe\u0308 caf\u00e9"]) {
        await page.getByLabel("Search all passages").fill(query);
        const expected = query.startsWith("-") ? 0 : texts.filter((text) => /zoë/i.test(text.normalize("NFC"))).length;
        await until(query + " is found", async () => { const count = await page.locator("p.count").first().textContent(); return (expected ? number(count.split("of")[1] || "") === expected : count === "No passage fits."); });
        if (expected) check(/^(zoë|café|café too)$/i.test((await page.locator("mark").first().textContent()).normalize("NFC")), "and marked whole: " + query);
      }
      all.push(...problems);
      await context.close();
    }
    return all;
  },

  /** A study in which no theme was found: every page says so, and one can be made by hand. */
  async bare() {
    const all = [];
    for (const width of [390, 1280]) {
      const { page, problems, context } = await open(browser, report, { width });
      check(/no themes among the rest/.test(await page.locator(".lead").textContent()) && (await page.locator(".theme-row").count()) === 0, "it says that there are none");
      check(/too few answers/.test(await page.locator("main").textContent()), "and why");
      const pages = await page.locator("#nav li a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
      check(pages.includes("#/passages") && !pages.includes("#/matrix") && !pages.includes("#/categories"), "pages: " + pages);
      for (const hash of [...pages, "#/matrix", "#/categories", "#/recurring", "#/map", "#/compare"]) { await go(page, hash); await fits(page, width, hash); }
      await go(page, "#/passages");
      const control = (name) => page.locator("article.passage").first().getByRole("button", { name, exact: true });
      check((await control("Move…").count()) === 0, "there is nothing to move to");
      await control("New theme…").click();
      await page.getByLabel("Name", { exact: true }).fill("By hand");
      await page.locator("dialog").getByRole("button", { name: "Make it", exact: true }).click();
      await until("the new theme has its page", async () => (await page.locator("h1").textContent()) === "By hand");
      check((await page.getByRole("link", { name: "Categories", exact: true }).count()) === 1, "there are categories now");
      await go(page, "#/passages");
      check((await control("Move…").count()) === 1, "and somewhere to move to");
      await page.locator("#pending").getByRole("button", { name: "Undo" }).click();
      await until("undone", async () => (await control("Move…").count()) === 0 || (await page.locator("#pending .what").textContent()).startsWith("No edits"));
      await go(page, "#/theme/N1");
      check((await page.locator("h1").textContent()) === "Not in this analysis", "without its edit there is no theme");
      all.push(...problems);
      await context.close();
    }
    return all;
  },

  /** A theme is split by its parts: each that is ticked becomes a theme, the rest stays, and one step takes it all back. */
  async parts() {
    const { page, problems } = await open(browser, report);
    const data = await page.evaluate(() => JSON.parse(document.getElementById("data").textContent)), { units } = data;
    const theme = data.themes.find((it) => it.parts.length > 1), at = data.themes.indexOf(theme);
    const sizes = theme.parts.map((_, part) => units.theme.filter((t, u) => t === at && units.part[u] === part).length);
    await go(page, "#/theme/" + theme.id);
    const mentions = async () => number((await page.locator("dl.facts-list").first().textContent()).match(/Mentions\s*([\d,]+)/)[1]);
    const before = await mentions(), dialog = page.locator("dialog");
    await page.getByRole("button", { name: "Split…" }).click();
    check((await dialog.locator("input[type=checkbox]").count()) === theme.parts.length, "a choice for each part");
    check((await dialog.locator("input[name=name0]").inputValue()) === theme.parts[0].label, "called as it is");
    for (const [i, name] of ["First part", "Second part"].entries()) {
      await dialog.locator("input[name=take" + i + "]").check();
      await dialog.locator("input[name=name" + i + "]").fill(name);
    }
    await dialog.getByRole("button", { name: "Split", exact: true }).click();
    await page.waitForFunction(() => !document.querySelector("dialog"));
    if (sizes[0] + sizes[1] < before) check((await mentions()) === before - sizes[0] - sizes[1], "the rest stays");
    for (const [id, name, size] of [["N1", "First part", sizes[0]], ["N2", "Second part", sizes[1]]]) {
      await go(page, "#/theme/" + id);
      check((await page.locator("h1").textContent()) === name && (await mentions()) === size, name + " has its " + size + " passages: " + (await mentions()));
    }
    await go(page, "#/theme/" + theme.id);
    await page.locator("#pending").getByRole("button", { name: "Undo" }).click();
    await until("all of it is back", async () => (await mentions()) === before);
    check((await page.locator("#pending .what").textContent()).startsWith("No edits"), "in one step");
    return problems;
  },

  /** No serious or critical finding of axe-core on any page, light and dark, wide and narrow. */
  async axe() {
    const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    const all = [];
    for (const dark of [false, true]) {
      for (const width of [360, 1280]) {
        const { page, problems, context } = await open(browser, report, { dark, width });
        const theme = await page.locator(".theme-row h3 a").first().getAttribute("href");
        const hashes = await page.locator("#nav a").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
        await go(page, "#/passages");
        const like = await page.getByRole("link", { name: "More like this" }).first().getAttribute("href");
        await page.evaluate(source);
        for (const hash of [...hashes, theme, "#/question/Q2", "#/recurring/R1", like, "dialog"]) {
          if (hash === "dialog") {
            await go(page, theme);
            await page.getByRole("button", { name: "Merge…" }).click();
          } else {
            await go(page, hash);
            if (hash === theme) await page.getByRole("button", { name: "Question" }).first().click();
            await fits(page, width, hash);
          }
          const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }).then((r) => r.violations));
          for (const it of found.filter((v) => ["serious", "critical"].includes(v.impact))) {
            all.push(`axe ${hash} ${dark ? "dark" : "light"} ${width}: ${it.id}: ${it.help}: ${it.nodes.slice(0, 3).map((n) => n.html + " " + (n.any[0]?.message ?? "")).join(" | ")}`);
          }
        }
        all.push(...problems);
        await context.close();
      }
    }
    return all;
  },

  /** Participants by what is known of them: `ward` has two groups, `age` many numbers. */
  async attributes() {
    const { page, problems } = await open(browser, report);
    const shares = () => page.locator(".theme-count").allTextContents();
    const all = await shares();
    const choices = await page.getByLabel("Participants", { exact: true }).locator("option").allTextContents();
    check(choices.includes("ward: A") && choices.some((text) => /^age: \d+–\d+$/.test(text)), "every column, numbers in bands: " + choices);
    check(!choices.some((text) => text.startsWith("name:")), "but no names");
    await page.getByLabel("Participants", { exact: true }).selectOption({ label: "ward: A" });
    await until("the filter changes the shares", async () => (await shares()).join() !== all.join());
    const asked = (await shares()).map((text) => number(text.match(/of ([\d,]+)/)[1]));
    check(asked.every((n) => n <= 30), "of half the people: " + asked);
    await page.locator(".theme-row h3 a").first().click();
    const table = page.getByRole("region", { name: "Prevalence by ward" });
    check((await table.locator("tbody tr").count()) === 2, "a row a group");
    const facts = await page.locator("p.facts b").first().textContent();
    const counts = (await table.locator("tbody tr td:nth-child(4)").allTextContents()).map((text) => text.match(/([\d,]+) of ([\d,]+)/));
    const sum = (i) => counts.reduce((n, it) => n + number(it[i]), 0);
    check(facts.startsWith(sum(1) + " of " + sum(2)), "the groups add up to the theme: " + facts + ", " + sum(1) + " of " + sum(2));
    await page.getByLabel("Groups by").selectOption({ label: "age" });
    check((await page.getByRole("region", { name: "Prevalence by age" }).locator("tbody tr").count()) === 4, "four bands");
    // The same groups narrow passages and interviews, and colour the map.
    const inside = async (hash, what) => {
      await go(page, hash);
      const count = () => page.locator("#main .count").first().textContent();
      await page.getByLabel("Participants", { exact: true }).selectOption("");
      const [whole] = [await count()];
      await page.getByLabel("Participants", { exact: true }).selectOption({ label: "ward: A" });
      await until(what + " are narrowed", async () => (await count()) !== whole);
      const of = (text) => number(text.match(/of ([\d,]+)/)[1]);
      check(of(await count()) < of(whole), what + ": " + (await count()) + ", " + whole);
    };
    await inside("#/passages", "passages");
    await inside("#/interviews", "interviews");
    await go(page, "#/map");
    await page.getByLabel("Colour by").selectOption("attribute age");
    const legend = await page.locator(".legend-name").allTextContents();
    check(legend.length === 4 && legend.every((text) => choices.includes("age: " + text)), "the map has the bands of the filters: " + legend);
    await go(page, "#/compare");
    check((await page.locator("h1").textContent()) === "Compare by age", "report --by age");
    const bands = await page.locator("main").textContent();
    check(bands.includes("different numbers, so participants are in 4 bands") && !bands.includes("--bands"), "and says what became of the numbers, without advice for a terminal");
    await fits(page, 1280, "compare");
    // Among some participants the groups are counted again, and nothing is tested.
    const cells = async () => (await page.locator("main tbody tr").evaluateAll((rows) => rows.map((row) => [row.querySelector(".id")?.textContent, ...[...row.querySelectorAll("td.num")].map((td) => td.firstChild.textContent.match(/^([\d,]+) of ([\d,]+)$/)).filter(Boolean).flatMap((it) => [it[1], it[2]])]))).filter((row) => row[0] && row.length > 1);
    const counted = async () => {
      await settled(page);
      return cells();
    };
    const everybody = new Map((await counted()).map(([id, ...counts]) => [id, counts.map(number)])), parts = new Map();
    for (const ward of ["ward: A", "ward: B"]) {
      const shown = JSON.stringify(await cells());
      await page.getByLabel("Participants", { exact: true }).selectOption({ label: ward });
      await until(ward, async () => (await page.locator("main").textContent()).includes("Counted among these participants alone") && JSON.stringify(await cells()) !== shown);
      check((await page.getByRole("heading", { name: "Verdicts" }).count()) === 0 && (await page.getByRole("columnheader", { name: "q", exact: true }).count()) === 0, "a part is not tested");
      for (const [id, ...counts] of await counted()) parts.set(id, counts.map((n, i) => number(n) + (parts.has(id) ? parts.get(id)[i] : 0)));
    }
    check(parts.size > 5, "themes: " + parts.size);
    for (const [id, counts] of parts) check(counts.join() === everybody.get(id).join(), "the wards add up: " + id + ": " + counts + ", " + everybody.get(id));
    await page.getByLabel("Participants", { exact: true }).selectOption("");
    await until("tested again", async () => (await page.getByRole("heading", { name: "Verdicts" }).count()) === 1);
    return problems;
  },

  /** The page that compares groups. */
  async compare() {
    const { page, problems } = await open(browser, report, { hash: "#/compare" });
    check((await page.locator("h1").textContent()).startsWith("Compare by"), "its heading");
    check((await count(page, "svg.figure .dot")) > 3 && (await count(page, ".heat")) > 1, "forest plot and heat map");
    check((await count(page, "table tbody tr")) > 1, "the table of verdicts");
    // Two themes may have one name, so figures and table tell them apart by their ids.
    const ids = await page.evaluate(() => [...document.querySelectorAll("svg.figure .row-label")].map((it) => it.textContent)), rows = await page.locator(".heat-map tbody th .id").allTextContents();
    check(ids.some((text) => /^[QRTN]\d/.test(text)) && rows.length > 0 && rows.every((text) => /^[QRTN]\d/.test(text)), "ids in the figures: " + [...ids, ...rows]);
    check(/the stronger the colour, the larger/.test(await page.locator("main").textContent()), "true of light and dark");
    const row = await page.getByRole("region", { name: "Verdicts" }).locator("tbody tr").first().textContent();
    check(/may come from what was asked/.test(row) && /(firm|fair|do not rely on it) 0\.\d/.test(row), "what was asked, and how firm the theme is: " + row);
    check(/rises along age/.test(row), "the trend");
    check(/Recurring themes are counted without questions/.test(await page.locator("p.lead").textContent()), "shares that differ from those of the recurring themes' pages");
    await fits(page, 1280, "compare");
    return problems;
  },
};

await finish(browser, () => tasks[task]());
