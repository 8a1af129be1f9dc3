// The ballot: keeps what is not sent yet, sends it until it is acknowledged, and moves on with the room.

const hand = document.getElementById("ballot");

// What is chosen or written and not sent stays in this browser: a phone that sleeps, a reload or a server that starts
// anew takes nothing away.
function keep() {
  const form = hand.querySelector("form[data-round]");
  if (form) localStorage.setItem(place(form), JSON.stringify(written(form)));
}

function place(form) {
  return `ii-${location.pathname}-${document.querySelector("#who b").textContent}-${form.dataset.round}`;
}

function restore() {
  const form = hand.querySelector("form[data-round]");
  if (!form || form.dataset.restored) return;
  form.dataset.restored = "yes";
  const kept = JSON.parse(localStorage.getItem(place(form)) || "{}");
  for (const field of form.querySelectorAll("[data-draft]")) {
    const known = kept[field.dataset.draft];
    if (known === undefined) continue;
    if (field.type === "radio") field.checked = known.includes(field.value);
    else field.value = known;
  }
  count();
}

function count() {
  for (const row of hand.querySelectorAll(".points")) {
    row.querySelector("output").value = row.querySelector("input").value;
  }
}

function said(form, button) {
  const body = {};
  for (const [name, value] of new FormData(form)) body[name] = value;
  if (button.name) body[button.name] = button.value;
  return body;
}

hand.addEventListener("input", (event) => {
  keep();
  count();
  if (event.target.name === "interests" && event.target.value === "some") hand.querySelector("details").open = true;
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  event.preventDefault();
  const button = event.submitter || form.querySelector("button"), label = button.textContent;
  const mark = form.dataset.round ? place(form) : "", kept = localStorage.getItem(mark);
  button.disabled = true;
  button.textContent = "Sending…";
  const body = said(form, button);
  const answer = await send(location.pathname, body, body.do);
  if (answer === null) return;
  if (answer?.gone) return void location.reload();
  button.disabled = false;
  button.textContent = label;
  if (answer?.error) return say(answer.error);
  // What was written meanwhile is not sent yet.
  if (mark && localStorage.getItem(mark) === kept) localStorage.removeItem(mark);
  if (mark) document.getElementById("state").scrollIntoView({ block: "center" });
});

function say(words) {
  const place = document.getElementById("said");
  const line = document.createElement("p");
  line.className = "refused";
  line.setAttribute("role", "alert");
  line.textContent = words;
  place.replaceChildren(line);
  page.parts.said = undefined;
  line.scrollIntoView({ block: "center" });
}

whenDrawn((told, before) => {
  restore();
  if (before.stage === undefined || told.stage === before.stage) return;
  document.getElementById("said").replaceChildren();
  if (!document.activeElement || !document.activeElement.matches("textarea, input")) {
    scrollTo(0, 0);
    document.querySelector("h1")?.focus({ preventScroll: true });
  }
});
