/* A draft on the server of every form that says so (its hidden field `klad` names what may be kept), for who is logged in: some seconds
   after typing and on leaving the page. It is offered on any device, until the form was taken. Without this a form is simply sent. */
(() => {
  "use strict";
  const { typed, served, same, which, offer, copies } = window.ekc, page = document.body.dataset, WAIT = 3000, AGAIN = 20000;
  if (!page.kladje) { return; }

  const drafts = [...document.querySelectorAll("form[method=post]")].filter((form) => form.elements.klad && form.elements.klad.value).map((form) => {
    const [kind, names] = form.elements.klad.value.replace(/:[^:]*$/, "").split("|");
    const address = decodeURI(new URL(form.getAttribute("action") || location.href, location.href).pathname);
    const ours = (fields) => fields.filter(([name]) => names.split(",").includes(name));
    return { form, kind, address, which: which(form), ours, now: () => ours(typed(form)), was: () => ours(served(form)),
      there: false, unwanted: false, changed: false, busy: false, stopped: false, timer: 0 };
  });
  if (!drafts.length) { return; }

  const send = async (draft, more, options) => {
    const id = [...draft.form.elements].find((field) => /(^|-)verzoek_id$/.test(field.name));
    const data = new URLSearchParams({ csrfmiddlewaretoken: draft.form.elements.csrfmiddlewaretoken.value, klad: draft.form.elements.klad.value,
      adres: draft.address, welk: draft.which, verzoek_id: id ? id.value : "", ...more });
    return fetch(page.kladje, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" }, credentials: "same-origin", ...options });
  };
  const throwAway = (draft) => { draft.there = false; send(draft, { weg: "1" }).catch(() => { /* offered once more, then */ }); };
  const save = async (draft, options) => {
    clearTimeout(draft.timer); draft.timer = 0;
    const asked = (copies.get(draft.form) || {}).box; /* an offer that waits is not overwritten */
    if (!draft.changed || draft.busy || draft.stopped || asked || navigator.onLine === false) { return; }
    draft.changed = false;
    const fields = draft.now();
    if (same(fields, draft.was())) { if (draft.there) { throwAway(draft); } return; }
    draft.busy = true;
    try {
      const answer = await send(draft, { velden: JSON.stringify(fields) }, options);
      const ended = answer.redirected || answer.status === 403; /* logged out meanwhile: the tab still has it */
      if (answer.ok && !ended) { draft.there = true; }
      else if (answer.status === 429 || answer.status >= 500) { later(draft, AGAIN); }
      else { draft.stopped = true; }
    } catch (e) { later(draft, AGAIN); }
    draft.busy = false;
    if (draft.changed && !draft.timer) { later(draft, WAIT); }
  };
  const later = (draft, wait) => { draft.changed = true; clearTimeout(draft.timer); draft.timer = setTimeout(() => save(draft), wait); };

  for (const draft of drafts) {
    draft.form.addEventListener("input", () => later(draft, WAIT));
    draft.form.addEventListener("teruggezet", () => later(draft, WAIT));
    draft.form.addEventListener("weggegooid", () => { draft.unwanted = true; if (draft.there) { throwAway(draft); } if (draft.changed) { later(draft, WAIT); } });
    draft.form.addEventListener("submit", (event) => { if (!event.defaultPrevented) { clearTimeout(draft.timer); draft.changed = false; } });
  }
  window.addEventListener("online", () => drafts.forEach((draft) => save(draft)));
  document.addEventListener("visibilitychange", () => { if (document.hidden) { drafts.forEach((draft) => save(draft, { keepalive: true })); } });

  /* What was typed before, here or on another device. The copy of this tab comes first when it is the younger one. */
  const show = (draft, found) => {
    draft.there = true;
    const copy = copies.get(draft.form) || {};
    if (draft.unwanted || same(found.velden, draft.was())) { throwAway(draft); return; }
    const known = same(found.velden, draft.now()) || (copy.fields && same(found.velden, draft.ours(copy.fields)));
    if (!known && !("antwoord" in page) && !(copy.since >= found.om)) { offer(draft.form, found.velden); }
  };
  const query = new URLSearchParams([...new Set(drafts.map((draft) => draft.address))].map((address) => ["adres", address]));
  fetch(`${page.kladje}?${query}`, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" })
    .then((answer) => (answer.ok && !answer.redirected ? answer.json() : { kladjes: [] }))
    .then(({ kladjes }) => {
      for (const found of kladjes) {
        const draft = drafts.find((one) => one.kind === found.vorm && one.address === found.adres && one.which === found.welk);
        if (draft && found.velden.length) { show(draft, found); }
      }
    }).catch(() => { /* not now: asked again when the page opens again */ });
})();
