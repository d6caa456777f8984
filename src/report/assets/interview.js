// One interview at a time: every question and answer in order, passages marked by their themes; and the list of all.

/** For each interview its people and its answers in order. An interview is a participant's own, or a group's. */
const INTERVIEWS = (() => {
  const { groups = [], group = [] } = D.people, found = [], numberOf = new Map();
  const ofPerson = D.participants.id.map((id, p) => {
    const isGroup = group.length > 0 && group[p] >= 0;
    const key = isGroup ? "group " + D.participants.study[p] + " " + group[p] : "own " + p;
    if (!numberOf.has(key)) {
      numberOf.set(key, found.length);
      found.push({ study: D.participants.study[p], id: isGroup ? groups[group[p]] : id, isGroup, people: [], answers: [] });
    }
    found[numberOf.get(key)].people.push(p);
    return numberOf.get(key);
  });
  for (let a = 0; a < A.participant.length; a++) found[ofPerson[A.participant[a]]].answers.push(a);
  return { list: found, ofPerson };
})();

const askedAgain = new Set(A.again);
const unitsOfPeople = (() => {
  const counts = new Uint32Array(D.participants.id.length);
  for (let u = 0; u < N; u++) counts[participantOf(u)]++;
  return counts;
})();

const personName = (p) => D.studies[D.participants.study[p]].name + "/" + D.participants.id[p];
let peopleByName = null;

/** The participant and the answer that a link names: `study/participant`, or `study/participant#7`. */
function personAt(text) {
  peopleByName ||= new Map(D.participants.id.map((_, p) => [personName(p), p]));
  if (peopleByName.has(text)) return { person: peopleByName.get(text), answer: null };
  const at = text.lastIndexOf("#"), person = at < 0 ? undefined : peopleByName.get(text.slice(0, at));
  return person === undefined ? null : { person, answer: Number(text.slice(at + 1)) };
}

const interviewHref = (p, answer) => "#/interview/" + encodeURIComponent(personName(p) + (answer === undefined ? "" : "#" + answer));

/** Who said a passage and where, as a link to it in its interview. */
function locatorLink(u) {
  if (FOR_READERS) return said(locator(u));
  return link(interviewHref(participantOf(u), A.number[U.answer[u]]), said(locator(u)));
}

const personLink = (p, withStudy) => (FOR_READERS ? said(D.participants.id[p]) : link(interviewHref(p), said(withStudy ? personName(p) : D.participants.id[p])));

/** What is known of somebody: name and value of each attribute that has one. */
const attributesOf = (p) => (D.people.attributes || []).filter((it) => it.of[p] >= 0).map((it) => [it.name, it.values[it.of[p]]]);

// Recordings

const recordingOf = (p) => (D.people.recording && D.people.recording[p]) || null;
const isVideo = (url) => /\.(mp4|webm|m4v|mov|ogv)$/i.test(url);

function secondsOf(u) {
  const time = U.time && U.time[u];
  return time ? time.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) : null;
}

/** A player that stands at a time. */
function player(url, seconds, name) {
  const element = h(isVideo(url) ? "video" : "audio", { controls: true, preload: "none", src: url, class: "player", "aria-label": "Recording of " + name });
  if (seconds) element.currentTime = seconds;
  const box = h("div", { class: "recording" }, element);
  element.addEventListener("error", () => fill(box, h("p", { class: "notice" }, "The recording ", said(decodeURIComponent(url)), " does not play: it is looked for there, from the folder of this report.")));
  return { box, element, from: (at) => { element.currentTime = at; element.play().catch(() => {}); } };
}

/** A control that plays a passage from its time; null where there is no time or no recording. */
function playToggle(u, toggle) {
  const url = recordingOf(participantOf(u)), seconds = secondsOf(u);
  if (!url || seconds === null) return null;
  return toggle("Play " + U.time[u], () => {
    const it = player(url, seconds, locator(u));
    it.from(seconds);
    return it.box;
  });
}

// The list

const interviewsState = { study: "", group: "", query: "" };

