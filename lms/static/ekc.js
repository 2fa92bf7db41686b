/* Small extras; every page works without them. */
(() => {
  "use strict";
  const summary = document.querySelector("[data-fouten]");
  if (summary) { summary.focus(); }

  /* What is typed and not yet saved, in this tab only (sessionStorage) and only for the same person: a session that ended eats no text.
     Gone as soon as the server has it, on logging out, when the tab closes, and when somebody else logs in. */
  const mine = document.body.dataset.wie || "";
  const kept = {
    all: () => { try { return Object.keys(sessionStorage).filter((key) => key.startsWith("typt:")); } catch (e) { return []; } },
    read: (key) => { try { return JSON.parse(sessionStorage.getItem(key)); } catch (e) { return null; } },
    write: (key, value) => { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch (e) { /* full or forbidden: autosave is still there */ } },
    drop: (key) => { try { sessionStorage.removeItem(key); } catch (e) { /* nothing to drop */ } },
  };
  for (const key of kept.all()) {
    const value = kept.read(key);
    if (!mine) { if (value) { kept.write(key, { fields: value.fields, sent: false }); } } /* led to the login: what was sent did not arrive */
    else if (!key.startsWith(`typt:${mine}:`) || !value || value.sent) { kept.drop(key); }
  }
  for (const form of document.querySelectorAll("form[action*='uitloggen']")) { form.addEventListener("submit", () => kept.all().forEach(kept.drop)); }
  const SECRET = ["csrfmiddlewaretoken", "wijziging", "verzoek_id"];
  const typed = (form) => [...new FormData(form)].filter(([name, value]) => !SECRET.includes(name) && typeof value === "string");
  const putBack = (form, fields) => {
    for (const [name, value] of fields) {
      for (const field of form.elements) {
        if (field.name !== name) { continue; }
        if (field.type === "radio" || field.type === "checkbox") { if (field.value === value) { field.checked = true; } } else { field.value = value; }
        const fold = field.closest("details"); if (fold && value) { fold.open = true; }
      }
    }
    form.dispatchEvent(new CustomEvent("teruggezet"));
  };
  const offer = (form, key) => {
    const value = kept.read(key);
    if (!value || !value.fields.length || JSON.stringify(value.fields) === JSON.stringify(typed(form))) { kept.drop(key); return; }
    const note = document.createElement("div"), text = document.createElement("p"), yes = document.createElement("button"), no = document.createElement("button");
    note.className = "note sun stack gap-2"; note.setAttribute("role", "status");
    text.textContent = "Je typte hier iets dat nog niet bewaard is. Wil je het terug?";
    yes.type = no.type = "button"; yes.className = "btn sm"; no.className = "btn second sm";
    yes.textContent = "Zet mijn tekst terug"; no.textContent = "Nee, gooi het weg";
    yes.addEventListener("click", () => { note.remove(); putBack(form, value.fields); });
    no.addEventListener("click", () => { note.remove(); kept.drop(key); });
    const row = document.createElement("div"); row.className = "row"; row.append(yes, no);
    note.append(text, row); form.before(note);
  };

  /* Autosave: <form data-bewaar="/adres/"> posts itself 2 s after typing and on leaving a field. */
  for (const form of document.querySelectorAll("form[data-bewaar]")) {
    let status = form.querySelector("[data-bewaard]"); /* the one beside the field that was typed in, where there is one */
    const key = `typt:${mine}:${form.dataset.bewaar}`;
    if (mine) { offer(form, key); }
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
          if (!changed) { kept.drop(key); }
        } else if (result) { say(result.tekst, false); }
        else { changed = true; say(answer.redirected || answer.status === 403 ? "Je bent uitgelogd. Je tekst staat nog hier. Log opnieuw in, dan kun je hem terugzetten." : "Bewaren lukt nu niet. We proberen het zo weer.", false); }
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
    const ours = (event) => event.target.form === form;
    form.addEventListener("teruggezet", () => { changed = true; save(); });
    document.addEventListener("input", (event) => { if (ours(event)) {
      kept.write(key, { fields: typed(form), sent: false });
      const field = event.target.closest(".field"); status = (field && field.querySelector("[data-bewaard]")) || status;
      changed = true; clearTimeout(timer); timer = setTimeout(save, 2000); } });
    document.addEventListener("focusout", (event) => { if (ours(event) && changed) { save(); } });
    window.addEventListener("online", () => { if (changed) { save(); } });
    form.addEventListener("submit", (event) => {
      clearTimeout(timer); changed = again = false;
      kept.write(key, { fields: typed(form), sent: true });
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
