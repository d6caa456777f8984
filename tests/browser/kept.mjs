// Windows of one report that keep edits side by side, without a browser: each has its own process, hears late of the others,
// may die at any moment, and may find no room. Whatever the order, no edit may be lost.
// node kept.mjs ROUNDS
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { jumping, pick } from "./random_edits.mjs";

const check = (condition, message) => { if (!condition) throw new Error(message); };
const assets = join(dirname(fileURLToPath(import.meta.url)), "../../src/report/assets");
const source = ["apply.js", "codebook.js", "toml.js", "rebase.js", "kept.js"].map((name) => readFileSync(join(assets, name), "utf8")).join("\n");
const page = new Function(source + "\nreturn { noEdits, keeperOf, readKept, settled, sameValue, stepsOf, MOST_UNDO };")();

const KEY = "leitmotif-edits-line-result";
let time = 1e12, names = 0;

/** A browser: what it keeps, and processes that each see their own writes at once and those of others when these arrive. */
class Browser {
  constructor(room = Infinity) { this.kept = new Map(); this.processes = []; this.room = room; }

  /** `hears`: what comes when another process has written. */
  process() {
    const process = { seen: new Map(this.kept), toTell: [], toHear: [], waiting: new Map(), hears: () => {} };
    this.processes.push(process);
    const write = (name, value) => {
      if (value === null) process.seen.delete(name); else process.seen.set(name, value);
      process.waiting.set(name, (process.waiting.get(name) || 0) + 1);
      process.toTell.push([name, value]);
    };
    const size = () => [...process.seen].reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    process.store = {
      get: (name) => process.seen.get(name) ?? null,
      set: (name, value) => {
        if (size() - (process.seen.get(name) || "").length + value.length > this.room) return false;
        write(name, value);
        return true;
      },
      remove: (name) => { if (process.seen.has(name)) write(name, null); },
      keys: () => [...process.seen.keys()],
    };
    return process;
  }

  /** One message arrives: a write at the browser, or news of it at a process. Whether there was one. */
  deliver() {
    const all = this.processes.flatMap((it) => [it.toTell.length && [it, "toTell"], it.toHear.length && [it, "toHear"]].filter(Boolean));
    if (!all.length) return false;
    const [process, queue] = pick(all), [name, value, from] = process[queue].shift();
    if (queue === "toTell") {
      if (value === null) this.kept.delete(name); else this.kept.set(name, value);
      for (const it of this.processes) it.toHear.push([name, value, process]);
    } else if (from === process) process.waiting.set(name, process.waiting.get(name) - 1);
    // What this process has written since is later.
    else if (!process.waiting.get(name)) {
      if (value === null) process.seen.delete(name); else process.seen.set(name, value);
      process.hears(name);
    }
    return true;
  }

  quiet() { while (this.deliver()); }
}

/** A window with the report, as keeping.js has it. */
function open(browser, begin = page.noEdits) {
  const process = browser.process();
  const keeper = page.keeperOf({ store: process.store, key: KEY, me: "w" + ++names, now: () => time, begin: () => ({ E: begin(), undo: [], redo: [], left: [], saved: null }), beside: () => ({ base: begin(), marks: { units: {}, themes: {} } }) });
  keeper.refresh();
  process.hears = () => keeper.refresh();
  return { process, keeper, isDue: false };
}

function edit(window, change) {
  const { keeper } = window;
  keeper.refresh();
  const { E } = keeper.state(), before = Object.fromEntries(Object.entries(E).map(([kind, values]) => [kind, { ...values }]));
  change(E);
  const changes = Object.keys(E).flatMap((kind) => [...new Set([...Object.keys(before[kind]), ...Object.keys(E[kind])])].filter((key) => !page.sameValue(before[kind][key], E[kind][key]))
    .map((key) => [kind, key, before[kind][key] ?? null, E[kind][key] ?? null]));
  const made = { word: "an edit", changes };
  keeper.take({ made });
  window.isDue = true;
  return made;
}

const stepBack = (window, undone = window.keeper.state().undo.at(-1)) => { if (undone) window.keeper.take({ undone }); window.isDue = true; };
const keep = (window) => { if (window.isDue) window.keeper.keep(); window.isDue = false; };
const editsIn = (window) => page.settled(window.keeper.state().E);

