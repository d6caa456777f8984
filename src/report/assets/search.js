// Search: words in all their forms, "phrases", OR, minus, participant:, theme:, question:, study:, is:; and passages like one.
//
// In: a query as it is typed. Out: the passages it finds, and where its words stand in a text. Words are those of the
// passages; which forms belong together, and which passages are alike, the program found (src/report/search_part.rs).

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;
/** Scripts that put no spaces between words: there, any part of a text is found. */
const NO_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const FIELDS = ["participant", "theme", "question", "study", "is"];
const SEARCH_HELP = [
  ["night shift", "both words, in all their forms"], ["\"night shift\"", "these words, one after another"], ["night OR evening", "one of the two"], ["shift -night", "without a word, a phrase or a field"],
  ["organi*", "words that begin so"], ["participant:p07", "what one person said"], ["theme:Q2.1, theme:R1", "passages of a theme or its part, or of a recurring theme"], ["theme:none, theme:aside", "passages of no theme, or set aside beforehand"], ["question:Q2", "answers to a question"],
  ["study:homecare", "passages of a study"], ["is:chosen, is:noted, is:pinned", "those that you chose, took a note on, or pinned"]];

/** In one spelling of its letters, whatever program wrote them: an `ü` of one sign or of two. */
const plain = (text) => text.normalize("NFC").toLowerCase();

/** As it is said, without the differences that nobody hears: case, and the sign for an apostrophe. */
const wordForm = (word) => word.normalize("NFC").toLowerCase().replace(/’/g, "'");

/** `app's` is the app's. */
const withoutOwner = (form) => (form.endsWith("'s") ? form.slice(0, -2) : form);

const plainWord = (word) => withoutOwner(wordForm(word));

/** The words of a text with their places; `WORD` itself looks for them, as each copy of it would have to be prepared anew. */
function wordsIn(text) {
  const found = [];
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match; match = WORD.exec(text)) found.push(match);
  return found;
}

/** Whether the words of a phrase stand in `all` from a place on. The last may be somebody's: `the app` is in `the app's`. */
const standsAt = (all, words, at) => words.every((word, i) => all[at + i] === word || (i === words.length - 1 && all[at + i] === word + "'s"));

/** Where the words of a phrase stand one after another in a text: [start, end] each, none in another. */
function phraseSpans(text, forms) {
  const found = wordsIn(text), all = found.map((match) => wordForm(match[0])), spans = [];
  for (let at = 0; at + forms.length <= all.length; at++) {
    if (!standsAt(all, forms, at)) continue;
    const from = found[at], to = found[at + forms.length - 1], isOwner = wordForm(to[0]) !== forms[forms.length - 1];
    at += forms.length - 1;
    spans.push([from.index, to.index + to[0].length - (isOwner ? 2 : 0)]);
  }
  return spans;
}

let searchPart = null;
/** What the program found for searching: read when it is first needed. */
function searchData() {
  if (!searchPart) {
    const { forms, alike } = JSON.parse(document.getElementById("search").textContent);
    const formsOf = new Map();
    for (const line of forms) {
      const all = line.normalize("NFC").split(" ");
      for (const form of all) formsOf.set(form, formsOf.has(form) ? [...formsOf.get(form), ...all] : all);
    }
    searchPart = { formsOf, alike };
  }
  return searchPart;
}

/** Which passages have which word; built bit by bit while the reader reads, and to the end when it is needed. Lists of numbers, through
 * which the browser need not go when it looks for what it can let go of. */
