"use strict";
/* What the browser keeps: marks, searches, settings. Everything works without this file but that.
   Nothing here is sent anywhere, save country, UTC offset and theme in a cookie of our own. */
(() => {
  const KEY = "jobtide", MOST = 5000;
  const root = document.documentElement, said = document.getElementById("said");
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = (selector, from = document) => from.querySelector(selector);
  const KINDS = ["saved", "applied", "hidden"];

  // -- the state ---------------------------------------------------------------------------
  const text = (value, most = 500) => typeof value === "string" ? value.slice(0, most) : "";
  const map = (value, read) => {
    const found = Object.create(null);
    for (const [key, inner] of Object.entries(value && typeof value === "object" ? value : {})) {
      const kept = read(inner);
      if (kept !== null && key.length <= 500) found[key] = kept;
    }
    return found;
  };
  const moment = (value) => Number.isFinite(value) ? value : null;
  const ours = (address, start) => text(address, 4000).startsWith(start) ? address : null;
  const job = (value) => value && ours(value.href, "/jobs/")
    ? { title: text(value.title), company: text(value.company), href: value.href, at: moment(value.at) || 0 } : null;
  const search = (value) => value && (value.address === "/" || ours(value.address, "/?"))
    ? { name: text(value.name, 200) || "search", address: value.address, at: moment(value.at) || 0 } : null;
  const read = (value) => {
    value = value && typeof value === "object" ? value : {};
    const state = { v: 1, seen: map(value.seen, moment), companies: map(value.companies, moment) };
    for (const kind of KINDS) state[kind] = map(value[kind], job);
    state.searches = (Array.isArray(value.searches) ? value.searches : []).map(search).filter(Boolean).slice(0, 200);
    state.me = /^[A-Z]{2}$/.test(value.me) ? value.me : "";
    state.offset = text(value.offset, 8);
    state.theme = ["light", "dark"].includes(value.theme) ? value.theme : "";
    state.keys = value.keys !== false;
    state.visit = moment(value.visit) || 0;
    state.before = moment(value.before) || 0;
    return state;
  };
  const load = () => {
    try { return read(JSON.parse(localStorage.getItem(KEY) || "{}")); } catch { return read({}); }
  };
  const save = () => {
    const seen = Object.entries(state.seen);
    if (seen.length > MOST) state.seen = Object.fromEntries(seen.sort((a, b) => b[1] - a[1]).slice(0, MOST));
    try { localStorage.setItem(KEY, JSON.stringify(state)); } catch { tell("The browser keeps nothing: its storage is full or off."); }
  };
  const cookie = () => {
    const value = encodeURIComponent([state.me, state.offset, state.theme].join("|"));
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `jobtide=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  };
  let state = load(), shown = false, timer = 0;

  // -- telling -----------------------------------------------------------------------------
  const button = (words, act, kind = "quiet") => {
    const made = document.createElement("button");
    made.type = "button"; made.className = kind; made.textContent = words;
    made.addEventListener("click", act);
    return made;
  };
  const tell = (words, undo, name = "Undo") => {
    const box = document.createElement("div");
    box.append(words);
    if (undo) box.append(button(name, () => { said.replaceChildren(); undo(); }, ""));
    said.replaceChildren(box);
    clearTimeout(timer);
    timer = setTimeout(() => said.replaceChildren(), 8000);
  };

  // -- marks -------------------------------------------------------------------------------
  const decorate = () => {
    let hidden = 0, fresh = 0;
    const companies = new Set(Object.keys(state.companies).map((name) => name.toLowerCase()));
    for (const card of all("[data-id]")) {
      const id = card.dataset.id, company = card.dataset.company, alone = "openJob" in card.dataset;
      card.toggleAttribute("data-seen", id in state.seen && !alone);
      card.toggleAttribute("data-applied", id in state.applied);
      const gone = !alone && (id in state.hidden || companies.has(company.toLowerCase()));
      card.hidden = gone && !shown;
      hidden += gone ? 1 : 0;
      fresh += state.before && Date.parse(card.dataset.firstSeen) > state.before ? 1 : 0;
      for (const mark of all("[data-mark]", card)) mark.setAttribute("aria-pressed", id in state[mark.dataset.mark]);
      for (const hide of all("[data-do=hide-company]", card)) hide.hidden = !company;
    }
    const note = one("#hidden-note");
    if (note) {
      note.hidden = !hidden;
      note.replaceChildren(`${hidden} hidden on this page. `, button(shown ? "Hide them" : "Show them", () => { shown = !shown; decorate(); }, "link"));
    }
    const since = one("#since-visit");
    if (since) { since.hidden = !fresh; since.textContent = `${fresh} new since your last visit`; }
  };
  const toggle = (kind, card) => {
    const id = card.dataset.id, was = state[kind][id];
    if (was) delete state[kind][id];
    else state[kind][id] = { title: card.dataset.title, company: card.dataset.company, href: card.dataset.href, at: Date.now() };
    save(); decorate(); lists();
    const words = { saved: ["Saved", "No longer saved"], applied: ["Marked as applied", "No longer marked as applied"], hidden: ["Hidden", "No longer hidden"] }[kind];
    tell(`${words[was ? 1 : 0]}: ${card.dataset.title}`, () => toggle(kind, card));
  };
  const hideCompany = (name) => {
    if (!name) return;
    state.companies[name] = Date.now();
    save(); decorate();
    tell(`All jobs of ${name} are hidden`, () => { delete state.companies[name]; save(); decorate(); });
  };

  // -- the page of what is kept --------------------------------------------------------------
  const line = (list, words, href, about, forget) => {
    const item = document.createElement("li");
    const link = document.createElement(href ? "a" : "span");
    if (href) link.href = href;
    link.textContent = words;
    const note = document.createElement("span");
    note.className = "none"; note.textContent = about;
    const drop = button("Remove", () => { forget(); save(); lists(); });
    drop.setAttribute("aria-label", `Remove ${words}`);
    item.append(link, note, drop);
    list.append(item);
    return item;
  };
  const day = (at) => at ? new Date(at).toISOString().slice(0, 10) : "";
  const lists = () => {
    if (!one("#saved-page")) return;
    for (const list of all("[data-list]")) {
      const kind = list.dataset.list;
      list.replaceChildren();
      if (kind === "searches") state.searches.forEach((found, at) => {
        const item = line(list, found.name, found.address, `saved ${day(found.at)}`, () => state.searches.splice(at, 1));
        const hours = Math.max(1, Math.ceil((Date.now() - found.at) / 36e5));
        if (found.address.includes("since=") || hours > 9999) return;
        const fresh = document.createElement("a");
        fresh.href = `${found.address}${found.address.includes("?") ? "&" : "?"}since=${hours}h`;
        fresh.textContent = "new since then";
        item.insertBefore(fresh, item.lastChild);
      });
      else if (kind === "companies") for (const name of Object.keys(state.companies).sort()) line(list, name, null, "", () => delete state.companies[name]);
      else for (const [id, found] of Object.entries(state[kind]).sort((a, b) => b[1].at - a[1].at)) line(list, found.title || id, found.href, `${found.company} ${day(found.at)}`.trim(), () => delete state[kind][id]);
      if (!list.children.length) list.append(Object.assign(document.createElement("li"), { className: "none", textContent: "none yet" }));
    }
    one("#keys-on").checked = state.keys;
  };
  const put = (file) => file.text().then((body) => {
    const found = read(JSON.parse(body));
    for (const kind of [...KINDS, "seen", "companies"]) Object.assign(state[kind], found[kind]);
    const known = new Set(state.searches.map((each) => each.address));
    state.searches.push(...found.searches.filter((each) => !known.has(each.address)));
    save(); lists(); decorate();
    tell("Imported.");
  }).catch(() => tell("This is no file that was exported here."));
  const take = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(state, null, 1)], { type: "application/json" }));
    link.download = "jobtide-saved.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  // -- doing ---------------------------------------------------------------------------------
  const theme = () => {
    const dark = state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    state.theme = dark ? "light" : "dark";
    root.dataset.theme = state.theme;
    save(); cookie();
  };
  const keepSearch = () => {
    const asked = new URLSearchParams(location.search);
    for (const name of ["cursor", "me", "offset"]) asked.delete(name);
    for (const [name, value] of [...asked]) if (!value) asked.delete(name, value);
    const address = asked.size ? `/?${asked}` : "/";
    if (state.searches.some((each) => each.address === address)) { tell("This search is saved already."); return; }
    const named = all("#results .chips a:not(.more)").map((chip) => chip.firstChild.textContent.trim()).join(", ");
    state.searches.unshift({ name: named || "All remote jobs", address, at: Date.now() });
    save();
    tell("Search saved.", () => { location.href = "/saved"; }, "Show");
  };
  const forget = () => {
    if (!confirm("Forget all marks, searches and settings of this browser?")) return;
    state = read({}); save(); cookie(); delete root.dataset.theme; lists(); decorate();
  };
  const DO = {
    theme, export: take, forget, "save-search": keepSearch,
    import: () => one("#import-file").click(),
    "hide-company": (from) => hideCompany(from.dataset.company || from.closest("[data-id]").dataset.company),
  };
  document.addEventListener("click", (event) => {
    const from = event.target.closest("[data-mark], [data-do], [data-apply]");
    if (!from) return;
    const card = from.closest("[data-id]");
    if (from.dataset.mark) toggle(from.dataset.mark, card);
    else if (from.dataset.do) DO[from.dataset.do](from);
    else if (card && !(card.dataset.id in state.applied)) tell("Did you apply?", () => toggle("applied", card), "Mark as applied");
  });
  document.addEventListener("change", (event) => {
    const from = event.target;
    if (from.id === "import-file" && from.files.length) put(from.files[0]);
    else if (from.id === "keys-on") { state.keys = from.checked; save(); }
    else if (from.id === "me" || from.id === "offset") { state[from.id] = from.value.trim().slice(0, 8); save(); cookie(); }
  }, true);

  // -- keys ----------------------------------------------------------------------------------
  const cards = () => all("#jobs .job").filter((card) => !card.hidden);
  const current = () => one("[data-open-job]") || one(".job.at") || (document.activeElement && document.activeElement.closest(".job"));
  const go = (next) => {
    if (!next) return;
    for (const card of all(".job.at")) card.classList.remove("at");
    next.classList.add("at");
    one(".name a", next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };
  const move = (by) => {
    const there = cards(), at = there.indexOf(one(".job.at"));
    go(there[at < 0 ? 0 : Math.min(there.length - 1, Math.max(0, at + by))]);
  };
  const mark = (kind) => {
    const card = current();
    if (!card) return;
    const there = cards(), at = there.indexOf(card);
    toggle(kind, card);
    if (card.hidden) go(there[at + 1] || there[at - 1]);
  };
  const open = () => { const card = current(); const link = card && (one(".name a", card) || one("a[data-apply]", card)); if (link) link.click(); };
  const KEYS = {
    "/": () => { const box = one("input[type=search]"); if (box) { box.focus(); box.select(); } },
    j: () => move(1), k: () => move(-1), o: open,
    s: () => mark("saved"), a: () => mark("applied"), h: () => mark("hidden"),
    "?": () => one("#keys-dialog").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (!state.keys || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea, dialog[open]")) return;
    const act = KEYS[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  // -- parts that are swapped ------------------------------------------------------------------
  document.addEventListener("htmx:configRequest", (event) => {
    const asked = event.detail.parameters;
    for (const name of ["me", "offset"]) if (state[name] || asked[name] === "") delete asked[name];
    for (const name of Object.keys(asked)) if (asked[name] === "" || (name === "currency" && !asked.pay)) delete asked[name];
  });
  document.addEventListener("htmx:responseError", (event) => {
    const path = event.detail.pathInfo;
    location.href = path.responsePath || path.finalRequestPath;
  });
  document.addEventListener("htmx:afterSettle", decorate);

  // -- begin -----------------------------------------------------------------------------------
  root.classList.add("js");
  if (Date.now() - state.visit > 18e5) state.before = state.visit;
  state.visit = Date.now();
  const opened = one("[data-open-job]");
  if (opened) state.seen[opened.dataset.id] = Date.now();
  save();
  const filters = one("#filters");
  if (filters) {
    if (matchMedia("(max-width: 56rem)").matches) filters.open = false;
    filters.dataset.ready = "";
  }
  const zone = one("#offset");
  if (zone) {
    // Standard time: of winter and summer the one that is farther west.
    const hours = -Math.max(...[0, 6].map((month) => new Date(2026, month, 1).getTimezoneOffset())) / 60;
    zone.placeholder = `${hours < 0 ? "" : "+"}${hours}`;
  }
  decorate(); lists();
})();
