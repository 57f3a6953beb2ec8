// Decide within the report. What is shown and saved is the sheet below; nothing leaves the browser but
// the file that is saved. All words go in as text, never as markup.

const sheetElement = document.getElementById("decide-sheet");
if (sheetElement) decideBy(JSON.parse(sheetElement.textContent), document.getElementById("decide"));

function decideBy(sheet, section) {
  const PACE = 10; // seconds a group, until this person's own pace is known
  const LONGEST = 120; // seconds; a longer pause was no reading
  const part = (name) => section.querySelector(`[data-part="${name}"]`);
  const field = (name) => section.querySelector(`[data-field="${name}"]`);
  const kinds = new Map(sheet.kinds.map((kind) => [kind.kind, kind]));
  const groups = sheet.groups;
  const key = `evidence-review:${sheet.sheet}`;
  let state = kept() || { reviewer: "", role: "", countersigned: "", made: {}, drafts: {}, log: [] };
  let at = 0;
  let shownAt = Date.now();

  function kept() {
    try {
      const text = localStorage.getItem(key);
      const read = text && JSON.parse(text);
      return read && read.made && read.drafts && Array.isArray(read.log) ? read : null;
    } catch { return null; }
  }

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify(state));
      part("kept").textContent = "Kept in this browser. Save the file to hand the decisions in.";
    } catch {
      part("kept").textContent = "This browser keeps nothing: save the file before you close the page.";
    }
  }

  const made = (group) => state.made[group.group];
  const isOpen = (group) => !made(group) && !group.recorded;
  const places = (some) => some.reduce((sum, group) => sum + group.places.length, 0);

  function pace() {
    const times = Object.values(state.made).map((one) => one.seconds).filter((s) => s > 0);
    if (times.length < 3) return PACE;
    times.sort((a, b) => a - b);
    return times[Math.floor(times.length / 2)];
  }

  function tell(text) { part("message").textContent = text; }

  function told() {
    const open = groups.filter(isOpen);
    const done = groups.length - open.length;
    const minutes = Math.ceil(open.length * pace() / 60);
    part("progress").max = groups.length;
    part("progress").value = done;
    part("told").textContent = open.length
      ? `${done} of ${groups.length} decided, about ${minutes} ${minutes === 1 ? "minute" : "minutes"} left; ` +
        `${places(open)} sentences are open.`
      : `All ${groups.length} are decided. Save the file.`;
    for (const button of part("tiers").children) {
      const left = open.filter((group) => group.tier === button.dataset.tier).length;
      button.textContent = `${sheet.tiers[button.dataset.tier]}: ${left}`;
      button.disabled = !groups.some((group) => group.tier === button.dataset.tier);
    }
    part("save").disabled = !Object.keys(state.made).length;
    part("undo").disabled = !state.log.length;
  }

  function suggestion(group) {
    const reason = group.plain ? `As the review suggests: ${group.plain}` : "";
    return { decision: group.suggested, wording: group.wording, reason, owner: "", due: "" };
  }

  // What was entered and not recorded yet stays with its group, and with no other.
  function entered(group) { return state.drafts[group.group] || made(group) || suggestion(group); }

  function draft(changes) {
    const group = groups[at];
    state.drafts[group.group] = { ...entered(group), ...changes };
    keep();
  }

  function show(number, focus = true) {
    at = Math.max(0, Math.min(number, groups.length - 1));
    shownAt = Date.now();
    const group = groups[at];
    part("number").textContent = `${at + 1} of ${groups.length}: ${sheet.tiers[group.tier]}`;
    part("action").textContent = `${group.action}. `;
    part("plain").textContent = group.plain;
    part("places").replaceChildren(...group.places.map((place) => placeItem(place, group)));
    const before = made(group) ? "decided here" : group.recorded ? `recorded: ${group.recorded}` : "open";
    part("state").textContent = `State: ${before}.`;
    fill(entered(group));
    tell("");
    told();
    if (focus) part("card").focus();
  }

  function placeItem(place, group) {
    const item = document.createElement("li");
    const quote = document.createElement("q");
    quote.textContent = place.text;
    const link = document.createElement("a");
    link.href = `#${place.claim}`;
    link.textContent = place.claim;
    item.append(quote, document.createTextNode(` ${sheet.pages[place.page]}, `), link);
    if (group.warns) item.append(document.createTextNode(" (it warns: never taken out without a word)"));
    return item;
  }

  function fill(given) {
    for (const button of part("kinds").children) {
      button.setAttribute("aria-pressed", String(button.dataset.kind === given.decision));
    }
    for (const name of ["wording", "reason", "owner", "due"]) field(name).value = given[name];
    part("rewording").hidden = given.decision !== "reword";
  }

  function choose(kind) {
    draft({ decision: kind });
    fill(entered(groups[at]));
    if (kind === "reword" && !field("wording").value) field("wording").focus();
  }

  function missing(given) {
    if (!state.reviewer.trim()) return ["reviewer", "Write who decides."];
    if (!state.role.trim()) return ["role", "Write in what role."];
    if (!given.reason.trim()) return ["reason", "Write why."];
    if (given.decision === "reword" && !given.wording.trim()) return ["wording", "Write the new words."];
    return null;
  }

  function record() {
    const group = groups[at];
    const given = entered(group);
    const lack = missing(given);
    if (lack) { tell(lack[1]); field(lack[0]).focus(); return; }
    const seconds = Math.min((Date.now() - shownAt) / 1000, LONGEST);
    state.log.push({ group: group.group, before: made(group) || null });
    state.made[group.group] = { ...given, at: new Date().toISOString().slice(0, 19) + "Z", seconds };
    delete state.drafts[group.group];
    keep();
    next();
    tell(`Decided: ${kinds.get(given.decision).label}, on ${places([group])} ` +
      `${group.places.length === 1 ? "sentence" : "sentences"}. Undo with u.`);
  }

  function next() {
    const later = groups.findIndex((group, number) => number > at && isOpen(group));
    const any = later >= 0 ? later : groups.findIndex(isOpen);
    show(any >= 0 ? any : at);
  }

  function undo() {
    const last = state.log.pop();
    if (!last) { tell("There is nothing to undo."); return; }
    if (last.before) state.made[last.group] = last.before;
    else delete state.made[last.group];
    keep();
    show(last.group);
    tell("Undone.");
  }

  function file() {
    const decisions = groups.filter(made).map((group) => {
      const { decision, wording, reason, owner, due, at: moment } = made(group);
      return {
        claims: group.claims, decision, wording: decision === "reword" ? wording : "", reason, owner, due,
        at: moment,
      };
    });
    const { reviewer, role, countersigned } = state;
    return { form: sheet.form, evidence: sheet.evidence, reviewer, role, countersigned, decisions };
  }

  function save() {
    const content = file();
    const blob = new Blob([JSON.stringify(content, null, 1) + "\n"], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `decisions-${sheet.as_of}-${sheet.sheet.slice(0, 8)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    tell(`Saved ${content.decisions.length} decisions: record them with review decide --from FILE.`);
  }

  async function open(chosen) {
    let content;
    try { content = JSON.parse(await chosen.text()); } catch { content = null; }
    if (!content || content.form !== sheet.form || !Array.isArray(content.decisions)) {
      tell("This is no file of decisions that this report can open. Nothing was changed.");
      return;
    }
    for (const name of ["reviewer", "role", "countersigned"]) {
      state[name] = String(content[name] || state[name]);
      field(name).value = state[name];
    }
    const taken = content.decisions.reduce((sum, one) => sum + takeIn(one), 0);
    keep();
    next();
    const rest = content.decisions.length - taken;
    tell(`Opened: ${taken} decisions.` + (rest
      ? ` ${rest} rest on other evidence or on other sentences than this report and were left out: decide them again.`
      : ""));
  }

  // A decision is taken in only for the very claims and evidence that it was taken on.
  function takeIn(one) {
    const same = (group) => one.claims && typeof one.claims === "object" &&
      Object.keys(one.claims).length === Object.keys(group.claims).length &&
      Object.entries(group.claims).every(([claim, digest]) => one.claims[claim] === digest);
    const group = groups.find(same);
    if (!group || !kinds.has(one.decision)) return 0;
    const text = (name) => String(one[name] || "");
    state.log.push({ group: group.group, before: made(group) || null });
    state.made[group.group] = {
      decision: one.decision, wording: text("wording"), reason: text("reason"), owner: text("owner"),
      due: text("due"), at: text("at"), seconds: 0,
    };
    return 1;
  }

  const letters = new Map(sheet.kinds.map((kind) => [kind.letter, () => choose(kind.kind)]));
  letters.set("j", () => show(at + 1)).set("k", () => show(at - 1)).set("u", undo).set("Enter", record)
    .set("n", next);

  section.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key === "Enter" && event.ctrlKey) { event.preventDefault(); record(); }
      return;
    }
    if (event.key === "Escape") { part("card").focus(); return; }
    // Letters are words in a field, and Enter presses the button or follows the link that has the focus.
    if (event.target.closest("input, textarea, a, summary")) return;
    if (event.key === "Enter" && event.target.closest("button")) return;
    const act = letters.get(event.key);
    if (act) { event.preventDefault(); act(); }
  });

  for (const kind of sheet.kinds) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.kind = kind.kind;
    button.textContent = `${kind.label} (${kind.letter})`;
    button.addEventListener("click", () => choose(kind.kind));
    part("kinds").append(button);
  }
  for (const tier of Object.keys(sheet.tiers)) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.tier = tier;
    button.addEventListener("click", () => {
      const first = groups.findIndex((group) => group.tier === tier && isOpen(group));
      show(first >= 0 ? first : groups.findIndex((group) => group.tier === tier));
    });
    part("tiers").append(button);
  }
  for (const name of ["wording", "reason", "owner", "due"]) {
    field(name).addEventListener("input", () => draft({ [name]: field(name).value }));
  }
  for (const name of ["reviewer", "role", "countersigned"]) {
    field(name).value = state[name];
    field(name).addEventListener("input", () => { state[name] = field(name).value; keep(); });
  }
  for (const [name, act] of Object.entries({
    record, undo, save, back: () => show(at - 1), forth: () => show(at + 1),
    forget: () => part("sure").hidden = false,
    stay: () => part("sure").hidden = true,
    gone: () => {
      state = { ...state, made: {}, drafts: {}, log: [] };
      part("sure").hidden = true;
      keep();
      show(0);
      tell("What was decided here is gone; files that were saved are not.");
    },
  })) part(name).addEventListener("click", act);
  field("file").addEventListener("change", async () => {
    if (field("file").files.length) await open(field("file").files[0]);
    field("file").value = "";
  });

  section.hidden = false;
  keep();
  const first = groups.findIndex(isOpen);
  show(first >= 0 ? first : 0, false);
}