/** Names that stay, passages pinned to one theme from several windows, and edits undone, in any order of everything. */
function round(at) {
  const browser = new Browser(), names = {}, pins = new Set(), left = new Set();
  let windows = [open(browser)];
  for (let i = 0; i < 60; i++) {
    time += jumping(40);
    const window = pick(windows);
    switch (jumping(14)) {
      case 0: if (windows.length < 4) windows.push(open(browser)); break;
      // One dies: what it wrote arrives, the whole that was due does not.
      case 1: if (windows.length > 1) windows = windows.filter((it) => it !== window); break;
      case 2: keep(window); windows = [...windows.filter((it) => it !== window), open(browser)]; break;
      case 3: case 4: keep(window); window.keeper.tidy(); break;
      case 5: case 6: case 7: { const id = "Q1." + at + "." + i; edit(window, (E) => { E.name[id] = "Name " + i; }); names[id] = "Name " + i; break; }
      case 8: { const id = "s/p#" + i; edit(window, (E) => { E.pin["Q1.1"] = [...(E.pin["Q1.1"] || []), id]; }); pins.add(id); break; }
      case 9: { const made = edit(window, (E) => { E.memo["Q2." + i] = "not for long"; }); stepBack(window, made); break; }
      case 10: { const it = { kind: "name", key: "Q9." + i, value: "x", reason: "gone" }; window.keeper.take({ left: { add: [it], out: [] } }); window.isDue = true; left.add(JSON.stringify(it)); break; }
      default: for (let n = jumping(6); n > 0; n--) browser.deliver();
    }
    // Minutes pass, in which everybody hears of everything: what is not needed any more goes.
    if (jumping(25) === 0) { browser.quiet(); windows.forEach(keep); browser.quiet(); time += 120_000; windows.forEach((it) => it.keeper.tidy()); }
  }
  browser.quiet();
  windows.forEach(keep);
  browser.quiet();
  windows.push(open(browser));
  for (const window of windows) {
    const { E, left: there } = window.keeper.state();
    for (const [id, name] of Object.entries(names)) check(E.name[id] === name, "round " + at + ": the name of " + id + " is lost");
    for (const id of pins) check((E.pin["Q1.1"] || []).includes(id), "round " + at + ": the pin of " + id + " is lost");
    for (const it of left) check(there.some((other) => JSON.stringify(other) === it), "round " + at + ": what did not fit is lost");
    check(!Object.keys(E.memo).length, "round " + at + ": what was undone is back");
    check(page.sameValue(editsIn(window), editsIn(windows[0])), "round " + at + ": two windows have different edits");
  }
  const kept = page.readKept({ get: (name) => browser.kept.get(name) ?? null, keys: () => [...browser.kept.keys()] }, KEY);
  if (kept) check(page.sameValue(page.settled(kept.edits), editsIn(windows[0])), "round " + at + ": a later report finds other edits");
}

