// Hears that an evaluation has changed and has the page drawn anew, which then says what it shows by now.
// Server-sent events first; where they are blocked or fail again and again, questions that wait for their answer.

const TOGETHER_MS = 50;      // what comes this close together is one reason
const FAILURES = 3;

// Streamlit sends what happens close together as one message, and to the fragment that any of it names. A press that
// went with news would reach the fragment that listens, and nobody would carry it out, so the two are kept apart.
const BY_HAND = ["click", "keydown", "focusout"];

// Enter in a line of text, and Ctrl+Enter in a longer one, press a form's button.
const presses = ({ type, key, target, ctrlKey, metaKey }) =>
  type === "click" || (key === "Enter" && (target.tagName === "INPUT" || ctrlKey || metaKey));

// What is being drawn may show the news already, and Streamlit can lose what it has drawn where news follows closely.
const drawing = () => document.querySelector("[data-test-script-state]")?.dataset.testScriptState === "running";

class Listener {
  constructor({ address, query, after }, draw) {
    Object.assign(this, { address, query, after, draw, latest: after, asked: 0, failures: 0, timer: 0 });
    Object.assign(this, { pressed: 0, telling: 0 });
    this.keepApart = (event) => this.touch(event);
    for (const kind of BY_HAND) window.addEventListener(kind, this.keepApart, true);
    this.seen = () => (document.hidden ? this.pause() : this.open());
    // A browser allows few connections to one host: a tab that nobody looks at gives its own back.
    document.addEventListener("visibilitychange", this.seen);
    if (!document.hidden) this.open();
  }

  url(kind, more) {
    const query = [`after=${Math.max(this.after, this.latest)}`, more, this.query].filter(Boolean);
    return `${this.address}${kind}?${query.join("&")}`;
  }

  open() {
    if (this.closed || this.source || this.polling) return;
    if (typeof EventSource === "undefined" || this.failures >= FAILURES) return void this.poll();
    this.source = new EventSource(this.url(""));
    this.source.onmessage = (message) => {
      this.failures = 0;
      this.hear(Number(message.data));
    };
    this.source.onerror = () => {
      this.failures += 1;
      if (this.failures < FAILURES && this.source.readyState !== EventSource.CLOSED) return;
      this.failures = FAILURES;
      this.pause();
      this.open();
    };
  }

  async poll() {
    const polling = (this.polling = new AbortController());
    let rest = 1000;
    while (!polling.signal.aborted) {
      try {
        const answer = await fetch(this.url(".json", "wait=20"), { signal: polling.signal });
        if (answer.status === 403) return void this.send(-1); // the page says why
        if (!answer.ok) throw new Error(String(answer.status));
        this.hear((await answer.json()).sequence);
        rest = 1000;
        if (this.latest > this.after) await new Promise((done) => setTimeout(done, 500));
      } catch {
        await new Promise((done) => setTimeout(done, rest));
        rest = Math.min(2 * rest, 15000);
      }
    }
  }

  hear(sequence) {
    this.latest = Math.max(this.latest, sequence);
    if (this.timer || this.closed || this.latest <= this.after || this.latest <= this.asked) return;
    this.timer = setTimeout(() => this.tell(), TOGETHER_MS);
  }

  tell() {
    this.timer = 0;
    if (this.closed || this.latest <= this.after) return;
    if (this.pressed || drawing()) return void (this.timer = setTimeout(() => this.tell(), TOGETHER_MS));
    this.asked = this.latest;
    this.send(this.latest);
  }

  send(sequence) {
    this.telling += 1;
    this.draw(sequence);
    setTimeout(() => (this.telling -= 1)); // by then Streamlit has sent the news
  }

  touch(event) {
    this.pressed += 1;
    if (this.telling && presses(event)) {
      event.stopImmediatePropagation();
      event.preventDefault();
      return void setTimeout(() => {
        event.target.dispatchEvent(new event.constructor(event.type, event));
        this.pressed -= 1;
      });
    }
    // Streamlit sends what was pressed in the next turn, which it asks for after this one.
    setTimeout(() => setTimeout(() => (this.pressed -= 1)));
  }

  drawn(after, draw) {
    this.draw = draw;
    if (after === this.after) return;
    this.after = after;
    clearTimeout(this.timer);
    this.timer = 0;
    this.hear(after);
  }

  pause() {
    this.source?.close();
    this.polling?.abort();
    this.source = this.polling = undefined;
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.seen);
    for (const kind of BY_HAND) window.removeEventListener(kind, this.keepApart, true);
    this.pause();
  }
}

const listeners = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const draw = (sequence) => setTriggerValue("news", sequence);
  const known = listeners.get(parentElement);
  if (known && !known.closed && known.address === data.address && known.query === data.query) {
    known.drawn(data.after, draw);
  } else {
    known?.close();
    listeners.set(parentElement, new Listener(data, draw));
  }
  return () => listeners.get(parentElement)?.close();
}
