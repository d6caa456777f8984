// The map: every passage a point, on a canvas that is drawn pixel by pixel so that it stays smooth.

/** Colours for the largest themes, distinguishable with colour-blind eyes (after Okabe & Ito 2008 and Tol 2021). */
const MAP_COLOURS = {
  light: ["#0072b2", "#d55e00", "#009e73", "#882255", "#7a6a00", "#cc6699", "#332288", "#2a9aa8"],
  dark: ["#56b4e9", "#e69f00", "#2fc79a", "#f0e442", "#e58ec0", "#ff7f50", "#b9a6ff", "#9bd770"],
};
const MAP_GREYS = {
  light: { ground: "#fcfcfa", other: "#a9abae", grey: "#dcdddd", faded: "#e6e6e5", mark: "#c4161c", text: "#1d2126" },
  dark: { ground: "#1a1c20", other: "#6d7178", grey: "#3a3d43", faded: "#2f3237", mark: "#ff6b6b", text: "#eceae6" },
};

/** `#rrggbb` as the four bytes of a pixel. */
function pixel(hex) {
  const n = parseInt(hex.slice(1), 16);
  return (255 << 24 | (n & 255) << 16 | (n >> 8 & 255) << 8 | n >> 16) >>> 0;
}

/** The pixels of a disc around a pixel of a picture of this width: those that it fills, and those at its edge with how much it
 * covers of them, 0 to 256. */
const discs = new Map();
function disc(radius, width) {
  const quarters = Math.round(radius * 4), key = quarters + "/" + width;
  if (discs.has(key)) return discs.get(key);
  if (discs.size > 200) discs.clear();
  const r = quarters / 4, reach = Math.ceil(r), full = [], edge = [], covers = [];
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      const cover = Math.round(256 * Math.max(0, Math.min(1, r + 0.5 - Math.hypot(x, y))));
      if (cover === 256) full.push(y * width + x);
      else if (cover > 8) { edge.push(y * width + x); covers.push(cover); }
    }
  }
  const found = { reach: reach + 1, full: Int32Array.from(full), edge: Int32Array.from(edge), covers: Int32Array.from(covers) };
  discs.set(key, found);
  return found;
}

