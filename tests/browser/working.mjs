// A researcher's work in the report, by its controls: what is kept, many passages at once, search, and a whole day.
// node working.mjs TASK REPORT.html FOLDER; tests/it/report_work.rs says what each task is for.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { FLAGS, check, go, until, settled } from "./browser.mjs";

const [task, report, folder] = process.argv.slice(2);
const number = (text) => Number(text.replace(/[^0-9]/g, ""));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const problems = [];

/** A browser that keeps what pages leave in it, in FOLDER/profile, as a person's does. */
async function profile({ width = 1400, height = 900, dark = false } = {}) {
  return chromium.launchPersistentContext(join(folder, "profile"), { executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS,
    viewport: { width, height }, colorScheme: dark ? "dark" : "light", acceptDownloads: true });
}

async function open(context, path, hash = "#/") {
  const page = await context.newPage();
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) problems.push("console: " + message.text()); });
  page.on("pageerror", (error) => problems.push("error: " + error.message + error.stack));
  page.on("request", (request) => { if (!/^(file|data|blob):/.test(request.url())) problems.push("request: " + request.url()); });
  await page.goto("file://" + encodeURI(path) + hash);
  await page.waitForSelector("main h1");
  return page;
}

const leaveField = (page) => page.evaluate(() => document.activeElement.blur());
const dialog = (page) => page.locator("dialog");
const confirm = (page, name) => dialog(page).getByRole("button", { name, exact: true }).click();
const bar = (page) => page.locator("#selection");
const pendingText = async (page) => (await page.locator("#pending .what").textContent()).replace(/\u00a0/g, " ");
const hits = async (page) => { const text = await page.locator("#main p.count").first().textContent(); return text.includes("of") ? number(text.split("of")[1]) : 0; };

async function searchFor(page, query, label = "Search all passages") {
  await page.getByLabel(label).fill(query);
  await page.waitForTimeout(250);
}

/** No finding of axe on the page as it is. */
async function clean(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }).then((r) => r.violations));
  for (const it of found.filter((v) => ["serious", "critical"].includes(v.impact))) problems.push(`axe ${where}: ${it.id}: ${it.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`);
  const [wide, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  check(wide <= width, where + " is " + wide + " pixels wide in a window of " + width);
}

async function downloaded(page, press, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  await download.saveAs(join(folder, name));
  return readFileSync(join(folder, name), "utf8");
}

/** Stands in for the browser's own window in which a file is chosen, which no test can press; the file is `kept.text`. */
async function standIn(page, { text = "", refuses = false } = {}) {
  await page.evaluate(({ text, refuses }) => {
    window.kept = { text, written: 0 };
    const handle = { name: "codebook.toml", requestPermission: async () => (refuses ? "denied" : "granted"), getFile: async () => new File([window.kept.text], "codebook.toml"),
      createWritable: async () => { let all = ""; return { write: async (part) => { all += part; }, close: async () => { window.kept.text = all; window.kept.written++; } }; } };
    window.showOpenFilePicker = async () => [handle];
    window.showSaveFilePicker = async () => handle;
  }, { text, refuses });
}

