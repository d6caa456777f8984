// Where the reader's edits are kept: in this browser, under the line of analyses that the report belongs to, and in
// codebook.toml. Edits that an earlier report of the line left are found again, brought to this one and offered.
//
// In: what the browser kept, a file that the reader chose. Out: edits, and the file. It asks nobody else for anything, applies
// no edit that was not asked for, and throws none away.

const LINE = document.body.dataset.line, RESULT = document.body.dataset.key;
const STORE = STORES + LINE + "-" + RESULT, ANSWERS = "leitmotif-offers-" + LINE, CARRIED = "leitmotif-carried-" + LINE;

/** What did not fit when edits were taken over: kept until the reader lets go of it. */
let left = [];
/** Edits of other reports and files that the reader may take over. */
let offers = [];
/** The file that was written last, as a text; the edits in it; and its handle, where the browser gives one. */
let savedText = null, savedEdits = null, file = null;

const sectionOfFound = new Map(FOUND.themes.map((theme) => [theme.id, theme.section]));
const recurringFound = new Map(FOUND.recurring.map((it) => [it.id, it.themes]));
const hashes = new Map();
let unitsByWords = null;

function hashHere(u) {
  if (!hashes.has(u)) hashes.set(u, hashOf(U.text[u]));
  return hashes.get(u);
}

/** What makes the hashes ready before an edit is kept, some thousands at a time. */
const HASHED_AT_ONCE = 4000;
const HASHES_AHEAD = FOR_READERS ? [] : Array.from({ length: Math.ceil(N / HASHED_AT_ONCE) }, (_, i) => () => {
  for (let u = HASHED_AT_ONCE * i; u < Math.min(N, HASHED_AT_ONCE * (i + 1)); u++) hashHere(u);
});

const ownerOf = (id) => id.slice(0, id.lastIndexOf("#"));

/** What rebase.js asks of the analysis here. */
const KNOWN = {
  hash(id) { const u = unitByid(id); return u === undefined ? undefined : hashHere(u); },
  label: (id) => labelFound.get(id) ?? (madeHere(id) || {}).name,
  /** Another passage of the same person that has the same words. */
  again(id, hash) {
    if (!unitsByWords) unitsByWords = new Map(allUnits.map((u) => [ownerOf(unitId(u)) + " " + hashHere(u), unitId(u)]));
    return unitsByWords.get(ownerOf(id) + " " + hash);
  },
  section(id) { const u = unitByid(id); return u === undefined || FOUND.theme[u] === undefined ? null : FOUND.section[u]; },
  sectionOfTheme: (id) => sectionOfFound.get(id),
  question: (id) => sectionById.has(id),
  questions: () => [...sectionById.keys()],
  recurring: () => [...recurringFound.keys()],
  joined: (id) => recurringFound.get(id),
  themes: () => [...sectionOfFound.keys(), ...themeById.keys()],
};

const sectionOfTheme = (id) => sectionOfFound.get(id) ?? (T[themeById.get(id)] ? D.sections[T[themeById.get(id)].section].id : (E.new[id] || {}).question);

const readStore = (key) => inJson(storage.get(key));

/** This window: no other has its name, not even one of the same page opened again. */
const WINDOW = Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
const copied = (edits) => Object.fromEntries(Object.entries(edits).map(([kind, values]) => [kind, { ...values }]));
const keeper = keeperOf({ store: storage, key: STORE, me: WINDOW, now: Date.now,
  begin: () => ({ E: copied(BASE), undo: [], redo: [], left: [], saved: null }),
  beside: (state) => ({ title: D.title, base: BASE, marks: marksOf(state.E, KNOWN, BASE) }) });

/** The page has what the keeper has. */
function adopt() {
  const state = keeper.state();
  [E, undoStack, redoStack, left, savedEdits] = [state.E, state.undo, state.redo, state.left, state.saved];
}

/** Goes on from what other windows kept, which comes before any edit; whether anything is different. */
function catchUp() {
  if (FOR_READERS || !keeper.refresh()) return false;
  adopt();
  wayBack = null;
  computeView();
  return true;
}

function loadEdits() {
  keeper.refresh();
  adopt();
  keeper.tidy();
  findOffers();
}

let keepingDue = 0, tidyingDue = 0;

/** Takes a step, which is kept at once; the whole a moment later, when the page has answered. */
function keepStep(step) {
  const wasKept = keeper.isKept();
  keeper.take(step);
  adopt();
  keepEdits();
  if (keeper.isKept() !== wasKept) showPending("");
}

