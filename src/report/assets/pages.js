// The pages. Each returns an element with one h1.

const overviewState = { study: "", group: "", section: "", query: "", sort: "firm", hidden: false, shown: 25 };

/** 0 for firm, 1 for fair, 2 for themes on which one does not rely; what was not measured, such as themes by hand, stands with the firm. */
const firmnessOf = (view) => (view.isByHand || view.found.stability === null ? 0 : firmnessAt(view.found.stability));

const SORTS = {
  firm: ["Firm ones first", (among) => (a, b) => firmnessOf(a) - firmnessOf(b) || SORTS.people[1](among)(a, b)],
  people: ["Participants, most first", (among) => (a, b) => among(b).participants - among(a).participants || b.mentions - a.mentions],
  share: ["Share, largest first", (among) => (a, b) => (among(b).share || 0) - (among(a).share || 0)],
  stability: ["Stability, highest first", () => (a, b) => (b.found.stability ?? -1) - (a.found.stability ?? -1)],
  guide: ["Order of the questions", () => (a, b) => a.index - b.index],
};
const overall = (view) => view.prevalence;

/** The themes of a list as a figure: bars with their intervals. */
function prevalenceFigure(views, study) {
  const most = scaleEnd(views.map((view) => prevalenceIn(view, study)));
  const left = 320, right = 520, row = 32, x = (share) => left + (share / most) * (right - left);
  const parts = [];
  for (let share = 0; share <= most + 1e-9; share += most > 0.6 ? 0.2 : 0.1) {
    parts.push(svg("line", { x1: x(share), x2: x(share), y1: 22, y2: 26 + views.length * row, stroke: "#dddddd" }),
      svg("text", { x: x(share), y: 15, "text-anchor": "middle", fill: "#555555" }, whole(share) + "%"));
  }
  views.forEach((view, i) => {
    const p = prevalenceIn(view, study), y = 42 + i * row;
    parts.push(...linesAt(twoLines(view.id + " " + view.label, 46), left - 10, y, { "text-anchor": "end", fill: "#111111" }));
    if (p.share === null) return;
    parts.push(svg("rect", { x: left, y: y - 6, width: x(p.share) - left, height: 12, fill: "#8fb8de" }),
      svg("path", { d: `M${x(p.low)} ${y}H${x(p.high)}M${x(p.low)} ${y - 4}V${y + 4}M${x(p.high)} ${y - 4}V${y + 4}`, stroke: "#12395f", "stroke-width": 1.5, fill: "none" }),
      svg("text", { x: right + 12, y: y + 4, fill: "#111111" }, hundredths(p.share) + "% (" + whole(p.low) + "–" + whole(p.high) + "), " + ofText(p)));
  });
  return { name: "prevalence", width: 700, height: 40 + views.length * row, children: parts };
}

/** A list of themes as bars on one scale; `memory.shown` of them at first. */
function themeList(views, study, withSection, memory) {
  const most = scaleEnd(views.map((view) => prevalenceIn(view, study)));
  const box = h("div", { class: "theme-list" }), row = (view) => themeRow(view, most, study, withSection);
  const draw = (focusAt) => {
    const { shown } = memory, list = filled(h("ol", { class: "themes" }), views.slice(0, shown), row);
    fill(box, h("div", { class: "theme-row scale" }, h("div", {}), axis(most), h("div", {}), h("div", {})), list,
      shown < views.length ? h("div", { class: "pager" },
        button("Show " + Math.min(50, views.length - shown) + " more", () => { memory.shown += 50; draw(shown); }),
        button("Show all " + number(views.length), () => { memory.shown = views.length; draw(shown); })) : null);
    if (!focusAt) return;
    finishPage();
    list.children[focusAt].querySelector("a").focus();
  };
  draw(0);
  return box;
}

/** What is said of numbers that edits made here do not change; nothing where there are none. */
const asFound = () => (!FOR_READERS && pendingEdits().length ? " (as found, before your edits)" : "");

/** `Framed by section: …`, `Framed with all answers together: …` */
const framed = () => "Framed " + (D.framing.reason.startsWith("all ") ? "with " : "") + D.framing.reason;

function divisionSentence() {
  const c = D.counts, excluded = Object.values(c.excluded).reduce((a, b) => a + b, 0);
  const start = were(c.answers, "answer") + " divided into " + counted(c.units, "passage") + ": ";
  // A report for readers holds chosen themes, and counts of all.
  const inThemes = FOR_READERS ? " in themes, of which " + number(D.themes.length) + (D.themes.length === 1 ? " is" : " are") + " shown here" : " in " + countedThemes(D.themes);
  return D.themes.length
    ? start + number(c.in_themes) + inThemes + ", " + number(c.unclustered) + " unclustered, " + number(excluded) + " set aside beforehand" + asFound() + ". "
    : start + number(excluded) + " set aside beforehand, and no themes" + (excluded < c.units ? " among the rest" : "") + asFound() + ". ";
}

function tile(value, what, hint) {
  return h("div", { class: "tile" }, h("p", { class: "value" }, value), h("p", { class: "what" }, what), hint ? h("p", { class: "hint" }, hint) : null);
}

