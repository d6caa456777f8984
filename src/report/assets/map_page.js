// The page of the map: what its points are coloured by, searched for and chosen; the lists beside it.

/** What is looked at on the map; it stays while the reader is elsewhere. `pick`: the one group that stands out, with the id
 * of its theme. `chosen`: passages clicked or drawn around; `how`: which of both. */
const mapState = { study: "", section: "", by: "", query: "", pick: null, chosen: [], how: "click", contours: false };
const FEWEST_RECURRING = 3;
/** Groups of an attribute that have a colour each. */
const MOST_GROUPS = 12;

const SHOWN_IN_LEGEND = 40;
/** So many passages are seen at first in the lists beside the map; of those chosen, below what is told of them. */
const SEEN_BESIDE = { found: 4, chosen: 3 };

/** All questions together are coloured by recurring themes, where there are some; one question by its themes. */
const usualColours = (section) => (section === "" && shownRecurring().length >= FEWEST_RECURRING ? "recurring" : "theme");

/** The recurring theme that a theme belongs to, as an index; -1 for none, and where it is hidden. */
const recurringOf = (theme) => (theme >= 0 ? V.recurringAt[theme] : -1);

const shownTheme = (u) => (V.themeOf[u] >= 0 && !V.themes[V.themeOf[u]].hidden ? V.themeOf[u] : -1);

/** What points can be coloured by: how to tell a unit's group (below 0: none), its name, and which colour it has. */
const GROUPINGS = {
  theme: { title: "Theme", isThere: () => T.length > 0, heading: "Themes here", of: shownTheme, name: (t) => V.themes[t].label, colour: (t) => colourNumber(t), href: (t) => themeHref(V.themes[t]) },
  recurring: { title: "Recurring theme", isThere: () => shownRecurring().length >= FEWEST_RECURRING, heading: "Recurring themes here", of: (u) => recurringOf(V.themeOf[u]), name: (r) => V.recurring[r].label, colour: (r) => r,
    href: (r) => "#/recurring/" + encodeURIComponent(V.recurring[r].id) },
  section: { title: "Question", isThere: () => D.sections.length > 1, heading: "Questions", withUnclustered: true, of: sectionOf, name: (s) => D.sections[s].id + " " + sectionTitle(s), colour: (s) => s },
  study: { title: "Study", isThere: () => D.studies.length > 1, heading: "Studies", withUnclustered: true, of: studyOf, name: (s) => D.studies[s].name, colour: (s) => s },
  stability: { title: "Stability", isThere: () => D.themes.some((theme) => theme.stability !== null), heading: "Stability of their themes", of: (u) => stabilityBand(shownTheme(u)),
    name: (band) => [D.firmness[0] + ": " + D.firm + " and more", D.firmness[1] + ": " + D.loose + " to " + D.firm, D.firmness[2] + ": below " + D.loose, "not measured"][band], colour: (band) => band, order: true },
};

function stabilityBand(theme) {
  if (theme < 0) return -1;
  const { stability } = V.themes[theme].found;
  return V.themes[theme].isByHand || stability === null ? 3 : firmnessAt(stability);
}

/** An attribute as a grouping: its groups in their order or, of more than there are colours for, the commonest and the others. */
function attributeGrouping({ name, groups, of }) {
  const counts = groups.map(() => 0);
  for (const group of of) if (group >= 0) counts[group]++;
  const common = new Set([...counts.keys()].sort((a, b) => counts[b] - counts[a] || a - b).slice(0, MOST_GROUPS));
  const shown = [...common].sort((a, b) => a - b), at = groups.map((_, group) => (common.has(group) ? shown.indexOf(group) : shown.length));
  const names = [...shown.map((group) => groups[group]), "others"];
  return { title: name, isThere: () => true, heading: name, withUnclustered: true, order: true, name: (group) => names[group], colour: (group) => group,
    ofPerson: (p) => (of[p] < 0 ? -1 : at[of[p]]), of: (u) => { const group = of[participantOf(u)]; return group < 0 ? -1 : at[group]; } };
}

