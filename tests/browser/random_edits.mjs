// Edits by chance, the same in every run, for what is held against the program or against itself.

/** Numbers that jump about, the same in every run: Marsaglia's xorshift32 (2003, "Xorshift RNGs"). */
let state = 20250;
export function jumping(below) {
  state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
  return (state >>> 0) % below;
}
export const pick = (list) => list[jumping(list.length)];

/** One more edit, made as a reader makes it; `page`: the functions of codebook.js. */
export function editOnce(page, edits, found, ids, now, base) {
  const clustered = ids.map((_, u) => u).filter((u) => found.theme[u] !== undefined);
  const u = pick(clustered), unit = ids[u], section = found.section[u];
  const shown = [...now.themes].filter(([, it]) => it.section === section).map(([id]) => id);
  const all = [...now.themes.keys()];
  const own = [now.theme[u], ...(now.also.get(u) || [])].filter(Boolean);
  const others = shown.filter((id) => !own.includes(id));
  const recurring = now.recurring.map((it) => it.id);
  switch (jumping(12)) {
    case 0: case 1: {
      const near = clustered.filter((v) => found.section[v] === section);
      page.makeTheme(edits, page.nextId(edits, base), section, "Mine " + jumping(99), Array.from({ length: 1 + jumping(6) }, () => ids[pick(near)]));
      break;
    }
    case 2: if (others.length) page.putUnit(edits, unit, pick(others)); break;
    case 3: page.putUnit(edits, unit, page.NOWHERE); break;
    case 4: case 5: if (others.length) page.addUnit(edits, unit, pick(others)); break;
    case 6: if (own.length) page.takeUnitOut(edits, unit, pick(own)); break;
    case 7: {
      const [one, other] = [pick(shown), pick(shown)];
      if (one && one !== other) page.mergeTheme(edits, one, other, section);
      break;
    }
    case 8: if (recurring.length > 1) { const [one, other] = [pick(recurring), pick(recurring)]; if (one !== other) page.leadTo(edits.recurringMerge, one, other); } break;
    case 9: {
      const themes = [...new Set([pick(all), pick(all), pick(all)])];
      if (!recurring.length || themes.length < 2) break;
      page.joinRecurring(edits, pick(recurring), themes);
      break;
    }
    case 10: edits.category["Of " + jumping(4)] = { description: "What\n\"it\" is", themes: [pick(all), pick(all), ...(recurring.length ? [pick(recurring)] : [])] }; break;
    default: {
      // A part of a theme becomes a theme of its own.
      const members = now.themes.get(now.theme[u])?.members || [];
      const free = members.filter((v) => found.theme[v] === now.theme[u] && edits.move[ids[v]] === undefined
        && !Object.values(edits.new).some((made) => made.units.includes(ids[v])) && !Object.values(edits.divide).flat().some((part) => part.units.includes(ids[v])));
      if (!free.length || edits.merge[now.theme[u]] !== undefined || own.some((id) => (edits.not[unit] || []).includes(id))) break;
      // Values of edits are never changed themselves.
      edits.divide[now.theme[u]] = [...(edits.divide[now.theme[u]] || []), { id: page.nextId(edits, base), name: "Part", units: free.slice(0, 1 + jumping(4)).map((v) => ids[v]) }];
    }
  }
}
