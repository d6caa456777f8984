// Print everything, or a chosen part: each part with its name at the head of every sheet.

const printState = { parts: new Set(["overview", "themes", "method"]), section: "", quotes: "quotes" };

/** How long the page works before it answers again. */
const SLICE_MS = 12;
const PASSAGES_AT_ONCE = 200;

/** A passage as it is printed: words, and where they stand. */
function printedPassage(u, quote) {
  return h("article", { class: "passage" }, h("blockquote", { class: "said" }, h("p", { dir: "auto" }, quotedText(u, quote))), h("p", { class: "locator" }, said(locator(u))));
}

function printedTheme(view, withAll) {
  const { found } = view, quotes = quotesOf(view);
  return h("section", { class: "printed-theme" },
    h("h2", { dir: "auto" }, view.label), h("p", { class: "facts" }, h("span", { class: "id" }, view.id), h("b", {}, ofPeople(view.prevalence)), h("span", {}, shareText(view.prevalence)), trustMark(view)),
    D.sections.length > 1 ? h("p", { class: "hint" }, D.sections[view.section].id + " ", said(sectionTitle(view.section))) : null,
    view.description ? h("p", { class: "description", dir: "auto" }, view.description) : null,
    found.keywords.length ? h("p", {}, "Keywords: ", said(found.keywords.map(([term]) => term).join(", "))) : null,
    view.byStudy.length > 1 ? byStudyTable(view.byStudy, view, scaleEnd([view.prevalence, ...view.byStudy.map((it) => it.prevalence)])) : null,
    withAll ? view.members.map((u) => printedPassage(u)) : quotes.map((it) => printedPassage(it.u, it)));
}

function printedInterview(interview) {
  return h("section", {}, h("h2", { dir: "auto" }, D.studies[interview.study].name + "/" + interview.id),
    interview.isGroup ? null : h("p", { class: "facts" }, attributesOf(interview.people[0]).map(([name, value]) => h("span", { dir: "auto" }, name + ": " + value))),
    interview.answers.map((a) => {
      const [from, to] = unitsOfAnswer(a), question = D.questions[A.question[a]];
      return [question && !askedAgain.has(a) ? h("p", { class: "asks", dir: "auto" }, question) : null,
        interview.isGroup ? h("p", { class: "who" }, said(D.participants.id[A.participant[a]])) : null,
        Array.from({ length: to - from }, (_, i) => from + i).map((u) => h("p", { dir: "auto", class: V.themeOf[u] < UNCLUSTERED ? "excluded" : null }, U.text[u],
          themesOfUnit(u).map((t) => h("span", { class: "mark" }, V.themes[t].id)), V.themeOf[u] < UNCLUSTERED ? h("span", { class: "mark" }, D.exclusions[-2 - V.themeOf[u]]) : null))];
    }));
}

/** The page's own content without its heading. */
function bodyOf(page) {
  page.querySelector("h1").remove();
  return page;
}

const slicesOf = (items, size, draw) => Array.from({ length: Math.ceil(items.length / size) }, (_, i) => () => items.slice(i * size, (i + 1) * size).map(draw));

/** What can be printed: a name, and its pieces, each drawn when it is its turn. */
const PRINTED = {
  overview: ["All themes as bars", () => true, (views) => [() => themeList(views.slice().sort(SORTS.people[1](overall)), "", D.sections.length > 1, { shown: Infinity })]],
  themes: ["Each theme with quotes", () => T.length > 0, (views) => views.map((view) => () => printedTheme(view, printState.quotes === "all"))],
  recurring: ["Recurring themes", () => shownRecurring().length > 0, () => [() => bodyOf(recurringPage(null))]],
  categories: ["Categories", () => V.categories.length > 0, () => [() => bodyOf(categoriesPage())]],
  questions: ["Questions", () => D.sections.length > 1, () => [() => bodyOf(questionsPage())]],
  matrix: ["Matrix", () => D.themes.length > 0, () => [() => bodyOf(matrixPage())]],
  compare: ["Comparison of groups", () => Boolean(D.comparison), () => [() => bodyOf(comparePage())]],
  interviews: ["Every interview", () => !FOR_READERS, () => INTERVIEWS.list.map((interview) => () => printedInterview(interview))],
  passages: ["Every passage", () => !FOR_READERS, (_, section) => slicesOf(allUnits.filter((u) => section === "" || sectionOf(u) === Number(section)), PASSAGES_AT_ONCE, (u) => printedPassage(u))],
  method: ["Method", () => true, () => [() => bodyOf(methodPage())]],
};

