// How long a page takes to answer: what measure_work.mjs and interactions.mjs count by.
//
// Counted is the work of the page's own thread, so that what else the machine does is left out, and told four times, as on a
// processor a quarter as fast. The answer goes from the event to the picture that shows what it did; what the page puts off
// until then, the rest of a long list and the keeping of edits, is told as `after`. With `wall` it is the time that passes,
// with Chromium's own throttle, on a machine that does nothing else; `after` is then not known.

const TIMES_SLOWER = 4, MOST_MS = 100;
/** What is put off is done by then. */
const AFTER_MS = 400;

/** Before the report is opened: what the page would do when it is idle waits while `window.holding`. */
export const holdIdle = (context) => context.addInitScript(() => {
  const idle = window.requestIdleCallback.bind(window);
  window.held = [];
  window.requestIdleCallback = (task, options) => (window.holding ? window.held.push(task) : idle(task, options));
  window.pictured = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
});

/** A function that gives the ms which the page's own thread has worked. */
export async function threadTime(session) {
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => (await session.send("Performance.getMetrics")).metrics.find((it) => it.name === "TaskDuration").value * 1000;
}

/**
 * A measure of what is done on a page: `await measure(act, { pause, leads })` gives { answer, after } in ms. `act`: an expression;
 * what it gives is waited for. `pause`: ms that the page waits by itself, which is no work. `leads`: it leads to another page.
 */
export async function answering(page, wall) {
  const session = await page.context().newCDPSession(page), spent = wall ? () => 0 : await threadTime(session);
  return async (act, { pause = 0, leads = false } = {}) => {
    if (wall) await session.send("Emulation.setCPUThrottlingRate", { rate: TIMES_SLOWER });
    const before = await spent();
    const passed = await page.evaluate(async ([act, pause, leads]) => {
      window.holding = true;
      const arrived = leads ? new Promise((done) => addEventListener("hashchange", done, { once: true })) : null;
      const from = performance.now() + pause;
      await (0, eval)(act);
      await arrived;
      // What a closing dialogue tells comes a moment later, too.
      await new Promise((done) => setTimeout(done, pause ? pause + 1 : 0));
      await window.pictured();
      return performance.now() - from;
    }, [act, pause, leads]);
    const seen = await spent();
    if (wall) await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    await page.evaluate(() => { window.holding = false; const all = window.held; window.held = []; for (const task of all) task(); });
    await page.waitForTimeout(AFTER_MS);
    return wall ? { answer: passed, after: null } : { answer: TIMES_SLOWER * (seen - before), after: TIMES_SLOWER * ((await spent()) - seen) };
  };
}

/** Tells what was measured; whether it took too long. */
export function tellAnswer(what, { answer, after }) {
  const isMissed = answer > MOST_MS || after > MOST_MS;
  console.log(what.padEnd(44) + answer.toFixed(0).padStart(6) + " ms" + (after === null ? "" : ", after " + after.toFixed(0)) + (isMissed ? "  MISSED" : ""));
  return isMissed;
}
