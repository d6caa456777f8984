// Density of points, and lines around the densest of them; what lies within a line.
//
// In: places of points. Out: for each share the line segments around the smallest area that holds that share of the points
// (highest density regions, Hyndman 1996); whether a place lies within a closed path. It knows no page; tests/browser/parts.mjs holds it against circles of a known size.

const GRID = 128;

/** Density by a Gaussian kernel on a grid; half the width of Scott's rule (1992), as there are many clumps. */
function densityOf(xs, ys, span) {
  const n = xs.length, cell = span / (GRID - 1), grid = new Float32Array(GRID * GRID);
  const deviation = (values) => {
    let sum = 0, squares = 0;
    for (let i = 0; i < n; i++) { sum += values[i]; squares += values[i] * values[i]; }
    return Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2));
  };
  const width = Math.max(0.9, 0.5 * n ** (-1 / 6) * (deviation(xs) + deviation(ys)) / 2 / cell);
  for (let i = 0; i < n; i++) {
    const x = Math.min(GRID - 1.001, xs[i] / cell), y = Math.min(GRID - 1.001, ys[i] / cell), column = x | 0, row = y | 0;
    const dx = x - column, dy = y - row, at = row * GRID + column;
    grid[at] += (1 - dx) * (1 - dy); grid[at + 1] += dx * (1 - dy); grid[at + GRID] += (1 - dx) * dy; grid[at + GRID + 1] += dx * dy;
  }
  const reach = Math.ceil(3 * width), kernel = new Float32Array(2 * reach + 1);
  let total = 0;
  for (let i = -reach; i <= reach; i++) total += kernel[i + reach] = Math.exp(-i * i / (2 * width * width));
  // Written across, so that both ways are read along a line.
  const blurred = (from) => {
    const to = new Float32Array(GRID * GRID);
    for (let line = 0, start = 0; line < GRID; line++, start += GRID) {
      for (let at = 0; at < GRID; at++) {
        let sum = 0;
        const last = Math.min(reach, GRID - 1 - at);
        for (let i = Math.max(-reach, -at); i <= last; i++) sum += from[start + at + i] * kernel[i + reach];
        to[at * GRID + line] = sum / total;
      }
    }
    return to;
  };
  return { grid: blurred(blurred(grid)), cell };
}

function densityAt({ grid, cell }, x, y) {
  const gx = Math.min(GRID - 1.001, x / cell), gy = Math.min(GRID - 1.001, y / cell), column = gx | 0, row = gy | 0;
  const dx = gx - column, dy = gy - row, at = row * GRID + column;
  return grid[at] * (1 - dx) * (1 - dy) + grid[at + 1] * dx * (1 - dy) + grid[at + GRID] * (1 - dx) * dy + grid[at + GRID + 1] * dx * dy;
}

/** Marching squares (Lorensen & Cline 1987, in two dimensions): for each level its segments [x1, y1, x2, y2, …]. */
function contourLines({ grid, cell }, levels) {
  const found = levels.map(() => []);
  for (let row = 0; row < GRID - 1; row++) {
    let b = grid[row * GRID], c = grid[(row + 1) * GRID];
    for (let column = 0; column < GRID - 1; column++) {
      const at = row * GRID + column, a = b, d = c;
      b = grid[at + 1]; c = grid[at + GRID + 1];
      // Most squares lie on one side of all lines.
      const least = Math.min(a, b, c, d), most = Math.max(a, b, c, d);
      for (let i = 0; i < levels.length; i++) {
        const level = levels[i];
        if (level <= least || level > most) continue;
        // Where the line crosses each side, should it do so.
        const top = (column + (level - a) / (b - a)) * cell, right = (row + (level - b) / (c - b)) * cell;
        const bottom = (column + (level - d) / (c - d)) * cell, left = (row + (level - a) / (d - a)) * cell;
        const x = column * cell, y = row * cell, nextX = (column + 1) * cell, nextY = (row + 1) * cell, lines = found[i];
        const corners = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);
        switch (corners) {
          case 1: case 14: lines.push(x, left, top, y); break;
          case 2: case 13: lines.push(top, y, nextX, right); break;
          case 4: case 11: lines.push(nextX, right, bottom, nextY); break;
          case 8: case 7: lines.push(bottom, nextY, x, left); break;
          case 3: case 12: lines.push(x, left, nextX, right); break;
          case 6: case 9: lines.push(top, y, bottom, nextY); break;
          // Where two corners across from each other are inside, the middle decides whether they are joined.
          default:
            if ((corners === 5) === (a + b + c + d) / 4 >= level) lines.push(x, left, bottom, nextY, top, y, nextX, right);
            else lines.push(x, left, top, y, nextX, right, bottom, nextY);
        }
      }
    }
  }
  return found;
}

/** Lines around these shares of the points. */
function densityContours(xs, ys, span, shares) {
  if (xs.length < 10) return [];
  const density = densityOf(xs, ys, span), at = new Float32Array(xs.length);
  for (let i = 0; i < xs.length; i++) at[i] = densityAt(density, xs[i], ys[i]);
  at.sort();
  const lines = contourLines(density, shares.map((share) => at[Math.floor((1 - share) * (at.length - 1))]));
  return shares.map((share, i) => ({ share, lines: lines[i] }));
}

/** Bands across a square by which the edges of a lasso are looked up. */
const BANDS = 128;
const bandOf = (y, side) => Math.max(0, Math.min(BANDS - 1, (y * BANDS / side) | 0));

/** The edges of a closed path that cross each band of a square of this side: of each edge where it begins, the height at which it ends,
 * and how far it leads aside with each step down. */
function edgesByBand(corners, side) {
  const edges = Array.from({ length: BANDS }, () => []);
  corners.forEach(([xi, yi], i) => {
    const [xj, yj] = corners.at(i - 1);
    for (let band = bandOf(Math.min(yi, yj), side); band <= bandOf(Math.max(yi, yj), side); band++) edges[band].push(xi, yi, yj, (xj - xi) / (yj - yi));
  });
  return edges.map((own) => Float64Array.from(own));
}

/** Whether a place lies within edges. By itself, and with numbers of one kind, so that the browser's engine makes it quick once, and for all. */
function liesWithin(edges, x, y) {
  let isInside = false;
  for (let e = 0; e < edges.length; e += 4) {
    if (edges[e + 1] > y !== edges[e + 2] > y && x < edges[e + 3] * (y - edges[e + 1]) + edges[e]) isInside = !isInside;
  }
  return isInside;
}