function interviewsPage() {
  const state = interviewsState, attributes = D.people.attributes || [];
  const themesOf = D.participants.id.map(() => new Set()), inThemes = new Uint32Array(D.participants.id.length);
  for (let u = 0; u < N; u++) if (V.themeOf[u] >= 0) { themesOf[participantOf(u)].add(V.themeOf[u]); inThemes[participantOf(u)]++; }
  const list = h("div", { "aria-live": "polite" });
  const shown = attributes.slice(0, 6);
  const row = (p) => h("tr", {}, h("th", { scope: "row" }, personLink(p)), D.studies.length > 1 ? h("td", {}, said(D.studies[D.participants.study[p]].name)) : null,
    h("td", { class: "num" }, number(unitsOfPeople[p])), h("td", { class: "num" }, number(inThemes[p])), h("td", { class: "num" }, number(themesOf[p].size)),
    shown.map((it) => h("td", { dir: "auto" }, it.of[p] < 0 ? "–" : it.values[it.of[p]])), D.people.recording ? h("td", {}, recordingOf(p) ? "yes" : "–") : null);
  const refresh = () => {
    const terms = plain(state.query).split(/\s+/).filter(Boolean);
    const isOne = isOfChoice(state.group);
    const people = D.participants.id.map((_, p) => p).filter((p) => isOne(p) && (state.study === "" || D.participants.study[p] === Number(state.study))
      && terms.every((term) => plain(personName(p) + " " + attributesOf(p).map((it) => it[1]).join(" ")).includes(term)));
    fill(list, pagedTable(people, 50, "Interviews", h("tr", {}, h("th", { scope: "col" }, "Participant"), D.studies.length > 1 ? h("th", { scope: "col" }, "Study") : null,
      ["Passages", "in themes", "Themes"].map((name) => h("th", { scope: "col", class: "num" }, name)), shown.map((it) => h("th", { scope: "col", dir: "auto" }, it.name)), D.people.recording ? h("th", { scope: "col" }, "Recording") : null), row));
  };
  refresh();
  const set = (key) => (value) => { state[key] = value; refresh(); };
  return h("div", {}, h("h1", {}, "Interviews"), h("p", { class: "lead" }, "Read one from its first question to its last answer."),
    toolbar("Filters", searchField("Search participants", state.query, set("query")), [
      D.studies.length > 1 ? select("Study", [["", "All studies"], ...D.studies.map((s, i) => [i, s.name])], state.study, set("study")) : null,
      groupFilter(state.group, set("group"))]),
    list);
}

/** A table a page at a time. */
function pagedTable(items, size, label, head, row) {
  const box = h("div", { class: "paged" });
  let from = 0;
  const show = (isTurned) => {
    const to = Math.min(items.length, from + size);
    const status = h("p", { class: "count", tabindex: "-1" }, items.length ? number(from + 1) + "–" + number(to) + " of " + number(items.length) : "Nobody fits.");
    fill(box, status, items.length ? scrollable(label, h("table", { class: "plain" }, h("thead", {}, head), filled(h("tbody", {}), items.slice(from, to), row))) : null,
      items.length > size ? h("div", { class: "pager" },
        button("Previous", () => { from -= size; show(true); }, { disabled: from === 0 }),
        button("Next", () => { from += size; show(true); }, { disabled: to === items.length })) : null);
    if (isTurned) { status.focus({ preventScroll: true }); box.scrollIntoView({ block: "start" }); }
  };
  show(false);
  return box;
}

// One interview

/** The theme that is looked at in an interview, over all of them; null for all. */
let themeLookedAt = null;

/** Colours of the themes of the interview that is shown. */
let coloursHere = new Map();

/** For each theme its colour among those of its question, or, where another theme here has that, the next free one. */
function distinctColours(themes) {
  const palette = paletteOf(isDark() ? "dark" : "light"), taken = new Set();
  return new Map(themes.map((t) => {
    let at = colourNumber(t) % MOST_COLOURS;
    for (let i = 0; taken.has(at) && i < MOST_COLOURS; i++) at = (at + 1) % MOST_COLOURS;
    taken.add(at);
    return [t, palette[at]];
  }));
}

