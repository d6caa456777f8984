// What several pages show: bars, themes in a line, passages.

/** A prevalence as a bar with its interval, on a scale that ends at `most` (a share). */
function bar(p, most) {
  const element = h("div", { class: "bar", "aria-hidden": "true" });
  if (p.share === null) return element;
  const at = (share) => Math.min(100, (share / most) * 100) + "%";
  const fill = h("span", { class: "fill" }), range = h("span", { class: "range" });
  fill.style.width = at(p.share);
  range.style.left = at(p.low);
  range.style.width = "calc(" + at(p.high) + " - " + at(p.low) + ")";
  element.append(fill, range);
  return element;
}

/** The end of a scale that holds all of these. */
function scaleEnd(prevalences) {
  const highest = Math.max(0.05, ...prevalences.filter((p) => p && p.high !== null).map((p) => p.high));
  return Math.min(1, Math.ceil(highest * 10) / 10);
}

function axis(most) {
  const step = most > 0.6 ? 0.2 : most > 0.25 ? 0.1 : 0.05;
  const element = h("div", { class: "axis", "aria-hidden": "true" });
  for (let share = 0; share <= most + 1e-9; share += step) {
    const tick = h("span", {}, whole(share) + (share === 0 ? THIN + "%" : ""));
    tick.style.left = (share / most) * 100 + "%";
    element.append(tick);
  }
  // A narrow screen has room for every other one.
  element.classList.toggle("dense", element.childElementCount > 5);
  return element;
}

const themeHref = (view) => "#/theme/" + encodeURIComponent(view.id);

function themeLink(view) {
  return link(themeHref(view), said(view.label));
}

/** Which colour a theme has among those of its question: the largest as found first, then those made by hand. */
function colourNumber(t) {
  const themes = D.sections[T[t].section].themes, at = themes.indexOf(t);
  return at >= 0 ? at : themes.length + t - D.themes.length;
}

const themeColour = (t) => paletteOf(isDark() ? "dark" : "light")[colourNumber(t) % MOST_COLOURS];

function swatchOf(colour) {
  const element = h("span", { class: "swatch", "aria-hidden": "true" });
  element.style.background = colour;
  return element;
}

/** What changes the analysis; nothing in a report that is read only. */
const editTool = (...elements) => (FOR_READERS ? null : elements);

/** A stability in two digits, or three where two would put it on the other side of a bound. */
function stabilityText(stability) {
  const crosses = [D.firm, D.loose].some((bound) => stability < bound && Number(stability.toFixed(2)) >= bound);
  return decimals(crosses ? Math.floor(stability * 1000) / 1000 : stability, crosses ? 3 : 2);
}

/** 0 for firm, 1 for fair, 2 for those on which one does not rely. */
const firmnessAt = (stability) => (stability >= D.firm ? 0 : stability >= D.loose ? 1 : 2);
/** What each mark says. */
const FIRMNESS_MEANS = ["likely to be found with other participants, too", "perhaps", "unlikely"];
const firmnessWords = () => D.firmness.map((word, at) => word + ": " + FIRMNESS_MEANS[at]).join("; ") + ".";
const stabilityMark = (stability) => h("span", { class: "mark " + ["good", "middling", "poor"][firmnessAt(stability)], title: firmnessWords() + " This one overlaps by " + stabilityText(stability) + " of 1 with what was found when participants were drawn anew." },
  D.firmness[firmnessAt(stability)] + " " + stabilityText(stability));

/** `2 codes and 9 themes`; where nobody gave codes, the themes alone. */
function countedThemes(themes) {
  const codes = themes.filter((it) => it.code).length, others = themes.length - codes;
  return [codes ? counted(codes, "code") : null, others || !codes ? counted(others, "theme") : null].filter(Boolean).join(" and ");
}

/** Whether a code has passages that the program coded, and nobody held what it codes against what people do. */
const isUnchecked = ({ found, mentions }) => Boolean(found.code) && !found.code.expected && mentions > (found.code.by_hand || 0);

/** How far to trust a code: how often it is right, where people coded enough to tell. */
function codeMark(view) {
  const { expected } = view.found.code;
  if (isUnchecked(view)) return h("span", { class: "mark long middling", title: "Nobody coded enough passages to tell how often the program is right with this code." }, "not checked: read a sample");
  return expected && expected.precision !== null ? h("span", { class: "mark", title: expectedText(view.found.code) }, "precision " + percent(expected.precision)) : null;
}

