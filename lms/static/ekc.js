/* Small extras; every page works without them. */
(() => {
  "use strict";
  const { WORDS, CODES, typed, served, same, words, texts, holds, which, note, offer, copies } = window.ekc;
  const summary = document.querySelector("[data-fouten]");
  /* What the last act led to has the focus: read once, without a live region beside it; the title says it too. */
  const told = document.querySelector("[data-melding]");
  if (summary) { document.title = `Nog niet gelukt – ${document.title}`; summary.focus(); }
  else if (told) { told.focus({ preventScroll: Boolean(location.hash) }); }

  /* What is typed and not yet saved, in this tab only (sessionStorage) and only for the same person: a session that ended eats no text.
     A copy goes when a page SAYS that this text arrived (data-aangekomen names the mark it was sent with), on logging out, when the tab closes,
     and when somebody else logs in. A visitor's copy goes along to who logs in with the address that was written for (data-adres). */
  const page = document.body.dataset, mine = page.wie || "";
  const kept = {
    all: () => { try { return Object.keys(sessionStorage).filter((key) => key.startsWith("typt:")); } catch (e) { return []; } },
    read: (key) => { try { return JSON.parse(sessionStorage.getItem(key)); } catch (e) { return null; } },
    write: (key, value) => { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch (e) { /* full or forbidden: autosave is still there */ } },
    drop: (key) => { try { sessionStorage.removeItem(key); } catch (e) { /* nothing to drop */ } },
  };
  const arrived = (page.aangekomen || "").split(" "), justSent = new Set();
  for (const key of kept.all()) {
    const value = kept.read(key), visitors = key.startsWith("typt::");
    if (!value || (value.mark && arrived.includes(value.mark))) { kept.drop(key); }
    else if (!mine) { if (visitors && page.adres) { kept.write(key, { ...value, adres: page.adres }); } }
    else if (visitors && value.adres && value.adres === page.adres) { kept.drop(key); kept.write(`typt:${mine}:${key.slice(6)}`, value); }
    else if (!key.startsWith(`typt:${mine}:`)) { kept.drop(key); }
    else if (value.fresh) { justSent.add(key); kept.write(key, { ...value, fresh: false }); }
  }
  for (const form of document.querySelectorAll("form[action*='uitloggen']")) { form.addEventListener("submit", () => kept.all().forEach(kept.drop)); }

  const claimed = new Set();
  /* Keep a copy of this form under this key, and offer the one that is there. Returns what keeps it: () after typing. */
  const keep = (form, key) => {
    claimed.add(key);
    const value = kept.read(key), mark = document.createElement("input");
    mark.type = "hidden"; mark.name = "tabmerk"; form.append(mark);
    const write = (more) => kept.write(key, { fields: typed(form), texts: texts(form), path: location.pathname, adres: page.adres || "", since: Date.now(), ...more });
    if (value && value.fields) {
      /* an answer to what was sent, with the text in it: it is in the form itself, and did not arrive */
      const again = "antwoord" in page && value.mark && holds(served(form).map(([, text]) => text), value.texts);
      if (!again && same(value.fields, served(form))) { kept.drop(key); }
      else if (!again && !same(value.fields, typed(form))) {
        copies.set(form, value);
        offer(form, value.fields);
      }
    }
    form.addEventListener("weggegooid", () => kept.drop(key));
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) { return; }
      mark.value = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      write({ mark: mark.value, fresh: true });
    });
    return () => write({});
  };

  /* Without internet the page stays: the browser's own page would have nothing of what was typed. Nothing is sent, and no link is followed
     as long as something here is not saved. */
  const asks = `${WORDS}, ${CODES}, input[type=email]`, unsaved = new Set();
  const fills = (form) => form.method === "post" && !form.hasAttribute("data-rijen")
    && (form.hasAttribute("data-bewaar") || [...form.elements].some((field) => field.matches(asks)));
  const typing = ({ target }) => { const form = target.form || target; if (form.elements && fills(form)) { unsaved.add(form); } };
  let said = null;
  const stay = (event, place) => {
    if (said) { said.remove(); said = null; }
    if (navigator.onLine !== false) { return; }
    event.preventDefault();
    said = note("Geen internet. Je tekst staat nog hier."); said.setAttribute("role", "alert");
    (place.closest("form .row") || place).before(said); said.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("input", typing);
  document.addEventListener("teruggezet", typing);
  document.addEventListener("submit", (event) => {
    if (fills(event.target) || unsaved.size) { stay(event, event.submitter || event.target.lastElementChild); }
  }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]"), within = link && link.hash && link.pathname === location.pathname;
    if (!link || !unsaved.size || within || link.target || !link.protocol.startsWith("http")) { return; }
    stay(event, link.closest("form") ? link : [...unsaved][0]);
  });
  window.addEventListener("online", () => { if (said) { said.firstElementChild.textContent = "Er is weer internet. Druk nog een keer op de knop."; } });

  /* Every other form of ours with room for words keeps a copy too, by person, address and fields. A form with a password, a code or only
     an e-mail address keeps nothing, nor does any page about logging in. */
  const door = /^\/(inloggen|uitloggen|accounts|account)\//.test(location.pathname);
  for (const form of document.querySelectorAll("form[method=post]:not([data-bewaar])")) {
    if (door || !words(form).length || form.querySelector(CODES)) { continue; }
    const names = [...new Set([...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "submit").map((field) => field.name))];
    form.addEventListener("input", keep(form, `typt:${mine}:${location.pathname}#${which(form)}|${names.join(",")}`));
  }

  /* Autosave: <form data-bewaar="/adres/"> posts itself 2 s after typing and on leaving a field. */
  for (const form of document.querySelectorAll("form[data-bewaar]")) {
    let status = form.querySelector("[data-bewaard]"); /* the one beside the field that was typed in, where there is one */
    const key = `typt:${mine}:${form.dataset.bewaar}`, copy = keep(form, key);
    let timer = 0, busy = false, again = false, changed = false, stopped = false, announced = 0, send = null;
    const say = (text, ok) => {
      if (!status) { return; }
      status.classList.toggle("saved", ok);
      status.textContent = text;
      if (!ok || Date.now() - announced > 60000) { status.setAttribute("aria-live", "polite"); announced = Date.now(); }
      else { status.setAttribute("aria-live", "off"); }
    };
    /* An answer that is no JSON: the login, a page that is stale by now (sent in another tab, closed), or a server that is not well. */
    const refused = (answer) => {
      changed = true;
      if (answer.redirected && new URL(answer.url).pathname.startsWith("/inloggen/")) {
        say("Je bent uitgelogd. Je tekst staat nog hier. Log opnieuw in, dan kun je hem terugzetten.", false);
      } else if (answer.status >= 500) {
        say("Bewaren lukt nu niet. We proberen het zo weer.", false); timer = setTimeout(save, 8000);
      } else {
        stopped = true;
        say("Deze pagina is niet meer de nieuwste. Je tekst staat nog hier: kopieer hem of open de pagina opnieuw.", false);
      }
    };
    const save = async () => {
      clearTimeout(timer);
      if (!changed || stopped) { return; }
      if (busy) { again = true; return; }
      busy = true; changed = false;
      const body = new FormData(form);
      for (const [name, value] of [...body]) { if (value instanceof File) { body.delete(name); } } /* a file goes with the button */
      try {
        const answer = await fetch(form.dataset.bewaar, { method: "POST", body, headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
        const result = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : null;
        if (result && form.elements.wijziging && result.wijziging !== undefined) { form.elements.wijziging.value = result.wijziging; }
        if (result && answer.ok) {
          say(result.tekst, true);
          if (!changed) { kept.drop(key); unsaved.delete(form); }
        } else if (result) { say(result.tekst, false); }
        else { refused(answer); }
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
      copy();
      const field = event.target.closest(".field"); status = (!stopped && field && field.querySelector("[data-bewaard]")) || status;
      changed = true; clearTimeout(timer); timer = setTimeout(save, 2000); } });
    document.addEventListener("focusout", (event) => { if (ours(event) && changed) { save(); } });
    window.addEventListener("online", () => { if (changed) { save(); } });
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) { return; }
      clearTimeout(timer); changed = again = false;
      if (!busy) { return; }
      event.preventDefault(); /* the save under way first brings its new `wijziging`, else this page clashes with itself */
      send = () => form.requestSubmit(event.submitter);
    });
  }

  /* Not arrived, and its form is gone: sent or closed in another tab. On this address, or on the page that answers: the words are given back to copy. */
  for (const key of kept.all()) {
    const value = kept.read(key), place = document.querySelector("main"), here = value.path === location.pathname;
    if (!place || claimed.has(key) || !key.startsWith(`typt:${mine}:`) || !(here || justSent.has(key)) || !(value.texts || []).length) { continue; }
    const box = note("Wat je net typte, is niet bewaard. Hier kun je het niet meer versturen. Kopieer het als je het nog nodig hebt.",
      ["Gooi het weg", "btn second sm", () => kept.drop(key)]);
    for (const words of value.texts) { const text = document.createElement("p"); text.className = "pre"; text.textContent = words; box.lastElementChild.before(text); }
    place.prepend(box);
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
  /* On paper everything is unfolded, and folded again afterwards. */
  const folded = () => document.querySelectorAll("main details:not([open]):not(.no-print)");
  let opened = [];
  window.addEventListener("beforeprint", () => { opened = [...folded()]; for (const part of opened) { part.open = true; } });
  window.addEventListener("afterprint", () => { for (const part of opened) { part.open = false; } opened = []; });
  /* On paper a field shows all of its text. */
  window.addEventListener("beforeprint", () => { for (const area of document.querySelectorAll("textarea")) { area.rows = Math.max(2, Math.ceil(area.scrollHeight / parseFloat(getComputedStyle(area).lineHeight))); } });
  for (const button of document.querySelectorAll("[data-print]")) { button.hidden = false; button.addEventListener("click", () => window.print()); }
})();
