// The map as a canvas: every passage a point, drawn pixel by pixel so that it stays smooth.
//
// In: which points are drawn in which colour, which are chosen, what is written where. Out: what the reader points at,
// chooses or draws around. map_page.js decides on all of it.

const MAP_GREYS = {
  light: { ground: "#fcfcfa", other: "#a9abae", grey: "#dcdddd", faded: "#e6e6e5", mark: "#c4161c", text: "#1d2126" },
  dark: { ground: "#1a1c20", other: "#6d7178", grey: "#3a3d43", faded: "#2f3237", mark: "#ff6b6b", text: "#eceae6" },
};

/** How far in the names of parts, of themes and of single passages begin: the scale beside that which shows all. */
const FINER_FROM = [1.7, 3.6, 11];
/** Shares of the points that contours enclose. */
const CONTOURS = [0.9, 0.7, 0.5, 0.3, 0.1];
/** From so many points on they are drawn without smooth edges and rims, which would run into each other. */
const MANY = 4000;
/** Squares along the longer side of the map by which the densest place of a group is found. */
const SQUARES = 14;
/** Names that are tried; those that would lie on others are left out. */
const MOST_NAMES = 80;
/** After the map stood still for so long, names are placed anew. */
const STILL_MS = 120;
const NAME_FONT = "600 12px system-ui, sans-serif";

const greys = () => MAP_GREYS[isDark() ? "dark" : "light"];

/** `#rrggbb` as the four bytes of a pixel: with a sign, a small number to the browser's engine. */
function pixel(hex) {
  const n = parseInt(hex.slice(1), 16);
  return 255 << 24 | (n & 255) << 16 | (n >> 8 & 255) << 8 | n >> 16;
}

/** How many shades lie between a point and what is below its edge: two colours mixed at once, times this, stay small numbers. */
const SHADES = 32, OPAQUE = 255 << 24;

/** The pixels of a disc around a pixel of a picture of this width: those that it fills, and those at its edge with how much it
 * covers of them, in `SHADES`. */
const discs = new Map();
function disc(radius, width) {
  const quarters = Math.round(radius * 4), key = quarters + "/" + width;
  if (discs.has(key)) return discs.get(key);
  if (discs.size > 200) discs.clear();
  const r = quarters / 4, reach = Math.ceil(r), full = [], edge = [], covers = [];
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      const cover = Math.round(SHADES * Math.max(0, Math.min(1, r + 0.5 - Math.hypot(x, y))));
      if (cover === SHADES) full.push(y * width + x);
      else if (cover > 1) { edge.push(y * width + x); covers.push(cover); }
    }
  }
  const found = { reach: reach + 1, full: Int32Array.from(full), edge: Int32Array.from(edge), covers: Int32Array.from(covers) };
  discs.set(key, found);
  return found;
}

/** For each unit the same colour. */
const allOf = (() => {
  const known = new Map();
  return (colour) => {
    if (!known.has(colour)) known.set(colour, new Int32Array(N).fill(colour));
    return known.get(colour);
  };
})();

/** Stamps a disc for each of some units, in its colour. By itself, and with colours of one kind, so that the browser's engine makes it
 * quick once, and for all. */
function stampDiscs(buffer, width, height, units, { reach, full, edge, covers }, colours, scale, left, top) {
  const xs = U.x, ys = U.y, right = width - reach, bottom = height - reach, fills = full.length;
  // Among thousands nobody sees the edge of one.
  const edges = units.length > MANY ? 0 : edge.length;
  for (let i = 0; i < units.length; i++) {
    const u = units[i], x = (xs[u] * scale + left + 0.5) | 0, y = (ys[u] * scale + top + 0.5) | 0;
    if (x < reach || y < reach || x >= right || y >= bottom) continue;
    const at = y * width + x, colour = colours[u];
    for (let j = 0; j < fills; j++) buffer[at + full[j]] = colour;
    if (!edges) continue;
    // Red and blue are mixed together, eight bits apart, as they cannot run into each other.
    const redBlue = colour & 0xff00ff, green = colour & 0x00ff00;
    for (let j = 0; j < edges; j++) {
      const place = at + edge[j], below = buffer[place], cover = covers[j], keep = SHADES - cover;
      buffer[place] = OPAQUE | ((((below & 0xff00ff) * keep + redBlue * cover) >> 5) & 0xff00ff) | ((((below & 0x00ff00) * keep + green * cover) >> 5) & 0x00ff00);
    }
  }
}

