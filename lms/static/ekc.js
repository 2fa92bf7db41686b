/* Small extras; every page works without them. */
(() => {
  "use strict";
  const summary = document.querySelector("[data-fouten]");
  if (summary) { summary.focus(); }

  /* Autosave: <form data-bewaar="/adres/"> posts itself 2 s after typing and on leaving a field. */
  for (const form of document.querySelectorAll("form[data-bewaar]")) {
    let status = form.querySelector("[data-bewaard]"); /* the one beside the field that was typed in, where there is one */
    let timer = 0, busy = false, again = false, changed = false, announced = 0, send = null;
    const say = (text, ok) => {
      if (!status) { return; }
      status.classList.toggle("saved", ok);
      status.textContent = text;
      if (!ok || Date.now() - announced > 60000) { status.setAttribute("aria-live", "polite"); announced = Date.now(); }
      else { status.setAttribute("aria-live", "off"); }
    };
    const save = async () => {
      clearTimeout(timer);
      if (!changed) { return; }
      if (busy) { again = true; return; }
      busy = true; changed = false;
      try {
        const answer = await fetch(form.dataset.bewaar, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
        const result = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : null;
        if (result && answer.ok) {
          if (form.elements.wijziging && result.wijziging !== undefined) { form.elements.wijziging.value = result.wijziging; }
          say(result.tekst, true);
        } else if (result) { say(result.tekst, false); }
        else { changed = true; say(answer.redirected || answer.status === 403 ? "Je bent uitgelogd. Kopieer je tekst en log opnieuw in." : "Bewaren lukt nu niet. We proberen het zo weer.", false); }
      } catch (e) {
        changed = true;
        say("Geen internet. We bewaren zodra het weer kan.", false);
        timer = setTimeout(save, 8000);
      }
      busy = false;
      if (send) { const go = send; send = null; go(); }
      else if (again) { again = false; save(); }
    };
    /* On the document: a field with form="…" stands outside its form. */
    const mine = (event) => event.target.form === form;
    document.addEventListener("input", (event) => { if (mine(event)) {
      const field = event.target.closest(".field"); status = (field && field.querySelector("[data-bewaard]")) || status;
      changed = true; clearTimeout(timer); timer = setTimeout(save, 2000); } });
    document.addEventListener("focusout", (event) => { if (mine(event) && changed) { save(); } });
    window.addEventListener("online", () => { if (changed) { save(); } });
    form.addEventListener("submit", (event) => {
      clearTimeout(timer); changed = again = false;
      if (!busy) { return; }
      event.preventDefault(); /* the save under way first brings its new `wijziging`, else this page clashes with itself */
      send = () => form.requestSubmit(event.submitter);
    });
  }

  /* Roll call: "Iedereen is er" ticks every open row; the form still has to be sent. */
  for (const button of document.querySelectorAll("[data-iedereen]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const row of button.closest("form").querySelectorAll("[data-rij]")) {
        if (!row.querySelector("input:checked")) { const yes = row.querySelector("input[value=ja]"); if (yes) { yes.checked = true; } }
      }
    });
  }
  /* On paper a field shows all of its text. */
  window.addEventListener("beforeprint", () => { for (const area of document.querySelectorAll("textarea")) { area.rows = Math.max(2, Math.ceil(area.scrollHeight / parseFloat(getComputedStyle(area).lineHeight))); } });
  for (const button of document.querySelectorAll("[data-print]")) { button.hidden = false; button.addEventListener("click", () => window.print()); }
})();