const INDEX = {
  /** Words with their numbers; the words of all passages, one after another, which of them are somebody's (`app's`), and where those
   * of each passage begin. */
  known: new Map(), said: new Int32Array(1 << 18), owners: new Uint8Array(1 << 18), first: new Int32Array(N + 1), done: 0,
  /** The passages of all words, one word after another, and where those of each word begin; `null` before all is read. */
  units: null, firstUnit: null,
  build(until) {
    const isLate = until ? () => performance.now() > until : () => false;
    while (this.done < N && !(this.done % 50 === 0 && isLate())) {
      const u = this.done++, words = U.text[u].match(WORD) || [], from = this.first[u], to = from + words.length;
      if (to > this.said.length) {
        const said = new Int32Array(2 * to), owners = new Uint8Array(2 * to);
        said.set(this.said);
        owners.set(this.owners);
        Object.assign(this, { said, owners });
      }
      for (let i = 0; i < words.length; i++) {
        const form = wordForm(words[i]), word = withoutOwner(form);
        if (word !== form) this.owners[from + i] = 1;
        let number = this.known.get(word);
        if (number === undefined) this.known.set(word, number = this.known.size);
        this.said[from + i] = number;
      }
      this.first[u + 1] = to;
    }
    if (this.done === N) this.listUnits();
  },
  /** Each passage once under each of its words: counted first, then put in place. */
  listUnits() {
    const { said, first, known } = this, ends = new Int32Array(known.size + 1), last = new Int32Array(known.size);
    const each = (tell) => {
      last.fill(-1);
      for (let u = 0; u < N; u++) for (let at = first[u]; at < first[u + 1]; at++) if (last[said[at]] !== u) { last[said[at]] = u; tell(said[at], u); }
    };
    each((word) => ends[word + 1]++);
    for (let word = 0; word < known.size; word++) ends[word + 1] += ends[word];
    const units = new Int32Array(ends[known.size]), next = ends.slice();
    each((word, u) => { units[next[word]++] = u; });
    [this.units, this.firstUnit] = [units, ends];
  },
  /** In pauses, a hundredth of a second at a time; before it, one after another, what `others` make ready. */
  prepare(others) {
    const next = others.shift();
    if (next) next();
    else if (!this.units) this.build(performance.now() + 8);
    else return;
    setTimeout(() => this.prepare(others), 12);
  },
  of(word) {
    if (!this.units) this.build(0);
    const number = this.known.get(word);
    return number === undefined ? [] : Array.from(this.units.subarray(this.firstUnit[number], this.firstUnit[number + 1]));
  },
  /** Whether words, by their numbers, stand one after another in a passage; those before the last with `'s` where `owners` has 1,
   * and without where it has 0. The last may be somebody's, as in `standsAt`, but where `owners` has 1 it must be. */
  isInOrder(u, numbers, owners) {
    const end = numbers.length - 1, last = this.first[u + 1] - end;
    for (let at = this.first[u]; at < last; at++) {
      let i = 0;
      while (i <= end && this.said[at + i] === numbers[i] && (this.owners[at + i] === owners[i] || (i === end && !owners[i]))) i++;
      if (i > end) return true;
    }
    return false;
  },
  beginning(letters) {
    this.of("");
    return [...this.known.keys()].filter((word) => word.startsWith(letters));
  },
};

/** Not copied, as `WORD`. */
const TOKEN = /(-?)(?:(\p{L}+):)?(?:["“”„]([^"“”„]*)["“”„]?|([^\s"“”„]+))/gu;

/** `[-]["phrase" | field:value | word]`, with OR between two of them. */
function tokensOf(query) {
  const found = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(query); match; match = TOKEN.exec(query)) {
    const [whole, minus, field, phrase, word] = match;
    if (whole === "OR") { if (found.length) found.isOr = true; continue; }
    const known = field !== undefined && FIELDS.includes(field.toLowerCase());
    // What stands before the colon of another is told where nothing is found: `foo:bar` may also be words.
    const term = known ? { field: field.toLowerCase(), value: phrase ?? word } : phrase !== undefined ? { phrase: (field ? field + ":" : "") + phrase } : { word: (field ? field + ":" : "") + word };
    if (field && !known) term.unknown = field;
    term.isNot = minus === "-";
    if (found.isOr) { found[found.length - 1].push(term); found.isOr = false; } else found.push([term]);
  }
  return found;
}

/** Themes, recurring themes and parts, each with its passages. */
function themesToSearch() {
  const views = shownThemes(true), isStill = (u, view, part) => V.themeOf[u] === view.index && U.theme[u] === view.index && U.part[u] === part;
  return [
    views.map((view) => ({ id: view.id, label: view.label, members: () => view.members })),
    V.recurring.map((it) => ({ id: it.id, label: it.label, members: () => it.themes.flatMap((index) => V.themes[index].members) })),
    views.flatMap((view) => view.found.parts.map((part, at) => ({ id: part.id, label: part.label, members: () => view.members.filter((u) => isStill(u, view, at)) })))];
}

/** The field that knows a name; null for none. */
function fieldOf(name) {
  const isIt = (other) => plain(other) === plain(name);
  if (D.participants.id.some((id, p) => isIt(id) || isIt(D.studies[D.participants.study[p]].name + "/" + id))) return "participant";
  if (themesToSearch().flat().some((it) => isIt(it.id))) return "theme";
  if (D.sections.some((section) => isIt(section.id))) return "question";
  return D.studies.some((study) => isIt(study.name)) ? "study" : null;
}

/** A query: passages must fit one term of each group. */
class Query {
  constructor(text) {
    this.text = text;
    // A letter and its mark are one sign in some files, two in others; words are compared in one form.
    this.groups = tokensOf(text.normalize("NFC"));
    this.length = this.groups.length;
    /** What to tell the reader about it. */
    this.notes = [];
    this.words = new Set();
    this.patterns = [];
    this.phrases = [];
    this.hits = null;
    /** What was asked last, and what was found of it. */
    this.among = this.units = null;
  }