/** So late is everything kept: the page has answered by then, also on a slow machine. */
const KEPT_AFTER_MS = 150;

/** Keeps everything a moment later; leaving the page waits for it. */
function keepEdits() {
  clearTimeout(keepingDue);
  keepingDue = setTimeout(keepNow, KEPT_AFTER_MS);
}

function keepNow() {
  if (!keepingDue) return;
  clearTimeout(keepingDue);
  keepingDue = 0;
  const wasKept = keeper.isKept(), isBehind = catchUp();
  keeper.keep();
  adopt();
  clearTimeout(tidyingDue);
  tidyingDue = setTimeout(keeper.tidy, HEARD_AFTER + 1000);
  if (isBehind) showNews();
  else if (keeper.isKept() !== wasKept) showPending("");
}

function showNews() {
  showPending("changed in another window");
  redraw();
}

/** Another window with the same report has made an edit, or this one sleeps no longer: it goes on from what is kept. */
function changedElsewhere(event) {
  if (event && event.key && event.key !== STORE && !event.key.startsWith(stepsOf(STORE))) {
    if ([STORES, STEPS].some((of) => event.key.startsWith(of + LINE + "-"))) lookAgain();
    return;
  }
  // What was cleared while it is still shown is kept again.
  if (!keeper.isThere() && undoStack.length + redoStack.length > 0) keepEdits();
  if (catchUp()) showNews();
}

/** A page that is hidden may not come back; one that comes back has missed what others did. */
function shownOrHidden() {
  if (document.visibilityState === "hidden") keepNow(); else changedElsewhere(null);
}

// Edits of earlier reports

/** What other reports of this line left in the browser, and programs that knew no lines, where it is of these passages. */
function findOffers() {
  const answers = readStore(ANSWERS) || {};
  offers = [];
  let latest = null;
  for (const key of storage.keys().filter((it) => it.startsWith(STORES) && it !== STORE).sort()) {
    const kept = readKept(storage, key);
    if (!kept) continue;
    const isOfLine = key.startsWith(STORES + LINE + "-"), isOld = kept.version === undefined;
    if (!isOfLine && !isOld) continue;
    if (isOfLine && kept.left.length && (!latest || String(latest.kept.changed) < String(kept.changed))) latest = { key, kept };
    const full = { base: Object.assign(noEdits(), kept.base), edits: kept.edits, marks: kept.marks, saved: kept.saved, undo: kept.undo };
    if (isOld && !isOfThese(full.edits)) continue;
    const mark = hashOf(JSON.stringify(kept.edits));
    if (answers[key] && answers[key].mark === mark && answers[key].said !== "later") continue;
    const found = rebased(full, E, KNOWN);
    if (found.fits.length || found.contrary.length || found.lost.length) offers.push({ key, mark, kept: full, found, from: offerName(kept), isLater: Boolean(answers[key] && answers[key].mark === mark) });
    // What is all here is this report's now: what later ones say otherwise is no contradiction.
    else answers[key] = { mark, said: "taken" };
  }
  if (JSON.stringify(answers) !== JSON.stringify(readStore(ANSWERS) || {})) storage.set(ANSWERS, JSON.stringify(answers));
  if (latest) carryLeft(latest);
}

/** What fitted nothing in the report before, and was not let go of there, is on the list here too: once. */
function carryLeft({ key, kept }) {
  const carried = readStore(CARRIED) || {}, mark = hashOf(JSON.stringify(kept.left));
  if (carried[key] === mark) return;
  keepStep({ left: { add: kept.left, out: [] } });
  storage.set(CARRIED, JSON.stringify({ ...carried, [key]: mark }));
}

/** Whether old edits, which name no line, name passages, and all of these are here. */
function isOfThese(edits) {
  const units = Object.entries(edits).flatMap(([kind, values]) => Object.entries(values).flatMap(([key, value]) => unitsOfEdit(kind, key, value)));
  return units.length > 0 && units.every((unit) => unitByid(unit) !== undefined);
}

function offerName(kept) {
  const changed = kept.changed && new Date(kept.changed);
  return "another report" + (changed && !isNaN(changed) ? " (last changed " + changed.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }) + ")" : "");
}

function answerOffer(offer, said) {
  offers = offers.filter((it) => it !== offer);
  if (offer.key) {
    const answers = readStore(ANSWERS) || {};
    answers[offer.key] = { mark: offer.mark, said };
    storage.set(ANSWERS, JSON.stringify(answers));
    if (said === "later") { offers.push(offer); offer.isLater = true; }
  }
}

