// The page of edits: what is pending, what the codebook has, what other reports left, and the file.

function editsPage() {
  const pending = pendingEdits();
  const base = Object.keys(noEdits()).flatMap((kind) => Object.keys(BASE[kind]).map((key) => ({ kind, key }))).filter(({ kind, key }) => !changed(kind, key));
  const remove = ({ kind, key }) => edit("taken out: " + kind + " of " + key, (edits) => takeOut(edits, kind, key));
  const list = (all, word, done, place) => paged(all, 50, (it) => h("ul", { class: "edits" }, h("li", {}, h("span", {}, describeEdit(it, E)), button(word, () => done(it), { class: "quiet" }))), "", { memory: listMemory(place) });
  const missed = D.manifest.edits.filter((it) => !it.applied || it.reason);
  return h("div", {}, h("h1", {}, "Your edits"),
    h("p", { class: "lead" }, "Rename, describe, merge, split or hide themes on their pages; move, pin or code passages, one or many; make themes of what you chose, searched for or drew around on the map; take notes. Your browser keeps the edits, also for the reports that come after this one; the codebook brings them into the analysis."),
    offers.map(offerSection), leftSection(),
    missed.length ? h("section", {}, h("h2", {}, "In codebook.toml, and not as written"), h("ul", { class: "edits" }, missed.map((it) => h("li", {}, h("span", {}, said(it.edit + " of " + it.target + (it.value ? ": " + shorten(it.value, 80) : "")), h("span", { class: "hint" }, " – ", said(prose(it.reason || "it fits nothing here")))))))) : null,
    h("section", {}, h("h2", {}, "Not in codebook.toml yet"),
      pending.length ? list(pending, "Take back", takeBack, "pending") : h("p", {}, "None."),
      h("div", { class: "buttons" }, button("Undo", undo, { disabled: !undoStack.length }), button("Redo", redo, { disabled: !redoStack.length }), saveButtons(pending.length > 0), loadButton(), button("Keys…", showShortcuts, { class: "quiet" })),
      h("p", { class: "hint" }, canSaveFile() ? "Write into the codebook.toml in the folder of the analysis" : "Put the downloaded codebook.toml into the folder of the analysis, in place of the one there", ", run ", h("code", {}, "leitmotif codebook FOLDER --apply"), ", then ", h("code", {}, "leitmotif report FOLDER --force"), ". It holds the edits that were in codebook.toml before, too, as far as you left them."),
      keeper.isKept() ? null : h("p", { class: "notice" }, "This browser does not keep anything for files on disk: save the codebook before you close the page.")),
    base.length ? h("section", {}, h("h2", {}, "Already in codebook.toml"), list(base, "Take out", remove, "base"),
      h("p", { class: "hint" }, "What you take out here changes counts at once, and quotes and keywords when the codebook is applied.")) : null,
    pending.length ? h("section", {}, h("h2", {}, "The file"), h("pre", { tabindex: "0", dir: "auto" }, codebookText())) : null);
}