/** How many themes there are, the firm ones first. */
function themesTile() {
  const all = shownThemes(false), codes = all.filter((view) => view.found.code), shown = all.filter((view) => !view.found.code);
  const recurring = shownRecurring().length, here = FOR_READERS ? " shown here" : "", unchecked = codes.filter(isUnchecked).length;
  const readThem = unchecked ? number(unchecked) + " not checked: read a sample" : null;
  if (codes.length && !shown.length) return tile(number(codes.length), (codes.length === 1 ? "code" : "codes") + here, readThem);
  const beside = codes.length ? [h("br", {}), "beside " + counted(codes.length, "code") + (readThem ? ", " + readThem : "")] : null;
  const recurs = recurring ? counted(recurring, "group") + (recurring === 1 ? " recurs" : " recur") + " across questions" : null;
  const measured = shown.filter((view) => !view.isByHand && view.found.stability !== null);
  if (!measured.length) return tile(number(shown.length), "candidate " + (shown.length === 1 ? "theme" : "themes") + here, [D.themes.length ? "how firm they are was not measured" : null, beside, recurs ? [h("br", {}), recurs] : null]);
  const of = (firmness) => measured.filter((view) => firmnessOf(view) === firmness).length;
  const unmeasured = shown.length - measured.length;
  return tile(number(of(0)), "of " + number(shown.length) + " candidate themes" + here + (of(0) === 1 ? " is" : " are") + " firm",
    [number(of(1)) + " fair, " + number(of(2)) + " marked “" + D.firmness[2] + "”" + (unmeasured ? ", " + number(unmeasured) + " not measured" : ""), D.is_calibrated ? null : [h("br", {}), "with these vectors that says little of a coder’s judgement"], beside, recurs ? [h("br", {}), recurs] : null]);
}

/** What was left out before clustering, and why. */
function setAsideTile() {
  const excluded = Object.entries(D.counts.excluded).sort((a, b) => b[1] - a[1]);
  const total = excluded.reduce((sum, [, n]) => sum + n, 0);
  return total ? tile(number(total), total === 1 ? "passage was set aside" : "passages were set aside", excluded.map(([word, n], i) => (i ? ", " : "") + number(n) + "\u00a0" + word)) : null;
}

function overviewPage() {
  const state = overviewState;
  const list = h("div", { "aria-live": "polite" });
  const count = h("p", { class: "count", role: "status" });
  const refresh = () => {
    const terms = plain(state.query).split(/\s+/).filter(Boolean);
    // Shares are counted once, not at each comparison of the order.
    const who = state.group === "" ? state.study : GROUP_MARK + state.group + GROUP_MARK + state.study, shares = new Map();
    const among = (view) => { if (!shares.has(view)) shares.set(view, prevalenceIn(view, who)); return shares.get(view); };
    let views = shownThemes(state.hidden).filter((view) => among(view) !== null && among(view).asked > 0);
    if (state.section !== "") views = views.filter((view) => view.section === Number(state.section));
    if (terms.length) {
      const words = (view) => plain([view.id, view.label, view.found.label, view.description || "", ...view.found.keywords.map((k) => k[0])].join(" "));
      views = views.filter((view) => terms.every((term) => words(view).includes(term)));
    }
    views.sort(SORTS[state.sort][1](among));
    const hidden = shownThemes(true).length - shownThemes(false).length;
    fill(count, countedThemes(views.map((view) => view.found)), views.length ? [" · save as ", figureButtons("the bars", () => prevalenceFigure(views.slice(0, state.shown), who), { class: "inline" }).map((it, i) => [i ? " or " : "", it])] : null,
      hidden && !state.hidden ? [" · ", button(counted(hidden, "hidden theme"), () => { state.hidden = true; refresh(); }, { class: "inline" })] : null,
      hidden && state.hidden ? [" · ", button("leave hidden themes out", () => { state.hidden = false; refresh(); }, { class: "inline" })] : null);
    fill(list, views.length ? themeList(views, who, D.sections.length > 1 && state.section === "", state) : h("p", {}, D.themes.length ? "No theme fits. Passages can be searched on the page Passages." : noThemesText()));
  };
  refresh();
  const set = (key) => (value) => { state[key] = value; refresh(); };
  const few = D.studies.length > 1 && D.studies.length <= 4;
  const each = (value) => (few ? D.studies.map((s, i) => [i ? " · " : "", said(s.name), "\u00a0" + number(value(s))]) : null);
  const studies = D.studies.length > 4 ? scrollable("Studies", h("table", { class: "plain" },
    h("thead", {}, h("tr", {}, ["Study", "Interviews", "Participants", "Answers", "Passages"].map((name, i) => h("th", { scope: "col", class: i ? "num" : null }, name)))),
    h("tbody", {}, D.studies.map((s) => h("tr", {}, h("th", { scope: "row" }, said(s.name)), [s.transcripts, s.participants, s.answers, s.units].map((n) => h("td", { class: "num" }, number(n)))))))) : null;
  return h("div", {},
    h("h1", { dir: "auto" }, D.title),
    h("p", { class: "lead" }, divisionSentence(), framed(), ". ",
      D.counts.in_themes ? "What is said in similar words was grouped; interviewers' words were not." : null),
    h("div", { class: "tiles" },
      tile(number(D.counts.participants), D.counts.participants === 1 ? "participant" : "participants", each((s) => s.participants) || (D.studies.length > 1 ? "in " + counted(D.studies.length, "study") : null)),
      tile(number(D.counts.answers), D.counts.answers === 1 ? "answer" : "answers", each((s) => s.answers) || counted(D.counts.units, "passage")),
      themesTile(),
      D.coverage === null ? null : tile(percent(D.coverage), "of the passages clustered are in a theme" + (FOR_READERS ? ", shown here or not" : ""), number(D.counts.unclustered) + (D.counts.unclustered === 1 ? " belongs" : " belong") + " to none" + asFound()),
      setAsideTile()),
    studies,
    D.manifest.warnings.length || D.manifest.failures.length ? h("div", { class: "notice" }, h("p", {}, h("b", {}, "To know: ")), h("ul", {}, [...D.manifest.failures, ...D.manifest.warnings].map((text) => h("li", { dir: "auto" }, prose(text))))) : null,
    h("h2", {}, "Themes"),
    h("p", { class: "hint" }, WILSON, " Bars end at the share; the thin line is the interval.",
      D.themes.some((theme) => theme.stability !== null) ? [" The mark on the right says how well a theme is found again when participants are drawn anew, 0 to 1 (", firmnessWords().slice(0, -1), ")."] : null),
    toolbar("Filters and order", searchField("Search names and keywords", state.query, set("query")), [
      D.studies.length > 1 ? select("Study", [["", "All studies"], ...D.studies.map((s) => [s.name, s.name])], state.study, set("study")) : null,
      groupFilter(state.group, set("group")),
      D.sections.length > 1 ? select("Question", [["", "All questions"], ...D.sections.map((s, i) => [i, s.id + "  " + shorten(sectionTitle(i), 60)])], state.section, set("section")) : null,
      select("Sort", Object.entries(SORTS).map(([key, [name]]) => [key, name]), state.sort, set("sort"))]),
    count, list);
}