  /** Whether no edit and no choice changes what it finds, nor what is told of it. */
  isOfWords() {
    return this.hits !== null && this.notes.length === 0 && !this.groups.flat().some((term) => term.field === "theme" || term.field === "is");
  }

  /** 1 for each passage that fits. */
  found() {
    if (!this.hits) {
      this.hits = new Uint8Array(N).fill(1);
      for (const group of this.groups) {
        const any = new Uint8Array(N);
        for (const term of group) {
          const own = this.unitsOf(term), isOfTerm = term.isNot ? new Uint8Array(N) : any;
          for (let i = 0; i < own.length; i++) isOfTerm[own[i]] = 1;
          if (term.isNot) for (let u = 0; u < N; u++) if (!isOfTerm[u]) any[u] = 1;
        }
        for (let u = 0; u < N; u++) this.hits[u] &= any[u];
      }
      if (this.length && !this.hits.includes(1)) this.notes.push(...this.meant());
    }
    return this.hits;
  }

  /** Which fields know what was typed as words and is said by nobody. */
  meant() {
    const typed = this.groups.flat().filter((term) => !term.field && !term.isNot).map((term) => term.phrase ?? term.word);
    const names = [...new Set([this.text.trim(), ...typed])], quoted = (name) => (/\s/.test(name) ? '"' + name + '"' : name);
    return names.filter(fieldOf).map((name) => "Did you mean " + fieldOf(name) + ":" + quoted(name) + "?");
  }

  unitsOf(term) {
    const found = this.ofTerm(term);
    if (term.unknown && !found.length) this.notes.push("There is no field “" + term.unknown + "”; the fields are " + FIELDS.join(", ") + ".");
    return found;
  }

  ofTerm(term) {
    if (term.field) return this.ofField(term.field, term.value);
    if (term.phrase !== undefined) return this.ofPhrase(term);
    if (NO_SPACES.test(term.word)) return this.ofLetters(term.word.toLowerCase(), term);
    const words = term.word.match(WORD);
    if (!words) return this.ofSign(term.word, term);
    // `up-to-date` is three words, one after another.
    if (words.length > 1) return this.ofPhrase({ ...term, phrase: term.word });
    const word = plainWord(words[0]);
    let matched = term.word.endsWith("*") ? INDEX.beginning(word) : [word, ...(searchData().formsOf.get(word) || [])];
    if (!matched.some((it) => INDEX.of(it).length) && word.length > 2) {
      matched = INDEX.beginning(word);
      let stem = word;
      while (!matched.length && stem.length > 4 && stem.length > word.length - 3) { stem = stem.slice(0, -1); matched = INDEX.beginning(stem); }
      if (matched.length) this.notes.push("Nobody says “" + word + "”; words that begin with “" + stem + "” were taken: " + matched.slice(0, 8).join(", ") + (matched.length > 8 ? ", …" : "") + ".");
      else this.notes.push("Nobody says “" + word + "”.");
    }
    if (!term.isNot) for (const it of matched) this.words.add(it);
    return matched.flatMap((it) => INDEX.of(it));
  }

  ofPhrase(term) {
    if (NO_SPACES.test(term.phrase)) return this.ofLetters(term.phrase.toLowerCase(), term);
    const words = term.phrase.match(WORD);
    if (!words) return this.ofSign(term.phrase, term);
    const forms = words.map(wordForm);
    if (!term.isNot) this.phrases.push(forms);
    const plain = forms.map(withoutOwner), rarest = plain.map((word) => INDEX.of(word)).sort((a, b) => a.length - b.length)[0];
    const numbers = rarest.length ? plain.map((word) => INDEX.known.get(word)) : [], owners = plain.map((word, i) => Number(word !== forms[i]));
    return rarest.filter((u) => INDEX.isInOrder(u, numbers, owners));
  }