/** Takes over what fits; with `alsoContrary` also what the edits here say otherwise. What no longer fits stays on the list. */
function acceptOffer(offer, alsoContrary) {
  catchUp();
  // What was edited since the offer was found is no older than that.
  offer.found = rebased(offer.kept, offer.replaces ? noEdits() : E, KNOWN);
  const found = alsoContrary ? [...offer.found.fits, ...offer.found.contrary] : offer.found.fits;
  const missed = [...offer.found.lost, ...(alsoContrary ? [] : offer.found.contrary.map((it) => ({ ...it, reason: "the codebook here says otherwise" })))];
  const staying = missed.map(({ kind, key, after, reason }) => ({ kind, key, value: after ?? null, reason }));
  if (staying.length) keepStep({ left: { add: staying, out: [] } });
  answerOffer(offer, "taken");
  const word = "took over " + counted(new Set(found.map((it) => it.kind + " " + it.of)).size, "edit") + " of " + offer.from;
  const isMade = edit(word, (edits) => {
    if (offer.replaces) for (const kind of Object.keys(edits)) edits[kind] = {};
    takeOver(edits, found, sectionOfTheme);
  }, offer.key ? { key: offer.key, mark: offer.mark, left: staying } : null);
  if (!isMade) edited(word);
  keepNow();
  // What was found of other reports is seen from where the edits are now.
  findOffersAgain();
}

function findOffersAgain() {
  renewOffers();
  redraw();
}

function renewOffers() {
  const files = offers.filter((it) => !it.key);
  findOffers();
  offers.push(...files.map((it) => ({ ...it, found: rebased(it.kept, it.replaces ? noEdits() : E, KNOWN) })));
}

let lookingDue = 0;

/** An earlier report that is still open, or has just been closed, has kept more: that is offered, too. */
function lookAgain() {
  const marks = () => offers.map((it) => it.key + " " + it.mark).join() + " " + left.length;
  clearTimeout(lookingDue);
  lookingDue = setTimeout(() => {
    const before = marks();
    renewOffers();
    if (marks() !== before) redraw();
  }, 200);
}

/** Taking an offer over was undone, so that it is open as before; or done again. */
function answerAgain({ key, mark, left: staying }, isUndo) {
  const answers = readStore(ANSWERS) || {};
  keepStep({ left: isUndo ? { add: [], out: staying } : { add: staying, out: [] } });
  if (isUndo) delete answers[key]; else answers[key] = { mark, said: "taken" };
  storage.set(ANSWERS, JSON.stringify(answers));
  findOffersAgain();
}

const offerFile = (offer) => download("earlier-codebook.toml", "application/toml", toToml(offer.kept.edits, T.map((theme) => theme.id), D.title));

/** One line on every page while there is something to decide. */
function offerNotice() {
  const open = offers.filter((it) => !it.isLater);
  if (!open.length || route().page === "edits") return null;
  const [offer] = open, { fits } = offer.found;
  return h("div", { class: "notice offer", role: "region", "aria-label": "Edits found" },
    h("p", {}, h("b", {}, counted(countsOf(offer.found).all, "edit") + " of " + offer.from), " not in this one: " + offerCounts(offer) + "."),
    h("div", { class: "buttons" },
      fits.length ? button("Take over what fits", () => acceptOffer(offer, false), { class: "primary" }) : null,
      link("#/edits", "Look at them"),
      button("Not now", () => { answerOffer(offer, "later"); redraw(); }, { class: "quiet" })));
}

function offerCounts({ found }) {
  const { fit, contrary, lost, partly, already } = countsOf(found);
  return [[fit, "fit"], [contrary, "contradict the edits here"], [lost, "no longer fit"], [partly, "fit only in part"], [already, "are here already"]]
    .filter(([n]) => n).map(([n, words]) => number(n) + " " + words).join(", ");
}

