// Density of points, and lines around the densest of them.
//
// In: places of points. Out: for each share the line segments around the smallest area that holds that share of the points
// (highest density regions, Hyndman 1996). It knows no page; tests/browser/parts.mjs holds it against circles of a known size.

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
  const blurred = (from, step, across) => {
    const to = new Float32Array(GRID * GRID);
    for (let line = 0; line < GRID; line++) {
      for (let at = 0; at < GRID; at++) {
        let sum = 0;
        const first = Math.max(-reach, -at), last = Math.min(reach, GRID - 1 - at);
        for (let i = first; i <= last; i++) sum += from[line * across + (at + i) * step] * kernel[i + reach];
        to[line * across + at * step] = sum / total;
      }
    }
    return to;
  };
  return { grid: blurred(blurred(grid, 1, GRID), GRID, 1), cell };
}

function densityAt({ grid, cell }, x, y) {
  const gx = Math.min(GRID - 1.001, x / cell), gy = Math.min(GRID - 1.001, y / cell), column = gx | 0, row = gy | 0;
  const dx = gx - column, dy = gy - row, at = row * GRID + column;
  return grid[at] * (1 - dx) * (1 - dy) + grid[at + 1] * dx * (1 - dy) + grid[at + GRID] * (1 - dx) * dy + grid[at + GRID + 1] * dx * dy;
}

/** Marching squares (Lorensen & Cline 1987, in two dimensions): for each level its segments [x1, y1, x2, y2, …]. */
function contourLines({ grid, cell }, levels) {
  const found = levels.map(() => []);
  let a = 0, b = 0, c = 0, d = 0, row = 0, column = 0, level = 0, lines = found[0];
  const part = (from, to) => (level - from) / (to - from);
  const top = () => [column + part(a, b), row], right = () => [column + 1, row + part(b, c)];
  const bottom = () => [column + part(d, c), row + 1], left = () => [column, row + part(a, d)];
  const draw = (from, to) => lines.push(from[0] * cell, from[1] * cell, to[0] * cell, to[1] * cell);
  for (row = 0; row < GRID - 1; row++) {
    [b, c] = [grid[row * GRID], grid[(row + 1) * GRID]];
    for (column = 0; column < GRID - 1; column++) {
      const at = row * GRID + column;
      a = b; d = c; b = grid[at + 1]; c = grid[at + GRID + 1];
      // Most squares lie on one side of all lines.
      const least = Math.min(a, b, c, d), most = Math.max(a, b, c, d);
      for (let i = 0; i < levels.length; i++) {
        level = levels[i];
        if (level <= least || level > most) continue;
        lines = found[i];
        const corners = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);
        // Where two corners across from each other are inside, the middle decides whether they are joined.
        const joined = (a + b + c + d) / 4 >= level;
        switch (corners) {
          case 1: case 14: draw(left(), top()); break;
          case 2: case 13: draw(top(), right()); break;
          case 4: case 11: draw(right(), bottom()); break;
          case 8: case 7: draw(bottom(), left()); break;
          case 3: case 12: draw(left(), right()); break;
          case 6: case 9: draw(top(), bottom()); break;
          default:
            if ((corners === 5) === joined) { draw(left(), bottom()); draw(top(), right()); }
            else { draw(left(), top()); draw(right(), bottom()); }
        }
      }
    }
  }
  return found;
}

/** Lines around these shares of the points. */
function densityContours(xs, ys, span, shares) {
  if (xs.length < 10) return [];
  const density = densityOf(xs, ys, span);
  const at = Float32Array.from(xs, (x, i) => densityAt(density, x, ys[i])).sort();
  const lines = contourLines(density, shares.map((share) => at[Math.floor((1 - share) * (at.length - 1))]));
  return shares.map((share, i) => ({ share, lines: lines[i] }));
}
