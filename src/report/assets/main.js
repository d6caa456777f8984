// Routes, the head of the page, and light or dark.

const THEMES_OF_PAGE = ["auto", "light", "dark"];
let lightOrDark = THEMES_OF_PAGE.includes(storage.get("leitmotif-colours")) ? storage.get("leitmotif-colours") : "auto";
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (lightOrDark === "auto" ? prefersDark.matches : lightOrDark === "dark");

function showColours() {
  document.documentElement.dataset.colours = isDark() ? "dark" : "light";
  if (openMap) openMap.recolour();
}

const PAGES = [
  ["", "Themes", () => true],
  ["recurring", "Recurring", () => V.recurring.length > 0],
  ["categories", "Categories", () => T.length > 0 && (!FOR_READERS || V.categories.length > 0)],
  ["questions", "Questions", () => D.sections.length > 1],
  ["interviews", "Interviews", () => !FOR_READERS],
  ["matrix", "Matrix", () => D.themes.length > 0],
  ["map", "Map", () => U.x.some((x) => x >= 0)],
  ["compare", "Compare", () => Boolean(D.comparison)],
  ["passages", "Passages", () => !FOR_READERS],
  ["method", "Method", () => true],
  ["edits", "Edits", () => !FOR_READERS],
  ["print", "Print", () => true],
];
const PARENT = { theme: "", question: "questions", interview: "interviews", chosen: "passages", like: "passages" };

