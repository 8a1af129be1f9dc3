// Fits words to their regions, moves the vendors of the picture, counts the minutes, and hears the presenter's remote.

const screenOf = document.getElementById("screen");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const whole = new WeakMap();   // what a region holds where some of it had to be left out
const seen = { round: null, newest: null, voters: new Map(), just: new Map(), board: new Map(), skew: 0, look: null };
const STEPS = { PageDown: "next", ArrowRight: "next", PageUp: "back", ArrowLeft: "back", b: "blank", ".": "blank" };
const JUST_MS = 4000, SAID_MS = 7000, MOVE_MS = 1400, BEFORE_MOVE_MS = 500;

const unit = () => Math.min(innerWidth, (innerHeight * 16) / 9) / 100;
const floorOf = () => Math.max(20, 12 + 0.625 * unit());

whenDrawn((told, before) => {
  if (told.now) seen.skew = told.now - Date.now();
  const another = told.scene !== before.scene || told.item !== before.item;
  const laidOut = another || told.state !== before.state || told.supposed !== before.supposed || told.share !== before.share;
  screenOf.dataset.scene = told.scene;
  screenOf.dataset.state = told.state;
  screenOf.dataset.supposed = told.supposed ? 1 : 0;
  screenOf.style.setProperty("--share", `${told.share}%`);
  if (another && before.scene) come();
  fitAll(laidOut);
  markVoters(told.round);
  if (told.scene === "picture") moveBoard(another);
  count();
});

addEventListener("resize", () => fitAll(true));
setInterval(count, 1000);

function come() {
  screenOf.classList.remove("comes");
  void screenOf.offsetWidth;
  screenOf.classList.add("comes");
}

// Regions that are new are fitted; with ``anew`` all are, since their room is another one.
function fitAll(anew) {
  for (const region of document.querySelectorAll(".fit")) if (anew || !region.dataset.fitted) fit(region);
}

function fit(region) {
  if (whole.has(region)) region.innerHTML = whole.get(region);
  whole.delete(region);
  region.classList.remove("tight");
  const least = floorOf(), most = Math.max(least, Number(region.dataset.most) * unit());
  region.dataset.fitted = "1";
  if (fitted(region, least, most)) return;
  const spare = region.querySelector("[data-spare]");
  if (spare) {
    whole.set(region, region.innerHTML);
    spare.remove();
    if (fitted(region, least, most)) return;
  }
  region.classList.add("tight");
  if (!fitted(region, least, most)) cut(region);
}

// The largest size at which the words fit; gives whether there is one.
function fitted(region, least, most) {
  if (size(region, most, least, most)) return true;
  let low = 0, high = Math.ceil((most - least) * 2);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (size(region, least + middle / 2, least, most)) low = middle;
    else high = middle - 1;
  }
  return size(region, least + low / 2, least, most);
}

// Sets the size of the words, with lines closer together the smaller they are; gives whether they fit.
function size(region, pixels, least, most) {
  region.style.fontSize = `${pixels}px`;
  region.style.lineHeight = 1.12 + 0.25 * (most > least ? (pixels - least) / (most - least) : 0);
  return fits(region);
}

const fits = (region) => region.scrollHeight <= region.clientHeight + 1 && region.scrollWidth <= region.clientWidth + 1;

// Leaves out what finds no room even at the smallest size, and says so.
function cut(region) {
  const words = region.dataset.more || "…", list = words.includes(" N ");
  if (!whole.has(region)) whole.set(region, region.innerHTML);
  const html = region.innerHTML;
  if (!(list && cutItems(region, words, html))) cutWords(region, list ? "…" : words, html);
}

function cutItems(region, words, html) {
  const items = [...region.querySelectorAll("li")];
  if (!items.length) return false;
  const note = document.createElement("li");
  note.className = "more";
  items[0].parentElement.append(note);
  for (let gone = 1; gone < items.length; gone += 1) {
    items[items.length - gone].remove();
    note.textContent = words.replace("N", gone);
    if (fits(region)) return true;
  }
  region.innerHTML = html;
  return false;
}

function cutWords(region, words, html) {
  let low = 0, high = region.textContent.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    keep(region, html, middle, words);
    if (fits(region)) low = middle;
    else high = middle - 1;
  }
  keep(region, html, low, words);
}

function keep(region, html, letters, words) {
  region.innerHTML = html;
  const walker = document.createTreeWalker(region, NodeFilter.SHOW_TEXT), texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  let left = letters;
  for (const text of texts) {
    const length = text.data.length;
    if (length > left) text.data = text.data.slice(0, left).replace(/\s*\S*$/, "");
    left = Math.max(0, left - length);
    for (let empty = text; empty !== region && !empty.textContent; ) {
      const around = empty.parentNode;
      empty.remove();
      empty = around;
    }
  }
  const note = document.createElement("p");
  note.className = "more";
  note.textContent = words;
  region.append(note);
}