class PointMap {
  /** `onchoose(units, how)` is told what was clicked or lassoed. */
  constructor(onchoose) {
    this.onchoose = onchoose;
    this.points = Uint32Array.from(allUnits.filter((u) => U.x[u] >= 0));
    this.canvas = h("canvas", {
      tabindex: "0", role: "application",
      "aria-label": "Map of passages. Arrow keys move it, plus and minus zoom, 0 shows all. Everything on it can also be reached through the lists below and the page Passages.",
    });
    this.tip = h("div", { class: "tip", hidden: true });
    this.ring = h("div", { class: "ring", hidden: true });
    this.element = h("div", { class: "map" }, this.canvas, this.ring, this.tip);
    this.view = { scale: 1, x: 0, y: 0 };
    this.lasso = null;
    this.lassoing = false;
    this.chosen = new Set();
    this.hovered = -1;
    this.pointers = new Map();
    this.isDue = false;
    this.frames = 0;
    this.grid = this.makeGrid();
    this.listen();
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.element);
  }

  makeGrid() {
    const cells = Array.from({ length: 64 * 64 }, () => []);
    for (const u of this.points) cells[(U.y[u] * 64 / 10000 | 0) * 64 + (U.x[u] * 64 / 10000 | 0)].push(u);
    return cells;
  }

  /** `style(u)`: -1 not drawn, else the place among `colours`; later ones are drawn on top. */
  paint(style, colours, labels) {
    const layers = colours.map(() => []);
    this.isDrawn = new Uint8Array(N);
    for (const u of this.points) {
      const at = style(u);
      if (at >= 0) { layers[at].push(u); this.isDrawn[u] = 1; }
    }
    this.layers = layers.map((units, at) => ({ units, ...colours[at] }));
    this.labels = labels;
    this.due();
  }

  resize() {
    const box = this.element.getBoundingClientRect();
    if (!box.width || !box.height) return;
    const isFirst = !this.width;
    const [centreX, centreY] = isFirst ? [0, 0] : [(this.width / 2 - this.view.x) / this.view.scale, (this.height / 2 - this.view.y) / this.view.scale];
    this.width = box.width;
    this.height = box.height;
    this.ratio = Math.min(window.devicePixelRatio || 1, 2);
    this.canvas.width = Math.round(this.width * this.ratio);
    this.canvas.height = Math.round(this.height * this.ratio);
    this.context = this.canvas.getContext("2d", { alpha: false });
    this.image = this.context.createImageData(this.canvas.width, this.canvas.height);
    this.buffer = new Uint32Array(this.image.data.buffer);
    if (isFirst) this.fit();
    else { this.view.x = this.width / 2 - centreX * this.view.scale; this.view.y = this.height / 2 - centreY * this.view.scale; }
    this.draw();
  }

  fit() {
    if (!this.width) return;
    let [left, right, top, bottom] = [10000, 0, 10000, 0];
    for (const u of this.points) {
      left = Math.min(left, U.x[u]); right = Math.max(right, U.x[u]);
      top = Math.min(top, U.y[u]); bottom = Math.max(bottom, U.y[u]);
    }
    const room = 24;
    const scale = Math.min((this.width - 2 * room) / Math.max(right - left, 1), (this.height - 2 * room) / Math.max(bottom - top, 1));
    this.home = scale;
    this.view = { scale, x: (this.width - scale * (left + right)) / 2, y: (this.height - scale * (top + bottom)) / 2 };
    this.due();
  }

  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const scale = Math.max(this.home / 2, Math.min(this.home * 60, this.view.scale * factor));
    const by = scale / this.view.scale;
    this.view = { scale, x: x - (x - this.view.x) * by, y: y - (y - this.view.y) * by };
    this.due();
  }

  pan(x, y) {
    this.view.x += x;
    this.view.y += y;
    this.due();
  }

  due() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => { this.isDue = false; this.draw(); });
  }

  radius() {
    const crowd = Math.max(1.1, Math.min(3, 170 / Math.sqrt(this.points.length + 1)));
    return crowd * Math.min(2.6, Math.sqrt(this.view.scale / this.home)) * this.ratio;
  }

  draw() {
    if (!this.image || !this.layers) return;
    this.frames++;
    const { buffer } = this, { width, height } = this.canvas;
    const scale = this.view.scale * this.ratio, left = this.view.x * this.ratio, top = this.view.y * this.ratio;
    const ground = pixel(greys().ground);
    buffer.fill(ground);
    for (const layer of this.layers) {
      const { reach, full, edge, covers } = disc(this.radius() * layer.size, width), colour = pixel(layer.colour);
      // Red and blue are mixed together, eight bits apart, as they cannot run into each other.
      const redBlue = colour & 0xff00ff, green = colour & 0x00ff00, { units } = layer;
      for (let i = 0; i < units.length; i++) {
        const u = units[i], x = (U.x[u] * scale + left + 0.5) | 0, y = (U.y[u] * scale + top + 0.5) | 0;
        if (x < reach || y < reach || x >= width - reach || y >= height - reach) continue;
        const at = y * width + x;
        for (let j = 0; j < full.length; j++) buffer[at + full[j]] = colour;
        for (let j = 0; j < edge.length; j++) {
          const place = at + edge[j], below = buffer[place], cover = covers[j], keep = 256 - cover;
          buffer[place] = 0xff000000
            | ((((below & 0xff00ff) * keep + redBlue * cover) >>> 8) & 0xff00ff)
            | ((((below & 0x00ff00) * keep + green * cover) >>> 8) & 0x00ff00);
        }
      }
    }
    this.context.putImageData(this.image, 0, 0);
    this.drawOver();
  }

  /** The map as it is seen now, as a figure. */
  save() {
    const colours = MAP_GREYS.light, r = (this.radius() / this.ratio).toFixed(2);
    const isIn = ([x, y]) => x > 0 && y > 0 && x < this.width && y < this.height;
    const light = new Map([...MAP_COLOURS.dark.map((colour, at) => [colour, MAP_COLOURS.light[at]]), ...Object.keys(colours).map((word) => [MAP_GREYS.dark[word], colours[word]])]);
    const groups = this.layers.filter((layer) => layer.units.length).map((layer) => svg("path", {
      stroke: isDark() ? light.get(layer.colour) : layer.colour, "stroke-width": 2 * r * layer.size, "stroke-linecap": "round", fill: "none",
      d: layer.units.map((u) => this.screen(u)).filter(isIn).map(([x, y]) => "M" + x.toFixed(1) + " " + y.toFixed(1) + "h0").join(""),
    }));
    const labels = this.written.map(({ text, x, y }) => svg("text", {
      x: x.toFixed(1), y: (y + 4).toFixed(1), "text-anchor": "middle", "font-weight": 600, fill: colours.text, stroke: "#ffffff", "stroke-width": 3, "paint-order": "stroke",
    }, text));
    saveFigure("map", Math.round(this.width), Math.round(this.height), groups, labels);
  }

  screen(u) {
    return [U.x[u] * this.view.scale + this.view.x, U.y[u] * this.view.scale + this.view.y];
  }

  /** What lies above the points: rings around those chosen, names, the lasso. */
  drawOver() {
    const { context } = this, colours = greys();
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    const ring = (u, r, width) => {
      const [x, y] = this.screen(u);
      context.lineWidth = width;
      context.strokeStyle = colours.text;
      context.beginPath();
      context.arc(x, y, r, 0, 2 * Math.PI);
      context.stroke();
    };
    const r = this.radius() / this.ratio;
    if (this.chosen.size <= 400) for (const u of this.chosen) ring(u, r + 2.5, 1.5);
    this.drawLabels(context, colours);
    this.placeRing();
    if (this.lasso) {
      context.beginPath();
      this.lasso.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
      context.closePath();
      context.lineWidth = 1.5;
      context.strokeStyle = colours.text;
      context.setLineDash([5, 4]);
      context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 0.08;
      context.fillStyle = colours.text;
      context.fill();
      context.globalAlpha = 1;
    }
  }

  /** Around the point below the pointer; an element, so that moving the pointer redraws nothing. */
  placeRing() {
    this.ring.hidden = this.hovered < 0;
    if (this.hovered < 0) return;
    const [x, y] = this.screen(this.hovered), r = this.radius() / this.ratio + 4;
    this.ring.style.width = this.ring.style.height = 2 * r + "px";
    this.ring.style.transform = "translate(" + (x - r) + "px, " + (y - r) + "px)";
  }

  drawLabels(context, colours) {
    const taken = [], most = this.width < 520 ? 5 : 14;
    this.written = [];
    context.font = "600 12px system-ui, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const label of this.labels) {
      if (taken.length >= most) break;
      const x = label.x * this.view.scale + this.view.x, y = label.y * this.view.scale + this.view.y;
      const half = (label.width ??= context.measureText(label.text).width) / 2 + 6;
      if (x - half < 0 || x + half > this.width || y < 10 || y > this.height - 10) continue;
      const box = [x - half, y - 11, x + half, y + 11];
      if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
      taken.push(box);
      this.written.push({ text: label.text, x, y });
      context.lineWidth = 4;
      context.strokeStyle = colours.ground;
      context.strokeText(label.text, x, y);
      context.fillStyle = colours.text;
      context.fillText(label.text, x, y);
    }
  }

  /** The drawn point nearest to a place on the canvas, within 10 pixels; -1 for none. */
  nearest(x, y) {
    const { scale } = this.view, reach = 10 / scale;
    const mapX = (x - this.view.x) / scale, mapY = (y - this.view.y) / scale;
    const cell = (value) => Math.max(0, Math.min(63, value * 64 / 10000 | 0));
    let best = -1, least = reach * reach;
    for (let row = cell(mapY - reach); row <= cell(mapY + reach); row++) {
      for (let column = cell(mapX - reach); column <= cell(mapX + reach); column++) {
        for (const u of this.grid[row * 64 + column]) {
          if (!this.isDrawn[u]) continue;
          const distance = (U.x[u] - mapX) ** 2 + (U.y[u] - mapY) ** 2;
          if (distance < least) { least = distance; best = u; }
        }
      }
    }
    return best;
  }

  inside(path) {
    const found = [];
    for (const u of this.points) {
      if (!this.isDrawn[u]) continue;
      const [x, y] = this.screen(u);
      let isInside = false;
      for (let i = 0, j = path.length - 1; i < path.length; j = i++) {
        const [xi, yi] = path[i], [xj, yj] = path[j];
        if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) isInside = !isInside;
      }
      if (isInside) found.push(u);
    }
    return found;
  }

  choose(units, how) {
    this.chosen = new Set(units);
    this.due();
    this.onchoose(units, how);
  }

  hover(u, x, y) {
    if (u !== this.hovered) {
      this.hovered = u;
      this.placeRing();
      this.tip.hidden = u < 0;
      if (u >= 0) {
        this.tip.replaceChildren(h("p", { class: "tip-theme", dir: "auto" }, statusText(u)),
          h("p", { dir: "auto" }, shorten(U.text[u], 240)), h("p", { class: "locator" }, said(locator(u))));
      }
    }
    if (u >= 0) {
      const tip = this.tip, width = tip.offsetWidth, height = tip.offsetHeight;
      tip.style.left = Math.max(4, Math.min(this.width - width - 4, x + 14)) + "px";
      tip.style.top = (y + height + 20 > this.height ? Math.max(4, y - height - 12) : y + 16) + "px";
    }
  }

  listen() {
    const { canvas } = this;
    const at = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      canvas.setPointerCapture(event.pointerId);
      const [x, y] = at(event);
      this.pointers.set(event.pointerId, [x, y]);
      this.start = [x, y];
      this.hasMoved = false;
      if ((this.lassoing || event.shiftKey) && this.pointers.size === 1) this.lasso = [[x, y]];
    });
    canvas.addEventListener("pointermove", (event) => {
      const [x, y] = at(event), before = this.pointers.get(event.pointerId);
      if (!before) { this.hover(this.nearest(x, y), x, y); return; }
      if (Math.hypot(x - this.start[0], y - this.start[1]) > 4) { this.hasMoved = true; this.hover(-1); }
      if (this.lasso) { this.lasso.push([x, y]); this.due(); }
      else if (this.pointers.size === 2) {
        const [other] = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
        const spread = ([a, b]) => Math.hypot(a - other[0], b - other[1]);
        this.pan((x - before[0]) / 2, (y - before[1]) / 2);
        this.zoom(spread([x, y]) / Math.max(1, spread(before)), (x + other[0]) / 2, (y + other[1]) / 2);
      } else if (this.hasMoved) this.pan(x - before[0], y - before[1]);
      this.pointers.set(event.pointerId, [x, y]);
    });
    const up = (event) => {
      if (!this.pointers.delete(event.pointerId)) return;
      const [x, y] = at(event);
      if (this.lasso) {
        const path = this.lasso;
        this.lasso = null;
        if (event.type === "pointerup" && path.length > 2) this.choose(this.inside(path), "lasso");
        else this.due();
      } else if (!this.hasMoved && event.type === "pointerup") {
        const u = this.nearest(x, y);
        this.choose(u >= 0 ? [u] : [], "click");
      }
    };
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointercancel", up);
    canvas.addEventListener("pointerleave", () => { if (!this.pointers.size) this.hover(-1); });
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), ...at(event));
    }, { passive: false });
    canvas.addEventListener("keydown", (event) => {
      const step = 60;
      const keys = {
        ArrowLeft: () => this.pan(step, 0), ArrowRight: () => this.pan(-step, 0), ArrowUp: () => this.pan(0, step), ArrowDown: () => this.pan(0, -step),
        "+": () => this.zoom(1.3), "=": () => this.zoom(1.3), "-": () => this.zoom(1 / 1.3), 0: () => this.fit(), Escape: () => this.choose([], "click"),
      };
      if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    });
  }
}

