// A headless Chromium with a report in it, and what must hold on every page: no error on the console, no request.
import { chromium } from "playwright-core";

export const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--no-first-run", "--disable-dev-shm-usage"];

export async function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });
}

/** Waits until the rest of a long page is drawn, which the page does when the browser is idle. */
export const settled = (page) => page.evaluate(() => new Promise((done) => requestIdleCallback(() => done(), { timeout: 1000 })));

/** A page of its own profile with the report open; `prepare` is given the profile before. `problems` gathers what must not happen. */
export async function open(browser, path, { width = 1280, height = 900, dark = false, hash = "#/", prepare = null } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? "dark" : "light", acceptDownloads: true });
  if (prepare) await prepare(context);
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) problems.push("console: " + message.text()); });
  page.on("pageerror", (error) => problems.push("error: " + error.stack));
  page.on("request", (request) => { if (!/^(file|data|blob):/.test(request.url())) problems.push("request: " + request.url()); });
  page.on("dialog", (dialog) => { problems.push("dialogue: " + dialog.message()); dialog.dismiss(); });
  await page.goto("file://" + encodeURI(path) + hash);
  await page.waitForSelector("main h1");
  await settled(page);
  return { context, page, problems };
}

export async function go(page, hash) {
  await page.evaluate((to) => {
    if (location.hash === to) return null;
    const arrived = new Promise((done) => addEventListener("hashchange", () => requestAnimationFrame(done), { once: true }));
    location.hash = to;
    return arrived;
  }, hash);
  await page.waitForSelector("main h1");
  await settled(page);
}

export function check(condition, message) {
  if (!condition) throw new Error(message);
}

/** Nothing is wider than the window. */
export async function fits(page, width, where) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(wide <= width, where + " is " + wide + " pixels wide in a window of " + width);
}

/** Does a task, tells the problems that it gives back or throws, and closes the browser. */
export async function finish(browser, work) {
  try {
    const problems = await work();
    if (problems.length) throw new Error(problems.slice(0, 20).join("\n"));
  } catch (error) {
    console.error(error.stack);
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

/** Waits until something holds: pages are drawn, and searched, a moment after the event. */
export async function until(message, holds) {
  for (let i = 0; i < 100; i++) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("never: " + message);
}
