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

for (const kind of ["focusin", "click"]) {
  document.addEventListener(kind, (event) => {
    const proposal = event.target.closest("[data-proposal]");
    if (proposal) show(proposal.dataset.proposal);
  });
}