function route() {
  const [page = "", ...rest] = location.hash.replace(/^#\/?/, "").split("/");
  let id = null;
  try { id = rest.length ? decodeURIComponent(rest.join("/")) : null; } catch { id = rest.join("/"); }
  return { page, id };
}

function drawPage({ page, id }) {
  if (FOR_READERS && ["interviews", "interview", "passages", "edits", "chosen", "like"].includes(page)) return notFound("There is no such page in this report.");
  switch (page) {
    case "": return overviewPage();
    case "theme": return themePage(id || "");
    case "recurring": return recurringPage(id);
    case "categories": return categoriesPage();
    case "questions": return questionsPage();
    case "question": return questionPage(id || "");
    case "map": return mapPage(id !== null && themeById.has(id) ? id : null);
    case "passages": return passagesPage();
    case "interviews": return interviewsPage();
    case "interview": return interviewPage(id);
    case "matrix": return matrixPage();
    case "print": return printPage();
    case "compare": return comparePage();
    case "method": return methodPage();
    case "edits": return editsPage();
    case "chosen": return chosenPage();
    case "like": return likePage(id || "");
    default: return notFound("There is no such page.");
  }
}

let navigationShown = "", currentShown = "";
function showNavigation(page) {
  const current = PARENT[page] ?? page, shown = PAGES.filter(([, , isThere]) => isThere());
  const now = [isDark(), ...shown.map(([name]) => name)].join(" "), nav = document.getElementById("nav");
  if (now === navigationShown && current === currentShown) return;
  if (now !== navigationShown) {
    const colours = h("button", { type: "button", class: "colours", onclick: () => {
      const wanted = isDark() ? "light" : "dark";
      lightOrDark = (wanted === "dark") === prefersDark.matches ? "auto" : wanted;
      storage.set("leitmotif-colours", lightOrDark);
      showColours();
      redraw();
      showNavigation(route().page);
    } }, isDark() ? "Light" : "Dark");
    fill(nav, h("ul", {}, shown.map(([name, title]) => h("li", {}, h("a", { href: "#/" + name }, title)))), colours);
  }
  [navigationShown, currentShown] = [now, current];
  for (const it of nav.querySelectorAll("a")) {
    const isHere = it.getAttribute("href") === "#/" + current;
    if (isHere !== it.hasAttribute("aria-current")) { if (isHere) it.setAttribute("aria-current", "page"); else it.removeAttribute("aria-current"); }
  }
  // On a narrow screen the pages are one line, moved to where the reader is.
  if (!isNarrow.matches) return;
  const list = document.querySelector("#nav ul"), here = list.querySelector("[aria-current]");
  if (here && list.scrollWidth > list.clientWidth) list.scrollLeft = here.offsetLeft - list.offsetLeft - (list.clientWidth - here.offsetWidth) / 2;
}

function show(isNew) {
  const at = route(), main = document.getElementById("main");
  openMap = null;
  beginPage(isNew);
  document.body.classList.toggle("of-map", at.page === "map");
  const content = drawPage(at), heading = content.querySelector("h1");
  const children = [FOR_READERS ? null : offerNotice(), content].filter(Boolean);
  // Where nothing stays, the dialogue goes first: what comes is styled once, and not below it before.
  if (answered && !places.size) { main.replaceChildren(); closeAnswered(); }
  showPage(main, children);
  showChoice();
  showNavigation(at.page);
  document.title = (at.page === "" ? "" : heading.textContent + " – ") + D.title;
  closeLight();
  if (isNew) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}

/** Where the reader was on each page, for the way back. */
const scrolledTo = new Map();
let isFollowed = false;

/** The page that was shown before its event came. */
let isAhead = "";

/** Leads to another page at once: the one that is left is not drawn once more. */
function turnTo(hash) {
  const oldURL = location.href, from = window.scrollY;
  // The browser looks for the place that the address names; it need not lay out for that what is exchanged next, nor style it below
  // no dialogue.
  document.getElementById("main").replaceChildren();
  if (answered) answered.back = null;
  closeAnswered();
  location.hash = hash;
  arrive({ oldURL }, from);
  isAhead = location.hash;
}

function arrive(event, from = window.scrollY) {
  const isShown = isAhead !== "" && isAhead === location.hash;
  isAhead = "";
  if (isShown) return;
  scrolledTo.set(new URL(event.oldURL).hash, from);
  show(true);
  // The page is as long as it was, where the reader comes back to its middle.
  if (!isFollowed && scrolledTo.get(location.hash)) finishPage();
  const sought = document.querySelector("main [data-arrive]");
  if (isFollowed && sought) sought.scrollIntoView({ block: "center" });
  else window.scrollTo(0, isFollowed ? 0 : scrolledTo.get(location.hash) || 0);
  isFollowed = false;
}

/** What has the focus, so that it has it again when the page was drawn anew: the passage, and the word on its control. */
function focusNow() {
  const at = focused(), article = at && at.closest("article.passage");
  return article ? { u: article.dataset.u, word: at === article ? null : at.textContent } : null;
}

function focusAgain(before) {
  if (!before) return;
  const article = document.querySelector('#main article.passage[data-u="' + before.u + '"]');
  if (!article || article.contains(document.activeElement)) return;
  const control = before.word === null ? null : [...article.querySelectorAll("button, a")].find((it) => it.textContent === before.word);
  (control || article).focus({ preventScroll: true });
}

/** A passage that begins further down, in pixels, is below what is read. */
const NEAR_TOP = 200;

/** After an edit: the same page, where the reader was. */
function redraw() {
  finishPage();
  if (openMap) { openMap.recolour(); showChoice(); closeLight(); return; }
  const at = window.scrollY, focus = focusNow();
  // The passage that is read stays where it is, whatever the length of those above it.
  const read = at > 0 && [...document.querySelectorAll("main .piece, main article.passage")].find((it) => it.getBoundingClientRect().bottom > 0);
  const top = read ? read.getBoundingClientRect().top : 0;
  show(false);
  finishPage();
  window.scrollTo(0, at);
  const again = read && top < NEAR_TOP && (read.isConnected ? read : document.getElementById(read.id));
  if (again) window.scrollBy(0, again.getBoundingClientRect().top - top);
  if (answered) answered.again = focus; else focusAgain(focus);
}

computeView();
if (!FOR_READERS) loadEdits();
computeView();
showColours();
prefersDark.addEventListener("change", () => { showColours(); showNavigation(route().page); });
isNarrow.addEventListener("change", () => { if (route().page === "compare") redraw(); });
history.scrollRestoration = "manual";
document.addEventListener("click", (event) => { if (event.target.closest && event.target.closest("a[href^='#']")) isFollowed = true; });
window.addEventListener("hashchange", arrive);
window.addEventListener("beforeprint", finishPage);
window.addEventListener("beforeunload", beforeLeaving);
if (!FOR_READERS) {
  window.addEventListener("storage", changedElsewhere);
  window.addEventListener("pagehide", keepNow);
  document.addEventListener("visibilitychange", shownOrHidden);
  // A page that the browser kept whole for the way back shows what was then.
  window.addEventListener("pageshow", (event) => { if (event.persisted) changedElsewhere(null); });
  document.addEventListener("keydown", pressed);
}
show(false);
if (!FOR_READERS) showPending("");
// A link from elsewhere may lead to one answer.
const sought = document.querySelector("main [data-arrive]");
if (sought) sought.scrollIntoView({ block: "center" });
/** Pages as they are drawn for the first time, those with the most parts: none of what the reader has chosen there changes. */
const PAGES_AHEAD = [
  () => { const [view] = shownThemes(false); if (view) rehearseLists(() => themePage(view.id)); },
  // One that has recordings would look for them.
  () => { if (!FOR_READERS && INTERVIEWS.list.length && !D.people.recording) rehearseInterview(INTERVIEWS.list[0]); },
  () => rehearse(methodPage),
  () => { if (!FOR_READERS) rehearseLists(passagesPage); },
  () => { if (!FOR_READERS) rehearse(() => likePage(unitId(0))); },
  () => { if (D.themes.length) rehearseMatrix(); },
];
// What pages will ask for, and no edit changes.
const AHEAD = [() => unitByid(""), () => paletteOf(isDark() ? "dark" : "light"), mapPoints, ...MAP_AHEAD, questionColumns, matrixAhead,
  () => whoAnswered(0), searchData, alikeData, rehearseEdit, ...PAGES_AHEAD, ...HASHES_AHEAD];
setTimeout(() => INDEX.prepare(AHEAD), 300);
