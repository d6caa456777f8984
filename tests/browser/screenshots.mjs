// Pictures of a report to look at: node screenshots.mjs REPORT.html FOLDER [HASH…]
import { join } from "node:path";
import { go, launch, open } from "./browser.mjs";

const [report, folder, ...hashes] = process.argv.slice(2);
const browser = await launch();
for (const dark of [false, true]) {
  for (const width of [360, 1280, 1920]) {
    const { page, context } = await open(browser, report, { width, height: width === 360 ? 740 : 1000, dark });
    const theme = await page.locator(".theme-row h3 a").first().getAttribute("href");
    for (const hash of hashes.length ? hashes : ["#/", theme, "#/map"]) {
      await go(page, hash);
      await page.waitForTimeout(400);
      const name = hash.replace(/[^a-z0-9.]+/gi, "-").replace(/^-|-$/g, "") || "themes";
      await page.screenshot({ path: join(folder, `${name}-${width}-${dark ? "dark" : "light"}.png`) });
    }
    await context.close();
  }
}
await browser.close();
