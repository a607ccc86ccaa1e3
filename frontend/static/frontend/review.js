// The review page: the proposal in use shows its words in the document beside it. Without this file the links do.

function show(id) {
  document.querySelectorAll(".app-said--shown").forEach((piece) => piece.classList.remove("app-said--shown"));
  document.querySelectorAll(`[data-words="${id}"]`).forEach((piece) => piece.classList.add("app-said--shown"));
  const pane = document.getElementById("words");
  const first = document.getElementById(`words-${id}`);
  if (!pane || !first || pane.scrollHeight <= pane.clientHeight) return;
  // Only the pane moves, never the page under the reader's hand.
  const place = first.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  if (place < 0 || place > pane.clientHeight - 60) pane.scrollTop += place - pane.clientHeight / 3;
}

// All that wait on this page, or none of them where all are ticked.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tick-all]");
  if (!button) return;
  const boxes = [...document.querySelectorAll("input[name=picked]")];
  const tick = boxes.some((box) => !box.checked);
  boxes.forEach((box) => (box.checked = tick));
  button.textContent = tick ? `Untick all ${boxes.length}` : "Tick all on this page";
});

for (const kind of ["focusin", "click"]) {
  document.addEventListener(kind, (event) => {
    const proposal = event.target.closest("[data-proposal]");
    if (proposal) show(proposal.dataset.proposal);
  });
}
