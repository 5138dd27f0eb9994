// The search page: Pagefind (https://pagefind.app) reads an index that lies beside the pages.
import { tellAges, tellStates } from "./site.js";

const form = document.getElementById("search");
const list = document.getElementById("results");
const found = document.getElementById("found");
const more = document.getElementById("more");
const SIZE = 20;
let hits = [];
let shown = 0;
let asked = 0;

const asking = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value));

function fillForm() {
  const wanted = new URLSearchParams(location.search);
  for (const field of form.elements) {
    if (!field.name) continue;
    if (field.type === "checkbox") field.checked = wanted.has(field.name);
    else field.value = wanted.get(field.name) ?? "";
  }
}

async function filters(wanted) {
  const all = [];
  const from = wanted.get("from");
  if (from) {
    const places = await (await fetch("static/places.json")).json();
    const words = ["anywhere", from, ...(places[from] ?? [])];
    if (wanted.has("silent")) words.push("none");
    all.push({ any: words.map((word) => ({ open: word })) });
  }
  if (wanted.get("category")) all.push({ category: wanted.get("category") });
  if (wanted.has("pay")) all.push({ pay: "stated" });
  return all.length ? { all } : {};
}

function piece(name, text, parent, label = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (label) made.className = label;
  parent.append(made);
  return made;
}

function row(hit) {
  const item = document.createElement("li");
  item.className = "job";
  item.dataset.job = hit.url.replace(/^.*(job\/)/, "$1");
  piece("span", (hit.meta.company ?? "?").trim().split(/\s+/).slice(0, 2).map((word) => word[0]).join("").toUpperCase(), item, "logo").setAttribute("aria-hidden", "true");
  const link = piece("a", hit.meta.title, piece("h3", "", item));
  link.href = item.dataset.job;
  const meta = piece("p", "", item, "meta");
  piece("span", hit.meta.company ?? "", meta, "who");
  const open = hit.meta.open ?? "";
  piece("span", open, meta, `badge ${open.startsWith("Anywhere") ? "yes" : open.includes("not stated") ? "unknown" : "some"}`);
  piece("span", hit.meta.pay ?? "", meta, (hit.meta.pay ?? "").includes("not stated") ? "none" : "pay");
  piece("p", hit.meta.age ?? "", item, "age");
  const words = piece("p", "", item, "note");
  words.innerHTML = hit.excerpt; // escaped by Pagefind, but for its own <mark>
  return item;
}

async function show() {
  const part = hits.slice(shown, shown + SIZE);
  shown += part.length;
  const data = await Promise.all(part.map((hit) => hit.data()));
  list.append(...data.map(row));
  more.hidden = shown >= hits.length;
  tellAges(list);
  tellStates(list);
}

async function search(pagefind) {
  const wanted = asking();
  const turn = ++asked;
  list.replaceChildren();
  more.hidden = true;
  hits = [];
  shown = 0;
  if (![...wanted.keys()].length) { found.textContent = ""; return }
  const words = wanted.get("q") || null;
  const options = { filters: await filters(wanted) };
  if (!words) options.sort = { date: "desc" };
  const answer = await pagefind.search(words, options);
  if (turn !== asked) return;
  hits = answer.results;
  found.textContent = hits.length ? `${hits.length} job${hits.length === 1 ? "" : "s"}, ${words ? "best matches" : "newest"} first` : "No job answers this. Take a word or a choice out.";
  await show();
}

fillForm();
try {
  const pagefind = await import("../pagefind/pagefind.js");
  await pagefind.options({ baseUrl: "/", excerptLength: 24 });
  await pagefind.init();
  const again = () => {
    history.replaceState(null, "", `?${asking()}`);
    search(pagefind);
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); again() });
  form.addEventListener("change", again);
  more.firstElementChild.addEventListener("click", show);
  await search(pagefind);
} catch (error) {
  found.textContent = "The search could not be loaded. The lists work without it.";
  console.warn(error);
}