const groupings = (() => {
  let all = null;
  return () => (all ||= { ...GROUPINGS, ...Object.fromEntries(ATTRIBUTES.map((it) => ["attribute " + it.name, attributeGrouping(it)])) });
})();

/** Names on the map, finer the nearer: groups of themes, themes, their parts, the passages themselves. */
const MAP_NAMES = {
  isCoarse: () => mapState.section === "" && shownRecurring().length >= FEWEST_RECURRING,
  of(u, fineness, isCoarse) {
    if (fineness === 3) return "u" + u;
    const theme = shownTheme(u);
    if (theme < 0) return -1;
    if (fineness === 0 && isCoarse) return recurringOf(theme);
    if (fineness < 2) return theme;
    return U.part[u] >= 0 && V.themes[theme].found.parts[U.part[u]] ? theme + (U.part[u] + 1) / 1000 : theme;
  },
  text(group, fineness) {
    if (typeof group === "string") return U.text[Number(group.slice(1))];
    if (fineness === 0 && MAP_NAMES.isCoarse()) return V.recurring[group].label;
    const theme = Math.floor(group), part = Math.round((group - theme) * 1000) - 1;
    return group === theme ? V.themes[theme].label : V.themes[theme].found.parts[part].label;
  },
};

/** What was picked, as the edits have it now: a theme that was merged is the one it went into; what is gone or hidden is let go. */
function pickedNow() {
  const { pick } = mapState;
  if (!pick || pick.id === undefined) return pick;
  if (pick.by === "recurring") {
    const id = V.recurringMerged.get(pick.id) || pick.id, group = V.recurring.findIndex((it) => it.id === id && !it.hidden);
    return group < 0 ? null : { by: "recurring", group, id };
  }
  const view = V.themes[themeById.get(pick.id)], shown = view && view.into !== null ? V.themes[view.into] : view;
  return shown && !shown.hidden && (FOR_READERS || shown.members.length) ? { by: "theme", group: shown.index, id: shown.id } : null;
}

/** The map, made once: it stays as the reader left it. */
const theMap = (() => {
  let map = null;
  return () => (map ||= new PointMap());
})();

/**
 * Paints the map as `mapState` has it, unless it is painted so. Out: passages that are `seen`, `found` by the search (`null`: none
 * is sought) and `picked`, those that contours go `around`, the groups of the legend, and how many are pale or grey.
 */
const lookedAt = (() => {
  let last = null;
  return (map) => {
    const all = groupings();
    // What edits made elsewhere left of what was looked at.
    mapState.pick = pickedNow();
    if (mapState.by === "" || !all[mapState.by].isThere()) mapState.by = usualColours(mapState.section);
    const { study, section, by, query, pick, chosen } = mapState;
    const key = [V, isDark(), study, section, by, pick && pick.by, pick && pick.group, chosen];
    // What a search finds may change with what is chosen, too.
    if (last && query === "" && last.query === "" && key.every((it, i) => it === last.key[i])) return last.look;
    last = { key, query, look: paintMap(map, all) };
    return last.look;
  };
})();

/** The passages that are seen, the group of each, and of the groups their order and how many passages they have: no search changes that. */
const groupedNow = (() => {
  let last = null;
  return (map, grouping) => {
    const { study, section } = mapState, key = [V, study, section, grouping];
    if (!last || !key.every((it, i) => it === last.key[i])) last = { key, grouped: groupedOf(map, grouping, study, section) };
    return last.grouped;
  };
})();

function groupedOf(map, grouping, study, section) {
  const isSeen = (u) => (study === "" || studyOf(u) === Number(study)) && (section === "" || sectionOf(u) === Number(section));
  const seen = Array.from(study === "" && section === "" ? map.points : map.points.filter(isSeen));
  // Groups are few and counted from 0, most of them in a passage or more.
  const groupOf = new Int32Array(N).fill(-1), numbers = [];
  let unclustered = 0, greyed = 0;
  for (let i = 0; i < seen.length; i++) {
    const u = seen[i], group = grouping.of(u);
    groupOf[u] = group;
    if (V.themeOf[u] === UNCLUSTERED) unclustered++;
    else if (group < 0) greyed++;
    if (group >= 0) numbers[group] = (numbers[group] || 0) + 1;
  }
  const counts = new Map(Object.entries(numbers).map(([group, n]) => [Number(group), n]));
  const order = [...counts.keys()].sort((a, b) => (grouping.order ? 0 : counts.get(b) - counts.get(a)) || a - b);
  return { seen, groupOf, counts, order, unclustered, greyed };
}

