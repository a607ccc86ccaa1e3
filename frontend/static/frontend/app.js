// What pages do beyond plain HTML: GOV.UK's components, where focus goes after a swap, one submit per click.
// Every page works without this file.

import { initAll } from "./build/govuk-frontend.js";

document.body.classList.add("govuk-frontend-supported");
// After “Skip to main content” the address ends in #main-content, and so does that of the form's answer: the browser
// would go there again, and take the reader away from the error summary or the banner that asks for the focus.
if (window.location.hash === "#main-content") {
  window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
}
initAll();
foldLong(document);

// Nobody is signed in: nothing of where somebody was stays in this browser. (htmx keeps the last address.)
if (!document.body.hasAttribute("hx-headers")) {
  window.sessionStorage.clear();
  window.localStorage.clear();
}

// On a phone the filters would push the list off the screen, and the long parts of a page each other.
function foldLong(scope) {
  if (window.matchMedia("(max-width: 48.0525rem)").matches) {
    scope.querySelectorAll("details[data-fold]").forEach((long) => long.removeAttribute("open"));
  }
}

// A double click sends once. The button works again when the answer is an error, or the person comes back.
function holdButtons(form, held) {
  form.querySelectorAll("button[type=submit], button:not([type])").forEach((button) => {
    if (held) {
      button.setAttribute("aria-disabled", "true");
    } else {
      button.removeAttribute("aria-disabled");
    }
  });
  if (held) {
    form.dataset.sending = "";
  } else {
    delete form.dataset.sending;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const unreal = tellUnreal(form);
  if (unreal.length) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  if (form.method !== "post" || form.hasAttribute("hx-confirm")) return;
  if ("sending" in form.dataset) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  holdButtons(form, true);
  // A server that never answers must not leave a page that cannot be sent again.
  window.setTimeout(() => holdButtons(form, false), 10000);
}, true);

// A browser sends a day that the calendar does not have (31/2/2027), or half of one, as nothing at all: an optional
// day would be dropped without a word. So it is told here, and what was typed stays in its field.
const UNREAL = "Enter a real date, such as 31/3/2027.";

function tellUnreal(form) {
  form.querySelectorAll("[data-unreal]").forEach(takeBack);
  const wrong = [...form.querySelectorAll("input[type=date]")].filter((day) => day.validity.badInput);
  wrong.forEach(mark);
  const place = document.getElementById("app-failure");
  if (place) place.hidden = !wrong.length;
  if (place && wrong.length) tell(place, "There is a problem", ...wrong.map(linkTo));
  return wrong;
}

function mark(day) {
  const words = document.createElement("p");
  words.className = "govuk-error-message";
  words.id = `${day.id}_unreal`;
  words.dataset.unreal = day.id;
  words.textContent = UNREAL;
  day.before(words);
  day.closest(".govuk-form-group").classList.add("govuk-form-group--error");
  day.classList.add("govuk-input--error");
  day.setAttribute("aria-describedby", `${day.getAttribute("aria-describedby") ?? ""} ${words.id}`.trim());
}

function takeBack(words) {
  const day = document.getElementById(words.dataset.unreal);
  const described = day.getAttribute("aria-describedby").replace(words.id, "").trim();
  words.remove();
  if (described) day.setAttribute("aria-describedby", described);
  else day.removeAttribute("aria-describedby");
  if (document.getElementById(`${day.id}_error`)) return; // what the server said of it stands
  day.closest(".govuk-form-group").classList.remove("govuk-form-group--error");
  day.classList.remove("govuk-input--error");
}

function linkTo(day) {
  const label = day.labels[0].textContent.replace("(optional)", "").trim();
  const block = day.closest("fieldset")?.querySelector("legend")?.textContent.trim();
  const link = document.createElement("a");
  link.href = `#${day.id}`;
  link.textContent = `${block ? `${block}, ` : ""}${label}: ${UNREAL}`;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    day.focus();
  });
  return link;
}

window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sending]").forEach((form) => holdButtons(form, false));
});

// Buttons that htmx sends by themselves raise no submit.
document.body.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt.closest("form");
  if (form && event.detail.requestConfig.verb === "post" && tellUnreal(form).length) event.preventDefault();
});

document.body.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest("form");
  if (form) holdButtons(form, false);
});