  /** What holds no letter and no digit, an emoji or `€`: any part of a text. */
  ofSign(sign, term) {
    if (!/[\p{S}%‰§@#&]/u.test(sign)) {
      if (sign.trim()) this.notes.push("“" + sign.trim() + "” is no word and was passed over.");
      return term.isNot ? [] : allUnits;
    }
    const found = this.ofLetters(sign.trim().toLowerCase(), term);
    if (!found.length) this.notes.push("“" + sign.trim() + "” is in no passage.");
    return found;
  }

  ofLetters(letters, term) {
    if (!term.isNot) this.patterns.push(new RegExp([letters, letters.normalize("NFD")].map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "giu"));
    return allUnits.filter((u) => plain(U.text[u]).includes(letters));
  }

  ofField(field, value) {
    const wanted = plain(value), fits = (text) => (wanted.endsWith("*") ? plain(text).startsWith(wanted.slice(0, -1)) : plain(text) === wanted);
    const none = (what) => { this.notes.push("There is no " + what + " “" + value + "”."); return []; };
    switch (field) {
      case "participant": {
        const people = new Set(D.participants.id.map((id, p) => p).filter((p) => fits(D.participants.id[p]) || fits(D.studies[D.participants.study[p]].name + "/" + D.participants.id[p])));
        return people.size ? allUnits.filter((u) => people.has(participantOf(u))) : none("participant");
      }
      case "study": {
        const studies = new Set(D.studies.map((_, s) => s).filter((s) => fits(D.studies[s].name)));
        return studies.size ? allUnits.filter((u) => studies.has(studyOf(u))) : none("study");
      }
      case "question": {
        const byId = D.sections.map((_, s) => s).filter((s) => fits(D.sections[s].id));
        const sections = new Set(byId.length ? byId : D.sections.map((_, s) => s).filter((s) => wanted && plain(sectionTitle(s)).includes(wanted)));
        return sections.size ? allUnits.filter((u) => sections.has(sectionOf(u))) : none("question");
      }
      case "theme": {
        if (wanted === "none") return allUnits.filter((u) => V.themeOf[u] === UNCLUSTERED);
        if (wanted === "aside") return allUnits.filter((u) => V.themeOf[u] < UNCLUSTERED);
        const kinds = themesToSearch(), byId = kinds.flat().filter((it) => fits(it.id));
        const byName = kinds.map((kind) => kind.filter((it) => wanted && plain(it.label).includes(wanted)));
        const named = byId.length ? byId : byName.find((kind) => kind.length) || [];
        return named.length ? named.flatMap((it) => it.members()) : none("theme");
      }
      default:
        if (wanted === "chosen") return [...chosen];
        if (wanted === "noted") return Object.keys(E.note).map(unitByid).filter((u) => u !== undefined);
        if (wanted === "pinned") return shownThemes(true).flatMap((view) => [...view.pins]).map(unitByid).filter((u) => u !== undefined);
        return none("such word behind is:");
    }
  }

  /** Where its words stand in a text: [start, end] each. */
  spans(text) {
    this.found();
    const spans = [];
    if (this.words.size) for (const match of wordsIn(text)) if (this.words.has(plainWord(match[0]))) spans.push([match.index, match.index + match[0].length]);
    for (const forms of this.phrases) spans.push(...phraseSpans(text, forms));
    for (const pattern of this.patterns) for (const match of text.matchAll(pattern)) spans.push([match.index, match.index + match[0].length]);
    return spans.sort((a, b) => a[0] - b[0]).slice(0, 500);
  }
}

/** The query of a text; the same one while neither themes nor what is chosen have changed, or where it asks for neither. */
let lastQuery = null;
function termsOf(text) {
  const isNow = lastQuery && lastQuery.text === text && ((lastQuery.view === V && lastQuery.choice === choices) || lastQuery.isOfWords());
  if (!isNow) lastQuery = Object.assign(new Query(text), { view: V, choice: choices });
  return lastQuery;
}

/** Units of `among` that a query finds: the same list where the same is asked again. */
function search(among, query) {
  if (!query.length) return among;
  const hits = query.found();
  if (query.among !== among) Object.assign(query, { among, units: among.filter((u) => hits[u]) });
  return query.units;
}

/** What is alike, unpacked; `null` where nothing is known of that. */
function alikeData() {
  const { alike } = searchData();
  if (alike && !alike.packed) {
    alike.packed = atob(alike.nearest);
    alike.rows = new Int32Array(N).fill(-1);
    let rows = 0;
    for (let unit = 0; unit < N; unit++) if (U.x[unit] >= 0) alike.rows[unit] = rows++;
  }
  return alike;
}

/** The passages that are most like one, the nearest first. */
function passagesLike(u) {
  const alike = alikeData();
  if (!alike) return [];
  const row = alike.rows[u], found = [];
  if (row < 0) return found;
  for (let i = row * alike.each; i < (row + 1) * alike.each; i++) {
    let near = 0;
    for (let byte = alike.bytes - 1; byte >= 0; byte--) near = near * 256 + alike.packed.charCodeAt(i * alike.bytes + byte);
    found.push(near);
  }
  return found;
}

const likeHref = (u) => "#/like/" + encodeURIComponent(unitId(u));

function likePage(id) {
  const u = unitByid(id);
  if (u === undefined) return notFound("There is no passage " + id + ".");
  const near = passagesLike(u);
  return h("div", {}, h("p", { class: "crumbs" }, link("#/passages", "Passages")), h("h1", {}, "More like this"),
    passage(u, { withTheme: true }),
    h("h2", {}, near.length ? "The " + counted(near.length, "passage") + " nearest to it" : "Nothing to compare"),
    near.length ? [h("p", { class: "hint" }, "By the cosine of their vectors, of all passages that were clustered on, the nearest first. Nearness is one of wording and subject: read them."), listTools(near, "like"), filled(h("div", {}), near, (it) => passage(it, { withTheme: true }), SEEN_FIRST.alike)]
      : h("p", {}, "This passage was set aside, so nothing is known of what is like it."));
}

/** How the hits fall among the themes, with a way to those of one. */
function themeCounts(found, narrow) {
  const counts = new Int32Array(V.themes.length), { themeOf, alsoOf } = V;
  let inNone = 0, aside = 0;
  for (let i = 0; i < found.length; i++) {
    const t = themeOf[found[i]];
    if (t < UNCLUSTERED) { aside++; continue; }
    if (t < 0) { inNone++; continue; }
    counts[t]++;
    const further = alsoOf.get(found[i]);
    if (further) for (const other of further) counts[other]++;
  }
  const there = V.themes.filter((view) => counts[view.index]);
  if (!there.length) return null;
  const row = (name, id, n, of) => h("tr", {}, h("th", { scope: "row" }, name), h("td", { class: "num" }, number(n)), h("td", { class: "num" }, of ? percent(n / of) + " of " + number(of) : "–"),
    h("td", {}, button("Only these", () => narrow("theme:" + id), { class: "quiet", "aria-label": "Only those of " + id })));
  const box = h("details", { class: "counts" }, h("summary", { onclick: () => { if (box.childElementCount === 1) box.append(table()); } },
    "By theme: " + countedThemes(there.map((view) => view.found)) + (inNone ? ", " + number(inNone) + " in none" : "") + (aside ? ", " + number(aside) + " set aside" : "")));
  const table = () => {
    const order = there.map((view) => view.index).sort((a, b) => counts[b] - counts[a] || a - b);
    return scrollable("Passages found, by theme", h("table", { class: "plain" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Theme"), h("th", { scope: "col", class: "num" }, "Passages"), h("th", { scope: "col", class: "num" }, "Of the theme"), h("td", {}))),
      h("tbody", {}, order.slice(0, 40).map((t) => row([h("span", { class: "id" }, V.themes[t].id), " ", themeLink(V.themes[t])], V.themes[t].id, counts[t], V.themes[t].members.length)), inNone ? row("In none", "none", inNone, 0) : null, aside ? row("Set aside", "aside", aside, 0) : null)));
  };
  return box;
}

function searchHelp() {
  return h("details", { class: "counts" }, h("summary", {}, "How to search"),
    h("dl", { class: "facts-list" }, SEARCH_HELP.map(([example, meaning]) => definition(h("code", {}, example), meaning))));
}

/** Lists by the page and place they are on: what was searched for, and which leaf was open, for after an edit. */
let listMemories = new Map();
function listMemory(place) {
  const key = location.hash + " " + place;
  if (!listMemories.has(key)) listMemories.set(key, { query: "", page: 0 });
  return listMemories.get(key);
}

/** `rehearse`, where there are such lists: those on the page that is read stay as they are. */
function rehearseLists(draw) {
  const before = listMemories;
  listMemories = new Map();
  rehearse(draw);
  listMemories = before;
}

/** A list of passages with a field to search them; `first`: how many of them are drawn at once when the page is. */
function searchable(units, options, empty, place = "list", first = undefined) {
  const memory = listMemory(place), list = passageList(place, empty, memory);
  const draw = (query, first = undefined) => {
    if (query !== memory.query) Object.assign(memory, { query, page: 0 });
    const terms = termsOf(query), found = search(units, terms);
    const sought = { key: query, what: "“" + query + "”", among: units, clear: () => { field.querySelector("input").value = ""; draw(""); } };
    list.show(found, { ...options, terms, first, sought }, terms.notes.map((note) => h("p", { class: "hint" }, said(note))), editTool(listTools(found, terms.length ? "hits" : "all")), h("div", { class: "buttons" }, csvButton(found)));
  };
  const field = searchField("Search these passages", memory.query, (query) => draw(query));
  draw(memory.query, first);
  return h("div", {}, h("div", { class: "tools" }, field), placeOf(list));
}