function paintMap(map, all) {
  const palette = paletteOf(isDark() ? "dark" : "light"), grey = greys(), lightGrey = MAP_GREYS.light;
  const { study, section, query, pick } = mapState, terms = termsOf(query), grouping = all[mapState.by];
  const { seen, groupOf, counts, order, unclustered, greyed } = groupedNow(map, grouping);
  const found = terms.length ? search(seen, terms) : null;
  const picked = pick ? seen.filter((u) => all[pick.by].of(u) === pick.group) : [];
  const marked = found || (pick ? picked : null);
  const layers = [{ colour: grey.grey, light: () => lightGrey.grey, size: 0.85 }, { colour: grey.other, light: () => lightGrey.other, size: 0.9 },
    ...palette.map((colour, at) => ({ colour, light: () => paletteOf("light")[at], size: 1 })), { colour: grey.mark, light: () => lightGrey.mark, size: 1.6, rim: true }];
  const top = layers.length - 1, layerOf = new Int16Array(N).fill(-1), layerOfGroup = [];
  for (const group of counts.keys()) layerOfGroup[group] = 2 + grouping.colour(group) % MOST_COLOURS;
  if (marked) for (let i = 0; i < seen.length; i++) layerOf[seen[i]] = 0;
  else for (let i = 0; i < seen.length; i++) {
    const u = seen[i], group = groupOf[u];
    layerOf[u] = V.themeOf[u] === UNCLUSTERED && !grouping.withUnclustered ? 0 : group < 0 ? 1 : layerOfGroup[group];
  }
  if (marked) for (const u of marked) layerOf[u] = top;
  map.chosen = mapState.chosen;
  // Of all points they are those that were made ready.
  const around = marked || (seen.length === map.points.length ? map.points : seen);
  map.paint({ layerOf, layers, names: MAP_NAMES, nameKey: [V, study, section], contours: mapState.contours ? around : null });
  const legend = order.map((group) => ({ group, name: grouping.name(group), count: counts.get(group), colour: palette[grouping.colour(group) % MOST_COLOURS] }));
  return { seen, found, picked, around, legend, unclustered, greyed };
}

/** For each theme how many of some passages are in it. */
function countsOfThemes(units) {
  const counts = new Int32Array(V.themes.length), { themeOf } = V;
  for (let i = 0; i < units.length; i++) { const t = themeOf[units[i]]; if (t >= 0) counts[t]++; }
  return counts;
}

/** What makes the map ready before its page is asked for: its colours, and its picture in the size that the page gives it. */
const MAP_AHEAD = [
  () => { if (mapPoints().points.length) lookedAt(theMap()); },
  () => {
    if (!mapPoints().points.length) return;
    const place = h("div", { class: "map" });
    const like = h("div", { class: "of-map map-probe", "aria-hidden": "true" }, h("div", { class: "wide" }, h("div", { class: "map-layout" }, h("div", {}, place), h("div", { class: "map-panel" }))));
    document.body.append(like);
    const { width, height } = place.getBoundingClientRect();
    like.remove();
    theMap().prepare(width, height);
  },
  () => { if (mapPoints().points.length) theMap().linesAround(mapPoints().points); },
  () => {
    const map = theMap(), { width, height } = map;
    if (!width) return;
    // A lasso around everything.
    const all = map.inside([[0, 0], [width, 0], [width, height], [0, height]]);
    peopleOf(all);
    countsOfThemes(all);
  },
];