/** Short marks on how far to trust a theme. */
function trustMark(view) {
  const stability = view.found.stability;
  if (view.found.code) return codeMark(view);
  if (view.isByHand) return h("span", { class: "mark" }, "made by hand");
  return stability === null ? null : stabilityMark(stability);
}

/** A theme as a row of a list. */
function themeRow(view, most, study, withSection) {
  const p = prevalenceIn(view, study);
  return h("li", { class: "theme-row" + (view.hidden ? " hidden-theme" : "") },
    h("div", { class: "theme-name" },
      h("h3", {}, themeLink(view)),
      h("p", { class: "of" }, h("span", { class: "id" }, view.id), " ",
        withSection ? said(shorten(sectionTitle(view.section), 120)) : null, " ",
        view.hidden ? h("span", { class: "mark" }, "hidden") : null,
        view.isTouched ? h("span", { class: "mark" }, "edited here") : null)),
    h("div", { class: "theme-bar" }, bar(p, most)),
    h("p", { class: "theme-count" }, h("b", {}, p.share === null ? "–" : percent(p.share)),
      p.share === null ? null : " (" + whole(p.low) + "–" + whole(p.high) + ")",
      h("br", {}), ofText(p)),
    h("p", { class: "theme-trust" }, trustMark(view)));
}

function shorten(text, most) {
  const letters = Array.from(text.slice(0, most * 4));
  return letters.length > most ? letters.slice(0, most - 1).join("").trimEnd() + "…" : text;
}

const LONG = 1500;

/** A text that is whole, but opens bit by bit when it is very long. */
function longText(text, terms) {
  if (text.length <= LONG) return h("p", { dir: "auto" }, marked(text, terms));
  const cut = Array.from(text.slice(0, LONG)).slice(0, -1).join("");
  const p = h("p", { dir: "auto" }, marked(cut + "…", terms));
  const more = button("Show all " + number(text.length) + " characters", () => { p.replaceChildren(...marked(text, terms)); more.remove(); }, { class: "quiet" });
  return h("div", {}, p, more);
}

