// The keyboard: passages are reached, chosen and edited without a mouse.
//
// In: keys pressed outside of fields. Out: what the controls do too. Keys without Ctrl can be switched off, for those whose
// hands or programs press them unasked (WCAG 2.1.4).

let hasKeys = storage.get("leitmotif-keys") !== "off";

const SHORTCUTS = [
  ["j, k", "to the next or previous passage"], ["x", "choose the passage, or let it go"], ["Shift+J, Shift+K", "choose on the way"], ["a", "choose all passages of the list, all hits"],
  ["Escape", "let all go"], ["m", "move"], ["n", "new theme"], ["t", "also in a further theme"], ["r", "take out of a theme"], ["o", "note"], ["p", "pin or unpin"], ["l", "more like this"],
  ["s", "split the theme of this page"], ["/", "to the search"], ["[, ]", "previous or next leaf of the list"], ["u, Ctrl+Z", "undo"], ["Shift+U, Ctrl+Shift+Z, Ctrl+Y", "redo"], ["Ctrl+S", "save the codebook"], ["?", "this list"]];

const isField = (element) => element && element.closest && element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
const passagesShown = () => [...document.querySelectorAll("#main article.passage")];
const passageAt = () => document.activeElement && document.activeElement.closest("article.passage");

/** The passages that a key is for: those chosen, else the one that has the focus. */
function meant() {
  if (chosen.size) return [...chosen];
  const at = passageAt();
  return at ? [Number(at.dataset.u)] : [];
}

function stepTo(by, isChoosing) {
  const all = passagesShown(), at = passageAt();
  if (!all.length) return;
  const next = at ? all[all.indexOf(at) + by] : all[by > 0 ? 0 : all.length - 1];
  if (isChoosing && at) choose([Number(at.dataset.u)], "add");
  if (!next) return;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  if (isChoosing) { choose([Number(next.dataset.u)], "add"); lastTicked = Number(next.dataset.u); }
}

/** Presses the first button of its kind near the passage in focus, or on the page. */
function press(selector) {
  const near = passageAt() && passageAt().closest(".paged, section, #main");
  const found = (near && near.parentElement.querySelector(selector)) || document.querySelector("#main " + selector);
  if (found && !found.disabled) found.click();
}

const doTo = (action) => () => { const units = meant(); if (units.length) action(units); };

const KEYS = {
  j: () => stepTo(1, false), k: () => stepTo(-1, false), J: () => stepTo(1, true), K: () => stepTo(-1, true),
  x: () => { const at = passageAt(); if (at) { const u = Number(at.dataset.u); choose([u], chosen.has(u) ? "take" : "add"); lastTicked = u; } },
  a: () => press("button.choose-all"),
  m: doTo((units) => moveMany(units)), n: doTo((units) => newTheme(units)), t: doTo((units) => alsoMany(units)), r: doTo((units) => takeOutMany(units)),
  o: doTo((units) => (units.length === 1 ? notePassage(units[0]) : noteMany(units))), p: doTo((units) => pinMany(units)),
  l: () => { const at = passageAt(); if (at) location.hash = likeHref(Number(at.dataset.u)); },
  s: () => { const { page, id } = route(); if (page === "theme" && themeById.has(id)) splitTheme(V.themes[themeById.get(id)]); },
  "/": () => { const field = document.querySelector("#main input[type=search]"); if (field) field.focus(); },
  "[": () => press(".pager button:first-child"), "]": () => press(".pager button:last-child"),
  u: undo, U: redo, "?": () => showShortcuts(),
};

function pressed(event) {
  finishPage();
  if (document.querySelector("dialog[open]") || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey) {
    const key = event.key.toLowerCase();
    if (key === "s") { event.preventDefault(); if (canSaveFile()) saveCodebook(); else downloadCodebook(); return; }
    if (isField(event.target)) return;
    if (key === "z") { event.preventDefault(); if (event.shiftKey) redo(); else undo(); }
    if (key === "y") { event.preventDefault(); redo(); }
    return;
  }
  if (isField(event.target) || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape" && chosen.size && !event.target.closest(".map")) { choose([]); return; }
  if (!hasKeys || !Object.hasOwn(KEYS, event.key) || event.target.closest(".map canvas")) return;
  event.preventDefault();
  KEYS[event.key]();
}

async function showShortcuts() {
  const values = await ask("Keys", [
    h("div", { class: "keys", role: "region", "aria-label": "All keys", tabindex: "0" }, h("dl", { class: "facts-list" }, SHORTCUTS.map(([keys, what]) => definition(h("kbd", {}, keys), what)))),
    h("p", { class: "hint" }, "They mean what is chosen; when nothing is, the passage that has the focus."),
    h("p", {}, h("label", { class: "inline" }, h("input", { type: "checkbox", name: "keys", value: "on", checked: hasKeys }), " keys without Ctrl are on"))], "Save");
  if (!values) return;
  hasKeys = values.keys === "on";
  storage.set("leitmotif-keys", hasKeys ? "on" : "off");
}
