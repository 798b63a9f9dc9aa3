// Keeps the page fresh: hears the server's events, fetches the panels they are about, and puts them in their places.
// It makes no HTML and has no words of its own: both come from the server, which escapes what clients and files say.
"use strict";

const MOST_ROWS = 100; // as many as the server sends
const GATHER = 250; // milliseconds in which events are gathered before anything is fetched
const QUIET = 5000; // milliseconds between two things said to screen readers
const NOTICE = 10000; // milliseconds for which a restart is told
const PATIENCE = 1000; // milliseconds between two looks for a server that is gone

const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const words = find("#words").dataset;
const say = (name, count) => words[name].replace("{count}", count);

// --- Fetching -------------------------------------------------------------------------------------------------------

class SignedOut extends Error {}

async function ask(path, options = {}) {
  const response = await fetch(path, { ...options, headers: { ...options.headers, "X-Ota-Dev-Page": "1" } });
  if (response.status === 401) throw new SignedOut();
  return response;
}

async function post(route, value = {}) {
  const headers = { "Content-Type": "application/json" };
  const response = await ask(`/_ota/api/v1/${route}`, { method: "POST", headers, body: JSON.stringify(value) });
  return { ok: response.ok, answer: await response.json() };
}

function parse(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html; // of this server, which escapes every value; scripts in it would not run either
  return holder.content;
}

const pageQuery = () => new URLSearchParams(location.search);

async function fetchPanel(name, more = {}) {
  const query = pageQuery();
  for (const [key, value] of Object.entries(more)) query.set(key, value);
  query.set("language", document.documentElement.lang);
  const response = await ask(`/_ota/dashboard/${name}?${query}`);
  return response.ok ? parse(await response.text()) : null;
}

// --- Panels ---------------------------------------------------------------------------------------------------------

// Replacing a panel must not throw away what somebody is doing in it: focus stays, and what is open stays open.
function replacePanel(place, content) {
  if (isUnchanged(place, content)) return;
  const focused = place.contains(document.activeElement) ? identify(document.activeElement) : null;
  const open = all("details[open]", place).map(identify);
  const fields = all("input, select, textarea", place).map((field) => [identify(field), field.value, field.checked]);
  const before = find("[data-said]", place)?.textContent;
  place.replaceChildren(content);
  const said = find("[data-said]", place)?.textContent;
  if (before && said !== before) find("#announcer").textContent = said;
  for (const [id, value, checked] of fields) {
    const field = find(id, place);
    if (field && !field.hasAttribute("data-fresh")) Object.assign(field, { value, checked });
  }
  for (const id of open) find(id, place)?.setAttribute("open", "");
  if (focused) find(focused, place)?.focus({ preventScroll: true });
}

// What was sent last is compared, since the page itself changes: by what is typed, opened and said in it.
const sent = new WeakMap();

function isUnchanged(place, content) {
  const holder = document.createElement("div");
  holder.append(content.cloneNode(true));
  const before = sent.get(place);
  sent.set(place, holder.innerHTML);
  return before === holder.innerHTML && place.childElementCount > 0;
}

// What somebody selects, to copy it, stays as it is until they are done.
function isSelecting(place) {
  const selection = getSelection();
  return !selection.isCollapsed && selection.containsNode(place, true);
}

function identify(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  for (const name of ["data-key", "href", "name"]) {
    const value = element.getAttribute(name);
    if (value) return `${element.localName}[${name}="${CSS.escape(value)}"]`;
  }
  const owner = element.closest("[data-key]");
  return owner && owner !== element ? `[data-key="${CSS.escape(owner.dataset.key)}"] ${element.localName}` : ":not(*)";
}

async function refreshPanel(name) {
  if (name === "requests") return refreshRequests();
  if (name === "request") return refreshRequest();
  const place = find(`[data-panel="${name}"]`);
  if (isSelecting(place)) return wait(name);
  const content = await fetchPanel(name);
  const before = place.getBoundingClientRect();
  if (content) replacePanel(place, content);
  // What is read below must not move.
  if (before.bottom < 0) scrollBy(0, place.getBoundingClientRect().height - before.height);
  showCounts();
  if (name === "status") noticeRestart();
}

// --- Requests -------------------------------------------------------------------------------------------------------

const list = find('[data-panel="requests"]');
let paused = false;
let unsaid = 0;

const table = () => find("table.requests", list);
const rows = () => all("tbody tr", list);

// One at a time: of two answers under way, the later need not be the fresher.
let turn = Promise.resolve();