const noThemesText = () => D.sections.map((s) => s.no_themes_because).filter(Boolean)[0] || "There are no themes.";

const notFound = (what, title = "Not in this analysis") => h("div", {}, h("h1", { dir: "auto" }, title), h("p", {}, what), h("p", {}, link("#/", "To the themes")));

/** Quotes of a theme that are drawn at once. */
const QUOTES_FIRST = 2;

function themePage(id) {
  const index = themeById.get(id);
  if (index === undefined) return notFound("There is no theme " + id + ".");
  const view = V.themes[index], found = view.found, section = D.sections[view.section];
  if (view.into !== null) {
    const into = V.themes[view.into];
    return h("div", {}, h("h1", { dir: "auto" }, view.label), h("p", {}, "You merged ", said(view.id), " into ", themeLink(into), "."),
      button("Undo the merge", () => takeBack({ kind: "merge", key: view.id })));
  }
  if (!view.members.length && !found.code && !FOR_READERS) return labelFound.has(id) ? notFound("No passage is left in " + id + ": you moved them all away.", view.label) : notFound("No passage is left in " + id + ".");
  const most = scaleEnd([view.prevalence, ...view.byStudy.map((it) => it.prevalence), ...found.parts.map((part) => part.prevalence)]);
  const recurring = recurringWith(index);
  const quotes = quotesOf(view), isMadeHere = view.isByHand && !found.edited.includes("new");
  const facts = h("dl", { class: "facts-list" },
    view.isByHand ? definition("Stability", "not measured: made by hand") : found.stability === null ? (found.unmeasured ? definition("Stability", found.unmeasured) : null) : definition("Stability", h("b", {}, stabilityText(found.stability)), " – " + D.firmness[firmnessAt(found.stability)] + (found.recognised === null ? "" : "; " + found.recognised + " % of such themes are a coder’s too"), h("span", { class: "hint" }, stabilityHint())),
    found.code ? definition("Code", said(found.code.code), found.code.include ? ["; include: ", said(found.code.include)] : null, found.code.exclude ? ["; exclude: ", said(found.code.exclude)] : null) : null,
    found.code ? definition("Expected", expectedText(found.code), h("span", { class: "hint" }, "how often the program and people who coded agree, on participants that were left out")) : null,
    definition("Mentions", number(view.mentions) + ", which is " + percent(view.mentions / Math.max(1, section.units)) + " of this question’s passages"),
    found.follows_the_question ? definition("Mind", "nearly all of it answers one question: it may be about what was asked") : null,
    found.edited.length ? definition("Edited", "by hand: " + found.edited.join(", "), found.merged.length ? [" (", said(found.merged.join(", ")), ")"] : null) : null,
    isMadeHere ? definition("Edited here", "made here: quotes, keywords and cohesion come when the codebook is applied") : view.isTouched ? definition("Edited here", "counts are new; stability, cohesion, keywords and parts are as before your edits", view.mergedFrom.length ? ["; merged: ", said(view.mergedFrom.map((i) => nameOf(T[i].id)).join(", "))] : null) : null);
  const geometry = [
    found.cohesion === null ? null : definition("Cohesion", decimals(found.cohesion), h("span", { class: "hint" }, "mean cosine of its passages to its centre")),
    found.silhouette === null ? null : definition("Silhouette", decimals(found.silhouette), h("span", { class: "hint" }, "above 0: nearer to its own than to other themes, on the whole"))].filter(Boolean);
  const neighbours = neighboursOf(view), drawQuote = (it) => passage(it.u, { quote: it, pinned: view.pins.has(unitId(it.u)) });
  return h("div", {},
    h("p", { class: "crumbs" }, link("#/", "Themes"), " › ", link("#/question/" + encodeURIComponent(section.id), h("span", { class: "id" }, section.id), " ", said(shorten(sectionTitle(view.section), 90)))),
    h("h1", { dir: "auto" }, view.label),
    h("p", { class: "facts" }, h("span", { class: "id" }, view.id), h("b", {}, ofPeople(view.prevalence)), h("span", {}, shareText(view.prevalence)), trustMark(view), view.hidden ? h("span", { class: "mark" }, "hidden") : null),
    found.headline !== undefined && isIn(found.headline, index) && view.label === (found.found_label || found.label) ? h("p", { class: "hint" }, "In the words of ", locatorLink(found.headline), ".") : null,
    view.description ? h("p", { class: "description", dir: "auto" }, view.description) : null,
    view.memo ? h("p", { class: "memo", dir: "auto" }, h("b", {}, "Your note: "), view.memo) : null,
    h("div", { class: "buttons edit-theme" },
      editTool(button("Rename…", () => rename(view)), button("Describe…", () => describe(view)), button("Note…", () => noteTheme(view)), button("Merge…", () => merge(view)),
        button("Split…", () => splitTheme(view)), button(view.hidden ? "Show" : "Hide", () => hide(view))),
      U.x.some((x) => x >= 0) ? link("#/map/" + encodeURIComponent(view.id), "On the map") : null),
    h("div", { class: "columns" },
      h("section", {}, h("h2", {}, "Prevalence"), byStudyTable(view.byStudy, view, most), h("p", { class: "hint" }, WILSON), byAttribute(view)),
      h("div", { class: "aside" },
        h("section", {}, h("h2", {}, "Keywords"), found.keywords.length ? h("ul", { class: "keywords" }, found.keywords.map(([term, people]) => h("li", {}, said(term), " ", h("span", { class: "num" }, number(people))))) : h("p", {}, isMadeHere ? "They are chosen when the codebook is applied." : "None stands out."),
          found.keywords.length ? h("p", { class: "hint" }, "With the participants of the theme who use them.") : null, facts,
          geometry.length ? forStatisticians(h("dl", { class: "facts-list" }, geometry)) : null),
        recurring ? h("section", {}, h("h2", {}, "Recurs in other questions"), h("p", { class: "hint" }, NOT_ONE_OPINION),
          h("p", {}, link("#/recurring/" + encodeURIComponent(recurring.id), said(recurring.label)), ": " + ofPeople(recurring.prevalence) + ", " + shareText(recurring.prevalence)),
          h("ul", { class: "lines" }, recurring.themes.filter((i) => i !== index && !V.themes[i].hidden).map((i) => h("li", {}, h("span", { class: "id" }, T[i].id), themeLink(V.themes[i]), " ", h("span", { class: "num hint" }, ofText(V.themes[i].prevalence)))))) : null,
        neighbours.length ? h("section", {}, h("h2", {}, "Neighbours"), h("ul", { class: "lines" }, neighbours.map((it) => h("li", {}, h("span", { class: "id" }, it.view.id), themeLink(it.view), " ", h("span", { class: "hint" }, it.why))))) : null,
        found.questions.length ? h("section", {}, h("h2", {}, "What its passages answer"), h("ul", { class: "lines" }, found.questions.map((it) => h("li", {}, h("span", { class: "num" }, percent(it.share)), " ", said(it.question))))) : null),
      h("div", {},
        FOR_READERS && !quotes.length ? null : h("section", {}, h("h2", {}, "Representative quotes"), h("p", { class: "hint" }, "Verbatim, typical first and then diverse, at most one a participant."), quotes.slice(0, QUOTES_FIRST).map(drawQuote), below(h("div", {}), () => [quotes.slice(QUOTES_FIRST).map(drawQuote),
          found.boundary && isIn(found.boundary.u, index) ? [h("h3", {}, "Where it ends"), h("p", { class: "hint" }, "The least typical passage that still belongs to it."), passage(found.boundary.u, { quote: found.boundary })] : null])),
        found.parts.length ? h("section", {}, h("h2", {}, "Parts of this theme"), found.edited.includes("split") ? null : h("p", { class: "hint" }, "It holds more than a fifth of its question, so it is shown with its parts."),
          below(h("div", {}), () => found.parts.map((part) => h("div", { class: "part" }, h("h3", {}, h("span", { class: "id" }, part.id), " ", said(part.label)),
            part.keywords ? h("p", { class: "hint" }, "Keywords: ", said(part.keywords.join(", "))) : null,
            h("div", { class: "part-bar" }, bar(part.prevalence, most), h("p", { class: "num" }, h("b", {}, ofText(part.prevalence)), " · " + shareText(part.prevalence) + " · " + counted(part.mentions, "mention"))),
            part.quotes.slice(0, 1).map((it) => passage(it.u, { quote: it })))))) : null,
        FOR_READERS ? null : h("section", {}, h("h2", {}, "All passages"), searchable(view.members, {}, "No passage fits.", "list", 0)))));
}

