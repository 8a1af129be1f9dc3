// Keeps a page of the workshop up to date: server-sent events first; where they are blocked or fail again and again,
// questions that wait for their answer. What somebody is writing stays as it is.

const FAILURES = 3;
const SILENT_MS = 25000;     // a stream that says nothing for so long is gone, whatever the browser thinks
const FIRST_MS = 6000;       // a stream that has said nothing by then is held back on its way
const ANSWER_MS = 12000, LONG_ANSWER_MS = 40000;
const TROUBLE_MS = 2500;     // shorter breaks are nobody's concern

const page = { parts: {}, told: {}, mark: "", at: [0, 0], sending: {}, drawn: [], failures: 0, heard: 0 };

function start({ source, parts, told }) {
  page.source = source;
  page.told = told;
  for (const name of parts) page.parts[name] = undefined;
  for (const draw of page.drawn) draw(told, {});
  open();
  setInterval(watch, 2000);
  document.addEventListener("visibilitychange", () => document.hidden || again());
  addEventListener("online", again);
  addEventListener("pageshow", (shown) => shown.persisted && again());
}

// ``draw(told, before)`` runs after each change.
function whenDrawn(draw) {
  page.drawn.push(draw);
}

function take({ parts, told, mark, at }) {
  // An answer that was long on its way says nothing new any more.
  if (at[0] < page.at[0] || at[1] < page.at[1]) return;
  page.at = at;
  for (const [name, html] of Object.entries(parts)) fill(name, html);
  const before = page.told;
  page.told = told;
  page.mark = mark;
  for (const draw of page.drawn) draw(told, before);
}

function fill(name, html) {
  const place = document.getElementById(name);
  if (!place || page.parts[name] === html) return;
  page.parts[name] = html;
  const kept = written(place), focused = document.activeElement && place.contains(document.activeElement)
    ? document.activeElement.id : "";
  place.innerHTML = html;
  for (const field of place.querySelectorAll("[data-draft]")) {
    const known = kept[field.dataset.draft];
    if (known === undefined) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = known.includes(field.value);
    else field.value = known;
  }
  if (focused) document.getElementById(focused)?.focus();
}

// What somebody has written or chosen in fields that name their draft: it belongs to that draft alone.
function written(place) {
  const kept = {};
  for (const field of place.querySelectorAll("[data-draft]")) {
    const name = field.dataset.draft;
    if (field.type === "radio" || field.type === "checkbox") {
      kept[name] = kept[name] || [];
      if (field.checked) kept[name].push(field.value);
    } else kept[name] = field.value;
  }
  return kept;
}

function open() {
  if (page.stream || page.asking || page.gone) return;
  if (typeof EventSource === "undefined" || page.failures >= FAILURES) return void ask();
  page.heard = page.opened = Date.now();
  page.spoken = false;
  const stream = (page.stream = new EventSource(`${page.source}/stream${location.search}`));
  stream.onmessage = (message) => {
    hear();
    take(JSON.parse(message.data));
  };
  stream.addEventListener("beat", hear);
  stream.addEventListener("gone", gone);
  stream.onerror = () => {
    page.failures += 1;
    trouble();
    if (page.failures < FAILURES && stream.readyState !== EventSource.CLOSED) return;
    close();
    setTimeout(open, 1000);
  };
}

async function ask() {
  const asking = (page.asking = new AbortController());
  let rest = 500;
  while (!asking.signal.aborted) {
    try {
      const more = new URLSearchParams(location.search);
      more.set("mark", page.mark);
      const answer = await within(LONG_ANSWER_MS, `${page.source}/now?${more}`, {}, stopping(asking));
      if (answer.status === 403) return void gone();
      if (!answer.ok) throw new Error(String(answer.status));
      take(await answer.json());
      page.heard = Date.now();
      well();
      rest = 500;
    } catch {
      if (asking.signal.aborted) return;
      trouble();
      page.mark = ""; // the next answer comes at once, and says that the server is there again
      await new Promise((done) => setTimeout(done, rest));
      rest = Math.min(2 * rest, 8000);
    }
  }
}

// Stops one question when all asking stops, and by itself when it takes too long.
function stopping(asking) {
  const stop = new AbortController();
  asking.signal.addEventListener("abort", () => stop.abort());
  return stop;
}

function hear() {
  page.failures = 0;
  page.spoken = true;
  page.heard = Date.now();
  well();
}

function watch() {
  if (document.hidden || !page.stream) return;
  if (!page.spoken && Date.now() - page.opened > FIRST_MS) {
    page.failures = FAILURES;
    close();
    open();
  } else if (Date.now() - page.heard > SILENT_MS) again();
}

function again() {
  page.failures = 0;
  close();
  open();
}

function close() {
  page.stream?.close();
  page.asking?.abort();
  page.stream = page.asking = undefined;
}

// Whoever may see nothing any more gets the page as it is for everybody.
function gone() {
  page.gone = true;
  close();
  location.reload();
}

function trouble() {
  page.troubled = page.troubled || setTimeout(() => {
    const place = document.getElementById("trouble");
    place.textContent = "Not connected. Trying again; nothing is lost.";
    place.hidden = false;
  }, TROUBLE_MS);
}

function well() {
  clearTimeout(page.troubled);
  page.troubled = undefined;
  document.getElementById("trouble").hidden = true;
}

// An answer that does not come in time never comes: a stale connection says nothing by itself.
async function within(ms, address, options, stop = new AbortController()) {
  const late = setTimeout(() => stop.abort(), ms);
  try {
    return await fetch(address, { ...options, signal: stop.signal });
  } finally {
    clearTimeout(late);
  }
}

// Sends what somebody did, until it is acknowledged: gives the answer, with ``error`` where it was refused. Of several
// with one ``name`` only the last is sent: gives null for one that a later one has replaced.
async function send(address, body, name) {
  const sending = { stop: undefined };
  if (name) {
    if (page.sending[name]) {
      page.sending[name].replaced = true;
      page.sending[name].stop?.abort();
    }
    page.sending[name] = sending;
  }
  let rest = 500;
  while (!sending.replaced) {
    try {
      sending.stop = new AbortController();
      const options = {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      };
      const answer = await within(ANSWER_MS, address + location.search, options, sending.stop);
      const said = await answer.json();
      if (answer.ok) well();
      if (answer.status < 500) {
        if (said.parts) take(said);
        return said;
      }
    } catch {
      // The network is away, or the server starts anew: what was done waits here.
    }
    if (sending.replaced) break;
    trouble();
    await new Promise((done) => setTimeout(done, rest));
    rest = Math.min(2 * rest, 5000);
  }
  return null;
}