function interviewPage(id) {
  const at = personAt(id || "");
  if (!at) return notFound("There is no participant " + id + ".");
  const number_ = INTERVIEWS.ofPerson[at.person], interview = INTERVIEWS.list[number_];
  const name = interview.isGroup ? interview.id : D.participants.id[at.person];
  const units = interview.answers.flatMap((a) => { const [from, to] = unitsOfAnswer(a); return Array.from({ length: to - from }, (_, i) => from + i); });
  const counts = new Map();
  for (const u of units) for (const t of themesOfUnit(u)) counts.set(t, (counts.get(t) || 0) + 1);
  const themes = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b);
  coloursHere = distinctColours(themes);
  const url = recordingOf(at.person);
  const recording = url ? player(url, 0, name) : null;
  if (themeLookedAt !== null && !counts.has(themeLookedAt)) themeLookedAt = null;
  const transcript = h("div", { class: "transcript" });
  const look = () => {
    transcript.classList.toggle("looking", themeLookedAt !== null);
    const wanted = String(themeLookedAt);
    for (const piece of transcript.querySelectorAll(".piece")) {
      piece.classList.toggle("of", themeLookedAt !== null && piece.dataset.themes.split(" ").includes(wanted));
    }
    for (const control of key.querySelectorAll("button")) control.setAttribute("aria-pressed", String(control.dataset.theme === String(themeLookedAt)));
  };
  const key = filled(h("ul", { class: "legend" }), themes, (t) => h("li", {},
    button([swatchOf(coloursHere.get(t)), said(V.themes[t].label)], () => {
      themeLookedAt = themeLookedAt === t ? null : t;
      finishPage();
      look();
      const first = transcript.querySelector(".piece.of");
      if (first) first.scrollIntoView({ block: "center" });
    }, { class: "legend-name", "data-theme": t, "aria-pressed": String(themeLookedAt === t), title: "Show the passages of this theme" }),
    h("span", { class: "num" }, number(counts.get(t)))));
  const turn = (a) => turnOf(a, interview, recording, at.answer === A.number[a] && A.participant[a] === at.person);
  // What the reader came for may stand anywhere.
  if (at.answer === null && themeLookedAt === null) filled(transcript, interview.answers, turn, turnsSeen(interview.answers));
  else add(transcript, interview.answers.map(turn));
  look();
  const files = [...new Set(interview.answers.map((a) => D.files[A.file[a]]))];
  const around = (by, word, rel) => {
    const other = INTERVIEWS.list[number_ + by];
    return other ? h("a", { href: interviewHref(other.people[0]), rel }, word + " ", said(other.id)) : h("span", {}, word + ": none");
  };
  const knownOf = (p) => attributesOf(p).map(([name, value]) => definition(said(name), said(value)));
  return h("div", { class: "interview" },
    h("p", { class: "crumbs" }, link("#/interviews", "Interviews"), " › ", said(D.studies[interview.study].name)),
    h("h1", { dir: "auto" }, name),
    h("p", { class: "facts" }, h("b", {}, counted(interview.answers.length, "answer")), h("span", {}, counted(units.length, "passage")), h("span", {}, countedThemes(themes.map((t) => T[t]))),
      interview.isGroup ? h("span", {}, "a group of " + number(interview.people.length)) : null, h("span", {}, said(files.join(", ")))),
    h("p", { class: "around" }, around(-1, "Previous", "prev"), around(1, "Next", "next")),
    h("div", { class: "interview-layout" },
      h("div", { class: "interview-side" },
        recording ? recording.box : null,
        interview.people.map((p) => [
          interview.isGroup ? h("h2", { dir: "auto" }, D.participants.id[p]) : null,
          attributesOf(p).length ? h("dl", { class: "facts-list" }, knownOf(p)) : null]),
        h("h2", {}, "Themes"), themes.length ? [h("p", { class: "hint" }, "Choose one to see its passages alone."), key] : h("p", {}, "No passage is in a theme."),
        h("div", { class: "buttons" }, csvButton(units, "interview"), button("Print", () => window.print(), { class: "quiet" }))),
      h("div", {}, h("h2", {}, "Transcript"), transcript,
        h("p", { class: "hint" }, "What an interviewer said after the last answer is not kept in an analysis."))),
    h("p", { class: "around" }, around(-1, "Previous", "prev"), around(1, "Next", "next")));
}

