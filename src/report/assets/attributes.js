// Participants by what is known of them: filters and tables.

const ATTRIBUTES = D.attributes || [];
/** Marks the key of a group among the names of studies. */
const GROUP_MARK = "\u001f";

/** The key of a group of participants, of those of a study or of all (""). */
const groupKey = (attribute, group, study) => GROUP_MARK + attribute + GROUP_MARK + group + GROUP_MARK + study;
const isGroupKey = (who) => who.startsWith(GROUP_MARK);

/** Groups to choose from: key without a study, and name. */
function groupChoices(without) {
  return ATTRIBUTES.flatMap((it, attribute) => (it.name === without ? [] : it.groups).map((group, at) => [attribute + GROUP_MARK + at, it.name + ": " + group]));
}

/** Which participants a choice is about; everybody of "". */
function isOfChoice(choice) {
  if (choice === "") return () => true;
  const [attribute, group] = choice.split(GROUP_MARK).map(Number);
  return (person) => ATTRIBUTES[attribute].of[person] === group;
}

/** `without`: an attribute that is not chosen by. */
const groupFilter = (choice, set, without = null) => (ATTRIBUTES.length ? select("Participants", [["", "All participants"], ...groupChoices(without)], choice, set) : null);

let answeredIn = null;
/** For each section the participants who answered in it; a code for a missing answer is none. */
function whoAnswered(section) {
  if (!answeredIn) {
    answeredIn = D.sections.map(() => new Set());
    for (let u = 0; u < N; u++) if (sectionOf(u) >= 0 && isAnswer(u)) answeredIn[sectionOf(u)].add(participantOf(u));
  }
  return answeredIn[section];
}

/** A theme's prevalence among the participants for whom `isOne` holds. */
function prevalenceAmong(view, isOne) {
  let asked = 0;
  for (const person of whoAnswered(view.section)) if (isOne(person)) asked += 1;
  const people = new Set();
  for (const u of view.members) if (isOne(participantOf(u))) people.add(participantOf(u));
  return prevalence(people.size, asked);
}

/** The same of a group by its key. */
function prevalenceOfGroup(view, key) {
  const [, attribute, group, study] = key.split(GROUP_MARK);
  const of = ATTRIBUTES[attribute].of, at = study === "" ? -1 : D.studies.findIndex((it) => it.name === study);
  return prevalenceAmong(view, (person) => of[person] === Number(group) && (at < 0 || D.participants.study[person] === at));
}

let attributeShown = 0;
/** How a theme's share falls out in the groups of an attribute that the reader chooses. */
function byAttribute(view) {
  if (!ATTRIBUTES.length) return null;
  const box = h("div", { "aria-live": "polite" });
  const draw = () => {
    const { name, groups, of } = ATTRIBUTES[attributeShown];
    const found = groups.map((group, at) => ({ group, prevalence: prevalenceAmong(view, (person) => of[person] === at), mentions: view.members.filter((u) => of[participantOf(u)] === at).length }));
    const most = scaleEnd(found.map((it) => it.prevalence));
    fill(box, scrollable("Prevalence by " + name, h("table", { class: "prevalence" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, said(name)), h("th", { scope: "col", class: "wide-cell" }, "Share of participants"),
        h("th", { scope: "col", class: "num" }, "Share (95 %)"), h("th", { scope: "col", class: "num" }, "Participants"), h("th", { scope: "col", class: "num" }, "Mentions"))),
      h("tbody", {}, found.map(({ group, prevalence: p, mentions }) => h("tr", {}, h("th", { scope: "row" }, said(group)), h("td", { class: "wide-cell" }, bar(p, most)),
        h("td", { class: "num" }, h("b", {}, p.share === null ? "–" : percent(p.share)), p.share === null ? "" : " (" + whole(p.low) + "–" + whole(p.high) + ")"),
        h("td", { class: "num" }, ofText(p)), h("td", { class: "num" }, number(mentions))))))));
  };
  draw();
  return h("section", {}, h("h2", {}, "By group"),
    ATTRIBUTES.length > 1 ? h("div", { class: "tools" }, select("Groups by", ATTRIBUTES.map((it, at) => [at, it.name]), attributeShown, (value) => { attributeShown = Number(value); draw(); })) : null, box);
}
