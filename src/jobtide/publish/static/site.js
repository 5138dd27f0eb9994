// What a page can do better with a script; everything is there without it.
// Ages are counted here and not when the site is built, so that pages do not change every day.
const DAY = 864e5;
const days = (time) => Math.round((Date.parse(new Date().toISOString().slice(0, 10)) - Date.parse(time.dateTime)) / DAY);
const ago = (count) => count <= 0 ? "today" : count === 1 ? "yesterday" : count < 60 ? `${count} days ago` : `${Math.round(count / 30)} months ago`;

export function tellAges(part) {
  for (const time of part.querySelectorAll(".age time")) {
    const count = days(time);
    if (!Number.isFinite(count)) continue;
    time.title = time.textContent;
    time.textContent = ago(count);
    const title = time.closest(".job")?.querySelector("h3");
    if ("seen" in time.dataset && count <= 1 && title && !title.querySelector(".new")) {
      const badge = document.createElement("span");
      badge.className = "badge new";
      badge.textContent = "new";
      title.append(badge);
    }
  }
}

// What a reader did with a job stays in this browser: {"job/x.html": "seen" | "applied" | "hidden"}.
const KEY = "jobtide";
function kept() {
  try { return JSON.parse(localStorage.getItem(KEY) ?? "{}") } catch { return {} }
}
function keep(job, state) {
  const all = kept();
  if (state) all[job] = state; else delete all[job];
  try { localStorage.setItem(KEY, JSON.stringify(all)) } catch { /* private window: forgotten */ }
}

export function tellStates(part) {
  const all = kept();
  for (const row of part.querySelectorAll(".job[data-job]")) {
    const state = all[row.dataset.job];
    row.toggleAttribute("data-seen", Boolean(state));
    row.hidden = state === "hidden";
    if (state === "applied" && !row.querySelector(".applied")) {
      const mark = document.createElement("span");
      mark.className = "badge yes applied";
      mark.textContent = "✓ applied";
      row.querySelector("h3").append(" ", mark);
    }
  }
}

function offerStates(page) {
  const job = page.dataset.job;
  const actions = page.querySelector(".actions");
  if (!kept()[job]) keep(job, "seen");
  const buttons = [["applied", "Mark as applied", "✓ Applied"], ["hidden", "Hide in lists", "Hidden in lists: show again"]];
  for (const [state, words, done] of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    const show = () => {
      const on = kept()[job] === state;
      button.textContent = on ? done : words;
      button.setAttribute("aria-pressed", String(on));
    };
    button.addEventListener("click", () => {
      keep(job, kept()[job] === state ? "seen" : state);
      for (const other of actions.querySelectorAll("button")) other.dispatchEvent(new Event("show"));
    });
    button.addEventListener("show", show);
    show();
    actions.append(button);
  }
}

tellAges(document);
tellStates(document);
const page = document.querySelector("article[data-job]");
if (page) offerStates(page);
addEventListener("pageshow", (event) => { if (event.persisted) tellStates(document) });