function refreshRequests(options) {
  const done = turn.then(() => fetchRequests(options));
  turn = done.catch(() => {});
  return done;
}

async function fetchRequests({ whole = false } = {}) {
  if (paused && !whole) return;
  const known = table();
  if (whole || !known) {
    const content = await fetchPanel("requests");
    if (content) list.replaceChildren(content);
    showCounts();
    return;
  }
  const content = await fetchPanel("requests", { since: known.dataset.latest });
  if (content && find("table.requests", content)) addRows(known, content);
}

function addRows(known, news) {
  known.dataset.latest = find("table.requests", news).dataset.latest;
  const arrived = all("tbody tr", news);
  if (!arrived.length) return;
  // Who has scrolled down reads older rows, which must not move away.
  const top = list.getBoundingClientRect().top;
  const height = known.getBoundingClientRect().height;
  for (const row of arrived) row.classList.add("new");
  find("tbody", known).prepend(...arrived);
  for (const row of rows().slice(MOST_ROWS)) row.remove();
  find(".more", list).replaceWith(find(".more", news));
  if (top < 0) scrollBy(0, known.getBoundingClientRect().height - height);
  unsaid += arrived.length;
  announceSoon();
  showCounts();
}

let announcing = null;

function announceSoon() {
  announcing ??= setTimeout(() => {
    find("#announcer").textContent = say("newRequests", unsaid);
    unsaid = 0;
    announcing = null;
  }, QUIET);
}

function showCounts() {
  const latest = find("[data-latest]", find('[data-panel="status"]'))?.dataset.latest;
  for (const place of all("[data-count]")) {
    place.textContent = find(`[data-shown-count="${place.dataset.count}"]`)?.textContent ?? "";
  }
  const count = find('[data-count="requests"]');
  if (count && latest) count.textContent = Math.max(Number(latest), Number(table()?.dataset.latest ?? 0)) || "";
}

// --- Events ---------------------------------------------------------------------------------------------------------

const PANELS_OF = {
  exchange: ["requests", "clients", "in-force", "transfers", "request"],
  transfer: ["transfers", "clients", "request"],
  published: ["status", "offer", "findings", "feed", "what-if", "setup"],
  note: ["findings"],
  cleared: ["clients", "status", "in-force"],
  scenario: ["status", "in-force", "conditions", "feed", "what-if"],
  expectation: ["in-force"],
  stalls: ["transfers", "request", "in-force"],
  findings: ["status", "findings"],
};

const stale = new Set();
let fetching = false;
let gathering = null;

function refreshSoon(names) {
  for (const name of names) {
    const place = find(`[data-panel="${name}"]`);
    // What is out of sight is fetched when it is seen; but requests are counted and announced everywhere.
    if (place?.closest(".view[hidden]") && name !== "requests") place.dataset.stale = "";
    else if (place) stale.add(name);
  }
  if (stale.size && !fetching) gathering ??= setTimeout(refreshStale, GATHER);
}

function wait(name) {
  setTimeout(() => refreshSoon([name]), QUIET / 5);
}

async function refreshStale() {
  gathering = null;
  fetching = true;
  const names = [...stale];
  stale.clear();
  try {
    for (const name of names) await refreshPanel(name);
  } catch (error) {
    failed(error);
  }
  fetching = false;
  refreshSoon([]);
}

function everything({ whole = true } = {}) {
  refreshRequests({ whole }).catch(failed);
  refreshSoon(all("[data-panel]").map((place) => place.dataset.panel).filter((name) => !["requests", "request"].includes(name)));
}

let connection = "starting";
let run = find("[data-run]").dataset.run;

function noticeRestart() {
  const now = find("[data-run]").dataset.run;
  if (now === run) return;
  run = now;
  connected("restarted");
  setTimeout(() => { if (connection === "restarted") connected("live"); }, NOTICE);
}

function connected(state) {
  connection = state;
  const place = find("#connection");
  const shown = state === "live" && paused ? "paused" : state;
  place.dataset.state = shown;
  find(".said", place).textContent = words[shown.replace(/-(.)/, (_, letter) => letter.toUpperCase())];
}

function failed(error) {
  connected(error instanceof SignedOut ? "signed-out" : "lost");
  lookForServer();
}

let events = null;
let looking = null;