function mapPage(theme) {
  if (theme !== null) Object.assign(mapState, { pick: { by: "theme", group: themeById.get(theme), id: theme }, query: "", study: "", section: "", chosen: [] });
  const panel = h("div", { class: "map-panel", "aria-live": "polite" });
  const map = theMap();
  map.begin((units, how) => { Object.assign(mapState, { chosen: units, how }); if (how === "lasso" && !FOR_READERS) choose(units); showLists(); });
  if (!map.points.length) return h("div", {}, h("h1", {}, "Map"), h("p", {}, "No passage was clustered, so there is nothing to lay out."));
  const all = groupings(), left = leavers(), clearSearch = () => { mapState.query = ""; refresh(true); };
  let gone = 0, look = null;
  const repaint = () => {
    look = lookedAt(map);
    const { query, section, study } = mapState;
    gone = left(look.found ? [query, section, study].join(" ") : "", look.found || []) ?? gone;
  };

  /** A passage in a list, by its id. */
  const line = (u) => h("div", { class: "line" }, h("p", { class: "id" }, unitId(u)), passage(u, { withTheme: true, terms: termsOf(mapState.query) }));

  const chosenList = () => {
    const { chosen, how } = mapState;
    if (!chosen.length) return null;
    const isLasso = how === "lasso", themes = countsOfThemes(chosen);
    const order = V.themes.map((_, t) => t).filter((t) => themes[t]).sort((a, b) => themes[b] - themes[a] || a - b);
    return h("section", { class: "chosen-list" },
      h("h2", {}, isLasso ? counted(chosen.length, "passage") + " in the lasso" : "Chosen passage"),
      isLasso ? h("p", { class: "facts" }, counted(peopleOf(chosen), "participant")) : null,
      isLasso ? h("ul", { class: "legend" }, order.slice(0, 6).map((t) => h("li", {}, h("span", { class: "legend-name" }, swatchOf(themeColour(t)), themeLink(V.themes[t])), h("span", { class: "num" }, number(themes[t]))))) : null,
      h("div", { class: "buttons" }, isLasso ? newThemeButton(chosen) : null, csvButton(chosen), copyButton("Copy ids", () => chosen.map(unitId).join("\n")),
        button("Clear the selection", () => map.choose([], "click"), { class: "quiet" })),
      paged(chosen, 8, line, "", { first: SEEN_BESIDE.chosen }));
  };

  const foundList = () => h("section", {}, h("h2", {}, counted(look.found.length, "passage") + " found"), leaversNews(gone, "“" + mapState.query + "”", clearSearch),
    editTool(listTools(look.found, "hits")), h("div", { class: "buttons" }, csvButton(look.found)), paged(look.found, 8, line, "No passage has these words.", { first: SEEN_BESIDE.found }));

  const pickedList = () => {
    const { by, group } = mapState.pick, grouping = all[by];
    const view = by === "theme" ? V.themes[group] : by === "recurring" ? V.recurring[group] : null;
    return h("section", {}, h("h2", {}, grouping.href ? link(grouping.href(group), said(grouping.name(group))) : said(grouping.name(group))),
      view ? h("p", { class: "facts" }, ofPeople(view.prevalence) + " · " + shareText(view.prevalence)) : h("p", { class: "facts" }, counted(look.picked.length, "passage")),
      editTool(listTools(look.picked, "all")),
      button("Show all points again", () => { mapState.pick = null; refresh(); }, { class: "quiet" }),
      paged(look.picked, 8, line, "No passages here.", { first: SEEN_BESIDE.found }));
  };

  const legendList = () => {
    const grouping = all[mapState.by], { legend, greyed, unclustered } = look;
    const parts = mapState.by === "theme" && mapState.section === "" && D.sections.length > 1;
    return h("section", {}, h("h2", {}, said(grouping.heading)),
      grouping.withUnclustered ? null : h("p", { class: "hint" }, (parts ? "A theme has a colour of its own in its question; choose a question to tell all apart. " : "") + "Choose one to see it alone." + (greyed ? " Grey: " + number(greyed) + " in none of these." : "") + (unclustered ? " Palest: " + counted(unclustered, "unclustered passage") + "." : "")),
      legendOf(legend.slice(0, SHOWN_IN_LEGEND)), legend.length > SHOWN_IN_LEGEND ? button("Show all " + number(legend.length), (event) => event.target.replaceWith(legendOf(legend.slice(SHOWN_IN_LEGEND))), { class: "quiet" }) : null);
  };

  const legendOf = (entries) => filled(h("ul", { class: "legend" }), entries, (it) => h("li", {},
        button([swatchOf(it.colour), said(it.name)], () => {
          if (mapState.by === "section") Object.assign(mapState, { section: String(it.group), by: "theme" });
          else mapState.pick = { by: mapState.by, group: it.group, id: mapState.by === "theme" ? V.themes[it.group].id : mapState.by === "recurring" ? V.recurring[it.group].id : undefined };
          refresh(true);
        }, { class: "legend-name" }),
        h("span", { class: "num" }, number(it.count))));

  const lookedAtList = () => (look.found ? foundList() : mapState.pick ? pickedList() : legendList());
  // What lies below what is chosen is seen a moment later.
  const showLists = () => fill(panel, chosenList(), mapState.chosen.length ? below(h("div", {}), lookedAtList) : lookedAtList());
  const contourHint = h("p", { class: "hint", hidden: !mapState.contours }, "Lines enclose the densest places with 90, 70, 50, 30 and 10" + THIN + "% of the points.");
  const tools = h("div", {});
  const refresh = (isToolsToo) => {
    repaint();
    if (isToolsToo) drawTools();
    showLists();
  };
  const lassoButton = button("Lasso", () => {
    map.lassoWith(!map.lassoing);
    lassoButton.setAttribute("aria-pressed", String(map.lassoing));
  }, { "aria-pressed": "false", title: "Draw around passages to list them; or hold Shift and drag. Ctrl and click adds one" });
  const contourButton = button("Contours", () => {
    mapState.contours = !mapState.contours;
    contourButton.setAttribute("aria-pressed", String(mapState.contours));
    map.drawContours(mapState.contours ? look.around : null);
    contourHint.hidden = !mapState.contours;
  }, { "aria-pressed": String(mapState.contours), title: "Lines around the densest places" });
  const colours = () => Object.entries(all).filter(([, it]) => it.isThere()).map(([key, it]) => [key, it.title]);
  const drawTools = () => fill(tools, toolbar("Filters and colours", searchField("Search and highlight", mapState.query, (query) => { mapState.query = query; refresh(); }), [
    D.sections.length > 1 ? select("Question", [["", "All questions"], ...D.sections.map((s, i) => [i, s.id + "  " + shorten(sectionTitle(i), 60)])], mapState.section, (v) => { Object.assign(mapState, { section: v, by: usualColours(v), pick: null }); refresh(true); }) : null,
    D.studies.length > 1 ? select("Study", [["", "All studies"], ...D.studies.map((s, i) => [i, s.name])], mapState.study, (v) => { mapState.study = v; refresh(); }) : null,
    colours().length ? select("Colour by", colours(), mapState.by, (v) => { Object.assign(mapState, { by: v, pick: null }); refresh(); }) : null]));
  fill(map.controls, lassoButton, contourButton,
    button("+", () => map.zoom(1.4), { "aria-label": "Zoom in" }), button("−", () => map.zoom(1 / 1.4), { "aria-label": "Zoom out" }), button("All", () => map.fit(), { "aria-label": "Show the whole map" }),
    figureButtons("the map", () => map.figure()));
  map.recolour = () => refresh();
  openMap = map;
  refresh(true);
  if (theme !== null) map.fit();
  return h("div", { class: "map-page" },
    h("h1", {}, "Map of passages"),
    h("p", { class: "lead" }, "Each point is a passage; what is said in similar words lies together. Distances within a clump mean something, those between far clumps do not, and no theme was found from this picture."),
    tools, h("div", { class: "map-layout" }, h("div", {}, map.element, contourHint), panel));
}

let openMap = null;
