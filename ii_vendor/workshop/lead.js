// Takes steps: one at a time, each sent until it is acknowledged; asks again where the server wants a second look.

const WIDE = matchMedia("(min-width: 760px)");
const FOLDS = `ii-folds${location.pathname}`;
const lead = { busy: "", folds: new Set(), effect: {}, sliding: null, look: null, skew: 0, turn: Promise.resolve() };
const byId = (name) => document.getElementById(name);

// ``from`` is the button that was pressed or the form that was sent, by its id.
async function step(body, from = "", confirmed = []) {
  if (lead.busy) return;
  lead.busy = from || "next";
  mark();
  say("");
  const sent = { ...body, confirmed, id: crypto.getRandomValues(new Uint32Array(3)).join("-") };
  const answer = await inTurn(sent);
  lead.busy = "";
  mark();
  if (answer.gone) return void gone();
  if (answer.second_look) return void lookAgain(answer.second_look, body, from);
  if (answer.error) return void say(answer.error, true);
  forget(from);
  say(answer.said || "");
}

// One after the other: what changes the room names the room that it was meant for.
function inTurn(body) {
  lead.turn = lead.turn.then(() => send(page.source, { ...body, version: page.told.version }));
  return lead.turn;
}

// Nothing more can be sent until what was sent is acknowledged.
function mark() {
  for (const button of document.querySelectorAll("button[data-step], button[type=submit]")) {
    if (lead.busy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
  byId("go").classList.toggle("busy", Boolean(lead.busy));
}

function say(words, wrong = false) {
  const place = byId("said");
  place.setAttribute("role", wrong ? "alert" : "status");
  place.className = wrong ? "wrong" : "";
  place.textContent = words;
}

function lookAgain(reasons, body, from) {
  const why = byId("look-why");
  why.replaceChildren(...reasons.map((reason) => Object.assign(document.createElement("li"), { textContent: reason })));
  lead.look = { reasons, body, from };
  byId("look-yes").textContent = { agree: "Yes, record it", close: "Close the workshop" }[body.step] || "Show the votes";
  byId("look").showModal();
  byId("look-yes").focus();
}

byId("look-yes").addEventListener("click", () => {
  const { reasons, body, from } = lead.look;
  byId("look").close();
  step(body, from, reasons);
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button[data-step]");
  if (button) step(JSON.parse(button.dataset.step), button.id);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.step) return;
  event.preventDefault();
  const more = event.submitter?.dataset.more ? JSON.parse(event.submitter.dataset.more) : {};
  step({ ...JSON.parse(form.dataset.step), ...said(form), ...more }, form.id);
});

function said(form) {
  const body = Object.fromEntries(new FormData(form));
  for (const tick of form.querySelectorAll("input[type=checkbox]")) body[tick.name] = tick.checked;
  return body;
}

// What was written for a step that is done.
function forget(from) {
  const form = byId(from);
  if (form?.tagName !== "FORM") return;
  for (const field of form.querySelectorAll("[data-keep]")) localStorage.removeItem(`ii-lead/${field.dataset.keep}`);
  form.reset();
  follow();
}

// What somebody writes at length is kept on this computer until it is recorded.
document.addEventListener("input", ({ target }) => {
  if (target.dataset.keep) localStorage.setItem(`ii-lead/${target.dataset.keep}`, target.value);
  if (target.id === "slider") slide();
  follow();
});

function recall() {
  for (const field of document.querySelectorAll("[data-keep]")) {
    const kept = localStorage.getItem(`ii-lead/${field.dataset.keep}`);
    if (kept !== null && field !== document.activeElement) field.value = kept;
  }
}

// What depends on a choice: what a level means, who owns an accepted risk, what it all would change.
function follow() {
  for (const form of document.querySelectorAll("form[data-step]")) {
    const now = said(form);
    for (const words of form.querySelectorAll("[data-for]")) words.hidden = words.dataset.for !== now.level;
    for (const only of form.querySelectorAll("[data-only]")) {
      const [name, value] = only.dataset.only.split("=");
      only.hidden = now[name] !== value;
    }
  }
  const result = document.querySelector("[data-effect]");
  if (result) tellEffect(result);
}

async function tellEffect(result) {
  const form = result.querySelector("form"), place = result.querySelector(".effect"), now = said(form);
  if (result.dataset.effect === "agree" && now.level === undefined) {
    place.textContent = "Choose a level to see what it would change.";
    return;
  }
  const { vendor, question } = JSON.parse(form.dataset.step);
  const asked = now.whose === undefined ? { vendor, question, level: now.level, grade: now.grade } : { whose: now.whose };
  const key = JSON.stringify([asked, page.told.standing]);
  if (lead.effect.key === key) {
    if (place.textContent !== lead.effect.words) place.textContent = lead.effect.words;
    return;
  }
  place.textContent = "";
  if (lead.asking) return;
  lead.asking = true;
  const answer = await send(page.source, { step: "effect", ...asked });
  lead.asking = false;
  lead.effect = { key, words: answer.effect ? answer.effect.join(" ") : answer.error || "" };
  follow();
}

// The what-if of one weight: the newest place of the slider is sent, one at a time.
function slide() {
  const share = byId("slider").value;
  byId("slider-share").textContent = `${share} %`;
  const running = lead.sliding;
  lead.sliding = { section: byId("slider-section").value, share: Number(share) };
  if (!running) suppose();
}

async function suppose() {
  while (lead.sliding) {
    const wanted = lead.sliding;
    const answer = await inTurn({ step: "suppose", ...wanted });
    if (answer.error) say(answer.error, true);
    if (lead.sliding === wanted) lead.sliding = null;
  }
}

function place(share) {
  byId("slider").value = share;
  byId("slider-share").textContent = `${share} %`;
}

document.addEventListener("change", ({ target }) => {
  if (target.id === "slider-section") place(target.selectedOptions[0].dataset.share);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || byId("look").open) return;
  if (event.target.closest("input, textarea, select")) return;
  const pressed = { PageDown: "next", ArrowRight: "next", PageUp: "back", ArrowLeft: "back", b: "blank", B: "blank" }[event.key];
  if (!pressed) return;
  event.preventDefault();
  byId(pressed)?.click();
});