function listen() {
  events = new EventSource("/_ota/api/v1/events");
  events.onopen = () => {
    const again = connection !== "starting" && connection !== "live";
    connected("live");
    everything({ whole: again }); // Something may have happened since the page was made.
  };
  events.onerror = () => {
    connected("lost");
    // A browser does not try again by itself after a refusal.
    if (events.readyState === EventSource.CLOSED) lookForServer();
  };
  for (const name of ["exchange", "transfer", "published", "note"]) events.addEventListener(name, () => refreshSoon(PANELS_OF[name]));
  events.addEventListener("cleared", () => {
    refreshRequests({ whole: true }).catch(failed);
    refreshSoon(PANELS_OF.cleared);
  });
  events.addEventListener("changed", (event) => {
    const { what } = JSON.parse(event.data);
    if (what === "all") everything();
    else refreshSoon(PANELS_OF[what] ?? []);
  });
}

// Who opens the address that is printed now, in whichever tab, signs this one in, too.
function lookForServer() {
  events.close();
  looking ??= setTimeout(async () => {
    looking = null;
    try {
      const response = await fetch("/_ota/api/v1/state");
      if (response.ok) return document.hidden || listen();
      connected(response.status === 401 ? "signed-out" : "lost");
    } catch {
      connected("lost");
    }
    lookForServer();
  }, PATIENCE);
}

// A browser keeps six connections to a server, which tabs that nobody looks at must not use up.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return events.close();
  if (events.readyState !== EventSource.CLOSED || looking) return;
  listen();
  everything();
});

// --- Views and deep links -------------------------------------------------------------------------------------------

const views = all(".view").map((section) => section.id);
const drawer = find("#request");
let cameFrom = null;
let arriving = Promise.resolve(); // what the view that is seen still waits for

function currentView() {
  const [name, detail] = location.hash.slice(1).split("/");
  // Other fragments, such as that of the link to the content, stay where they are.
  const view = views.includes(name) ? name : document.body.dataset.view;
  if (!["request", "transfer"].includes(name) || !/^\d+$/.test(detail)) return { view, shown: null };
  return { view, shown: { [name === "request" ? "number" : "transfer"]: detail } };
}

function showView() {
  const { view, shown } = currentView();
  const before = document.body.dataset.view;
  document.body.dataset.view = view;
  for (const section of all(".view")) section.hidden = section.id !== view;
  for (const link of all("[data-view-link]")) {
    if (link.dataset.viewLink !== view) link.removeAttribute("aria-current");
    else {
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
  if (view !== before) scrollTo(0, 0);
  const unseen = all(`#${view} [data-stale]`);
  for (const place of unseen) delete place.dataset.stale;
  if (unseen.length) arriving = Promise.all(unseen.map((place) => refreshPanel(place.dataset.panel))).catch(failed);
  if (shown) showRequest(shown).catch(failed);
  else if (drawer.open) drawer.close();
}

async function showRequest(shown) {
  const content = await fetchPanel("request", shown);
  if (!content) return closeRequest();
  find('[data-panel="request"]').replaceChildren(content);
  cameFrom = location.hash;
  if (!drawer.open) drawer.showModal();
  find("h2", drawer).focus(); // It is read out, also when one goes on to the next request.
}

// Only what is on its way changes.
async function refreshRequest() {
  const { shown } = currentView();
  if (!shown || !find("[data-ongoing]", drawer)) return;
  if (isSelecting(drawer)) return wait("request");
  const content = await fetchPanel("request", shown);
  if (content) replacePanel(find('[data-panel="request"]'), content);
}

function closeRequest() {
  if (drawer.open) drawer.close();
  if (currentView().shown) history.replaceState(null, "", `#${document.body.dataset.view}`);
  if (cameFrom) find(`:is(.view:not([hidden]), .transfers) a[href="${CSS.escape(cameFrom)}"]`)?.focus();
}

drawer.addEventListener("close", closeRequest);
drawer.addEventListener("click", (event) => { if (event.target === drawer) drawer.close(); });
addEventListener("hashchange", showView);

// --- What is pressed ------------------------------------------------------------------------------------------------

const actions = {
  pause(button) {
    paused = !paused;
    button.setAttribute("aria-pressed", String(paused));
    button.textContent = paused ? words.resume : words.pause;
    connected(connection);
    if (!paused) refreshRequests().catch(failed);
  },
  async clear() { await post("requests/clear"); },
  close(button) { button.closest("dialog").close(); },
  keys() { find("#keys").showModal(); },
  post(button) { return take(button, JSON.parse(button.dataset.steps)); },
};

// Takes one step after another, each a route and what is posted there. What the server refuses is said in its place.
async function take(element, steps) {
  const place = find("[data-error]", element.closest("[data-errors]") ?? document.createElement("p"));
  for (const [route, value] of steps) {
    const { ok, answer } = await post(route, value);
    if (place) Object.assign(place, { textContent: ok ? "" : answer.error, hidden: ok });
    if (!ok) return;
  }
}

// --- Scenarios and faults -------------------------------------------------------------------------------------------

function specOf(form) {
  const said = all("[data-parameter]", form)
    .filter((field) => field.value.trim())
    .map((field) => `${field.dataset.parameter}=${encodeURIComponent(field.value.trim())}`);
  return said.length ? `${form.dataset.name}:${said.join(",")}` : form.dataset.name;
}

function choose(form) {
  const { choose: kind, name } = form.dataset;
  const spec = specOf(form);
  // A scenario is refused before anything changes, so it comes first.
  if (kind === "scenario") return take(form, [["scenario", { scenarios: [spec] }], ["faults", { faults: [] }]]);
  const others = JSON.parse(find("[data-faults]").dataset.faults).filter((fault) => fault.split(":")[0] !== name);
  return take(form, [["faults", { faults: [...others, spec] }]]);
}

function expect(form) {
  const expected = find("select", form).value;
  const within = find("input", form).value.trim();
  const asks = expected === "must-retry-within" && within;
  return take(form, [["expectation", { expect: expected || null, ...(asks ? { within } : {}) }]]);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-choose], [data-expect], [data-query]")) event.preventDefault();
  if (form.matches("[data-choose]")) choose(form).catch(failed);
  if (form.matches("[data-expect]")) expect(form).catch(failed);
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-choose]");
  if (!form) return;
  const address = find("[data-address]", form);
  address.textContent = address.textContent.replace(/\/with\/[^/]*\//, () => `/with/${specOf(form)}/`);
});

