// Lists of passages, what of a page stays where it is while the rest is drawn anew, and what is drawn a moment later: an
// edit of hundreds of passages costs the browser no more than what is seen to change, a long page what is seen of it first.
//
// In: units, and how each is drawn. Out: elements. It makes no edit, and knows no page by its name.

/** What of the page is still to be drawn, below what is seen first. */
let unfinished = [];

const whenIdle = (task) => (window.requestIdleCallback ? requestIdleCallback(task, { timeout: 300 }) : setTimeout(task, 30));

/** Draws more of the page as soon as its beginning is seen. */
function later(draw) {
  unfinished.push(draw);
  if (unfinished.length === 1) whenIdle(finishPage);
}

/** So many passages, passages below the one that they are like, or rows of a list are drawn at once; the others when these are seen. */
const SEEN_FIRST = { passages: 6, alike: 4, rows: 8 };

/** Fills a list of rows, those that are seen first at once. */
function filled(list, items, row, first = SEEN_FIRST.rows) {
  add(list, items.slice(0, first).map(row));
  if (items.length > first) later(() => { if (list.isConnected) add(list, items.slice(first).map(row)); });
  return list;
}

/** An element for what lies further down the page. */
function below(element, draw) {
  later(() => { if (element.isConnected) add(element, [draw()]); });
  return element;
}

/** Draws what is left of the page: for whoever needs it whole, as the printer, the keys and the way back do. */
function finishPage() {
  const left = unfinished;
  unfinished = [];
  for (const draw of left) draw();
}

/** Puts children in place of those of an element; one that is there already is not touched. */
function settle(element, children) {
  const staying = new Set(children);
  if (![...element.childNodes].some((child) => staying.has(child))) { element.replaceChildren(...children); return; }
  for (const child of [...element.childNodes]) if (!staying.has(child)) child.remove();
  let at = element.firstChild;
  for (const child of children) {
    if (child === at) at = at.nextSibling;
    else element.insertBefore(child, at);
  }
}

/** What of the page that is shown outlasts its being drawn anew, by its name. */
let lasting = new Map(), lastingOn = null;
/** While a page is drawn anew: the place that it leaves for what stays, and what stays. */
let places = null;

/** Before a page is drawn; `isNew`: nothing stays of the one before. */
function beginPage(isNew) {
  if (isNew || lastingOn !== location.hash) [lasting, unfinished] = [new Map(), []];
  lastingOn = location.hash;
  places = new Map();
}

/** Draws a page that nobody sees, and lets go of it: what draws it, and its words, are ready then for when it is asked for. */
function rehearse(draw) {
  const before = [lasting, places, unfinished], stage = h("div", { class: "wide rehearsal", "aria-hidden": "true" });
  [lasting, places, unfinished] = [new Map(), new Map(), []];
  try {
    stage.append(draw());
    document.body.append(stage);
    stage.getBoundingClientRect();
  } finally {
    stage.remove();
    [lasting, places, unfinished] = before;
  }
}

/** What has an `element` that stays where it is while its page is shown. */
function lastingly(name, make) {
  const known = lasting.get(name);
  if (known && known.element.isConnected) return known;
  const made = make();
  lasting.set(name, made);
  return made;
}

/** The element of what stays, or the place for it where it is shown already. */
function placeOf({ element }) {
  if (!element.isConnected) return element;
  const place = h("div", {});
  places.set(place, element);
  return place;
}

/** Shows a page that was drawn: what stays is left in place, with its ancestors; all else is exchanged. */
function showPage(main, children) {
  const exchange = (element, fresh) => settle(element, fresh.map((child) => {
    if (places.has(child)) return places.get(child);
    const [place] = [...places.keys()].filter((it) => child.contains(it));
    if (!place) return child;
    const own = [...element.childNodes].find((it) => it.contains(places.get(place)));
    // The page has another shape than before.
    if (!own || own.nodeName !== child.nodeName) {
      for (const [it, element_] of places) if (child.contains(it)) it.replaceWith(element_);
      return child;
    }
    for (const name of own.getAttributeNames()) if (!child.hasAttribute(name)) own.removeAttribute(name);
    for (const name of child.getAttributeNames()) own.setAttribute(name, child.getAttribute(name));
    exchange(own, [...child.childNodes]);
    return own;
  }));
  exchange(main, children);
  places = null;
}

/** An element that is drawn anew when its `key` has changed; `renew` looks. */
function living(key, draw) {
  let known = key(), element = draw();
  const renew = () => {
    const now = key();
    if (now === known) return;
    known = now;
    const next = draw(), hadFocus = element === document.activeElement;
    element.replaceWith(next);
    element = next;
    if (hadFocus) element.focus({ preventScroll: true });
  };
  return { element, renew };
}

/** How to bring a passage that is shown to where the edits are now. */
const renewals = new WeakMap();

const LEAF = 20;

/**
 * How many of the passages that a search found last no longer fit, though the same is sought for: an edit was made since. Asked
 * with what is sought for (`""`: everything), what it finds, and of what; `null` where no edit was made.
 */
function leavers() {
  let last = null;
  return (key, units, among = allUnits) => {
    const before = last;
    last = { key, view: V, units };
    if (key === "" || !before || before.key !== key) return 0;
    if (before.view === V) return null;
    if (units === before.units) return 0;
    const now = new Uint8Array(N);
    for (let i = 0; i < units.length; i++) now[units[i]] = 1;
    const gone = before.units.filter((u) => !now[u]);
    if (!gone.length || among === allUnits) return gone.length;
    const there = new Set(among);
    return gone.filter((u) => there.has(u)).length;
  };
}

/** Tells of passages that no longer fit `what`, with the way back, but of what was chosen, which no step takes back; `clear` lets
 * go of what was sought for, `done` follows either. */
function leaversNews(gone, what, clear, done = () => {}) {
  if (!gone) return null;
  const then = (act) => () => { act(); done(); }, way = /\bis:chosen\b/i.test(what) ? null : wayBack;
  return h("p", { class: "notice left-news" }, counted(gone, "passage") + (gone === 1 ? " no longer fits " : " no longer fit "), said(what), " since the last edit. ",
    way ? [button(way.word, then(way.act), { class: "inline" }), " "] : null, button("Show all again", then(clear), { class: "inline" }));
}

/** A list of passages of a page that stays through edits, with what stands above it. `show(units, options, ...above)`; of the
 * options, `first` is that of `leaves`, and `sought` tells what the list was searched for: { key, what, clear, among }. */
function passageList(name, empty, memory) {
  return lastingly(name, () => {
    const head = h("div", { "aria-live": "polite" }), news = h("div", { role: "status" }), list = leaves(LEAF, empty, memory), left = leavers();
    let shown = new Map();
    return {
      element: h("div", {}, head, news, list.box),
      show(units, { first, sought, ...options }, ...above) {
        const before = shown, look = [options.terms.text, options.withTheme, T.length > 0].join(" "), gone = left(sought.key, units, sought.among);
        shown = new Map();
        fill(head, above);
        if (gone !== null) fill(news, leaversNews(gone, sought.what, sought.clear, list.focus));
        list.show(units, (u) => {
          let article = before.get(u);
          if (article && article.look === look) renewals.get(article)();
          else article = Object.assign(passage(u, options), { look });
          shown.set(u, article);
          return article;
        }, { first, stays: (u) => before.has(u) && before.get(u).look === look });
      },
    };
  });
}
