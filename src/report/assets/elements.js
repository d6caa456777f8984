// Elements, words and numbers. What people said enters the page here, as text and nothing else.

const SVG = "http://www.w3.org/2000/svg";

/** An element: attributes, listeners (`onclick`), children; strings become text. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const name in attributes) {
    const value = attributes[name];
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  add(element, children);
  return element;
}

/** Children may be lists of children; what is nothing is left out. No list is made of them: a page has thousands. */
function add(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) add(element, child);
    else if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/** Puts children in place of those that are there. */
function fill(element, ...children) {
  element.replaceChildren();
  return add(element, children);
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  return add(element, children);
}

/** Words of a participant or a researcher inside a line; their direction ends with them. */
const said = (text) => h("bdi", {}, text);

/** A sentence of the program, in which what stands between backticks is code. */
const prose = (text) => text.split(/`([^`]+)`/).map((part, i) => (i % 2 ? h("code", {}, part) : part));

const THIN = "\u202f";

function number(value) {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

function counted(value, singular) {
  const plural = singular === "study" ? "studies" : singular.endsWith("y") ? singular.slice(0, -1) + "ies" : singular + "s";
  return number(value) + "\u00a0" + (value === 1 ? singular : plural);
}

/** `1 answer was`, `2 answers were` */
const were = (value, noun) => counted(value, noun) + (value === 1 ? " was" : " were");

const whole = (share) => Math.round(share * 100);
/** `27`; what is not all is never 100 but `>99`, what is not nothing never 0 but `<1`. */
const hundredths = (share) => (whole(share) === 100 && share < 1 ? ">99" : whole(share) === 0 && share > 0 ? "<1" : String(whole(share)));
const percent = (share) => hundredths(share) + THIN + "%";
const decimals = (value, n = 2) => value.toFixed(n).replace("-", "−");

/** `34 % (26–42)` */
function shareText(p) {
  return p.share === null ? "nobody was asked" : percent(p.share) + " (" + whole(p.low) + "–" + whole(p.high) + ")";
}

/** `42 of 125` */
const ofText = (p) => number(p.participants) + " of " + number(p.asked);

/** `42 of 125 participants` */
const ofPeople = (p) => ofText(p) + (p.asked === 1 ? " participant" : " participants");

/** The Wilson 95 % interval, as the program computes it. */
function prevalence(participants, asked) {
  if (asked === 0) return { participants, asked, share: null, low: null, high: null };
  const z = 1.959963984540054, z2 = z * z;
  const centre = (participants + z2 / 2) / (asked + z2);
  const half = (z / (asked + z2)) * Math.sqrt((participants * (asked - participants)) / asked + z2 / 4);
  return { participants, asked, share: participants / asked, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** A text with what a query found marked. */
function marked(text, query) {
  if (!query.length) return [text];
  const pieces = [];
  let done = 0;
  for (const [start, end] of query.spans(text)) {
    if (start < done) continue;
    pieces.push(text.slice(done, start), h("mark", {}, text.slice(start, end)));
    done = end;
  }
  pieces.push(text.slice(done));
  return pieces;
}

/** `content`: a word, or elements. */
function button(content, onclick, attributes) {
  return h("button", { type: "button", onclick, ...attributes }, content);
}

const link = (href, ...children) => h("a", { href }, ...children);

let ids = 0;
const freshId = (word) => word + "-" + ++ids;

/** A labelled select; `options` are [value, text]. */
function select(label, options, value, onchange) {
  const id = freshId("select");
  const element = h("select", { id, onchange: (event) => onchange(event.target.value) },
    options.map(([v, text]) => h("option", { value: v, selected: String(v) === String(value) }, text)));
  return h("div", { class: "field" }, h("label", { for: id }, label), element);
}

/** A labelled search field that reports when typing pauses. */
function searchField(label, value, onsearch) {
  const id = freshId("search");
  let timer = 0;
  const input = h("input", {
    id, type: "search", value, dir: "auto", autocomplete: "off", spellcheck: "false",
    oninput: () => { clearTimeout(timer); timer = setTimeout(() => onsearch(input.value.trim()), 120); },
  });
  return h("div", { class: "field grow" }, h("label", { for: id }, label), input);
}

/** Which tools the reader has unfolded, by their pages. */
const unfolded = new Set();

/** A search field with the other tools of its page, of which a narrow screen shows those alone that were unfolded; `word` names
 * them, with how many choose a part of everything. */
function toolbar(word, search, tools) {
  const page = route().page, id = freshId("tools"), box = h("div", { class: "folded", id, onchange: () => tell() }, tools);
  const fold = button("", () => {
    if (unfolded.has(page)) unfolded.delete(page); else unfolded.add(page);
    tell();
  }, { class: "fold", "aria-controls": id });
  const tell = () => {
    const set = [...box.querySelectorAll("select")].filter((it) => it.value !== "" && it.options[0].value === "").length;
    fold.textContent = word + (set ? " (" + number(set) + " set)" : "");
    fold.setAttribute("aria-expanded", String(unfolded.has(page)));
    box.classList.toggle("open", unfolded.has(page));
  };
  tell();
  return h("div", { class: "tools folds" }, search, box.childElementCount ? [fold, box] : null);
}

/** A list a page at a time; `memory.page` is the one that is shown. `show(items, draw, { stays, first })`: an element that `draw`
 * gives again, as `stays` foretells, stays; `first`: how many are drawn at once, the others when these are seen. */
function leaves(size, empty, memory) {
  let shows = 0;
  const status = h("p", { class: "count", tabindex: "-1", "aria-live": "polite" }), leaf = h("div", {}), below = h("div", {});
  const box = h("div", { class: "paged" }, status, leaf, below), focus = () => status.focus({ preventScroll: true });
  const show = (items, draw, { isTurned = false, stays = () => false, first = SEEN_FIRST.passages } = {}) => {
    const pages = Math.ceil(items.length / size), page = Math.max(0, Math.min(memory.page, pages - 1));
    memory.page = page;
    const from = page * size, to = Math.min(items.length, from + size);
    const turn = (by) => () => { memory.page += by; show(items, draw, { isTurned: true }); };
    const said = items.length ? number(from + 1) + "–" + number(to) + " of " + number(items.length) : empty;
    if (status.textContent !== said) status.textContent = said;
    const own = items.slice(from, to), now = own.length <= SEEN_FIRST.passages || own.some(stays) ? own.length : first, drawn = own.slice(0, now).map(draw), which = ++shows;
    settle(leaf, drawn);
    if (now < own.length) later(() => { if (which === shows) settle(leaf, [...drawn, ...own.slice(now).map(draw)]); });
    fill(below, pages > 1 ? [
      FOR_READERS ? null : h("p", { class: "only-print" }, "The others are not on this sheet; the page Print prints every passage, also theme by theme."),
      h("div", { class: "pager" },
        button("Previous", turn(-1), { disabled: page === 0 }),
        h("span", {}, "Page " + number(page + 1) + " of " + number(pages)),
        button("Next", turn(1), { disabled: page === pages - 1 }))] : null);
    if (isTurned) { focus(); box.scrollIntoView({ block: "start" }); }
  };
  return { box, show, focus };
}

/** The same of items that stay the same. */
function paged(items, size, draw, empty, { memory = { page: 0 }, first } = {}) {
  const list = leaves(size, empty, memory);
  list.show(items, draw, { first });
  return list.box;
}

/** The dialogue that was answered, while the page does what was answered: whether all below it is inert, what had the focus before
 * it, and in place of that the passage that has it when the page is drawn anew. */
let answered = null;

/** What has the focus, or will have it again. */
const focused = () => (answered ? answered.back : document.activeElement);

/** The answered dialogue goes. */
function closeAnswered() {
  if (!answered) return;
  const { dialog, back, again } = answered, at = document.activeElement, isNowhere = !at || at === document.body || dialog.contains(at);
  answered = null;
  takeAway(dialog);
  if (isNowhere && back && back.isConnected) back.focus({ preventScroll: true });
  focusAgain(again);
}

/** The same while the page is drawn, where nothing below it is inert. */
function closeLight() {
  if (answered && !answered.isModal) closeAnswered();
}

/** A modal dialogue is seen no more, and goes once the page is seen, or as soon as the reader does more: when what is below it is
 * inert no longer, the browser styles all of that anew. */
function hideAnswered(dialog) {
  dialog.classList.add("answered");
  for (const type of ["keydown", "pointerdown"]) window.addEventListener(type, closeAnswered, { capture: true, once: true });
  whenIdle(closeAnswered);
}

/** A dialogue leaves the page, with the veil below it. */
function takeAway(dialog) {
  const before = dialog.previousElementSibling;
  if (before && before.matches(".veil")) before.remove();
  dialog.remove();
}

/** Shows a dialogue above a veil, and a moment later makes the page below inert: for that the browser styles all of it anew.
 * Keys that would leave the dialogue do meanwhile what they do in a modal one. */
function showDialog(dialog) {
  if (answered) { dialog.showModal(); return; }
  const veil = h("div", { class: "veil" });
  const makeModal = () => {
    veil.remove();
    dialog.removeEventListener("keydown", onKey);
    if (!dialog.open || !dialog.isConnected || dialog.matches(":modal") || (answered && answered.dialog === dialog)) return;
    const at = document.activeElement;
    dialog.open = false;
    dialog.showModal();
    at.focus();
  };
  const onKey = (event) => {
    if (event.key === "Tab") makeModal();
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    if (dialog.dispatchEvent(new Event("cancel", { cancelable: true }))) dialog.close();
  };
  dialog.addEventListener("keydown", onKey);
  dialog.before(veil);
  dialog.show();
  whenIdle(makeModal);
}

/** Asks in a dialogue; `fields` are elements whose controls have names; resolves to their values or null. */
function ask(title, fields, confirm) {
  return new Promise((resolve) => {
    const heading = freshId("title"), back = focused();
    // At once, and not with an event that follows: what was confirmed is done before the page can go.
    const end = (values) => {
      if (answered && answered.dialog === dialog) return;
      answered = { dialog, back, isModal: dialog.matches(":modal"), again: null };
      resolve(values);
      if (!values) closeAnswered();
      else if (answered.isModal) hideAnswered(dialog);
      else setTimeout(closeAnswered, 0);
    };
    const form = h("form", { method: "dialog", onsubmit: (event) => { event.preventDefault(); end(Object.fromEntries(new FormData(form))); } },
      h("h2", { id: heading }, title), fields,
      h("div", { class: "buttons" }, button("Cancel", () => dialog.close()), h("button", { class: "primary" }, confirm)));
    const dialog = h("dialog", { "aria-labelledby": heading, onclose: () => end(null), oncancel: (event) => {
      // Escape lets go of no text unasked.
      if (form.querySelector("[data-unsaved]") || ![...form.querySelectorAll("textarea")].some((it) => it.value !== it.defaultValue)) return;
      event.preventDefault();
      form.append(h("p", { class: "notice", role: "alert", "data-unsaved": true }, "What you typed is not saved. Escape once more lets go of it."));
    } }, form);
    document.body.append(dialog);
    showDialog(dialog);
    if (answered) { takeAway(answered.dialog); answered = null; }
    const first = dialog.querySelector("input, textarea, select");
    if (first) { first.focus(); if (first.select) first.select(); }
  });
}

function download(name, type, content) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const anchor = h("a", { href: url, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Browser storage, which may be forbidden. */
const storage = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); return true; } catch { return false; } },
  remove(key) { try { localStorage.removeItem(key); } catch { /* nothing is kept there */ } },
  keys() { try { return Object.keys(localStorage); } catch { return []; } },
};