document.addEventListener("click", (event) => {
  const copying = event.target.closest("[data-copy]");
  if (copying) copy(copying).catch(() => {});
  const button = event.target.closest("[data-action]");
  if (button) Promise.resolve(actions[button.dataset.action]?.(button)).catch(failed);
});

async function copy(button) {
  await navigator.clipboard.writeText(find(`#${CSS.escape(button.dataset.copy)}`).textContent.trim());
  const before = button.textContent;
  button.textContent = words.copied;
  find("#announcer").textContent = words.copied;
  setTimeout(() => { button.textContent = before; }, 1500);
}

const filter = find("[data-filter]");
let typing = null;

filter.addEventListener("submit", (event) => event.preventDefault());
filter.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const query = keepInAddress(filter);
    find("[data-export]").href = `/_ota/dashboard/export?${query}`;
    refreshRequests({ whole: true }).catch(failed);
  }, 150);
});

// In another language one sees the same.
for (const link of all(".languages a")) {
  link.addEventListener("click", () => {
    const query = pageQuery();
    query.set("language", link.hreflang);
    Object.assign(link, { search: query, hash: location.hash });
  });
}

// What is typed into such a form is part of the address of the page, and its panel shows what comes of it.
document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-query]");
  if (!form) return;
  clearTimeout(typing);
  typing = setTimeout(() => {
    keepInAddress(form);
    refreshSoon([form.dataset.query]);
  }, 150);
});

function keepInAddress(form) {
  const query = pageQuery();
  for (const [name, value] of new FormData(form)) value ? query.set(name, value) : query.delete(name);
  history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
  return query;
}

// --- Keys -----------------------------------------------------------------------------------------------------------

function move(step) {
  if (drawer.open) return find(`[data-neighbour="${step > 0 ? "earlier" : "later"}"]`, drawer)?.click();
  const links = all("tbody tr .request a", list);
  const place = links.indexOf(document.activeElement);
  const next = links[Math.min(Math.max(place + step, 0), links.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

async function goTo(view, selector) {
  if (!views.includes(view)) return;
  if (document.body.dataset.view !== view) {
    history.pushState(null, "", `#${view}`);
    showView();
  }
  await arriving;
  find(selector)?.focus();
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  "/": () => goTo("requests", '[data-filter] input[name="path"]'),
  s: () => goTo("conditions", "#conditions [data-choose] button"),
  "?": () => actions.keys(),
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target.closest("input, select, textarea");
  if (event.key === "Escape" && isTyping) return event.target.blur();
  const isMoving = drawer.open && ["j", "k"].includes(event.key);
  if (isTyping || (find("dialog[open]") && !isMoving) || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

showView();
showCounts();
listen();
