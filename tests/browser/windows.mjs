// Edits in several windows of one report, in one that sleeps, reloads or is closed, and beside a file that others write: none is lost.
// node windows.mjs TASK REPORT.html FOLDER; tests/it/report_work.rs says what each task is for; kept.mjs does it without a browser.
import { check, finish, go, launch, open, until } from "./browser.mjs";

const [task, report] = process.argv.slice(2);
const browser = await launch();
const dialog = (page) => page.locator("dialog");
const confirm = (page, name) => dialog(page).getByRole("button", { name, exact: true }).click();
const pendingText = async (page) => (await page.locator("#pending").textContent()).replace(/\u00a0/g, " ");
const heading = (page) => page.locator("h1").textContent();
const press = (page, name) => page.locator("#pending").getByRole("button", { name, exact: true }).click();
const ids = (page) => page.locator(".theme-row h3 a").evaluateAll((links) => links.map((a) => decodeURIComponent(a.getAttribute("href").split("/").pop())));

/** One more window of the same profile, with the same report. */
async function another(first, hash = "#/") {
  const page = await first.context().newPage();
  await page.goto("file://" + encodeURI(report) + hash);
  await page.waitForSelector("main h1");
  return page;
}

async function fillName(page, theme, name) {
  await go(page, "#/theme/" + theme);
  await page.getByRole("button", { name: "Rename…" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
}

async function rename(page, theme, name) {
  await fillName(page, theme, name);
  await confirm(page, "Rename");
  await until("named " + name, async () => (await heading(page)) === name);
}

/** Hears of no other window from now on, as one that sleeps. */
const sleep = (page) => page.evaluate(() => {
  window.isAsleep = true;
  window.addEventListener("storage", (event) => { if (window.isAsleep) event.stopImmediatePropagation(); }, { capture: true });
});
const named = async (page, theme, name) => { await go(page, "#/theme/" + theme); await until(theme + " is named " + name, async () => (await heading(page)) === name); };

/** Stands in for the browser's own window in which a file is chosen; `isHeld`: writing waits for `kept.release()`. */
const standIn = (page, { text = "", later = null, isHeld = false }) => page.evaluate(({ text, later, isHeld }) => {
  window.kept = { text, written: 0, read: 0 };
  const held = isHeld ? new Promise((done) => { window.kept.release = done; }) : null;
  const handle = { name: "codebook.toml", requestPermission: async () => "granted",
    getFile: async () => { if (++window.kept.read === 2 && later !== null) window.kept.text = later; return new File([window.kept.text], "codebook.toml"); },
    createWritable: async () => { let all = ""; return { write: async (part) => { all += part; }, close: async () => { await held; window.kept.text = all; window.kept.written++; } }; } };
  window.showOpenFilePicker = async () => [handle];
  window.showSaveFilePicker = async () => handle;
}, { text, later, isHeld });

const tasks = {
  /** An edit and, in the same moment, a reload; a window opened; an edit in another window; and one after a sleep. */
  async together() {
    const { page, problems } = await open(browser, report);
    const [first, second, third] = await ids(page);
    for (const name of ["Once", "Twice", "Thrice"]) {
      await fillName(page, first, name);
      await Promise.all([page.waitForNavigation(), page.evaluate(() => { document.querySelector("dialog button.primary").click(); setTimeout(() => location.reload(), 0); })]);
      await page.waitForSelector("main h1");
      await until(name + " is there after a reload", async () => (await heading(page)) === name);
    }
    // Its way back is there too.
    await press(page, "Undo");
    await until("a step back", async () => (await heading(page)) === "Twice");
    await press(page, "Redo");
    // A window that is opened in that moment.
    await fillName(page, first, "Just now");
    const [window2] = await Promise.all([another(page, "#/theme/" + first), confirm(page, "Rename")]);
    await until("the new window hears of it", async () => (await heading(window2)) === "Just now");
    // Both at once: of two themes, and of the same list.
    await fillName(page, second, "By one");
    await fillName(window2, third, "By the other");
    await Promise.all([confirm(page, "Rename"), confirm(window2, "Rename")]);
    for (const it of [page, window2]) { await named(it, second, "By one"); await named(it, third, "By the other"); }
    for (const it of [page, window2]) await go(it, "#/theme/" + first);
    const list = (it) => it.locator("section", { has: it.getByRole("heading", { name: "All passages" }) });
    await Promise.all([list(page).getByRole("button", { name: "Pin", exact: true }).nth(0).click(), list(window2).getByRole("button", { name: "Pin", exact: true }).nth(1).click()]);
    for (const it of [page, window2]) await until("both pins are there", async () => (await list(it).getByRole("button", { name: "Unpin", exact: true }).count()) === 2);
    // One that slept is shown again; one that was not writes over nothing.
    for (const isShown of [true, false]) {
      await sleep(window2);
      const name = isShown ? "While it slept" : "While it slept on";
      await rename(page, second, name);
      await page.waitForTimeout(200);
      if (isShown) {
        await go(window2, "#/theme/" + second);
        await window2.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
        await until("it shows what came", async () => (await heading(window2)) === name);
        await window2.evaluate(() => { window.isAsleep = false; });
      } else await rename(window2, third, "Awake");
    }
    for (const it of [page, window2, await another(page)]) { await named(it, second, "While it slept on"); await named(it, third, "Awake"); }
    // A window that is closed at once has told the others.
    await fillName(window2, first, "The last word");
    await window2.evaluate(() => document.querySelector("dialog button.primary").click());
    await window2.close();
    await named(page, first, "The last word");
    await page.reload();
    await named(page, first, "The last word");
    return problems;
  },

  /** Edits while a file is written; a file that another program writes meanwhile; words typed and not saved; no store at all. */
  async files() {
    const { page, problems } = await open(browser, report);
    const [first, second, third] = await ids(page);
    await rename(page, first, "In the file");
    await standIn(page, { isHeld: true });
    const write = async () => { await page.locator("#pending").getByRole("button", { name: /^Write into codebook\.toml/ }).click(); if (await dialog(page).count()) await confirm(page, "Choose"); };
    await write();
    await rename(page, second, "Too late for it");
    await page.evaluate(() => window.kept.release());
    await until("written", async () => (await page.evaluate(() => window.kept.written)) === 1);
    check(!(await page.evaluate(() => window.kept.text)).includes("Too late"), "the file has what was then");
    await until("the edit since is not said to be saved", async () => (await pendingText(page)).includes("not in codebook.toml yet"));
    await write();
    await until("written again", async () => (await page.evaluate(() => window.kept.written)) >= 1 && /^\d+ edits? saved/.test(await pendingText(page)));
    // Another program writes into the file while it is read.
    const { page: page2, problems: problems2 } = await open(browser, report);
    await rename(page2, first, "Here");
    const theirs = (name) => 'version = 1\n[theme."' + third + '"]\nname = "' + name + '"\n';
    await standIn(page2, { text: theirs("Theirs"), later: theirs("Written meanwhile") });
    await page2.locator("#pending").getByRole("button", { name: /^Write into codebook\.toml/ }).click();
    await confirm(page2, "Choose");
    await until("it asks", async () => (await dialog(page2).textContent()).includes("Theirs"));
    await confirm(page2, "Replace it");
    await until("and asks again of what is there now", async () => (await dialog(page2).count()) === 1 && (await dialog(page2).textContent()).includes("Written meanwhile"));
    await confirm(page2, "Cancel");
    check((await page2.evaluate(() => window.kept.text)).includes("Written meanwhile"), "nothing was written");
    // Words in an open dialogue, and what no store keeps: the browser asks before the page is closed.
    const asks = async (it) => {
      it.removeAllListeners("dialog");
      const answer = new Promise((done) => {
        it.once("dialog", async (box) => { await box.dismiss(); done(box.type()); });
        setTimeout(() => done("nothing"), 2000);
      });
      await it.close({ runBeforeUnload: true });
      return answer;
    };
    await fillName(page2, first, "Typed, not saved");
    check((await asks(page2)) === "beforeunload", "words that were typed are not lost unasked");
    await confirm(page2, "Cancel");
    await page2.locator(".edit-theme").getByRole("button", { name: "Note…" }).click();
    await page2.keyboard.press("Escape");
    await until("where nothing was typed, Escape closes", async () => (await dialog(page2).count()) === 0);
    await page2.locator(".edit-theme").getByRole("button", { name: "Note…" }).click();
    await dialog(page2).locator("textarea").fill("A long thought");
    await page2.keyboard.press("Escape");
    await until("it says that nothing is saved", async () => (await dialog(page2).getByRole("alert").count()) === 1);
    check((await dialog(page2).locator("textarea").inputValue()) === "A long thought", "and the words are still there");
    await page2.keyboard.press("Escape");
    await until("once more closes", async () => (await dialog(page2).count()) === 0);
    const { page: page3, problems: problems3 } = await open(browser, report, { prepare: (context) => context.addInitScript(() => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; }) });
    await rename(page3, first, "Kept nowhere");
    await rename(page3, second, "Nor this");
    check((await pendingText(page3)).includes("this browser keeps nothing"), "it says that nothing is kept");
    await press(page3, "Undo");
    check((await pendingText(page3)).startsWith("1 edit"), "edits can be undone all the same");
    check((await asks(page3)) === "beforeunload", "and asks before it is closed");
    return [...problems, ...problems2, ...problems3];
  },

  /** Keys and answers that come before the page below a dialogue is inert, while the browser is never idle. */
  async quick() {
    const { page, problems } = await open(browser, report);
    const [first] = await ids(page);
    await go(page, "#/theme/" + first);
    await page.evaluate(() => {
      window.held = [];
      window.requestIdleCallback = (task) => window.held.push(task);
      window.idleAtLast = () => { for (const task of window.held.splice(0)) task(); };
    });
    const ask = (name) => page.locator(".edit-theme").getByRole("button", { name, exact: true }).click();
    const isModal = () => dialog(page).evaluate((it) => it.matches(":modal"));
    const gone = async (how) => {
      await until(how, async () => (await dialog(page).count()) === 0);
      check((await page.locator(".veil").count()) === 0, how + ": the veil is gone");
      await page.evaluate(() => window.idleAtLast());
    };
    await ask("Note…");
    check(!(await isModal()), "the dialogue waits for the browser to be idle");
    await page.keyboard.press("Escape");
    await gone("Escape closes");
    await ask("Note…");
    await dialog(page).locator("textarea").fill("A long thought");
    await page.keyboard.press("Escape");
    await until("words are not lost unasked", async () => (await dialog(page).getByRole("alert").count()) === 1);
    await page.keyboard.press("Escape");
    await gone("once more closes");
    await ask("Note…");
    await dialog(page).locator("textarea").fill("A thought");
    await page.evaluate(() => window.idleAtLast());
    check(await isModal(), "it becomes modal");
    check((await dialog(page).locator("textarea").inputValue()) === "A thought", "with what was typed");
    check(await dialog(page).locator("textarea").evaluate((it) => it === document.activeElement), "and its focus");
    await confirm(page, "Cancel");
    await gone("cancelled");
    await ask("Rename…");
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press("Tab");
      check(await page.evaluate(() => document.activeElement === document.body || document.querySelector("dialog").contains(document.activeElement)), "Tab stays in the dialogue");
    }
    check(await isModal(), "which is modal now");
    await confirm(page, "Cancel");
    await gone("cancelled");
    await ask("Rename…");
    await page.getByLabel("Name", { exact: true }).fill("Quick");
    await page.keyboard.press("Enter");
    await until("renamed", async () => (await heading(page)) === "Quick");
    await gone("and the dialogue");
    // A modal one that was answered is not seen, and gone for whoever does more.
    await ask("Note…");
    await dialog(page).locator("textarea").fill("A quick note");
    await page.evaluate(() => window.idleAtLast());
    await confirm(page, "Save");
    await until("noted", async () => (await page.locator("main > div > .memo").textContent()).includes("A quick note"));
    check(!(await dialog(page).isVisible()), "an answered dialogue is not seen");
    await page.keyboard.press("j");
    check((await dialog(page).count()) === 0, "the next key finds it gone");
    check(await page.evaluate(() => document.activeElement.matches("article.passage")), "and does what it does");
    await ask("Note…");
    await page.evaluate(() => window.idleAtLast());
    await confirm(page, "Save");
    await page.evaluate(() => window.idleAtLast());
    await gone("or the browser is idle");
    return problems;
  },

  /** Edits of an earlier report: what was edited since they were found is not written over; what fitted nothing stays on the list. */
  async earlier() {
    const { page, problems } = await open(browser, report);
    const [first, second] = await ids(page);
    await rename(page, second, "Here already");
    await page.waitForTimeout(200);
    const leave = (name, theme, left) => page.evaluate(({ name, theme, left }) => {
      const key = "leitmotif-edits-" + document.body.dataset.line + "-" + name;
      localStorage.setItem(key, JSON.stringify({ version: 2, title: "", changed: new Date().toISOString(), base: {}, edits: theme ? { name: theme } : {}, marks: { units: {}, themes: {} }, saved: null, undo: [], redo: [], left }));
    }, { name, theme, left });
    await leave("older", { [first]: "Of the earlier report" }, [{ kind: "name", key: "Q99.1", value: "Fitted nothing", reason: "the theme Q99.1 is not in this analysis" }]);
    await page.reload();
    await page.waitForSelector("main h1");
    await go(page, "#/");
    await until("they are offered", async () => (await page.locator(".offer").count()) === 1);
    await go(page, "#/edits");
    check((await page.locator("main").textContent()).includes("Fitted nothing"), "what fitted nothing there is on the list here");
    await page.getByRole("button", { name: "Let go" }).click();
    await until("let go", async () => (await page.getByRole("button", { name: "Let go" }).count()) === 0);
    await page.reload();
    await page.waitForSelector("main h1");
    await go(page, "#/edits");
    check((await page.getByRole("button", { name: "Let go" }).count()) === 0, "let go once is let go");
    await rename(page, first, "Named since");
    await page.locator(".offer").getByRole("button", { name: "Take over what fits" }).click();
    await until("the later name stays", async () => (await heading(page)) === "Named since");
    await go(page, "#/edits");
    await until("and the earlier one is told", async () => (await page.locator("main").textContent()).includes("Of the earlier report"));
    // One that is still open elsewhere, or closes late, is heard.
    await go(page, "#/");
    check((await page.locator(".offer").count()) === 0, "nothing is on offer");
    const window2 = await another(page);
    await window2.evaluate((theme) => {
      localStorage.setItem("leitmotif-edits-" + document.body.dataset.line + "-open", JSON.stringify({ version: 2, changed: new Date().toISOString(), base: {}, edits: { memo: { [theme]: "Written late" } }, marks: { units: {}, themes: {} } }));
    }, second);
    await until("what it kept late is offered", async () => (await page.locator(".offer").count()) === 1);
    await page.locator(".offer").getByRole("button", { name: "Take over what fits" }).click();
    await go(page, "#/theme/" + second);
    await until("and can be taken over", async () => (await page.locator("p.memo").first().textContent()).endsWith("Written late"));
    return problems;
  },
};

await finish(browser, async () => { check(tasks[task], "node windows.mjs TASK REPORT.html FOLDER"); return tasks[task](); });