/** What was found, edit by edit, for the page of edits. */
function offerSection(offer) {
  const { fits, contrary, lost } = offer.found;
  const line = (it, more) => h("li", {}, h("span", {}, describeEdit(it, { [it.kind]: { [it.key]: it.after } }), more));
  const list = (title, all, more) => (all.length ? [h("h3", {}, title), paged(all, 20, (it) => h("ul", { class: "edits" }, line(it, more(it))), "")] : null);
  return h("section", {}, h("h2", {}, "Edits of " + offer.from),
    h("p", { class: "hint" }, offerCounts(offer) + ". ", offer.replaces ? "Taking them over puts them in place of the edits here; that can be undone." : "Nothing of them is applied until you say so; taking them over can be undone."),
    h("div", { class: "buttons" },
      fits.length ? button("Take over what fits", () => acceptOffer(offer, false), { class: "primary" }) : null,
      contrary.length ? button("Take over those too that contradict", () => acceptOffer(offer, true)) : null,
      button("Download them", () => offerFile(offer)),
      button("Leave them", () => { answerOffer(offer, "left"); redraw(); }, { class: "quiet" })),
    list("They fit", fits, () => null),
    list("The edits here say otherwise", contrary, (it) => h("span", { class: "hint" }, " – here: ", it.here === undefined ? "taken out" : describeEdit(it, { [it.kind]: { [it.key]: it.here } }))),
    list("They no longer fit", lost, (it) => h("span", { class: "hint" }, " – ", said(it.reason))));
}

/** What did not fit when edits were taken over. */
function leftSection() {
  if (!left.length) return null;
  const without = (it) => { keepStep({ left: { add: [], out: [it] } }); redraw(); };
  return h("section", {}, h("h2", {}, "No longer fit"), h("p", { class: "hint" }, "They were taken over from an earlier report or a file and fit nothing here. They are in no codebook; this browser keeps them until you let go of them."),
    paged(left, 20, (it) => h("ul", { class: "edits" }, h("li", {}, h("span", {}, describeEdit(it, { [it.kind]: { [it.key]: it.value ?? undefined } }), h("span", { class: "hint" }, " – ", said(it.reason))), button("Let go", () => without(it), { class: "quiet" }))), ""));
}

// The file

const codebookText = () => toToml(E, T.map((theme) => theme.id), D.title);

function downloadCodebook() {
  const text = codebookText(), edits = copied(E);
  download("codebook.toml", "application/toml", text);
  wasSaved(text, edits, "downloaded");
}

/** `edits` are in the file: a later report whose codebook has them has nothing else to say. */
function wasSaved(text, edits, word) {
  savedText = text;
  keepStep({ saved: edits });
  showPending(word);
}

/** Whether the file that was written or loaded last has just the edits that are here. */
const isInFile = () => savedEdits !== null && sameValue(settled(savedEdits), settled(E));

const canSaveFile = () => Boolean(window.showOpenFilePicker && window.showSaveFilePicker);
const FILE_TYPES = { types: [{ description: "Codebook", accept: { "application/toml": [".toml"] } }], id: "leitmotif-codebook" };

/** Writes into the codebook.toml that the reader chooses once; what else the file holds is not overwritten unasked. */
async function saveCodebook() {
  try {
    if (!file) {
      const values = await ask("Write into codebook.toml", [h("p", {}, "Choose the file in the folder of the analysis: it is written from then on. Where there is none, make a new one."),
        h("p", {}, h("label", { class: "inline" }, h("input", { type: "checkbox", name: "isNew", value: "yes" }), " make a new file"))], "Choose");
      if (!values) return;
      [file] = values.isNew ? [await window.showSaveFilePicker({ ...FILE_TYPES, suggestedName: "codebook.toml" })] : await window.showOpenFilePicker(FILE_TYPES);
    }
    if (file.requestPermission && (await file.requestPermission({ mode: "readwrite" })) !== "granted") throw new DOMException("refused", "NotAllowedError");
    const read = async () => (await file.getFile()).text();
    let there = await read(), before = null;
    // While the reader is asked, another program may write into the file.
    for (; there !== before; before = there, there = await read()) if (there.trim() && there !== savedText && !(await mayReplace(there))) return;
    const comments = commentsOfToml(there);
    // While the file is written, the reader may make the next edit.
    const edits = copied(E), text = codebookText() + (comments.length ? "\n" + [KEPT_COMMENTS, ...comments].join("\n") + "\n" : "");
    const out = await file.createWritable();
    await out.write(text);
    await out.close();
    wasSaved(text, edits, "written into " + file.name);
  } catch (error) {
    if (error.name === "AbortError") return;
    file = null;
    downloadCodebook();
    showPending("the file could not be written (" + (error.name === "NotAllowedError" ? "the browser was not allowed to" : error.message) + "), so the codebook was downloaded");
  }
}