function expectedText(code) {
  const it = code.expected;
  if (!it) return "not known how well it is found: read a sample";
  const share = (value, ends) => (value === null ? "none found" : percent(value) + " (" + whole(ends[0]) + "–" + whole(ends[1]) + ")");
  return "precision " + share(it.precision, it.precision_interval) + ", recall " + share(it.recall, it.recall_interval) + ", " + it.basis;
}

const stabilityHint = () => "How well it is found again when participants are drawn anew. " + D.calibration;

/** Quotes with the reader's pins first; what was moved away is left out. */
function quotesOf(view) {
  const from = [view.index, ...view.mergedFrom];
  const found = from.flatMap((index) => T[index].quotes).filter((it) => isIn(it.u, view.index));
  const pinned = [...view.pins].map(unitByid).filter((u) => u !== undefined && isIn(u, view.index));
  const speakers = new Set(pinned.map(participantOf));
  const rest = found.filter((it) => !speakers.has(participantOf(it.u)));
  return [...pinned.map((u) => ({ u })), ...rest].slice(0, Math.max(5, pinned.length, view.found.quotes.length));
}

function neighboursOf(view) {
  const found = [];
  if (view.found.nearest && themeById.has(view.found.nearest[0])) {
    found.push({ view: V.themes[themeById.get(view.found.nearest[0])], why: "the nearest centre (cosine " + decimals(view.found.nearest[1]) + ")" });
  }
  const counts = new Map();
  for (const u of view.members) if (U.second[u] >= 0 && U.second[u] !== view.index) counts.set(U.second[u], (counts.get(U.second[u]) || 0) + 1);
  const order = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b).slice(0, 5);
  for (const index of order) {
    const why = "next best theme of " + counted(counts.get(index), "passage");
    const there = found.find((it) => it.view.index === index);
    if (there) there.why += ", " + why; else found.push({ view: V.themes[index], why });
  }
  return found.filter((it) => it.view.into === null);
}

