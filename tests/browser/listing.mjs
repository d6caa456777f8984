// What lists of passages say and show: what an edit takes out of a search, tools of narrow screens, long pages in two steps; the map made ready.
// node listing.mjs TASK REPORT.html FOLDER; tests/it/report_work.rs says what each task is for.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { check, finish, fits, go, launch, open, until } from "./browser.mjs";

const [task, report] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const number = (text) => Number(text.replace(/[^0-9]/g, ""));
const browser = await launch();

/** No finding of axe on the page as it is, and nothing wider than the window. */
async function clean(page, width, where) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }).then((r) => r.violations));
  const serious = found.filter((v) => ["serious", "critical"].includes(v.impact)).map((it) => it.id + ": " + it.nodes[0].html);
  check(!serious.length, where + ": " + serious.join("; "));
  await fits(page, width, where);
}

const hits = async (page) => { const text = await page.locator("#main p.count").first().textContent(); return text.includes("of") ? number(text.split("of")[1]) : 0; };

const tasks = {
  /** Passages that an edit takes out of what is searched for are told, with the way back. */
  async leaving() {
    const { page, problems } = await open(browser, report, { hash: "#/passages", width: 1400 });
    const field = page.getByLabel("Search all passages"), all = await hits(page);
    const news = async () => (await page.locator("main").getByRole("status").textContent()).replace(/\u00a0/g, " ");
    const inMain = (name) => page.locator("main").getByRole("button", { name, exact: true });
    const inBar = (name) => page.locator("#selection").getByRole("button", { name, exact: true });
    const undo = page.locator("#pending").getByRole("button", { name: "Undo" });
    const searchFor = async (query) => { await field.fill(query); await page.waitForTimeout(250); };
    await searchFor("phone");
    await page.getByRole("button", { name: /^Choose all/ }).click();
    await inBar("Pin").click();
    await searchFor("is:pinned");
    const pinned = await hits(page);
    check(pinned > 5 && (await news()) === "", "what is pinned is found, and nothing told: " + [pinned, await news()]);
    await inBar("Pin").click();
    await until("all are gone", async () => (await hits(page)) === 0);
    check((await news()).startsWith(pinned + " passages no longer fit “is:pinned” since the last edit."), "it is told: " + (await news()));
    await clean(page, 1400, "what no longer fits");
    await inMain("Undo").click();
    await until("they are back", async () => (await hits(page)) === pinned && (await news()) === "");
    check(await page.evaluate(() => document.activeElement.matches("#main p.count")), "the focus is where the list begins");
    await inBar("Let go").click();
    await page.locator("article.passage").first().getByRole("button", { name: "Unpin" }).click();
    await until("one is gone", async () => (await hits(page)) === pinned - 1 && (await news()).startsWith("1 passage no longer fits"));
    await field.fill("is:pinned phone");
    await until("another search tells nothing", async () => (await news()) === "");
    await searchFor("is:pinned");
    await undo.click();
    await until("one more tells nothing", async () => (await hits(page)) === pinned && (await news()) === "");
    await undo.click();
    await until("a step back is told, too", async () => (await hits(page)) === 0 && (await news()).startsWith(pinned + " passages no longer fit"));
    await inMain("Redo").click();
    await until("and is taken again", async () => (await hits(page)) === pinned);
    await undo.click();
    await until("told again", async () => (await news()) !== "");
    await inMain("Show all again").click();
    await until("everything", async () => (await hits(page)) === all && (await field.inputValue()) === "" && (await news()) === "");
    // A filter is one too; a name that changes takes nothing out.
    await page.getByLabel("What became of it").selectOption({ label: "Unclustered" });
    const none = await hits(page);
    check(none > 1, "some belong to no theme: " + none);
    await page.locator("article.passage").first().getByRole("button", { name: "Move…" }).click();
    await page.locator("dialog").getByRole("button", { name: "Move", exact: true }).click();
    await until("one has a theme now", async () => (await hits(page)) === none - 1 && (await news()).startsWith("1 passage no longer fits the filters"));
    await page.locator("article.passage").first().getByRole("button", { name: "Note…" }).click();
    await page.locator("dialog textarea").fill("Look");
    await page.locator("dialog").getByRole("button", { name: "Save" }).click();
    await until("a note tells nothing", async () => (await news()) === "");
    await inMain("Show all again").count().then((n) => check(n === 0, "nothing to show again"));
    return problems;
  },

  /** A narrow screen begins with passages, and with the map; the other tools are a button away, for the keyboard too. */
  async narrow() {
    const { page, problems } = await open(browser, report, { width: 390, height: 844 });
    // The pages' names are one line, in which the one that is shown is in sight.
    for (const hash of ["#/", "#/map", "#/edits"]) {
      await go(page, hash);
      const at = await page.locator("nav ul a[aria-current]").boundingBox(), line = await page.locator("nav ul").boundingBox();
      check(line.height < 45 && at.x >= 0 && at.x + at.width <= 350, hash + " is in sight: " + JSON.stringify([at, line]));
    }
    for (const [hash, first, tool] of [["#/passages", "article.passage", "Question"], ["#/map", ".map", "Colour by"]]) {
      await go(page, hash);
      const top = (await page.locator(first).first().boundingBox()).y;
      check(top < 560, hash + " begins " + top + " pixels down");
      check(!(await page.getByLabel(tool, { exact: true }).isVisible()), tool + " is folded");
      await page.locator("#main input[type=search]").focus();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await until("unfolded", async () => page.getByLabel(tool, { exact: true }).isVisible());
      check((await page.evaluate(() => document.activeElement.getAttribute("aria-expanded"))) === "true", "and says so");
      await page.keyboard.press("Tab");
      check((await page.evaluate(() => document.activeElement.tagName)) === "SELECT", "the tools come next");
      await clean(page, 390, "unfolded " + hash);
    }
    await go(page, "#/passages");
    await page.getByLabel("Question", { exact: true }).selectOption({ index: 2 });
    check((await page.locator(".fold").textContent()) === "Filters (1 set)", "a filter is told where it is folded");
    await page.locator(".fold").click();
    check(!(await page.getByLabel("Question", { exact: true }).isVisible()), "folded again");
    await page.setViewportSize({ width: 1400, height: 900 });
    check((await page.getByLabel("Question", { exact: true }).isVisible()) && !(await page.locator(".fold").isVisible()), "a wide screen shows all");
    return problems;
  },

  /** Of a long page what is seen comes first; whoever asks for all of it has it at once. */
  async steps() {
    const held = (context) => context.addInitScript(() => { window.requestIdleCallback = (task) => { window.idle = task; return 0; }; });
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    await held(context);
    const page = await context.newPage();
    await page.goto("file://" + encodeURI(report) + "#/passages");
    await page.waitForSelector("article.passage");
    const passages = () => page.locator("#main article.passage").count(), to = (hash) => page.evaluate((hash) => { location.hash = hash; return new Promise((done) => addEventListener("hashchange", done, { once: true })); }, hash);
    check((await passages()) < 10, "the first of them: " + (await passages()));
    await page.evaluate(() => window.idle());
    check((await passages()) === 20, "and the others");
    const ids = await page.locator("#main article.passage").evaluateAll((all) => all.map((it) => Number(it.dataset.u)));
    check(ids.every((u, i) => !i || u > ids[i - 1]), "in order: " + ids);
    // Keys, print and the way back need them all.
    await to("#/questions");
    await to("#/passages");
    check((await passages()) < 10, "the first of them");
    await page.locator("h1").press("x");
    check((await passages()) === 20, "all for the keys");
    await to("#/matrix");
    const rows = () => page.locator(".matrix tbody tr").count(), first = await rows();
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    check((await rows()) > first, "all for the printer: " + [first, await rows()]);
    await to("#/passages");
    await page.evaluate(() => window.idle());
    await page.evaluate(() => window.scrollTo(0, 1800));
    await page.locator("#nav a", { hasText: "Method" }).evaluate((it) => it.click());
    await page.waitForFunction(() => document.querySelector("h1").textContent === "Method");
    await page.goBack();
    await page.waitForFunction(() => document.querySelector("h1").textContent === "Passages");
    check((await passages()) === 20 && (await page.evaluate(() => scrollY)) === 1800, "back where the reader was: " + (await page.evaluate(() => scrollY)));
    // An edit leaves nothing out for a moment.
    await page.locator("#main article.passage").nth(12).getByRole("button", { name: "Pin" }).click();
    check((await passages()) === 20, "an edit draws all");
    return [];
  },

  /** The map that was made ready looks as one that is opened at once, in each size; it stays as it was left, but for what edits change. */
  async ahead() {
    const still = (page) => page.waitForTimeout(500).then(() => page.evaluate(() => document.querySelector(".map canvas").toDataURL()));
    const problems = [];
    for (const [width, height] of [[1400, 900], [390, 844]]) {
      const direct = await open(browser, report, { hash: "#/map", width, height }), wanted = await still(direct.page);
      const { page, problems: own } = await open(browser, report, { width, height });
      await page.waitForTimeout(1500);
      await go(page, "#/map");
      check((await still(page)) === wanted, "the same picture at " + width);
      await page.getByRole("button", { name: "Zoom in" }).click();
      const near = await still(page);
      check(near !== wanted, "nearer");
      const unclustered = async () => Number(/(\d+) unclustered passage/.exec((await page.locator(".map-panel .hint").textContent()).replace(/\u00a0/g, " "))[1]);
      const before = await unclustered();
      await go(page, "#/passages");
      await page.locator("article.passage").filter({ has: page.getByRole("button", { name: "Move…" }) }).first().getByRole("button", { name: "Move…" }).click();
      await page.locator("dialog select").selectOption("unclustered");
      await page.locator("dialog").getByRole("button", { name: "Move", exact: true }).click();
      await go(page, "#/map");
      check((await unclustered()) === before + 1, "an edit made elsewhere is seen: " + before + ", " + (await unclustered()));
      await page.locator("#pending").getByRole("button", { name: "Undo" }).click();
      check((await still(page)) === near, "where the reader left it");
      problems.push(...direct.problems, ...own);
      await direct.context.close();
    }
    return problems;
  },
};

await finish(browser, () => tasks[task]());