/** Whether a file may be replaced: it says nothing that would be lost, or the reader says so. */
async function mayReplace(there) {
  let missing;
  try {
    const theirs = editsOfToml(there);
    const before = settled(BASE);
    missing = changesBetween(E, theirs).filter((it) => it.after !== undefined && !sameValue(it.after, before[it.kind][it.key]));
  } catch (error) {
    missing = null;
  }
  if (missing && !missing.length) return true;
  const words = missing === null ? h("p", {}, "What stands in the file is not understood.")
    : [h("p", {}, "The file has edits that are not here:"), h("ul", {}, missing.slice(0, 10).map((it) => h("li", {}, describeEdit(it, { [it.kind]: { [it.key]: it.after } }))), missing.length > 10 ? h("li", {}, "and " + number(missing.length - 10) + " more") : null),
      h("p", {}, "Cancel and load the file first, to keep both.")];
  return Boolean(await ask("Replace the file?", [words], "Replace it"));
}

/** Loads a codebook.toml: its edits are offered, with those that do not fit. */
async function loadCodebook(chosen) {
  let edits;
  const text = await chosen.text();
  try {
    edits = editsOfToml(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    await ask("The file was not loaded", [h("p", {}, said(chosen.name + ", line " + number(error.line) + ": " + error.message)), h("p", { class: "hint" }, said(error.hint))], "Close");
    return;
  }
  const values = await ask("Load " + chosen.name, [
    h("p", {}, counted(changesBetween(noEdits(), edits).length, "edit") + " in the file, " + counted(changesBetween(noEdits(), E).length, "edit") + " here."),
    h("p", {}, h("label", { class: "inline" }, h("input", { type: "radio", name: "how", value: "add", checked: true }), " add its edits to those here")),
    h("p", {}, h("label", { class: "inline" }, h("input", { type: "radio", name: "how", value: "replace" }), " put them in place of those here"))], "Load");
  if (!values) return;
  const replaces = values.how === "replace", kept = { base: noEdits(), edits, marks: null };
  const found = rebased(kept, replaces ? noEdits() : E, KNOWN), offer = { key: null, kept, found, replaces, from: "the file " + chosen.name, isLater: false };
  if (!found.lost.length && !found.contrary.length) {
    acceptOffer(offer, false);
    if (sameValue(settled(edits), settled(E))) wasSaved(null, copied(E), "loaded; " + chosen.name + " has these edits");
    return;
  }
  offers.push(offer);
  location.hash = "#/edits";
  redraw();
}

/** A button with a field for a file behind it. */
function loadButton() {
  const input = h("input", { type: "file", accept: ".toml", class: "file", tabindex: "-1", "aria-label": "The codebook.toml to load", onchange: () => { if (input.files[0]) loadCodebook(input.files[0]); input.value = ""; } });
  return h("span", {}, button("Load codebook.toml…", () => input.click()), input);
}

const saveButtons = (isNeeded) => [
  canSaveFile() ? button(file ? "Write into " + file.name : "Write into codebook.toml…", saveCodebook, { class: "primary", disabled: !isNeeded }) : null,
  button("Download codebook", downloadCodebook, { class: canSaveFile() ? null : "primary", disabled: !isNeeded })];

/** The line at the foot of the page while there are edits to save. */
function showPending(word) {
  const bar = document.getElementById("pending"), pending = pendingEdits(), isSaved = isInFile();
  bar.classList.toggle("open", pending.length > 0 || Boolean(word));
  if (!pending.length && !word) { bar.replaceChildren(); return; }
  bar.replaceChildren(
    h("span", { class: "what" }, !pending.length ? "No edits to save" : isSaved ? counted(pending.length, "edit") + " saved; apply the codebook to have them in the analysis" : counted(pending.length, "edit") + " not in codebook.toml yet",
      word ? h("span", { class: "last" }, " · ", said(word)) : null,
      keeper.isKept() ? null : " · this browser keeps nothing: save the codebook before you close the page"),
    h("span", { class: "buttons" },
      button("Undo", undo, { disabled: !undoStack.length }),
      button("Redo", redo, { disabled: !redoStack.length }),
      link("#/edits", "See edits"),
      saveButtons(pending.length > 0)));
}

/** Whether words were typed into a dialogue that is still open. */
const isTyped = () => [...document.querySelectorAll("dialog[open] textarea, dialog[open] input:not([type])")]
  .some((it) => it.value !== it.defaultValue && !(answered && answered.dialog.contains(it)));

/** Before the page is closed: edits that nothing keeps, and words that are no edit yet. */
function beforeLeaving(event) {
  if (isTyped() || (!keeper.isKept() && pendingEdits().length && !isInFile())) event.preventDefault();
}
