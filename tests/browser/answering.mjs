// How long a page takes to answer: what measure_work.mjs and interactions.mjs count by.
//
// Counted is the work of the page's own thread, so that what else the machine does is left out, and told four times, as on a
// processor a quarter as fast. The answer goes from the event to the picture that shows what it did. What the page puts off
// until then, the rest of a long list and the keeping of edits, is told twice: all of it, and the longest task in it, which is as
// long as the page does not answer. Of the two, the task is what may be too long. With `wall` it is the time that passes, with
// Chromium's own throttle, on a machine that does nothing else; what is put off is then not known.

const TIMES_SLOWER = 4, MOST_MS = 100;
/** What is put off is done by then. */
const AFTER_MS = 400;

/** Before the report is opened: what the page would do when it is idle waits while `window.holding`. */
export const holdIdle = (context) => context.addInitScript(() => {
  const idle = window.requestIdleCallback.bind(window);
  window.held = [];
  window.release = () => { window.holding = false; for (const task of window.held.splice(0)) idle(...task); };
  window.requestIdleCallback = (task, options) => (window.holding ? window.held.push([task, options]) : idle(task, options));
  window.pictured = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
});

/** A function that gives the ms which the page's own thread has worked. */
export async function threadTime(session) {
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => (await session.send("Performance.getMetrics")).metrics.find((it) => it.name === "TaskDuration").value * 1000;
}

/** Of a trace: how many ms of its thread the longest task took that begins after a mark. */
function longestTask(trace, mark) {
  const { traceEvents } = JSON.parse(trace.toString()), from = traceEvents.find((it) => it.name === mark);
  const tasks = traceEvents.filter((it) => it.name === "ThreadControllerImpl::RunTask" && it.ph === "X" && it.pid === from.pid && it.tid === from.tid && it.ts >= from.ts);
  return Math.max(0, ...tasks.map((it) => it.tdur)) / 1000;
}

/**
 * A measure of what is done on a page: `await measure(act, { pause, leads })` gives { answer, after, longest } in ms. `act`: an
 * expression; what it gives is waited for. `pause`: ms that the page waits by itself, which is no work. `leads`: it leads to another page.
 */
export async function answering(page, wall) {
  const browser = page.context().browser(), session = await page.context().newCDPSession(page), spent = wall ? () => 0 : await threadTime(session);
  return async (act, { pause = 0, leads = false } = {}) => {
    if (wall) await session.send("Emulation.setCPUThrottlingRate", { rate: TIMES_SLOWER });
    else await browser.startTracing(page, { categories: ["toplevel", "blink.user_timing"] });
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
    await page.evaluate(() => { performance.mark("put off"); window.release(); });
    await page.waitForTimeout(AFTER_MS);
    if (wall) return { answer: passed, after: null };
    const done = await spent(), longest = longestTask(await browser.stopTracing(), "put off");
    return { answer: TIMES_SLOWER * (seen - before), after: TIMES_SLOWER * (done - seen), longest: TIMES_SLOWER * longest };
  };
}

/** Tells what was measured; whether it took too long. */
export function tellAnswer(what, { answer, after, longest }) {
  const isMissed = answer > MOST_MS || (after !== null && longest > MOST_MS);
  const putOff = after === null ? "" : ", put off " + after.toFixed(0).padStart(3) + ", at once " + longest.toFixed(0).padStart(3);
  console.log(what.padEnd(44) + answer.toFixed(0).padStart(6) + " ms" + putOff + (isMissed ? "  MISSED" : ""));
  return isMissed;
}
