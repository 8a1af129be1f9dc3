// Keeps a page of the workshop up to date: server-sent events first; where they are blocked or fail again and again,
// questions that wait for their answer. What somebody is writing stays as it is.

const FAILURES = 3;
const SILENT_MS = 25000;     // a stream that says nothing for so long is gone, whatever the browser thinks
const TROUBLE_MS = 2500;     // shorter breaks are nobody's concern

const page = { parts: {}, told: {}, mark: "", at: [0, 0], drawn: [], failures: 0, heard: 0 };

function start({ source, parts, told }) {
  page.source = source;
  page.told = told;
  for (const name of parts) page.parts[name] = undefined;
  for (const draw of page.drawn) draw(told, {});
  open();
  setInterval(watch, 5000);
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
  page.heard = Date.now();
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
      const answer = await fetch(`${page.source}/now?${more}`, { signal: asking.signal });
      if (answer.status === 403) return void gone();
      if (!answer.ok) throw new Error(String(answer.status));
      take(await answer.json());
      page.heard = Date.now();
      well();
      rest = 500;
    } catch {
      if (asking.signal.aborted) return;
      trouble();
      await new Promise((done) => setTimeout(done, rest));
      rest = Math.min(2 * rest, 8000);
    }
  }
}

function hear() {
  page.failures = 0;
  page.heard = Date.now();
  well();
}

function watch() {
  if (!document.hidden && page.stream && Date.now() - page.heard > SILENT_MS) again();
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

// Sends what somebody did, until it is acknowledged: gives the answer, or null where it was refused with ``error``.
async function send(address, body) {
  let rest = 500;
  for (;;) {
    try {
      const answer = await fetch(address + location.search, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const said = await answer.json();
      if (answer.ok) well();
      if (answer.status < 500) {
        if (said.parts) take(said);
        return said;
      }
    } catch {
      // The network is away, or the server starts anew: what was done waits here.
    }
    trouble();
    await new Promise((done) => setTimeout(done, rest));
    rest = Math.min(2 * rest, 5000);
  }
}