const greys = () => MAP_GREYS[isDark() ? "dark" : "light"];
const colours = () => MAP_COLOURS[isDark() ? "dark" : "light"];

/** Where a theme's name is written: the mean of its points in and around the square that holds most of them. */
const SQUARES = 20;
function densest(units) {
  const square = (value) => Math.min(SQUARES - 1, (value * SQUARES / 10000) | 0);
  const counts = new Uint32Array(SQUARES * SQUARES);
  const placed = units.filter((u) => U.x[u] >= 0);
  if (!placed.length) return null;
  for (const u of placed) counts[square(U.y[u]) * SQUARES + square(U.x[u])]++;
  const most = counts.indexOf(Math.max(...counts)), row = Math.floor(most / SQUARES), column = most % SQUARES;
  const near = placed.filter((u) => Math.abs(square(U.y[u]) - row) <= 1 && Math.abs(square(U.x[u]) - column) <= 1);
  const mean = (axis) => near.reduce((sum, u) => sum + axis[u], 0) / near.length;
  return { x: mean(U.x), y: mean(U.y) };
}

/** `pick`: the one theme or recurring theme that is highlighted. */
const mapState = { study: "", section: "", by: "", query: "", pick: null };
const FEWEST_RECURRING = 3;

/** All questions together are coloured by recurring themes, where there are some; one question by its themes. */
const usualColours = (section) => (section === "" && V.recurring.length >= FEWEST_RECURRING ? "recurring" : "theme");