/** Said of every recurring theme. */
const NOT_ONE_OPINION = "They are on the same matter, not always of the same opinion: read each theme.";

/** What a recurring theme is called: by both its themes where they have names of their own, as they may say different things, unless
 * a person named it. */
function bothNames(it) {
  const labels = it.themes.map((index) => V.themes[index]).filter((view) => view.into === null && !view.hidden).map((view) => view.label);
  const isNamed = E.recurringName[it.id] !== undefined;
  return labels.length === 2 && labels[0] !== labels[1] && labels.includes(it.label) && !isNamed ? labels.join(" / ") : it.label;
}

function recurringPage(id) {
  if (id !== null) return oneRecurringPage(id);
  const hidden = V.recurring.filter((it) => it.hidden);
  const most = scaleEnd(shownRecurring().map((it) => it.prevalence));
  return h("div", {}, h("h1", {}, "Recurring across questions"),
    h("p", { class: "lead" }, "Themes of different questions that are nearer to each other than random groups of the same sizes. ", NOT_ONE_OPINION, " People are counted once, of those with an answer to one of the questions."),
    h("h2", {}, "By participants"),
    h("div", { class: "theme-list" }, h("div", { class: "theme-row scale" }, h("div", {}), axis(most), h("div", {}), h("div", {})),
      filled(h("ol", { class: "themes" }), shownRecurring(), (it) => h("li", { class: "theme-row" },
        h("div", { class: "theme-name" }, h("h3", {}, link("#/recurring/" + encodeURIComponent(it.id), said(bothNames(it)))), h("p", { class: "facts" }, h("span", { class: "id" }, it.id), h("span", {}, counted(it.themes.length, "theme")))),
        h("div", { class: "theme-bar" }, bar(it.prevalence, most)),
        h("p", { class: "theme-count" }, h("b", {}, percent(it.prevalence.share || 0)), " (" + whole(it.prevalence.low || 0) + "–" + whole(it.prevalence.high || 0) + ")", h("br", {}), ofText(it.prevalence)),
        h("p", { class: "theme-trust" })))),
    hidden.length ? h("p", { class: "hidden-ones" }, "Hidden: ", hidden.map((it, i) => [i ? ", " : "", link("#/recurring/" + encodeURIComponent(it.id), said(it.label))])) : null);
}

/** What a category counts and does not list. */
function hiddenOf(category) {
  const n = category.themes.filter((index) => V.themes[index].hidden).length;
  return n ? h("p", { class: "hint" }, n === 1 ? "and a hidden theme, which counts" : "and " + number(n) + " hidden themes, which count") : null;
}

function categoriesPage() {
  const most = scaleEnd(V.categories.map((it) => it.prevalence));
  return h("div", {}, h("h1", {}, "Categories"),
    h("p", { class: "lead" }, FOR_READERS ? "Groups of themes. " : "Groups of themes that you make. ", "People are counted once, of those with an answer to one of the questions of its themes."),
    h("div", { class: "buttons" }, editTool(button("New category…", () => editCategory(null)))),
    V.categories.map((it) => h("section", { class: "part" }, h("h2", { dir: "auto" }, it.name),
      it.description ? h("p", { class: "description", dir: "auto" }, it.description) : null,
      h("div", { class: "part-bar" }, bar(it.prevalence, most), h("p", { class: "num" }, h("b", {}, ofText(it.prevalence)), " · " + shareText(it.prevalence) + " · " + counted(it.mentions, "mention"))),
      h("ul", { class: "lines" }, it.themes.filter((index) => !V.themes[index].hidden).map((index) => h("li", {}, h("span", { class: "id" }, T[index].id), themeLink(V.themes[index]), " ", h("span", { class: "num hint" }, ofText(V.themes[index].prevalence))))),
      hiddenOf(it),
      h("div", { class: "buttons" }, editTool(button("Change…", () => editCategory(it)), button("Remove", () => edit("removed “" + it.name + "”", (edits) => { delete edits.category[it.name]; })))))),
    V.categories.length ? h("p", { class: "hint" }, WILSON) : h("p", {}, "There are none yet."));
}