/** A part on sheets of its own: the head of a table stands on each of them. */
function sheet(name) {
  const body = h("td", {});
  return { body, element: h("table", { class: "sheet", role: "presentation" }, h("thead", {}, h("tr", {}, h("td", {}, h("p", { class: "sheet-head" }, said(D.title), h("span", {}, name))))), h("tbody", {}, h("tr", {}, body))) };
}

/** Draws the chosen parts bit by bit; resolves when all are there, to false where the reader left. */
async function drawBook(book, parts, tell) {
  const { section } = printState;
  const views = shownThemes(false).filter((view) => section === "" || view.section === Number(section));
  const work = [];
  for (const part of parts) {
    const [name, , pieces] = PRINTED[part], { body, element } = sheet(name);
    book.append(element);
    body.append(h("h1", {}, name));
    for (const piece of pieces(views, section)) work.push([body, piece]);
  }
  for (let at = 0; at < work.length;) {
    const start = performance.now();
    while (at < work.length && performance.now() - start < SLICE_MS) {
      const [body, piece] = work[at++];
      add(body, [piece()]);
      // What a page puts off is printed too.
      finishPage();
    }
    tell(at, work.length);
    await new Promise((done) => setTimeout(done, 0));
    if (!book.isConnected) return false;
  }
  return true;
}

function printPage() {
  const state = printState, status = h("p", { class: "count", role: "status" }), preview = h("div", { class: "book" });
  const there = Object.entries(PRINTED).filter(([, [, isThere]]) => isThere());
  const box = (id, label, isChecked, onchange) => h("p", {}, h("input", { type: "checkbox", id, checked: isChecked, onchange: (event) => onchange(event.target.checked) }), " ", h("label", { for: id }, label));
  const prepare = async () => {
    fill(preview);
    const parts = there.map(([key]) => key).filter((key) => state.parts.has(key));
    if (!parts.length) { fill(status, "Nothing is chosen."); return; }
    // Laid out once, when all is there.
    preview.hidden = true;
    const isDone = await drawBook(preview, parts, (at, of) => fill(status, "Preparing: " + number(at) + " of " + number(of)));
    preview.hidden = false;
    if (!isDone) return;
    fill(status, "Ready. Below is what is printed.");
    window.print();
  };
  return h("div", { class: "print-page" }, h("div", { class: "print-choice" }, h("h1", {}, "Print"),
    h("p", { class: "lead" }, "Choose parts; each begins on a new sheet, with the title and its name at the head of every sheet."),
    h("fieldset", { class: "boxes" }, h("legend", {}, "Parts"), there.map(([key, [name]]) => box("print-" + key, name, state.parts.has(key), (isChecked) => { if (isChecked) state.parts.add(key); else state.parts.delete(key); }))),
    h("div", { class: "tools" },
      D.sections.length > 1 ? select("Themes and passages of", [["", "all questions"], ...D.sections.map((s, i) => [i, s.id + "  " + shorten(sectionTitle(i), 60)])], state.section, (v) => { state.section = v; }) : null,
      FOR_READERS ? null : select("Each theme with", [["quotes", "its quotes"], ["all", "all its passages"]], state.quotes, (v) => { state.quotes = v; })),
    h("div", { class: "buttons choose-print" }, button("Print…", prepare, { class: "primary" })), status), preview);
}