/** What points can be coloured by: how to tell a unit's group, and its name. */
const GROUPINGS = {
  theme: { title: "Theme", isThere: () => T.length > 0, heading: "Themes here", of: (u) => (V.themeOf[u] >= 0 && V.themes[V.themeOf[u]].hidden ? -1 : V.themeOf[u]), name: (t) => V.themes[t].label },
  recurring: { title: "Recurring theme", isThere: () => V.recurring.length >= FEWEST_RECURRING, heading: "Recurring themes here", of: (u) => recurringOf(V.themeOf[u]), name: (r) => V.recurring[r].label },
  section: { title: "Question", isThere: () => D.sections.length > 1, heading: "Questions", of: sectionOf, name: (s) => D.sections[s].id + " " + sectionTitle(s) },
  study: { title: "Study", isThere: () => D.studies.length > 1, heading: "Studies", of: studyOf, name: (s) => D.studies[s].name },
};

/** The recurring theme that a theme belongs to, as an index; -1 for none. */
const recurringOf = (theme) => (theme >= 0 ? V.recurringAt[theme] : -1);

function mapPage(theme) {
  if (theme !== null) Object.assign(mapState, { pick: { by: "theme", group: themeById.get(theme) }, query: "", study: "", section: "" });
  if (mapState.by === "") mapState.by = usualColours("");
  const panel = h("div", { class: "map-panel", "aria-live": "polite" });
  const map = new PointMap((units, how) => showChosen(units, how));
  if (!map.points.length) return h("div", {}, h("h1", {}, "Map"), h("p", {}, "No passage was clustered, so there is nothing to lay out."));

  const isIn = (u) => (mapState.study === "" || studyOf(u) === Number(mapState.study)) && (mapState.section === "" || sectionOf(u) === Number(mapState.section));
  let legend = [];

  const repaint = () => {
    const palette = colours(), grey = greys();
    const terms = termsOf(mapState.query);
    const inView = [...map.points].filter(isIn);
    const { pick } = mapState, { of: groupOf, name } = GROUPINGS[mapState.by];
    const counts = new Map();
    for (const u of inView) {
      const group = groupOf(u);
      if (group >= 0) counts.set(group, (counts.get(group) || 0) + 1);
    }
    const order = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b);
    const top = new Map(order.slice(0, palette.length).map((group, at) => [group, at]));
    const layers = [{ colour: grey.grey, size: 0.85 }, { colour: grey.other, size: 0.9 }, ...palette.map((colour) => ({ colour, size: 1 })), { colour: grey.mark, size: 1.35 }];
    const topLayer = layers.length - 1;
    const found = terms.length ? new Set(search(inView, terms)) : null;
    const isMarked = (u) => (found ? found.has(u) : pick !== null && GROUPINGS[pick.by].of(u) === pick.group);
    const fades = found !== null || pick !== null;
    const style = (u) => {
      if (!isIn(u)) return -1;
      if (fades) return isMarked(u) ? topLayer : 0;
      if (V.themeOf[u] === UNCLUSTERED && mapState.by !== "study" && mapState.by !== "section") return 0;
      const at = top.get(groupOf(u));
      return at === undefined ? 1 : 2 + at;
    };
    const members = new Map();
    for (const u of inView) { const group = groupOf(u); if (!members.has(group)) members.set(group, []); members.get(group).push(u); }
    const picked = pick ? inView.filter(isMarked) : [];
    const label = (units, text) => { const at = densest(units); return at && { ...at, text: shorten(text, 30) }; };
    const labels = pick ? [label(picked, GROUPINGS[pick.by].name(pick.group))]
      : mapState.by === "study" ? [] : order.slice(0, 40).map((group) => label(members.get(group), name(group)));
    map.paint(style, layers, labels.filter(Boolean));
    legend = order.map((group) => ({ group, name: name(group), count: counts.get(group), colour: top.has(group) ? palette[top.get(group)] : grey.other }));
    return { found, inView, picked };
  };

  const swatch = (colour) => { const element = h("span", { class: "swatch", "aria-hidden": "true" }); element.style.background = colour; return element; };

  const showLegend = (state) => {
    const parts = [];
    if (state.found) {
      const units = [...state.found];
      parts.push(h("h2", {}, counted(units.length, "passage") + " found"), newThemeButton(units), paged(units, 8, (u) => passage(u, { withTheme: true, terms: termsOf(mapState.query) }), "No passage has these words."));
    } else if (mapState.pick) {
      const { by, group } = mapState.pick;
      const view = by === "theme" ? V.themes[group] : V.recurring[group];
      const href = by === "theme" ? themeHref(view) : "#/recurring/" + encodeURIComponent(view.id);
      parts.push(h("h2", {}, link(href, said(view.label))), h("p", { class: "facts" }, ofText(view.prevalence) + " participants · " + shareText(view.prevalence)),
        button("Show all points again", () => { mapState.pick = null; refresh(); }, { class: "quiet" }),
        paged(state.picked, 8, (u) => passage(u, { withTheme: by !== "theme" }), "No passages here."));
    } else {
      const unclustered = state.inView.filter((u) => V.themeOf[u] === UNCLUSTERED).length;
      const choosable = mapState.by !== "study";
      parts.push(h("h2", {}, GROUPINGS[mapState.by].heading),
        mapState.by === "theme" || mapState.by === "recurring" ? h("p", { class: "hint" }, "Colours show the largest; choose one to see it alone. Paler points: other themes; palest: the " + number(unclustered) + " unclustered passages.") : null,
        h("ul", { class: "legend" }, legend.slice(0, 60).map((it) => h("li", {},
          choosable ? button([swatch(it.colour), said(it.name)], () => {
            if (mapState.by === "section") { mapState.section = String(it.group); mapState.by = "theme"; }
            else mapState.pick = { by: mapState.by, group: it.group };
            refresh(true);
          }, { class: "legend-name" }) : h("span", { class: "legend-name" }, swatch(it.colour), said(it.name)),
          h("span", { class: "num" }, number(it.count))))));
    }
    fill(panel, parts);
  };

  function showChosen(units, how) {
    if (!units.length) { showLegend(repaint()); return; }
    if (how === "lasso") choose(units);
    const themes = new Map();
    for (const u of units) if (V.themeOf[u] >= 0) themes.set(V.themeOf[u], (themes.get(V.themeOf[u]) || 0) + 1);
    const order = [...themes.keys()].sort((a, b) => themes.get(b) - themes.get(a) || a - b);
    fill(panel,
      h("h2", {}, how === "lasso" ? counted(units.length, "passage") + " in the lasso" : "Chosen passage"),
      how === "lasso" ? h("p", { class: "facts" }, counted(new Set(units.map(participantOf)).size, "participant")) : null,
      how === "lasso" ? h("ul", { class: "legend" }, order.slice(0, 6).map((t) => h("li", {}, themeLink(V.themes[t]), h("span", { class: "num" }, number(themes.get(t)))))) : null,
      how === "lasso" ? newThemeButton(units) : null,
      button("Clear the selection", () => map.choose([], "click"), { class: "quiet" }),
      paged(units, 8, (u) => passage(u, { withTheme: true }), ""));
  }

  const tools = h("div", { class: "tools" });
  const refresh = (redrawTools) => {
    if (redrawTools) drawTools();
    map.chosen = new Set();
    showLegend(repaint());
  };
  const lassoButton = button("Lasso", () => {
    map.lassoing = !map.lassoing;
    lassoButton.setAttribute("aria-pressed", String(map.lassoing));
    map.element.classList.toggle("lassoing", map.lassoing);
  }, { "aria-pressed": "false", title: "Draw around passages to list them; or hold Shift and drag" });
  const drawTools = () => fill(tools,
    searchField("Search and highlight", mapState.query, (query) => { mapState.query = query; refresh(); }),
    D.sections.length > 1 ? select("Question", [["", "All questions"], ...D.sections.map((s, i) => [i, s.id + "  " + shorten(sectionTitle(i), 60)])], mapState.section, (v) => { Object.assign(mapState, { section: v, by: usualColours(v), pick: null }); refresh(true); }) : null,
    D.studies.length > 1 ? select("Study", [["", "All studies"], ...D.studies.map((s, i) => [i, s.name])], mapState.study, (v) => { mapState.study = v; refresh(); }) : null,
    select("Colour by", Object.entries(GROUPINGS).filter(([, it]) => it.isThere()).map(([key, it]) => [key, it.title]), mapState.by, (v) => { Object.assign(mapState, { by: v, pick: null }); refresh(); }));
  drawTools();
  const controls = h("div", { class: "map-controls" }, lassoButton,
    button("+", () => map.zoom(1.4), { "aria-label": "Zoom in" }), button("−", () => map.zoom(1 / 1.4), { "aria-label": "Zoom out" }), button("All", () => map.fit(), { "aria-label": "Show the whole map" }),
    button("SVG", () => map.save(), { "aria-label": "Save the map as a figure (SVG)", title: "Save as a figure" }));
  map.element.append(controls);
  map.recolour = () => refresh();
  openMap = map;
  refresh();
  return h("div", { class: "map-page" },
    h("h1", {}, "Map of passages"),
    h("p", { class: "lead" }, "Each point is a passage; what is said in similar words lies together. Distances within a clump mean something, those between far clumps do not, and no theme was found from this picture."),
    tools, h("div", { class: "map-layout" }, map.element, panel));
}

let openMap = null;