document.body.addEventListener("htmx:responseError", (event) => tellFailure(event.detail.xhr));
document.body.addEventListener("htmx:sendError", () => tellFailure(null));

// A form with a fault (422), a stale form (409) and a refusal that says where its words go are shown like any answer.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status === 422 || xhr.status === 409 || xhr.getResponseHeader("HX-Retarget")) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

function tellFailure(xhr) {
  const place = document.getElementById("app-failure");
  if (!place) return;
  const words = xhr && xhr.status && xhr.status < 500
    ? "That was not saved: you may have been signed out, or somebody changed this first. Copy what you typed, reload the page and try again."
    : "That was not saved: the tracker did not answer. What you typed is still here. Try again in a moment.";
  tell(place, "Not saved", words);
}

function tell(place, title, ...lines) {
  place.querySelector("h2").textContent = title;
  place.querySelector("ul").replaceChildren(...lines.map((line) => {
    const item = document.createElement("li");
    item.append(line);
    return item;
  }));
  place.hidden = false;
  place.focus();
}

// After a swap: components inside come alive, and the reader is taken to errors, or to what asks for it by data-focus.
document.body.addEventListener("htmx:afterSettle", (event) => {
  const place = event.detail.elt;
  initAll({ scope: place });
  const failure = document.getElementById("app-failure");
  if (failure) failure.hidden = true;
  const wanted = place.matches("[data-focus]") ? place : place.querySelector(".govuk-error-summary, [data-focus]");
  if (wanted) {
    if (!wanted.hasAttribute("tabindex")) wanted.setAttribute("tabindex", "-1");
    wanted.focus();
    wanted.closest(".app-step")?.scrollIntoView(); // a step that opens below what was pressed is seen whole
  }
});

// Another day has another weekday beside it, and papers that close ten working days before it: an empty field says so.
document.addEventListener("change", (event) => {
  const day = event.target;
  if (!day.matches("[data-weekday]")) return;
  const hint = document.getElementById(`${day.id}_helptext`);
  if (hint) hint.textContent = day.value && new Date(`${day.value}T12:00`).toLocaleDateString("en-GB", { weekday: "long" });
  const papers = day.closest("fieldset").querySelector("input[type=date]:not([data-weekday])");
  if (papers.value === papers.defaultValue) papers.value = "";
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-print]");
  if (button) window.print();
});

// Two minutes before a session ends, the person is asked. The server is asked first: another tab may have been in use.
const WARN_SECONDS = 120;
const sessionBox = document.getElementById("session");
if (sessionBox) {
  const stay = sessionBox.querySelector("[data-stay]");
  let timer;

  const wait = (left) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, Math.max(1, left - (sessionBox.open ? 0 : WARN_SECONDS)) * 1000);
  };
  const ask = async (options) => (await fetch(sessionBox.dataset.address, options)).json();
  const show = ({ extends: extendable }) => {
    sessionBox.querySelectorAll("[data-extends]").forEach((words) => {
      words.hidden = words.dataset.extends !== String(extendable);
    });
    if (!sessionBox.open) sessionBox.showModal();
  };
  const look = async () => {
    let state;
    try {
      state = await ask({ headers: { Accept: "application/json" } });
    } catch {
      return wait(WARN_SECONDS + 10); // no answer now: ask again soon
    }
    if (state.left <= 0) {
      const here = window.location.pathname + window.location.search;
      return window.location.replace(`${sessionBox.dataset.signIn}?next=${encodeURIComponent(here)}`);
    }
    if (state.left > WARN_SECONDS) {
      sessionBox.close();
    } else {
      show(state);
    }
    return wait(state.left + 1);
  };

  stay.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    sessionBox.close();
    try {
      wait((await ask({ method: "POST", body: new FormData(stay) })).left);
    } catch {
      wait(WARN_SECONDS + 10);
    }
    holdButtons(stay, false);
  });
  // Whatever else is sent to the server in this tab puts the end off, too.
  document.body.addEventListener("htmx:afterRequest", () => look());
  wait(Number(sessionBox.dataset.left));
} else {
  // Nobody is signed in: of who was (htmx notes the last address), nothing stays.
  window.sessionStorage.clear();
  window.localStorage.clear();
}