/** A passage, or the quote taken from it, with where it stands and what can be done about it. */
function passage(u, { quote = null, terms = [], withTheme = false, pinned = false, note = null } = {}) {
  const text = quotedText(u, quote);
  const a = U.answer[u];
  const context = h("div", { class: "context" });
  const opened = new Map();
  const toggle = (word, draw) => {
    const control = button(word, () => {
      const isOpen = opened.has(word);
      if (isOpen) { opened.get(word).remove(); opened.delete(word); }
      else { const shown = draw(); opened.set(word, shown); context.append(shown); }
      control.setAttribute("aria-expanded", String(!isOpen));
    }, { "aria-expanded": "false", class: "quiet" });
    return control;
  };
  const question = () => h("div", { class: "asked" }, h("p", { class: "what" }, "Asked (", said(place(u)), ")"),
    D.questions[A.question[a]].split(/\n+/).filter(Boolean).map((line) => h("p", { dir: "auto" }, line)));
  const [from, to] = unitsOfAnswer(a);
  const wholeAnswer = () => {
    const paragraph = h("p", { class: "whole", dir: "auto" });
    for (let other = from; other < to; other++) {
      paragraph.append(other === from ? "" : JOINS[U.joins[other]], other === u ? h("mark", { class: "here" }, U.text[other]) : U.text[other]);
    }
    return h("div", { class: "asked" }, h("p", { class: "what" }, "Whole answer (", said(place(u)), ")"), paragraph);
  };
  const status = V.themeOf[u];
  // What edits may change is drawn by itself, when it looks otherwise; what was opened, and the words, stay.
  const pinNow = () => { const theme = themeNow(u); return theme && (theme.pins.has(unitId(u)) ? "Unpin" : "Pin"); };
  const themesNow = () => (V.themeOf[u] >= 0 ? [themeNow(u), ...(V.alsoOf.get(u) || []).map((t) => V.themes[t])] : []);
  const parts = {
    locator: living(() => (withTheme ? JSON.stringify(themesNow().map((view) => [view.id, view.label])) : ""), () => h("p", { class: "locator" }, locatorLink(u),
      pinned ? h("span", { class: "mark" }, "pinned") : null, note ? h("span", { class: "mark" }, note) : null,
      withTheme ? [" · ", themesNow().length ? themesNow().map((view, i) => [i ? ", " : "", themeLink(view)]) : h("span", {}, statusText(u))] : null)),
    pin: FOR_READERS ? null : living(pinNow, () => (pinNow() ? button(pinNow(), () => pin(u), { class: "quiet" }) : document.createTextNode(""))),
    note: living(() => noteOf(u), () => (noteOf(u) ? h("p", { class: "memo", dir: "auto" }, h("b", {}, "Your note: "), noteOf(u)) : document.createTextNode(""))),
  };
  const article = h("article", { class: "passage" + (pinned ? " pinned" : "") + (chosen.has(u) ? " chosen" : ""), "data-u": u, tabindex: "-1" },
    h("blockquote", { class: "said" }, longText(text, terms)),
    parts.locator.element,
    h("div", { class: "actions" }, editTool(tick(u)),
      D.questions[A.question[a]] ? toggle("Question", question) : null,
      !FOR_READERS && (to - from > 1 || quote && quote.text !== undefined) ? toggle("Whole answer", wholeAnswer) : null,
      playToggle(u, toggle),
      copyButton("Copy", () => citation(u, quote), { title: "Copy with its citation" }),
      editTool(
        parts.pin && parts.pin.element,
        status >= UNCLUSTERED && T.length ? button("Move…", () => move(u), { class: "quiet" }) : null,
        status >= UNCLUSTERED && T.length ? button("Themes…", () => furtherThemes(u), { class: "quiet" }) : null,
        status >= UNCLUSTERED ? button("New theme…", () => newTheme([u]), { class: "quiet" }) : null,
        button("Note…", () => notePassage(u), { class: "quiet" }),
        U.x[u] >= 0 ? h("a", { href: likeHref(u), class: "quiet-link" }, "More like this") : null)),
    marginNote(u),
    parts.note.element,
    context);
  renewals.set(article, () => { for (const part of Object.values(parts)) if (part) part.renew(); });
  return article;
}

/** Makes a theme of what was searched for, or drawn around. */
function newThemeButton(units) {
  return !FOR_READERS && D.themes.length && units.length ? button("New theme of these passages…", () => newTheme(units), { class: "quiet" }) : null;
}

/** How a share falls out in each study. */
function byStudyTable(byStudy, overall, most) {
  const row = (name, p, mentions, isAll) => h("tr", { class: isAll ? "all" : null },
    h("th", { scope: "row" }, said(name)), h("td", { class: "wide-cell" }, bar(p, most)),
    h("td", { class: "num" }, h("b", {}, p.share === null ? "–" : percent(p.share)), p.share === null ? "" : " (" + whole(p.low) + "–" + whole(p.high) + ")"),
    h("td", { class: "num" }, ofText(p)), h("td", { class: "num" }, number(mentions)));
  const rows = byStudy.map((it) => row(it.study, it.prevalence, it.mentions, false));
  if (byStudy.length !== 1) rows.push(row("All", overall.prevalence, overall.mentions, true));
  return scrollable("Prevalence by study", h("table", { class: "prevalence" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Study"), h("th", { scope: "col", class: "wide-cell" }, "Share of participants"),
      h("th", { scope: "col", class: "num" }, "Share (95 %)"), h("th", { scope: "col", class: "num" }, "Participants"), h("th", { scope: "col", class: "num" }, "Mentions"))),
    h("tbody", {}, rows)));
}

/** A table that may be wider than the page; it can be reached and scrolled by keyboard. */
function scrollable(label, table) {
  return h("div", { class: "scroll", role: "region", "aria-label": label, tabindex: "0" }, table);
}

function definition(term, ...description) {
  return [h("dt", {}, term), h("dd", {}, description)];
}

/** Of whom a share is; the same where its interval stands behind it. */
const OF_ASKED = "Shares are of the participants who were asked; a participant counts once.";
const WILSON = "Shares are of the participants who were asked, with Wilson 95 % intervals in brackets; a participant counts once.";

/** Numbers that most readers do without. */
const forStatisticians = (...content) => h("details", { class: "counts" }, h("summary", {}, "For statisticians"), content);