document.addEventListener("toggle", ({ target }) => {
  if (target.tagName !== "DETAILS") return;
  lead.folds[target.open ? "add" : "delete"](target.id);
  sessionStorage.setItem(FOLDS, JSON.stringify([...lead.folds]));
}, true);

function unfold() {
  for (const each of document.querySelectorAll("details[id]")) each.open = lead.folds.has(each.id);
}

function tick() {
  if (!page.told.ends) return;
  const seconds = Math.round((page.told.ends - Date.now() - lead.skew) / 1000), far = Math.abs(seconds);
  const clock = `${Math.floor(far / 60)}:${String(far % 60).padStart(2, "0")}`;
  for (const place of document.querySelectorAll(".left")) place.textContent = `${clock} ${seconds >= 0 ? "left" : "over"}`;
}

whenDrawn((told, before) => {
  if (told.now) {
    lead.skew = told.now - Date.now();
    lead.folds = new Set(JSON.parse(sessionStorage.getItem(FOLDS) || (WIDE.matches ? '["part-screen","part-agenda"]' : "[]")));
  }
  unfold();
  recall();
  mark();
  follow();
  tick();
  // Whoever is known by the address is known by it in the other window too.
  for (const link of document.querySelectorAll("a.same")) link.search = location.search;
  if (!lead.sliding && String(before.supposed) !== String(told.supposed)) {
    byId("slider-section").value = told.supposed[0];
    place(told.supposed[1]);
  }
  if (before.item !== undefined && before.item !== told.item) scrollTo(0, 0);
  if (before.spoken !== undefined && before.spoken !== told.spoken) byId("spoken").textContent = told.spoken;
});

setInterval(tick, 1000);