/** The passages that have a place, which lie in each of 64 × 64 squares, and the bounds of all: left, right, top, bottom. */
const mapPoints = (() => {
  let all = null;
  return () => {
    if (all) return all;
    const points = Uint32Array.from(allUnits.filter((u) => U.x[u] >= 0)), grid = Array.from({ length: 64 * 64 }, () => []);
    let [left, right, top, bottom] = [10000, 0, 10000, 0];
    for (const u of points) {
      const x = U.x[u], y = U.y[u];
      grid[(y * 64 / 10000 | 0) * 64 + (x * 64 / 10000 | 0)].push(u);
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
    return (all = { points, grid, bounds: [left, right, top, bottom] });
  };
})();

/** Contours by the list of the passages that they are around, as long as that list is used. */
const contoursOf = new WeakMap();

class PointMap {
  constructor() {
    ({ points: this.points, grid: this.grid, bounds: this.bounds } = mapPoints());
    this.canvas = h("canvas", {
      tabindex: "0", role: "application",
      "aria-label": "Map of passages. Arrow keys move it, plus and minus zoom, 0 shows all. Everything on it can also be reached through the lists below and the page Passages.",
    });
    this.tip = h("div", { class: "tip", hidden: true });
    this.ring = h("div", { class: "ring", hidden: true });
    this.controls = h("div", { class: "map-controls" });
    this.element = h("div", { class: "map" }, this.canvas, this.ring, this.tip, this.controls);
    this.view = { scale: 1, x: 0, y: 0 };
    this.lasso = null;
    this.lassoing = false;
    this.chosen = [];
    this.hovered = -1;
    this.pointers = new Map();
    this.isDue = false;
    this.isDrawnNow = this.isNamed = false;
    this.named = this.stamped = this.onTop = [];
    this.controlBoxes = null;
    this.frames = 0;
    this.listen();
    new ResizeObserver(() => this.resize()).observe(this.element);
  }

  /** For a page that is drawn: `onchoose(units, how)` is told what was clicked or lassoed. What it shows stays. */
  begin(onchoose) {
    this.onchoose = onchoose;
    [this.lasso, this.hovered, this.controlBoxes] = [null, -1, null];
    this.lassoWith(false);
    this.pointers.clear();
    this.tip.hidden = this.ring.hidden = true;
  }

  /** `layerOf`: for each unit -1, not drawn, else its place among `layers`; later ones are drawn on top. `layers`: colours
   * (`light()` for figures), sizes, and whether a rim sets their points off. `names`: see `writeNames`. `nameKey`: what names
   * depend on beside the view; as long as that stays, so do they. */
  paint({ layerOf, layers, names, nameKey, contours }) {
    const units = layers.map(() => []), isDrawn = new Uint8Array(N), colourOf = new Int32Array(N), pixels = layers.map((layer) => pixel(layer.colour));
    this.drawn = 0;
    for (let i = 0; i < this.points.length; i++) {
      const u = this.points[i], at = layerOf[u];
      if (at < 0) continue;
      units[at].push(u);
      isDrawn[u] = 1;
      this.drawn++;
      colourOf[u] = pixels[at];
    }
    [this.isDrawn, this.colourOf] = [isDrawn, colourOf];
    this.layers = layers.map((layer, at) => ({ units: units[at], ...layer }));
    [this.names, this.nameKey] = [names, nameKey];
    // Points first: the names of a new map come when it stands.
    this.labels = this.isNamed ? null : [];
    this.drawContours(contours);
  }

  /** Contours around some points; `null`: none. */
  drawContours(units) {
    this.contours = units ? this.linesAround(units) : [];
    this.due();
  }

  /** Contours of some points, as paths in the map's own places. */
  linesAround(units) {
    if (contoursOf.has(units)) return contoursOf.get(units);
    const xs = new Float32Array(units.length), ys = new Float32Array(units.length);
    for (let i = 0; i < units.length; i++) { xs[i] = U.x[units[i]]; ys[i] = U.y[units[i]]; }
    const found = densityContours(xs, ys, 10000, CONTOURS).map(({ share, lines }) => {
      const path = new Path2D();
      for (let i = 0; i < lines.length; i += 4) { path.moveTo(lines[i], lines[i + 1]); path.lineTo(lines[i + 2], lines[i + 3]); }
      return { share, lines, path };
    });
    contoursOf.set(units, found);
    return found;
  }

  /** The size of its place on the page. */
  resize() {
    const { width, height } = this.element.getBoundingClientRect();
    if (!width || !height) return;
    if (this.take(width, height) || !this.isDrawnNow) this.draw();
    if (!this.isNamed) this.stand();
  }

  /** Draws before the page is there, without what is written on it. */
  prepare(width, height) {
    if (this.image || !width || !height) return;
    this.take(width, height);
    this.drawPoints();
    this.isDrawnNow = true;
    for (const label of this.namesNow()) this.widthOf(label);
  }

  /** Takes a size; `false`: it has it. */
  take(width, height) {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    if (this.width === width && this.height === height && this.ratio === ratio) return false;
    const isFirst = !this.width;
    const [centreX, centreY] = isFirst ? [0, 0] : [(this.width / 2 - this.view.x) / this.view.scale, (this.height / 2 - this.view.y) / this.view.scale];
    Object.assign(this, { width, height, ratio, controlBoxes: null });
    this.canvas.width = Math.round(this.width * this.ratio);
    this.canvas.height = Math.round(this.height * this.ratio);
    this.context = this.canvas.getContext("2d", { alpha: false });
    this.image = this.context.createImageData(this.canvas.width, this.canvas.height);
    this.buffer = new Int32Array(this.image.data.buffer);
    if (isFirst) { this.fit(); this.labels = []; }
    else { this.view.x = this.width / 2 - centreX * this.view.scale; this.view.y = this.height / 2 - centreY * this.view.scale; }
    return true;
  }

  fit() {
    if (!this.width) return;
    const [left, right, top, bottom] = this.bounds, room = 24;
    const scale = Math.min((this.width - 2 * room) / Math.max(right - left, 1), (this.height - 2 * room) / Math.max(bottom - top, 1));
    this.home = scale;
    this.view = { scale, x: (this.width - scale * (left + right)) / 2, y: (this.height - scale * (top + bottom)) / 2 };
    this.labels = null;
    this.due();
  }

  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const scale = Math.max(this.home / 2, Math.min(this.home * 60, this.view.scale * factor));
    const by = scale / this.view.scale;
    this.view = { scale, x: x - (x - this.view.x) * by, y: y - (y - this.view.y) * by };
    this.moved();
  }

  pan(x, y) {
    this.view.x += x;
    this.view.y += y;
    this.moved();
  }

  /** Names move with the map and are placed anew when it stands still. */
  moved() {
    this.stand();
    this.due();
  }

  stand() {
    clearTimeout(this.still);
    this.isNamed = false;
    this.still = setTimeout(() => {
      if (!this.element.isConnected) return;
      [this.labels, this.isNamed] = [null, true];
      this.due();
    }, STILL_MS);
  }

  /** Whether dragging draws around passages. */
  lassoWith(isOn) {
    this.lassoing = isOn;
    this.element.classList.toggle("lassoing", isOn);
  }

  due() {
    this.isDrawnNow = false;
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => { if (this.isDue) this.draw(); });
  }

  radius() {
    const crowd = Math.max(1.1, Math.min(3.4, 170 / Math.sqrt(this.drawn + 1)));
    return crowd * Math.min(2.6, Math.sqrt(this.view.scale / this.home)) * this.ratio;
  }

  draw() {
    this.isDue = false;
    // What is not on the page is drawn when it comes back.
    if (!this.image || !this.layers || !this.element.isConnected) return;
    this.frames++;
    this.drawPoints();
    this.drawOver();
    this.isDrawnNow = true;
  }

  /** Into the picture, unless it is so already, and the picture onto the canvas. */
  drawPoints() {
    const now = [this.view.scale, this.view.x, this.view.y, this.image, this.layers, isDark()], isStamped = now.every((it, i) => it === this.stamped[i]);
    // What is chosen lies on top of everything: where nothing was, the rest is as it was.
    if (!isStamped || (this.chosen !== this.onTop && this.onTop.length)) this.stampPoints();
    if (!isStamped || this.chosen !== this.onTop) this.stampChosen();
    [this.stamped, this.onTop] = [now, this.chosen];
    this.context.putImageData(this.image, 0, 0);
  }

  /** A function that stamps passages in their colours, so large. */
  stamper() {
    const { buffer } = this, { width, height } = this.canvas;
    const scale = this.view.scale * this.ratio, left = this.view.x * this.ratio, top = this.view.y * this.ratio;
    return (units, size, colours) => stampDiscs(buffer, width, height, units, disc(size, width), colours, scale, left, top);
  }

  stampPoints() {
    const stamp = this.stamper(), ground = pixel(greys().ground), radius = this.radius(), rim = allOf(ground);
    this.buffer.fill(ground);
    // Of many that are chosen each hides its own point, as it is drawn larger on top.
    const hidden = this.chosen.length < MANY ? null : new Uint8Array(N);
    if (hidden) for (let i = 0; i < this.chosen.length; i++) hidden[this.chosen[i]] = 1;
    for (const layer of this.layers) {
      const units = hidden && !layer.rim ? layer.units.filter((u) => !hidden[u]) : layer.units;
      if (layer.rim && layer.units.length < MANY) stamp(units, radius * layer.size + 1.2 * this.ratio, rim);
      stamp(units, radius * layer.size, this.colourOf);
    }
  }

  /** What is chosen, in its own colour with a rim of ink. */
  stampChosen() {
    const stamp = this.stamper(), chosen = this.chosen.filter((u) => this.isDrawn[u]), size = Math.max(this.radius() * 1.3, 2.4 * this.ratio);
    if (chosen.length < MANY) stamp(chosen, size + 3.2 * this.ratio, allOf(pixel(greys().ground)));
    stamp(chosen, size + 2 * this.ratio, allOf(pixel(greys().text)));
    stamp(chosen, size, this.colourOf);
  }

  /** The map as it is seen now, as a figure in light colours. */
  figure() {
    const colours = MAP_GREYS.light, r = this.radius() / this.ratio;
    const isIn = ([x, y]) => x > 0 && y > 0 && x < this.width && y < this.height;
    const dots = (units, size, stroke) => svg("path", {
      stroke, "stroke-width": (2 * size).toFixed(2), "stroke-linecap": "round", fill: "none",
      d: units.map((u) => this.screen(u)).filter(isIn).map(([x, y]) => "M" + x.toFixed(1) + " " + y.toFixed(1) + "h0").join(""),
    });
    const groups = this.layers.filter((layer) => layer.units.length).flatMap((layer) => [
      layer.rim ? dots(layer.units, r * layer.size + 1.2, "#ffffff") : null, dots(layer.units, r * layer.size, layer.light())]);
    const chosen = this.chosen.filter((u) => this.isDrawn[u]);
    if (chosen.length) groups.push(dots(chosen, Math.max(r * 1.3, 2.4) + 2, colours.text), dots(chosen, Math.max(r * 1.3, 2.4), colours.mark));
    const at = (x, y) => (x * this.view.scale + this.view.x).toFixed(1) + " " + (y * this.view.scale + this.view.y).toFixed(1);
    for (const { lines } of this.contours) {
      let d = "";
      for (let i = 0; i < lines.length; i += 4) d += "M" + at(lines[i], lines[i + 1]) + "L" + at(lines[i + 2], lines[i + 3]);
      groups.push(svg("path", { d, stroke: colours.text, "stroke-width": 0.8, "stroke-opacity": 0.6, fill: "none" }));
    }
    const labels = this.written.map(({ text, x, y }) => svg("text", {
      x: x.toFixed(1), y: (y + 4).toFixed(1), "text-anchor": "middle", "font-weight": 600, fill: colours.text, stroke: "#ffffff", "stroke-width": 3, "paint-order": "stroke",
    }, text));
    return { name: "map", width: Math.round(this.width), height: Math.round(this.height), children: [groups, labels] };
  }

  screen(u) {
    return [U.x[u] * this.view.scale + this.view.x, U.y[u] * this.view.scale + this.view.y];
  }

  /** What lies above the points: contours, names, the lasso. */
  drawOver() {
    const { context } = this, colours = greys(), { scale, x, y } = this.view;
    if (this.contours.length) {
      context.setTransform(this.ratio * scale, 0, 0, this.ratio * scale, this.ratio * x, this.ratio * y);
      context.strokeStyle = colours.text;
      for (const { share, path } of this.contours) {
        context.lineWidth = (share < 0.4 ? 1.5 : 1) / scale;
        context.globalAlpha = 0.35 + 0.4 * (1 - share);
        context.stroke(path);
      }
      context.globalAlpha = 1;
    }
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    if (!this.labels) this.labels = this.namesNow();
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

  /** How fine names are now: 0 for the coarsest. */
  fineness() {
    const zoom = this.view.scale / this.home;
    return FINER_FROM.filter((from) => zoom >= from).length;
  }

  /** The names of what is seen: those of the last time, where they would be the same. */
  namesNow() {
    const { scale, x, y } = this.view, key = [this.width, this.height, scale, x, y, ...this.nameKey];
    if (key.length !== this.named.length || !key.every((it, i) => it === this.named[i])) [this.named, this.lastNames] = [key, this.writeNames()];
    return this.lastNames;
  }

  /** Names for what is seen, the largest groups first, each where its points are densest. `names.of(u, fineness,
   * isCoarse)`: the group of a point, -1 for none; `names.text(group, fineness)`: its name; `names.isCoarse()`: whether
   * the first names are those of groups of themes. */
  writeNames() {
    const fineness = this.fineness(), { of, text } = this.names, isCoarse = this.names.isCoarse(), { scale, x, y } = this.view, { points } = this;
    const left = -x / scale, top = -y / scale, width = this.width / scale, height = this.height / scale;
    const columns = Math.ceil(SQUARES * width / Math.max(width, height)), rows = Math.ceil(SQUARES * height / Math.max(width, height)), side = Math.max(width, height) / SQUARES;
    const squareOf = new Int16Array(points.length).fill(-1), groupOf = new Array(points.length), groups = new Map();
    for (let i = 0; i < points.length; i++) {
      const u = points[i], dx = U.x[u] - left, dy = U.y[u] - top;
      if (!this.isDrawn[u] || dx < 0 || dy < 0 || dx >= width || dy >= height) continue;
      const group = of(u, fineness, isCoarse);
      if (group === -1) continue;
      let found = groups.get(group);
      if (!found) groups.set(group, found = { group, size: 0, counts: new Uint16Array(columns * rows), most: 0, best: 0, n: 0, x: 0, y: 0 });
      const square = Math.min(rows - 1, (dy / side) | 0) * columns + Math.min(columns - 1, (dx / side) | 0);
      squareOf[i] = square;
      groupOf[i] = found;
      found.size += 1;
      if (++found.counts[square] > found.most) { found.most = found.counts[square]; found.best = square; }
    }
    const order = [...groups.values()].sort((a, b) => b.size - a.size || (a.group < b.group ? -1 : 1)).slice(0, MOST_NAMES);
    // The mean of its points in and around the square that holds most of them.
    for (let i = 0; i < points.length; i++) {
      if (squareOf[i] < 0) continue;
      const found = groupOf[i], square = squareOf[i];
      if (Math.abs(square % columns - found.best % columns) > 1 || Math.abs(((square / columns) | 0) - ((found.best / columns) | 0)) > 1) continue;
      found.n += 1; found.x += U.x[points[i]]; found.y += U.y[points[i]];
    }
    return order.map((it) => ({ x: it.x / it.n, y: it.y / it.n, text: shorten(text(it.group, fineness), fineness < 3 ? 34 : 60), isOwn: fineness === 3 }));
  }

  widthOf(label) {
    if (label.width === undefined) {
      this.context.font = NAME_FONT;
      label.width = this.context.measureText(label.text).width;
    }
    return label.width;
  }

  /** The places of the controls, below which nothing is written; asked once, as asking lays out the page. */
  boxesOfControls() {
    const boxOf = (it) => {
      const x = it.parentElement.offsetLeft + it.offsetLeft, y = it.parentElement.offsetTop + it.offsetTop;
      return [x, y, x + it.offsetWidth, y + it.offsetHeight];
    };
    return (this.controlBoxes ||= [...this.controls.querySelectorAll("button")].map(boxOf));
  }

  drawLabels(context, colours) {
    const taken = this.boxesOfControls().slice();
    const most = (this.width < 520 ? 6 : 16) + taken.length;
    this.written = [];
    context.font = NAME_FONT;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const label of this.labels) {
      if (taken.length >= most) break;
      const x = label.x * this.view.scale + this.view.x, y = label.y * this.view.scale + this.view.y - (label.isOwn ? 14 : 0);
      const half = this.widthOf(label) / 2 + 6;
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

  /** The drawn points inside a path. */
  inside(path) {
    const found = [], { points, isDrawn, view } = this, xs = U.x, ys = U.y;
    const edges = edgesByBand(path.map(([x, y]) => [(x - view.x) / view.scale, (y - view.y) / view.scale]), 10000);
    for (let k = 0; k < points.length; k++) {
      const u = points[k], y = ys[u], own = edges[bandOf(y, 10000)];
      if (own.length > 0 && isDrawn[u] && liesWithin(own, xs[u], y)) found.push(u);
    }
    return found;
  }

  choose(units, how) {
    this.chosen = units;
    this.due();
    this.onchoose(units, how);
  }

  hover(u, x, y) {
    if (u !== this.hovered) {
      this.hovered = u;
      this.placeRing();
      this.tip.hidden = u < 0;
      if (u >= 0) {
        const asked = D.questions[A.question[U.answer[u]]].split(/\n+/).filter(Boolean).pop();
        this.tip.replaceChildren(h("p", { class: "tip-theme", dir: "auto" }, statusText(u)),
          asked ? h("p", { class: "tip-asked", dir: "auto" }, shorten(asked, 160)) : "",
          h("p", { class: "tip-said", dir: "auto" }, shorten(U.text[u], 240)), h("p", { class: "locator" }, said(locator(u))));
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
        const u = this.nearest(x, y), isMore = event.ctrlKey || event.metaKey;
        if (isMore && u >= 0) this.choose(this.chosen.includes(u) ? this.chosen.filter((it) => it !== u) : [...this.chosen, u], "lasso");
        else if (!isMore) this.choose(u >= 0 ? [u] : [], "click");
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