function oneRecurringPage(id) {
  const into = V.recurringMerged.get(id);
  if (into) return h("div", {}, h("h1", {}, "Merged"), h("p", {}, "You merged ", said(id), " into ", link("#/recurring/" + encodeURIComponent(into), said(nameOf(into))), "."),
    button("Undo the merge", () => takeBack({ kind: "recurringMerge", key: id })));
  const it = V.recurring.find((theme) => theme.id === id);
  if (!it) return notFound("There is no recurring theme " + id + ".");
  const most = scaleEnd([it.prevalence, ...it.byStudy.map((s) => s.prevalence)]);
  const shown = it.themes.map((index) => V.themes[index]);
  return h("div", {}, h("p", { class: "crumbs" }, link("#/recurring", "Recurring across questions")),
    h("h1", { dir: "auto" }, bothNames(it)), h("p", { class: "facts" }, h("span", { class: "id" }, it.id), h("b", {}, ofPeople(it.prevalence)), h("span", {}, shareText(it.prevalence)), it.hidden ? h("span", { class: "mark" }, "hidden") : null),
    h("p", { class: "hint" }, NOT_ONE_OPINION),
    h("div", { class: "buttons edit-theme" }, editTool(button("Rename…", () => renameRecurring(it)), button("Choose themes…", () => joinThemes(it)),
      V.recurring.length > 1 ? button("Merge…", () => mergeRecurring(it)) : null, button(it.hidden ? "Show" : "Hide", () => hideRecurring(it)))),
    h("section", {}, h("h2", {}, "Prevalence"), byStudyTable(it.byStudy, { prevalence: it.prevalence, mentions: it.byStudy.reduce((n, s) => n + s.mentions, 0) }, most), h("p", { class: "hint" }, WILSON)),
    h("section", {}, h("h2", {}, "Its themes, question by question"), themeList(shown.filter((view) => view.into === null), "", true, { shown: 50 })),
    h("section", {}, h("h2", {}, "A quote from each"), shown.filter((view) => view.into === null && !view.hidden).map((view) => quotesOf(view).slice(0, 1).map((quote) => passage(quote.u, { quote, withTheme: true })))),
    it.found.links.length === 0 ? null : h("section", {}, h("h2", {}, "Why they are linked"), h("p", { class: "hint" }, "Cosine of the centres, each minus its question's mean, beside what random groups of the same sizes reach in 1 % of the deals."),
      scrollable("Links", h("table", { class: "plain" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Themes"), h("th", { scope: "col", class: "num" }, "Cosine"), h("th", { scope: "col", class: "num" }, "By chance"))),
        h("tbody", {}, it.found.links.map((l) => h("tr", {}, h("td", {}, said(l.themes[0]), " – ", said(l.themes[1])), h("td", { class: "num" }, decimals(l.cosine)), h("td", { class: "num" }, decimals(l.by_chance)))))))));
}

/** `29 of 30 in homecare; not asked in hospital` */
function askedText(asked) {
  const isOne = asked.length === 1, reached = asked.filter((it) => it.asked), others = isOne ? [] : asked.filter((it) => !it.asked);
  const people = reached.map((it) => number(it.asked) + " of " + number(it.participants) + (isOne ? "" : " in " + it.study));
  return [...(people.length ? people : ["nobody"]), ...(others.length ? ["not asked in " + others.map((it) => it.study).join(", ")] : [])].join("; ");
}

function questionsPage() {
  return h("div", {}, h("h1", {}, "Questions"),
    h("p", { class: "lead" }, "Themes were looked for ", D.framing.reason, ".", FOR_READERS ? " Themes are counted that are shown here." : asFound() ? " Numbers of themes and passages are as found, before your edits." : null),
    h("ol", { class: "questions" }, D.sections.map((section, index) => h("li", {},
      h("h2", {}, link("#/question/" + encodeURIComponent(section.id), h("span", { class: "id" }, section.id), " ", said(sectionTitle(index)))),
      h("p", { class: "facts" }, h("span", { dir: "auto" }, "Answered by " + askedText(section.asked)), h("span", {}, counted(section.units, "passage")), h("span", {}, countedThemes(section.themes.map((t) => D.themes[t]))), section.kind === "closing" ? h("span", {}, "closing question") : null)))));
}

function questionPage(id) {
  const index = sectionById.get(id);
  if (index === undefined) return notFound("There is no question " + id + ".");
  const section = D.sections[index];
  const views = shownThemes(true).filter((view) => view.section === index).sort(SORTS.people[1](overall));
  const inSection = allUnits.filter((u) => sectionOf(u) === index && V.themeOf[u] >= UNCLUSTERED);
  const unclustered = inSection.filter((u) => V.themeOf[u] === UNCLUSTERED);
  const agreement = section.agreement;
  return h("div", {}, h("p", { class: "crumbs" }, link("#/questions", "Questions"), " › ", h("span", { class: "id" }, section.id)),
    h("h1", { dir: "auto" }, sectionTitle(index)),
    h("p", { class: "lead", dir: "auto" }, "Participants who answered: " + askedText(section.asked) + ". " + counted(section.units, "passage") + ", " + number(FOR_READERS ? section.unclustered : unclustered.length) + " of them unclustered."),
    section.no_themes_because ? h("p", { class: "notice" }, "No themes: ", prose(section.no_themes_because), ".") : null,
    section.shortfall ? h("p", { class: "notice" }, counted(section.shortfall, "theme") + " fewer than asked for: the rest did not hold together.") : null,
    agreement ? forStatisticians(h("p", { class: "hint" }, "When " + percent(agreement.retained) + " of the participants are drawn anew (" + agreement.resamples + " times), the grouping agrees with this one by an adjusted Rand index of " + decimals(agreement.adjusted_rand_index) + " (1: the same, 0: by chance).")) : null,
    views.length ? [h("h2", {}, "Themes"), themeList(views, "", false, { shown: 100 })] : null,
    section.isolated.length ? h("section", {}, h("h2", {}, "Least like anything else"), h("p", { class: "hint" }, "Unclustered passages, the most isolated first: what only one person says may matter too."), section.isolated.map((u) => passage(u, {}))) : null,
    FOR_READERS ? null : h("section", {}, h("h2", {}, views.length ? "Unclustered passages" : "Passages"), searchable(views.length ? unclustered : inSection, {}, "No passage fits.")));
}

const passagesState = { query: "", study: "", group: "", section: "", status: "", list: { page: 0 } };

function passagesPage() {
  const state = passagesState;
  const list = passageList("passages", "No passage fits.", state.list);
  const refresh = () => {
    const terms = termsOf(state.query);
    const status = state.status === "" ? null : Number(state.status);
    const isOne = isOfChoice(state.group);
    const filters = [state.section, state.study, state.group, state.status], isFiltered = filters.some((it) => it !== ""), isNarrowed = terms.length > 0 || isFiltered;
    const units = isFiltered ? allUnits.filter((u) => isOne(participantOf(u)) && (state.study === "" || studyOf(u) === Number(state.study)) && (state.section === "" || sectionOf(u) === Number(state.section))
      && (status === null || (status === 0 ? V.themeOf[u] >= 0 : V.themeOf[u] === status))) : allUnits;
    const found = search(units, terms);
    const what = [state.query ? "“" + state.query + "”" : null, isFiltered ? "the filters" : null].filter(Boolean).join(" and ");
    list.show(found, { terms, withTheme: true, sought: { key: isNarrowed ? [state.query, ...filters].join(" ") : "", what, clear } }, terms.notes.map((note) => h("p", { class: "hint" }, said(note))),
      terms.length ? h("p", { class: "facts" }, h("b", {}, counted(peopleOf(found), "participant")), h("span", {}, counted(found.length, "passage"))) : null,
      isNarrowed ? [themeCounts(found, narrow), editTool(listTools(found, terms.length ? "hits" : "all"))] : null, h("div", { class: "buttons" }, csvButton(found)));
  };
  const set = (key) => (value) => { state[key] = value; state.list.page = 0; refresh(); };
  // What edits do not change stays: it asks `state`, and shows the same list.
  const tools = lastingly("tools", () => ({ element: toolbar("Filters", searchField("Search all passages", state.query, set("query")), [
      D.studies.length > 1 ? select("Study", [["", "All studies"], ...D.studies.map((s, i) => [i, s.name])], state.study, set("study")) : null,
      groupFilter(state.group, set("group")),
      D.sections.length > 1 ? select("Question", [["", "All questions"], ...D.sections.map((s, i) => [i, s.id + "  " + shorten(sectionTitle(i), 60)])], state.section, set("section")) : null,
      select("What became of it", [["", "Anything"], [0, "In a theme"], [-1, "Unclustered"], ...D.exclusions.map((word, i) => [-2 - i, "Set aside: " + word]).filter(([v, ]) => D.counts.excluded[D.exclusions[-2 - v]])], state.status, set("status"))]) }));
  const clear = () => {
    Object.assign(state, { query: "", study: "", group: "", section: "", status: "" });
    for (const control of tools.element.querySelectorAll("input, select")) control.value = "";
    tools.element.querySelector(".folded").dispatchEvent(new Event("change"));
    state.list.page = 0;
    refresh();
  };
  const narrow = (term) => { state.query = (state.query + " " + term).trim(); tools.element.querySelector("input").value = state.query; state.list.page = 0; refresh(); };
  refresh();
  return h("div", {}, h("h1", {}, "Passages"), h("p", { class: "lead" }, "Everything participants said, word for word, what was set aside included."),
    placeOf(tools), placeOf(lastingly("help", () => ({ element: searchHelp() }))), placeOf(list));
}

// Method

/** Every setting with its value, and whether it is the program's own choice; an option's name leads to it. */
function settingsOf(p) {
  const frame = typeof p.frame === "string" ? p.frame : "the questions given: " + Object.values(p.frame).flat().join(" · ");
  return [
    ["Passages (`--unit`)", p.unit, p.unit === "auto"], ["Fewest words (`--min-words`)", String(p.min_words), p.min_words === 5],
    ["Frame (`--frame`)", frame, frame === "auto"], ["Subject kept (`--keep-subject`)", p.keep_subject ? "yes" : "no", !p.keep_subject],
    ["Algorithm (`--algorithm`)", p.algorithm, p.algorithm === "themes"], ["Themes a question (`--themes`)", p.themes === null ? "found by itself" : String(p.themes), p.themes === null],
    ["Granularity (`--granularity`)", String(p.granularity), p.granularity === 1],
    ["Participants that a theme needs (`--min-participants`)", p.min_participants === undefined || p.min_participants === null ? "two, and one in 25 of those who answered, up to five" : String(p.min_participants), p.min_participants === undefined || p.min_participants === null],
    ["Quotes a theme (`--quotes`)", String(p.quotes), p.quotes === 5], ["Draws for stability (`--stability`)", String(p.stability), p.stability === 20],
    ["Unclustered passages listed (`--unclustered`)", String(p.isolated), p.isolated === 5], ["Seed (`--seed`)", String(p.seed), p.seed === 0],
  ];
}

function methodPage() {
  const m = D.manifest, p = m.parameters;
  const cells = (values) => values.map((value, i) => (i ? h("td", { class: typeof value === "number" ? "num" : null, dir: "auto" }, typeof value === "number" ? number(value) : value) : h("th", { scope: "row", dir: "auto" }, value)));
  const table = (label, heads, rows) => scrollable(label, h("table", { class: "plain" }, h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, rows.map((row) => h("tr", {}, cells(row))))));
  const excluded = Object.entries(D.counts.excluded);
  const total = excluded.reduce((sum, [, n]) => sum + n, 0);
  return h("div", { class: "method" }, h("h1", {}, "Method"),
    h("p", { class: "lead" }, "How this was made, what was left out, and what to keep in mind."),
    h("section", {}, h("h2", {}, "What was done"),
      h("ol", { class: "steps" },
        h("li", {}, "The transcripts were read and speakers told apart; only participants' words were analysed, word for word."),
        h("li", {}, "Answers were divided at sentence ends into passages (", p.unit, ", at least ", counted(p.min_words, "word"), "), and each became a vector by the model ", said(m.model.name), ". ", h("span", { dir: "auto" }, m.vectors)),
        m.notes ? h("li", { dir: "auto" }, m.notes) : null,
        h("li", {}, framed(), ".", D.framing.subject ? [" “", said(D.framing.subject.word), "” is what all are about (" + percent(D.framing.subject.share) + " of the passages name it), so naming it makes no theme."] : D.framing.no_subject ? [" ", said(D.framing.no_subject.charAt(0).toUpperCase() + D.framing.no_subject.slice(1)), ". (Where all are about one word, such as a product’s name, naming it makes no theme.)"] : null),
        h("li", {}, "Passages that are alike were grouped (algorithm: " + p.algorithm + "); what is unlike the rest stayed unclustered. A theme needs two participants at least."),
        h("li", {}, "A theme is named by a clause of somebody who voices it: the one that is nearest to the theme and far from the others of its question. Where no clause can stand by itself, its keywords name it."),
        h("li", {}, "Keywords are terms that tell a theme from the rest of its question, counted by participants.", m.keywords_by_passages ? " They were weighed by the passages they occur in, as they have no vectors of their own." : null),
        p.stability ? h("li", {}, "Stability: participants were drawn anew up to ", counted(p.stability, "time"), ", and the themes looked for again (Hennig 2007).") : null)),
    h("section", {}, h("h2", {}, "What to keep in mind"), h("ul", { class: "caveats" },
      h("li", {}, "These are candidate themes. A program found them by similarity of wording; whether they are themes is for you to say after reading."),
      h("li", {}, "Shares count participants who were asked, with Wilson 95 % intervals. The intervals say how uncertain a share is if these participants are a random sample of some larger group, and nothing about whether the grouping is right."),
      h("li", {}, U.also ? "A passage may be in several themes, and counts in each of them." : "A passage is in one theme at most, so somebody who says two things in one breath counts for one of them."),
      h("li", {}, "Not being in a theme does not mean that a person disagrees: they did not say it, or not in such words."),
      h("li", {}, "Stability below " + D.loose + " means that other participants would probably have given other themes" + (D.is_calibrated ? ": on coded interviews a careful coder recognised fewer than a quarter of such themes" : "") + ". Do not report one without reading it whole."),
      FOR_READERS ? h("li", {}, "This report holds chosen themes, and of what was said the quotes alone that were chosen with them.") : h("li", {}, "The map is for looking. Distances between far groups mean nothing, and no number here comes from it."),
      m.pseudonyms ? h("li", {}, m.pseudonyms) : null,
      h("li", {}, "This file holds what the participants said. Pass it on as carefully as the interviews."))),
    below(h("div", {}), () => [
      h("section", {}, h("h2", {}, "What became of every passage"),
        table("Passages by what became of them", ["Passages", "Number"], [["In a theme", D.counts.in_themes], ["Unclustered", D.counts.unclustered], ...excluded.map(([word, n]) => ["Set aside: " + (WHY_EXCLUDED[word] || word), n]), ["All", D.counts.units]]),
        h("p", { class: "hint" }, asFound() ? "As found, before your edits. " : null, number(total) + " were set aside before clustering", FOR_READERS ? "." : ["; all can be read on the page ", link("#/passages", "Passages"), "."])),
      D.framing.guide.length ? h("section", {}, h("h2", {}, "The interview guide, as recovered"), table("Guide questions", ["Question", "Wording", "Part", "Asked of", "Likeness of wordings"], D.framing.guide.map((q, at) => [q.section || (!FOR_READERS && questionNumber(at + 1)) || "–", q.wording, q.kind, askedText(q.asked), decimals(q.cohesion)])),
        h("p", { class: "hint" }, number(D.framing.follow_ups) + " answers to other questions belong to the question they follow.")) : null,
      m.roles.length ? h("section", {}, h("h2", {}, "Speakers"), table("Speaker labels", ["Label", "Taken for", "Why", "Turns", "Transcripts"], m.roles.map((r) => [r.label, r.role, prose(r.reason), r.turns, r.transcripts]))) : null,
      D.accumulation.length ? h("section", {}, h("h2", {}, "Theme accumulation"), table("Theme accumulation", ["Study", "Participants", "Themes voiced", "Rule met after"], D.accumulation.map((a) => [a.study, a.participants, a.themes, a.median ? "median " + number(a.median) + (a.most ? ", 95 % of the orders " + number(a.most) : "") : "not met"])),
        h("p", { class: "hint" }, "Participants, in random order, after whom two more together add at most 5 % new themes, of those of the first four (Guest, Namey & Chen 2020). It only describes: the themes come from all interviews together.")) : null,
      FOR_READERS ? null : h("section", {}, h("h2", {}, "Files"), table("Files", ["File", "Read as", "Encoding", "Repairs", "BLAKE3"], m.inputs.map((i) => [i.file, prose(i.layout || i.format), i.encoding, i.mojibake_repaired, i.blake3 ? i.blake3.slice(0, 16) + "…" : "–"])),
        m.failures.length || m.warnings.length ? h("ul", { class: "notice" }, [...m.failures, ...m.warnings].map((text) => h("li", { dir: "auto" }, prose(text)))) : null),
      h("section", {}, h("h2", {}, "Settings"), h("dl", { class: "facts-list" },
        definition("Program", m.program), m.created ? definition("Made", m.created) : null,
        definition("Model", said(m.model.name), " (" + m.model.dimensions + " dimensions" + (m.model.blake3 ? ", fingerprint " + m.model.blake3.slice(0, 16) + "…" : "") + ")", m.model.blake3 ? h("span", { class: "hint" }, "The same fingerprint: the same model, and vectors that can be compared.") : null),
        settingsOf(p).map(([name, value, usual]) => definition(prose(name), said(value), usual ? h("span", { class: "hint" }, "as usual") : null)),
        D.silhouette === null ? null : definition("Silhouette", decimals(D.silhouette)),
        m.units_embedded_in_pieces ? definition("Long passages", number(m.units_embedded_in_pieces) + " were longer than the model reads, and embedded in pieces") : null)),
      m.edits.length ? h("section", {}, h("h2", {}, "Edits of the researcher"), table("Edits", ["Edit", "Of", "Value", "Applied", "Note"], m.edits.map((e) => [e.edit, e.target, e.value, e.applied ? "yes" : "no", prose(e.reason || "")]))) : null]));
}