async function rename(page, theme, name) {
  await go(page, "#/theme/" + theme);
  await page.getByRole("button", { name: "Rename…" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await confirm(page, "Rename");
  await until("named " + name, async () => (await page.locator("h1").textContent()) === name);
}

/** All themes that are shown, the largest first. */
async function themeIds(page) {
  await go(page, "#/");
  for (let more = page.getByRole("button", { name: /^Show/ }); await more.count();) await more.first().click();
  return page.locator(".theme-row h3 a").evaluateAll((links) => links.map((a) => decodeURIComponent(a.getAttribute("href").split("/").pop())));
}

const tasks = {
  /** Edits stay in the browser, go into the file and come from it. */
  async keeping(context) {
    let page = await open(context, report);
    const [first, second, third] = await themeIds(page);
    await rename(page, first, "Kept name");
    check((await pendingText(page)).startsWith("1 edit"), "one edit is pending");
    // Two windows on one report go on from each other's edits.
    const window2 = await open(context, report, "#/theme/" + second);
    await rename(window2, second, "From the other window");
    await until("both windows know both", async () => (await pendingText(page)).includes("2 edits"));
    await window2.close();
    // Into the file: what stands in it is not overwritten unasked, comments stay.
    await standIn(page, { text: '# a comment of mine\n#: the program\'s\nversion = 1\n[theme."' + third + '"]\nname = "Only in the file"\n' });
    await page.locator("#pending").getByRole("button", { name: "Write into codebook.toml…" }).click();
    await confirm(page, "Choose");
    await until("the page asks before it replaces the file", async () => (await dialog(page).locator("h2").textContent()) === "Replace the file?");
    check((await dialog(page).textContent()).includes("Only in the file"), "and says what would be lost");
    await confirm(page, "Cancel");
    check((await page.evaluate(() => window.kept.written)) === 0, "nothing was written");
    // Loaded first, it is added; then the file is written at once.
    writeFileSync(join(folder, "loaded.toml"), await page.evaluate(() => window.kept.text));
    await go(page, "#/edits");
    await page.locator("input[type=file]").setInputFiles(join(folder, "loaded.toml"));
    await confirm(page, "Load");
    await until("three edits", async () => (await pendingText(page)).startsWith("3 edits"));
    await page.locator("#pending").getByRole("button", { name: "Write into codebook.toml" }).click();
    await until("written", async () => (await page.evaluate(() => window.kept.written)) === 1);
    const written = await page.evaluate(() => window.kept.text);
    for (const words of ["Kept name", "From the other window", "Only in the file", "# a comment of mine"]) check(written.includes(words), words + " is in the file");
    check(!written.includes("the program's"), "the program's own comments are not kept");
    check((await pendingText(page)).startsWith("3 edits saved"), "it says that they are saved");
    // Where the browser is not allowed to write, the codebook is downloaded.
    await rename(page, first, "Refused");
    await standIn(page, { refuses: true });
    await page.reload();
    await page.waitForSelector("main h1");
    await standIn(page, { refuses: true });
    const pressed = async () => { await page.keyboard.press("Control+s"); await confirm(page, "Choose"); };
    check((await downloaded(page, pressed, "refused.toml")).includes("Refused"), "downloaded instead");
    check((await pendingText(page)).includes("not allowed"), "and it says so");
    // A file with a mistake is refused with its line; one that names what is not there is told about.
    writeFileSync(join(folder, "wrong.toml"), 'version = 1\n[theme."' + first + '"]\nnmae = "x"\n');
    await go(page, "#/edits");
    await page.locator("input[type=file]").setInputFiles(join(folder, "wrong.toml"));
    await until("the line is named", async () => /line 3.*unknown key `nmae`/.test(await dialog(page).textContent()));
    await confirm(page, "Close");
    writeFileSync(join(folder, "strange.toml"), '[theme."Q99.1"]\nname = "Nowhere"\n[theme."' + third + '"]\nname = "Says otherwise"\nmemo = "Fits"\n');
    await page.locator("input[type=file]").setInputFiles(join(folder, "strange.toml"));
    await confirm(page, "Load");
    await until("what does not fit is told", async () => (await page.getByRole("heading", { name: "They no longer fit" }).count()) === 1);
    check((await page.locator("main").textContent()).includes("the theme Q99.1 is not in this analysis"), "with the reason");
    await clean(page, "edits offered");
    await page.getByRole("button", { name: "Take over what fits" }).click();
    await until("the rest stays on the list", async () => (await page.getByRole("heading", { name: "No longer fit", exact: true }).count()) === 1);
    check((await page.getByRole("button", { name: "Let go" }).count()) === 2, "until it is let go");
    await page.keyboard.press("Control+z");
    await until("taking over is undone", async () => (await page.locator("#pending .last").textContent()).includes("Undone: took over"));
    // A window that dies in the moment of an edit, an undoing or another loses none of them.
    await rename(page, first, "Before the end");
    for (const [step, wanted] of [["Undo", false], ["Redo", true]]) {
      await go(page, "#/theme/" + first);
      await page.waitForTimeout(200);
      const left = await page.evaluate((name) => {
        [...document.querySelectorAll("#pending button")].find((it) => it.textContent === name).click();
        return { ...localStorage };
      }, step);
      const next = await open(context, report);
      await page.waitForTimeout(200);
      await next.evaluate((kept) => { localStorage.clear(); for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value); }, left);
      await next.reload();
      await go(next, "#/theme/" + first);
      await until(step + " is kept at once", async () => ((await next.locator("h1").textContent()) === "Before the end") === wanted);
      await next.locator("#pending").getByRole("button", { name: wanted ? "Undo" : "Redo" }).click();
      await until("and can be taken back", async () => ((await next.locator("h1").textContent()) === "Before the end") !== wanted);
      await next.locator("#pending").getByRole("button", { name: wanted ? "Redo" : "Undo" }).click();
      await next.waitForTimeout(200);
      await next.close();
      await page.reload();
    }
    // What the file has is told so in the next window too, and of a file that is loaded.
    const again = async () => { await page.waitForTimeout(200); await page.reload(); await page.waitForSelector("main h1"); };
    await downloaded(page, () => page.locator("#pending").getByRole("button", { name: "Download codebook" }).click(), "saved.toml");
    await again();
    await until("saved is saved after a reload", async () => /^\d+ edits? saved/.test(await pendingText(page)));
    await rename(page, second, "Since then");
    check((await pendingText(page)).includes("not in codebook.toml yet"), "and an edit since is not");
    await go(page, "#/edits");
    await page.locator("input[type=file]").setInputFiles(join(folder, "saved.toml"));
    await dialog(page).locator("input[value=replace]").check();
    await confirm(page, "Load");
    await until("a file that is loaded has these edits", async () => /^\d+ edits? saved/.test(await pendingText(page)));
    // A category does not take another's name, nor is it saved without a theme; left alone, it stays as it is.
    const category = async (open, name, box) => {
      await go(page, "#/categories");
      await page.getByRole("button", { name: open }).last().click();
      if (name !== null) await page.getByLabel("Name", { exact: true }).fill(name);
      if (box) await dialog(page).locator('input[value="' + box + '"]').check();
      await confirm(page, "Save");
    };
    const categories = () => page.locator("h2").allTextContents();
    await category("New category…", "Work", "R1");
    await until("a category", async () => (await categories()).join() === "Work");
    const words = await pendingText(page);
    await category("Change…", null, null);
    await until("closed", async () => (await dialog(page).count()) === 0);
    check((await pendingText(page)) === words, "no change is no edit");
    await category("New category…", "Work", first);
    await until("the name is taken", async () => (await dialog(page).getByRole("alert").count()) === 1 && (await dialog(page).getByRole("alert").textContent()).includes("already"));
    check(await dialog(page).locator('input[value="' + first + '"]').isChecked(), "what was chosen stays chosen");
    await page.getByLabel("Name", { exact: true }).fill("More");
    await confirm(page, "Save");
    await until("two categories", async () => (await categories()).join() === "Work,More");
    await category("Change…", "Work", null);
    await until("nor another's by a change", async () => (await dialog(page).getByRole("alert").count()) === 1);
    await confirm(page, "Cancel");
    await category("New category…", "Empty", null);
    await until("no theme", async () => (await dialog(page).getByRole("alert").count()) === 1 && (await dialog(page).getByRole("alert").textContent()).includes("one theme"));
    await confirm(page, "Cancel");
    await go(page, "#/edits");
    check(/\[category\."Work"\]\nthemes = \["R1"\]/.test(await page.locator("pre").textContent()), "a category goes on with its recurring theme");
    // Another report of the line left edits: taking them over and undoing that leaves them on offer, whatever comes next.
    await page.waitForTimeout(200);
    await page.evaluate((id) => {
      const key = "leitmotif-edits-" + document.body.dataset.line + "-" + document.body.dataset.key;
      const kept = JSON.parse(localStorage.getItem(key));
      localStorage.setItem(key + "-another", JSON.stringify({ ...kept, base: {}, edits: { description: { [id]: "Left by another report" } }, marks: { units: {}, themes: {} }, saved: null, undo: [], redo: [], left: [] }));
    }, second);
    await again();
    await go(page, "#/");
    const offer = page.locator(".offer");
    const press = (name) => page.locator("#pending").getByRole("button", { name }).click();
    await until("they are offered", async () => (await offer.count()) === 1);
    await offer.getByRole("button", { name: "Take over what fits" }).click();
    await until("taken over", async () => (await offer.count()) === 0);
    await press("Undo");
    await until("offered again", async () => (await offer.count()) === 1);
    await press("Redo");
    await until("taken over again", async () => (await offer.count()) === 0);
    await again();
    await press("Undo");
    await rename(page, second, "Something else");
    await again();
    await go(page, "#/");
    check((await offer.count()) === 1, "undone, they are still on offer");
    // Where the browser's room is full, steps to undo give way before edits.
    await go(page, "#/theme/" + second);
    const note = async (text) => {
      await page.locator(".edit-theme").getByRole("button", { name: "Note…" }).click();
      await dialog(page).locator("textarea").fill(text);
      await confirm(page, "Save");
      await until("noted", async () => (await page.locator("p.memo").first().textContent()).endsWith(text.slice(-9)));
    };
    for (const n of [1, 2, 3]) await note("long ".repeat(20000) + "number " + n);
    await page.waitForTimeout(200);
    await page.evaluate(() => { for (let size = 1 << 20, i = 0; size >= 1 << 12;) try { localStorage.setItem("filler-" + i++, "x".repeat(size)); } catch { size /= 2; } });
    await note("long ".repeat(20000) + "number 4");
    await page.waitForTimeout(300);
    check(!(await pendingText(page)).includes("keeps nothing"), "it is kept: " + (await pendingText(page)));
    await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("filler-")).forEach((key) => localStorage.removeItem(key)));
    await page.reload();
    await page.waitForSelector("main h1");
    await until("and there after a reload", async () => (await page.locator("p.memo").first().textContent()).endsWith("long number 4"));
    await page.close();
  },

  /** Ticks, Shift, hits and the lasso choose; the bar and the keys edit what is chosen, and all of it is undone. */
  async many(context) {
    const page = await open(context, report, "#/passages");
    const box = (n) => page.locator("article.passage .tick input").nth(n);
    await page.getByLabel("What became of it").selectOption("0");
    await box(0).check();
    await box(4).click({ modifiers: ["Shift"] });
    await until("Shift chooses those between", async () => (await bar(page).textContent()).startsWith("5\u00a0passages"));
    await box(2).uncheck();
    check((await bar(page).textContent()).startsWith("4\u00a0passages"), "one less");
    await page.getByRole("button", { name: "Next" }).click();
    await box(0).check();
    check((await bar(page).textContent()).startsWith("5\u00a0passages"), "from leaf to leaf");
    await clean(page, "passages chosen");
    for (const width of [800, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await clean(page, "passages chosen, " + width + " pixels wide");
    }
    await page.setViewportSize({ width: 1400, height: 900 });
    await bar(page).getByRole("link", { name: "Show them" }).click();
    await until("they are shown", async () => (await page.locator("article.passage").count()) === 5);
    await box(1).uncheck();
    check((await page.locator("p.lead").textContent()).startsWith("4\u00a0passages") && (await page.locator("article.passage").count()) === 5, "one that is let go can be chosen again");
    await bar(page).getByRole("button", { name: "Let go" }).click();
    check(!(await bar(page).isVisible()), "let go");
    check((await page.locator("p.lead").textContent()).startsWith("None is chosen") && (await page.locator("article.passage").count()) === 0, "and the page says so");
    // All hits of a search, into a further theme, a note, a pin, another theme, a new theme, and out again.
    await go(page, "#/passages");
    await page.getByLabel("What became of it").selectOption("");
    await page.getByLabel("Question", { exact: true }).selectOption("2");
    await page.getByLabel("What became of it").selectOption("0");
    await page.getByRole("button", { name: /^Choose all / }).click();
    const all = number(await bar(page).locator("b").textContent());
    check(all > 20, "more than a leaf: " + all);
    const act = (name) => bar(page).getByRole("button", { name, exact: true }).click();
    const target = async () => dialog(page).locator("select[name=theme] option").nth(1).getAttribute("value");
    const membersOf = async (id) => { await go(page, "#/passages"); await searchFor(page, "theme:" + id); const n = await hits(page); await searchFor(page, ""); return n; };
    await act("Also in…");
    const further = await target();
    await dialog(page).locator("select").selectOption(further);
    await confirm(page, "Add");
    check((await membersOf(further)) === all, "all are in the further theme");
    await act("Note…");
    await dialog(page).locator("textarea").fill("For the meeting");
    await confirm(page, "Save");
    await until("each has the note", async () => (await page.locator("p.memo").count()) > 10);
    await act("Pin");
    await page.keyboard.press("m");
    const into = await target();
    await dialog(page).locator("select").selectOption(into);
    await confirm(page, "Move");
    check((await membersOf(into)) === all, "all were moved");
    await leaveField(page);
    await page.keyboard.press("n");
    await page.getByLabel("Name", { exact: true }).fill("All of them");
    await confirm(page, "Make it");
    await page.waitForFunction(() => location.hash === "#/theme/N1");
    check((await membersOf("N1")) === all, "all are in the new theme");
    await act("Take out…");
    await dialog(page).locator("select").selectOption("N1");
    await confirm(page, "Take out");
    check((await membersOf("N1")) === 0, "and out of it");
    // What an edit does not change stays where it is: what was opened, the focus, and the elements themselves.
    await page.getByLabel("Question", { exact: true }).selectOption("1");
    const passageAt = (n) => page.locator("article.passage").nth(n);
    await passageAt(0).getByRole("button", { name: "Question", exact: true }).click();
    await settled(page);
    await page.evaluate(() => { window.shown = [...document.querySelectorAll("article.passage")]; });
    const stays = () => page.evaluate(() => { const now = [...document.querySelectorAll("article.passage")]; return now.length === window.shown.length && now.every((it, i) => it === window.shown[i]); });
    await passageAt(1).getByRole("button", { name: "Pin", exact: true }).focus();
    await page.keyboard.press("Enter");
    await until("pinned", async () => (await passageAt(1).getByRole("button", { name: "Unpin", exact: true }).count()) === 1);
    check(await page.evaluate(() => document.activeElement.textContent === "Unpin"), "the focus stays on the control");
    await settled(page);
    check((await stays()) && (await passageAt(0).locator(".asked").count()) === 1, "what was opened stays open");
    await page.keyboard.press("Enter");
    await until("and unpinned", async () => (await passageAt(1).getByRole("button", { name: "Pin", exact: true }).count()) === 1);
    await go(page, "#/theme/N1");
    await go(page, "#/passages");
    check((await passageAt(0).locator(".asked").count()) === 0, "another visit begins anew");
    await page.getByLabel("Question", { exact: true }).selectOption("2");
    for (let i = 0; i < 2; i++) await page.locator("#pending").getByRole("button", { name: "Undo" }).click();
    // Undone one by one, and again.
    const undo = page.locator("#pending").getByRole("button", { name: "Undo" });
    let steps = 0;
    for (; !(await undo.isDisabled()); steps++) await undo.click();
    check(steps === 6, "six steps: " + steps);
    check((await pendingText(page)).startsWith("No edits"), "nothing is left of them");
    for (let i = 0; i < steps; i++) await page.keyboard.press("Control+Shift+Z");
    check((await membersOf(further)) >= 0 && (await pendingText(page)).includes("edits"), "done again");
    while (!(await undo.isDisabled())) await undo.click();
    await act("Let go");
    // With keys alone.
    await page.keyboard.press("/");
    await page.keyboard.type("app");
    await page.waitForTimeout(300);
    await page.keyboard.press("Tab");
    await leaveField(page);
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.keyboard.press("J");
    await page.keyboard.press("J");
    check((await bar(page).textContent()).startsWith("3\u00a0passages"), "j, x and J choose");
    await page.keyboard.press("o");
    await page.keyboard.type("By keys");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await until("the note is there", async () => (await page.locator("p.memo").count()) === 3);
    await page.keyboard.press("u");
    await until("and undone", async () => (await page.locator("p.memo").count()) === 0);
    await page.keyboard.press("Escape");
    check(!(await bar(page).isVisible()), "Escape lets go");
    await page.keyboard.press("?");
    check((await dialog(page).locator("h2").textContent()) === "Keys", "the list of keys");
    await until("the page below is out of reach", () => page.evaluate(() => document.querySelector("dialog").matches(":modal") && !document.querySelector(".veil")));
    await clean(page, "keys");
    await page.getByLabel("keys without Ctrl are on").uncheck();
    await confirm(page, "Save");
    await page.waitForTimeout(300);
    await leaveField(page);
    const held = await page.evaluateHandle(() => document.activeElement);
    await page.keyboard.press("j");
    await page.waitForTimeout(100);
    check(await page.evaluate((held) => document.activeElement === held, held), "keys can be switched off");
    // Split by parts, and by what is chosen.
    const ids = await themeIds(page);
    await go(page, "#/theme/" + ids[0]);
    const people = number(await page.locator(".facts b").first().textContent());
    await page.locator("section", { has: page.getByRole("heading", { name: "All passages" }) }).locator(".tick input").nth(0).check();
    await page.getByRole("button", { name: "Split…" }).click();
    await dialog(page).locator("input[name=name0]").fill("Split off");
    await clean(page, "split");
    await confirm(page, "Split");
    await until("the theme is smaller", async () => number(await page.locator(".facts b").first().textContent()) <= people && (await pendingText(page)).startsWith("1 edit"));
    await themeIds(page);
    await page.getByRole("link", { name: "Split off", exact: true }).click();
    await until("the new theme has its page", async () => (await page.locator("h1").textContent()) === "Split off");
    check((await page.locator("section", { has: page.getByRole("heading", { name: "All passages" }) }).locator("article").count()) === 1, "with its passage");
    await undo.click();
    // The lasso of the map.
    await bar(page).getByRole("button", { name: "Let go" }).click();
    await go(page, "#/map");
    await page.waitForTimeout(300);
    await page.getByRole("button", { name: "Lasso" }).click();
    const map = await page.locator(".map canvas").boundingBox(), [cx, cy] = [map.x + map.width / 2, map.y + map.height / 2];
    await page.mouse.move(cx - 150, cy - 150);
    await page.mouse.down();
    for (const [dx, dy] of [[150, -150], [150, 150], [-150, 150]]) await page.mouse.move(cx + dx, cy + dy, { steps: 4 });
    await page.mouse.up();
    check(number(await bar(page).locator("b").textContent()) === number(await page.locator(".map-panel h2").first().textContent()), "what is drawn around is chosen");
    // Hits and a group on the map are chosen like any list.
    await page.getByRole("button", { name: "Clear the selection" }).click();
    if (await bar(page).isVisible()) await bar(page).getByRole("button", { name: "Let go" }).click();
    await searchFor(page, "the", "Search and highlight");
    const hit = number(await page.locator(".map-panel h2").first().textContent());
    await page.locator(".map-panel").getByRole("button", { name: /^Choose all / }).click();
    check(number(await bar(page).locator("b").textContent()) === hit && hit > 20, "the hits on the map: " + hit);
    await bar(page).getByRole("button", { name: "Let go" }).click();
    await searchFor(page, "", "Search and highlight");
    await page.locator(".map-panel .legend-name").first().click();
    await page.locator(".map-panel").getByRole("button", { name: /^Choose all / }).click();
    check(await bar(page).isVisible(), "and those of one group");
    await page.close();
  },

  /** Words in all forms, phrases, OR, minus, fields; counts by theme; more like this. */
  async searching(context) {
    const page = await open(context, report, "#/passages");
    const texts = await page.evaluate(() => JSON.parse(document.getElementById("data").textContent).units.text);
    const at = (pattern) => texts.filter((text) => pattern.test(text)).length;
    const finds = async (query, expected, what) => {
      await searchFor(page, query);
      check((await hits(page)) === expected, what + ": " + query + " finds " + (await hits(page)) + " instead of " + expected);
    };
    // Snowball's stem of all five is "phone"; the texts are counted by a pattern of their own.
    await finds("phone", at(/\b(phone|phones|phoned|phoning)('s|’s)?\b/i), "forms");
    await finds("phones", at(/\b(phone|phones|phoned|phoning)('s|’s)?\b/i), "forms of a form");
    check((await page.locator("mark").first().textContent()).toLowerCase().startsWith("phon"), "they are marked");
    await finds('"the app"', at(/\bthe\s+app\b/i), "a phrase");
    await finds('"the app" -phone', texts.filter((text) => /\bthe\s+app\b/i.test(text) && !/\b(phone|phones|phoned|phoning)('s|’s)?\b/i.test(text)).length, "minus");
    await finds("ward OR rota", at(/\b(wards?|rotas?)('s|’s)?\b/i), "one of two");
    await finds("roster*", at(/\broster/i), "beginnings");
    await finds("zzzz", 0, "nothing");
    check((await page.locator("main").textContent()).includes("Nobody says “zzzz”"), "and it says so");
    const data = await page.evaluate(() => { const d = JSON.parse(document.getElementById("data").textContent); return { people: d.participants.id, of: d.units.answer.map((a) => d.answers.participant[a]), theme: d.units.theme, ids: d.themes.map((t) => t.id), section: d.units.answer.map((a) => d.answers.section[a]), sections: d.sections.map((s) => s.id) }; });
    await finds("participant:" + data.people[3], data.of.filter((p) => data.people[p] === data.people[3]).length, "a participant");
    await finds("theme:" + data.ids[2], data.theme.filter((t) => t === 2).length, "a theme");
    // Signs that are no letters; letters of two signs as those of one; what was set aside.
    const percents = at(/%/);
    await finds("%", percents, "a sign");
    await finds("-🦄", texts.length, "without a sign that is nowhere");
    await finds("phone - ward", at(/\b(phone|phones|phoned|phoning)('s|’s)?\b.*\bwards?\b|\bwards?\b.*\b(phone|phones|phoned|phoning)('s|’s)?\b/is), "a dash between words");
    check(await page.locator("main").textContent().then((text) => text.includes("“-” is no word")), "and the dash is told");
    await finds("theme:aside", data.theme.filter((t) => t < -1).length, "set aside");
    await finds("theme:none", data.theme.filter((t) => t === -1).length, "no theme");
    await finds("question:" + data.sections[1] + " phone", texts.filter((text, u) => data.section[u] === 1 && /\b(phone|phones|phoned|phoning)('s|’s)?\b/i.test(text)).length, "a question");
    await finds("participant:nobody", 0, "nobody of that name");
    // By theme: the counts add up, and one leads to its passages.
    await searchFor(page, "phone");
    await page.locator("summary", { hasText: "By theme" }).click();
    const counts = (await page.locator(".counts tbody tr td:nth-child(2)").allTextContents()).map(number);
    check(counts.reduce((a, b) => a + b, 0) === (await hits(page)), "counts by theme add up: " + counts);
    await clean(page, "search");
    await page.getByRole("button", { name: /^Only those of/ }).first().click();
    await until("one theme's", async () => (await hits(page)) === counts[0]);
    // More like this: ten, none twice, not itself, and back.
    const [text] = await page.locator("article.passage .said").allTextContents();
    await page.locator("article.passage").first().getByRole("link", { name: "More like this" }).click();
    await page.waitForFunction(() => location.hash.startsWith("#/like/"));
    await settled(page);
    const near = await page.locator("article.passage .said").allTextContents();
    check(near.length === 11 && near[0] === text && new Set(near).size >= 10, "the passage and ten others: " + near.length);
    await clean(page, "more like this");
    await page.goBack();
    check((await page.getByLabel("Search all passages").inputValue()).includes("theme:"), "the search is still there");
    await page.close();
  },

  /** The first part of a day: 20 renamed, 5 merged, 3 split, 2 made, 100 coded, notes; saved; then more. FOLDER/day.json: what was done. */
  async day(context) {
    const page = await open(context, report);
    const ids = await themeIds(page), questionOf = (id) => id.split(".")[0];
    const done = { names: {}, merged: {}, notes: [] };
    for (const id of ids.slice(0, 20)) { done.names[id] = "Named " + id; await rename(page, id, done.names[id]); }
    const used = new Set(), rest = ids.slice(20);
    for (const id of rest) {
      const into = ids.slice(0, 20).find((it) => questionOf(it) === questionOf(id));
      if (!into || used.size === 5) continue;
      used.add(id);
      await go(page, "#/theme/" + id);
      await page.getByRole("button", { name: "Merge…" }).click();
      await dialog(page).locator("select").selectOption(into);
      await confirm(page, "Merge");
      await page.waitForFunction((hash) => location.hash === hash, "#/theme/" + into);
      done.merged[id] = into;
    }
    for (const id of ids.slice(0, 3)) {
      await go(page, "#/theme/" + id);
      const list = page.locator("section", { has: page.getByRole("heading", { name: "All passages" }) });
      await list.locator(".tick input").nth(0).check();
      await list.locator(".tick input").nth(2).click({ modifiers: ["Shift"] });
      await page.getByRole("button", { name: "Split…" }).click();
      await dialog(page).locator("input[name=name0]").fill("Split off " + id);
      await confirm(page, "Split");
      await bar(page).getByRole("button", { name: "Let go" }).click();
    }
    for (const n of [1, 2]) {
      await go(page, "#/passages");
      await page.getByLabel("Question", { exact: true }).selectOption(String(n + 2));
      await page.getByLabel("What became of it").selectOption("0");
      for (const i of [n, n + 3, n + 5]) await page.locator("article.passage .tick input").nth(i).check();
      await bar(page).getByRole("button", { name: "New theme…" }).click();
      await page.getByLabel("Name", { exact: true }).fill("Made " + n);
      await confirm(page, "Make it");
      await page.waitForFunction(() => location.hash.startsWith("#/theme/N"));
      await bar(page).getByRole("button", { name: "Let go" }).click();
    }
    // A hundred passages coded, twenty and more at once.
    let coded = 0;
    for (let section = 0; coded < 100 && section < 7; section++) {
      await go(page, "#/passages");
      await page.getByLabel("Question", { exact: true }).selectOption(String(section));
      await page.getByLabel("What became of it").selectOption("0");
      await page.getByRole("button", { name: /^Choose all / }).click();
      await bar(page).getByRole("button", { name: "Also in…" }).click();
      await dialog(page).locator("select[name=theme]").selectOption({ index: 0 });
      await confirm(page, "Add");
      coded += number(await bar(page).locator("b").textContent());
      await bar(page).getByRole("button", { name: "Let go" }).click();
    }
    check(coded >= 100, "a hundred coded: " + coded);
    await go(page, "#/passages");
    await page.getByLabel("Question", { exact: true }).selectOption("");
    for (let i = 0; i < 5; i++) {
      await page.getByRole("button", { name: "Note…" }).nth(i).click();
      await dialog(page).locator("textarea").fill("Note " + i);
      await confirm(page, "Save");
      await until("noted", async () => (await page.locator("main").textContent()).includes("Note " + i));
      done.notes.push("Note " + i);
    }
    await standIn(page, { text: "version = 1\n" });
    await page.locator("#pending").getByRole("button", { name: "Write into codebook.toml…" }).click();
    await confirm(page, "Choose");
    await until("saved", async () => (await page.evaluate(() => window.kept.written)) === 1);
    writeFileSync(join(folder, "codebook.toml"), await page.evaluate(() => window.kept.text));
    // In the evening, after it was saved: two more names and a note, in the browser alone.
    done.late = {};
    for (const id of ids.slice(3, 5)) { done.late[id] = "Late " + id; await rename(page, id, done.late[id]); }
    await go(page, "#/passages");
    await page.getByRole("button", { name: "Note…" }).nth(8).click();
    await dialog(page).locator("textarea").fill("A late note");
    await confirm(page, "Save");
    await until("noted", async () => (await page.locator("main").textContent()).includes("A late note"));
    done.edits = number((await pendingText(page)).split(" ")[0]);
    writeFileSync(join(folder, "day.json"), JSON.stringify(done));
    await page.close();
  },

  /** The next report, with ten more interviews: what is in it, what is offered, and what is told. */
  async dayAfter(context) {
    const done = JSON.parse(readFileSync(join(folder, "day.json"), "utf8"));
    const page = await open(context, report);
    const offer = page.locator(".offer");
    await until("edits are offered", async () => (await offer.count()) === 1);
    await clean(page, "edits found");
    const before = await page.evaluate(() => localStorage.length);
    check((await page.locator("#pending").isVisible()) === false, "nothing was applied unasked");
    await offer.getByRole("link", { name: "Look at them" }).click();
    await page.waitForFunction(() => location.hash === "#/edits");
    const section = page.locator("section", { has: page.getByRole("heading", { name: /^Edits of another report/ }) });
    const told = await section.locator(".hint").first().textContent();
    const n = (words) => { const match = told.match(new RegExp("([\\d,]+) " + words)); return match ? number(match[1]) : 0; };
    const [fit, contrary, lost, already] = [n("fit"), n("contradict"), n("no longer fit"), n("are here already")];
    const listed = await section.locator("ul.edits li").allTextContents();
    check(fit >= 1 && listed.length >= Math.min(20, fit), "what fits is listed: " + told);
    await section.getByRole("button", { name: "Take over what fits" }).click();
    await until("taken over", async () => (await page.locator("#pending").textContent()).includes("took over"));
    if (contrary + lost) check((await page.getByRole("heading", { name: "No longer fit", exact: true }).count()) === 1, "the rest is on the list");
    let late = 0;
    for (const [id, name] of Object.entries(done.late)) {
      await go(page, "#/theme/" + encodeURIComponent(id));
      const heading = await page.locator("h1").textContent();
      if (heading === name) late++;
      else { await go(page, "#/edits"); check((await page.locator("main").textContent()).includes(name), name + " is told where it is not applied: " + heading); }
    }
    // Again opened, nothing is offered twice, and nothing is gone.
    const pendingNow = await pendingText(page);
    await page.reload();
    await page.waitForSelector("main h1");
    check((await page.locator(".offer").count()) === 0, "nothing is offered twice");
    check((await pendingText(page)).split("·")[0].trim() === pendingNow.split("·")[0].trim(), "and all is still there: " + pendingNow);
    check((await page.evaluate(() => localStorage.length)) >= before, "what the earlier report left is still in the browser");
    await go(page, "#/passages");
    await searchFor(page, "is:noted");
    const notes = await hits(page);
    console.log(JSON.stringify({ fit, contrary, lost, already, late, notes, names: Object.keys(done.names).length, edits: done.edits }));
    await page.close();
  },
};

let context = null;
try {
  check(existsSync(report) && tasks[task], "node working.mjs TASK REPORT.html FOLDER");
  context = await profile({ dark: task === "many" });
  await tasks[task](context);
  if (problems.length) throw new Error(problems.slice(0, 20).join("\n"));
} catch (error) {
  console.error(error.stack);
  process.exitCode = 1;
} finally {
  if (context) await context.close();
}