// Who has voted since the last look is told apart for some seconds: in a round that has just opened, all who have.
function markVoters(round) {
  const opened = seen.newest !== null && round > seen.newest;
  if (round !== seen.round) seen.just.clear();
  seen.newest = Math.max(seen.newest ?? 0, round);
  seen.round = round;
  if (!document.querySelector(".voters")) return;
  const names = new Set([...document.querySelectorAll("[data-voter]")].map((each) => each.dataset.voter));
  const known = seen.voters.get(round) || (opened ? new Set() : names);
  for (const name of names) if (!known.has(name)) seen.just.set(name, Date.now() + JUST_MS);
  seen.voters.set(round, names);
  if (seen.just.size) setTimeout(showJust, JUST_MS + 50);
  showJust();
}

function showJust() {
  for (const each of document.querySelectorAll("[data-voter]"))
    each.classList.toggle("just", (seen.just.get(each.dataset.voter) || 0) > Date.now());
}

// Each vendor moves from where it stood when the room saw the picture last, and its bars grow from what they were.
function moveBoard(comes) {
  const rows = document.querySelector(".rows"), next = new Map();
  if (!rows) return;
  const height = rows.clientHeight || 1;
  for (const row of rows.children) {
    const bars = [...row.querySelectorAll(".track i:not(.was)")].map((bar) => bar.style.width);
    // Among the other rows: a banner above them moves no vendor.
    const place = (row.offsetTop - rows.offsetTop) / height, old = seen.board.get(row.dataset.vendor);
    next.set(row.dataset.vendor, { place, bars });
    if (old && !still.matches) move(row, (old.place - place) * height, old.bars, comes ? BEFORE_MOVE_MS : 0);
  }
  seen.board = next;
}

function move(row, up, bars, delay) {
  const how = { duration: MOVE_MS, delay, easing: "cubic-bezier(.3, 0, .2, 1)", fill: "backwards" };
  if (Math.abs(up) > row.offsetHeight / 2) row.animate([{ transform: `translateY(${up}px)` }, { transform: "none" }], how);
  [...row.querySelectorAll(".track i:not(.was)")].forEach((bar, place) => {
    if (bars[place] !== bar.style.width) bar.animate([{ width: bars[place] }, { width: bar.style.width }], how);
  });
}

function count() {
  const ends = page.told.ends, place = document.getElementById("timer");
  const left = ends ? ends - (Date.now() + seen.skew) : 0, over = Math.floor(-left / 60000);
  const words = !ends ? "" : left > 0 ? `${Math.ceil(left / 60000)} min left` : over < 1 ? "time is up" : `${over} min over`;
  if (place.textContent === words) return;
  const came = !place.textContent !== !words;
  place.textContent = words;
  if (came) fitAll(true);
}

// The keys of a presenter's remote, and of the computer at the projector.
document.addEventListener("keydown", (pressed) => {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.repeat) return;
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  if (key === "f") fullScreen();
  else if (key === "d") otherTheme();
  else if (STEPS[key]) step(STEPS[key]);
  else return;
  pressed.preventDefault();
});

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
}

const THEME = "ii-screen-theme", root = document.documentElement;
if (localStorage.getItem(THEME)) root.dataset.theme = localStorage.getItem(THEME);

function otherTheme() {
  const now = root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.dataset.theme = now === "dark" ? "light" : "dark";
  localStorage.setItem(THEME, root.dataset.theme);
}

// A key counts for what the room sees: where the server is away it does nothing, and is not sent later. What the lead
// view would show then is no matter of the screen.
async function step(name) {
  const version = page.told.version, confirmed = seen.look?.version === version && seen.look.step === name ? seen.look.reasons : [];
  seen.look = null;
  const address = page.source.replace(/\/screen$/, "/lead") + location.search;
  const body = { step: name, version, confirmed, id: crypto.getRandomValues(new Uint32Array(3)).join("-") };
  let answer;
  try {
    const response = await fetch(address, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    answer = await response.json();
  } catch {
    return void say("Not connected: the key did nothing.");
  }
  if (answer.second_look) {
    seen.look = { version, step: name, reasons: answer.second_look };
    return void say(`${answer.error} Press again to go on.`);
  }
  say(answer.error || "");
}

function say(words) {
  const place = document.getElementById("said");
  place.textContent = words;
  clearTimeout(seen.saying);
  seen.saying = setTimeout(() => (place.textContent = ""), SAID_MS);
}

// A projector that falls asleep ends a discussion. Browsers allow this on secure addresses alone.
async function stayAwake() {
  if (!document.hidden && navigator.wakeLock) await navigator.wakeLock.request("screen").catch(() => undefined);
}
document.addEventListener("visibilitychange", stayAwake);
stayAwake();