/** How many questions with their answers fill the window, about, below what stands above them: by their lines. */
function turnsSeen(answers) {
  const linesOf = (text, letters) => Math.ceil(text.length / letters);
  let room = (window.innerHeight - 300) / 25, n = 0;
  for (; n < answers.length && room > 0; n++) {
    const [from, to] = unitsOfAnswer(answers[n]);
    room -= 4 + linesOf(D.questions[A.question[answers[n]]] || "", 100);
    // What a passage is called stands beside it, in two lines.
    for (let u = from; u < to; u++) room -= Math.max(2, linesOf(U.text[u], 75));
  }
  return n;
}

function rehearseInterview({ people }) {
  const before = [coloursHere, themeLookedAt];
  rehearse(() => interviewPage(personName(people[0])));
  [coloursHere, themeLookedAt] = before;
}

/** The themes of a passage, the first one first. */
const themesOfUnit = (u) => (V.themeOf[u] >= 0 ? [V.themeOf[u], ...(V.alsoOf.get(u) || [])] : []);

/** A question and its answer; `isSought`: the reader came for it. */
function turnOf(a, interview, recording, isSought) {
  const [from, to] = unitsOfAnswer(a), question = D.questions[A.question[a]], time = U.time && U.time[from];
  const play = recording && time ? button("Play " + time, () => recording.from(secondsOf(from)), { class: "quiet" }) : null;
  return h("div", { class: "turn" + (isSought ? " sought" : ""), "data-arrive": isSought },
    question && !askedAgain.has(a) ? h("div", { class: "asks" }, h("p", { class: "who" }, "Interviewer"), question.split(/\n+/).filter(Boolean).map((line) => h("p", { dir: "auto" }, line))) : null,
    h("div", { class: "answers" },
      h("p", { class: "who" }, interview.isGroup ? personLink(A.participant[a]) : "Participant", " ", h("span", { class: "id" }, "answer " + A.number[a]),
        A.section[a] >= 0 && D.sections[A.section[a]].id !== "T" ? [" ", link("#/question/" + encodeURIComponent(D.sections[A.section[a]].id), D.sections[A.section[a]].id)] : null,
        time && !play ? h("span", { class: "num" }, " " + time) : null, play),
      Array.from({ length: to - from }, (_, i) => pieceOf(from + i))));
}

/** A passage in its interview. */
function pieceOf(u) {
  const themes = themesOfUnit(u), isExcluded = V.themeOf[u] < UNCLUSTERED, memo = noteOf(u);
  const box = h("div", { class: "piece" + (themes.length ? "" : isExcluded ? " excluded" : " unclustered"), "data-themes": themes.join(" "), id: "u" + u });
  if (themes.length) box.style.setProperty("--theme", coloursHere.get(themes[0]));
  let opened = null;
  const open = button("…", () => {
    if (opened) { opened.remove(); opened = null; } else { opened = passage(u, { withTheme: true }); box.append(opened); }
    open.setAttribute("aria-expanded", String(opened !== null));
  }, { class: "quiet more", "aria-expanded": "false", "aria-label": "What can be done with this passage", title: unitId(u) });
  return add(box, [
    h("div", { class: "words" }, longText(U.text[u], [])),
    h("p", { class: "labels" }, themes.length
      ? themes.map((t) => h("a", { href: themeHref(V.themes[t]), class: "label" }, swatchOf(coloursHere.get(t)), said(shorten(V.themes[t].label, 70))))
      : h("span", { class: "label" }, isExcluded ? "set aside: " + D.exclusions[-2 - V.themeOf[u]] : "in no theme"), open),
    marginNote(u),
    memo ? h("p", { class: "memo", dir: "auto" }, h("b", {}, "Your note: "), memo) : null]);
}