function cases() {
  // A window that dies right after it took over what another left unjoined: both are there.
  let browser = new Browser(), first = open(browser);
  edit(first, (E) => { E.name["Q1.1"] = "One"; });
  keep(first);
  edit(first, (E) => { E.name["Q1.2"] = "Two"; });
  browser.quiet();
  let second = open(browser);
  edit(second, (E) => { E.name["Q1.3"] = "Three"; });
  browser.quiet();
  check(Object.values(open(browser).keeper.state().E.name).join() === "One,Two,Three", "steps of two windows that died");
  // One that slept, as a page kept for the way back does, goes on from what came meanwhile.
  browser = new Browser();
  first = open(browser);
  edit(first, (E) => { E.name["Q1.1"] = "Before"; });
  keep(first);
  browser.quiet();
  const asleep = open(browser);
  asleep.process.hears = () => {};
  edit(first, (E) => { E.name["Q1.1"] = "After"; E.hide["Q1.4"] = true; });
  keep(first);
  browser.quiet();
  edit(asleep, (E) => { E.memo["Q1.1"] = "Awake"; });
  keep(asleep);
  browser.quiet();
  for (const it of [first, asleep, open(browser)]) check(it.keeper.state().E.name["Q1.1"] === "After" && it.keeper.state().E.hide["Q1.4"] && it.keeper.state().E.memo["Q1.1"] === "Awake", "a window that slept writes over nothing");
  // So does one that slept before it had kept the whole.
  browser = new Browser();
  [first, second] = [open(browser), open(browser)];
  edit(first, (E) => { E.name["Q1.1"] = "One"; });
  browser.quiet();
  edit(second, (E) => { E.name["Q1.2"] = "Two"; });
  second.process.hears = () => {};
  edit(first, (E) => { E.name["Q1.3"] = "Three"; });
  keep(first);
  browser.quiet();
  time += 120_000;
  first.keeper.tidy();
  browser.quiet();
  keep(second);
  browser.quiet();
  check(Object.keys(open(browser).keeper.state().E.name).sort().join() === "Q1.1,Q1.2,Q1.3", "nor does its whole");
  // The last edit of the codebook is taken out: that is kept too. Two windows that undo the same edit undo it once.
  const base = () => ({ ...page.noEdits(), name: { "Q1.1": "Of the file" } });
  browser = new Browser();
  first = open(browser, base);
  const made = edit(first, (E) => { delete E.name["Q1.1"]; });
  browser.quiet();
  const other = open(browser, base);
  check(Object.keys(other.keeper.state().E.name).length === 0, "an edit that was taken out stays out");
  stepBack(first, made);
  stepBack(other, made);
  browser.quiet();
  for (const it of [first, other, open(browser, base)]) check(it.keeper.state().E.name["Q1.1"] === "Of the file" && it.keeper.state().redo.length === 1, "undone once");
  // No room: steps and the way back give way first; where nothing is kept, it says so, and keeps what it can again.
  browser = new Browser(4000);
  first = open(browser);
  for (let i = 0; i < 12; i++) { edit(first, (E) => { E.note["s/p#1"] = "long ".repeat(100) + i; }); keep(first); }
  browser.quiet();
  check(first.keeper.isKept() && open(browser).keeper.state().E.note["s/p#1"].endsWith(" 11"), "the way back gives way before the edit");
  edit(first, (E) => { E.note["s/p#2"] = "longer ".repeat(1000); });
  keep(first);
  browser.quiet();
  check(!first.keeper.isKept() && open(browser).keeper.state().E.note["s/p#1"].endsWith(" 11"), "what has no room is told, and what was kept stays");
  // What was kept as steps alone is so again where a whole finds no room.
  edit(first, (E) => { delete E.note["s/p#2"]; });
  keep(first);
  edit(first, (E) => { E.note["s/p#4"] = "a step"; });
  edit(first, (E) => { E.note["s/p#2"] = "longer ".repeat(1000); });
  browser.quiet();
  check(!first.keeper.isKept() && open(browser).keeper.state().E.note["s/p#4"] === "a step", "a step stays where the next has no room");
  browser.room = 100_000;
  edit(first, (E) => { E.note["s/p#3"] = "short"; });
  keep(first);
  browser.quiet();
  const again = open(browser).keeper.state().E.note;
  check(first.keeper.isKept() && again["s/p#2"] && again["s/p#3"] === "short", "and kept when there is room again");
  // Forbidden altogether: the window has its edits, and says that nothing is kept.
  const alone = open(new Browser(0));
  edit(alone, (E) => { E.name["Q1.1"] = "Here"; });
  edit(alone, (E) => { E.name["Q1.2"] = "too"; });
  check(!alone.keeper.isKept() && Object.values(alone.keeper.state().E.name).join() === "Here,too", "nothing is kept, and it says so");
  // Cleared while it is shown: kept again with the next whole.
  browser = new Browser();
  first = open(browser);
  edit(first, (E) => { E.name["Q1.1"] = "Still here"; });
  keep(first);
  for (const name of first.process.store.keys()) first.process.store.remove(name);
  check(!first.keeper.refresh() && !first.keeper.isThere(), "cleared");
  first.keeper.keep();
  browser.quiet();
  check(open(browser).keeper.state().E.name["Q1.1"] === "Still here", "kept again");
  // After a while only the whole is left of it, with as many steps back as are kept.
  for (let i = 0; i < page.MOST_UNDO + 20; i++) { edit(first, (E) => { E.memo["Q1." + i] = "m"; }); keep(first); }
  time += 120_000;
  first.keeper.tidy();
  browser.quiet();
  check(![...browser.kept.keys()].some((name) => name.startsWith(page.stepsOf(KEY))), "steps go");
  check(open(browser).keeper.state().undo.length === page.MOST_UNDO, "the way back has an end");
}

cases();
for (let at = 0; at < Number(process.argv[2] || 200); at++) round(at);
