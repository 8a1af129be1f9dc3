// Draws a sheet that was made ready on the server, and says which column head or row number was pressed.

export default function ({ data, parentElement, setTriggerValue }) {
  const before = parentElement.querySelector(".iv-sheet");
  const place = before && { left: before.scrollLeft, top: before.scrollTop };
  let box = parentElement.querySelector(".iv-sheet-box");
  if (!box) {
    box = document.createElement("div");
    box.className = "iv-sheet-box";
    parentElement.appendChild(box);
  }
  if (box.shown !== data.html) {
    box.innerHTML = data.html; // escaped on the server
    box.shown = data.html;
    const now = box.querySelector(".iv-sheet");
    if (place && now) now.scrollTo(place);
  }
  box.onclick = (event) => {
    const button = event.target.closest("button[data-column], button[data-row]");
    if (!button) return;
    const { column, row } = button.dataset;
    setTriggerValue("pressed", column ? { column: Number(column) } : { row: Number(row) });
  };
}
