/* A session that is about to end says so, and goes on while somebody works in the page. Without this a session simply ends, and what was
   typed is given back after logging in (ekc.js, kladje.js). */
(() => {
  "use strict";
  const page = document.body.dataset, WARN = 600, PING = 330, TICK = 5000;
  if (!page.sessie) { return; }
  let over = Number(page.over), asked = Date.now(), pinged = Date.now(), active = false, busy = false, box = null, ended = false;
  const left = () => over - (Date.now() - asked) / 1000;
  for (const kind of ["input", "keydown", "pointerdown", "scroll"]) { document.addEventListener(kind, () => { active = true; }, { passive: true, capture: true }); }

  /* `work`: somebody is busy here, the time begins anew. Otherwise it is only asked: another tab may have gone on. */
  const ask = async (work) => {
    busy = true;
    try {
      const answer = await fetch(page.sessie + (work ? "?werkt=1" : ""), { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
      if (answer.ok) { over = (await answer.json()).over; asked = Date.now(); if (work) { pinged = asked; } }
    } catch (e) { /* no internet: asked again */ }
    busy = false;
  };
  const say = (words, end) => {
    if (box) { box.remove(); }
    const line = document.createElement("p");
    box = document.createElement("div"); box.className = "note sun stack gap-2"; box.setAttribute("role", "alert"); box.dataset.sessieNote = "";
    line.textContent = words; box.append(line, end);
    document.querySelector("main").prepend(box);
  };
  const stay = () => {
    const button = document.createElement("button");
    button.type = "button"; button.className = "btn sm"; button.textContent = "Blijf ingelogd";
    button.addEventListener("click", async () => { await ask(true); look(); });
    return button;
  };
  const again = () => {
    const link = document.createElement("a");
    link.className = "btn sm"; link.textContent = "Log opnieuw in";
    link.href = `/inloggen/?next=${encodeURIComponent(location.pathname + location.search)}`;
    return link;
  };
  const look = () => {
    if (over <= 0) {
      ended = true;
      say("Je bent uitgelogd, want je was lang stil. Wat je typte, staat nog hier. Na het inloggen kun je het terugzetten.", again());
    } else if (left() > WARN) { if (box) { box.remove(); box = null; document.querySelector("main").focus(); } }
    else if (!box) {
      const minutes = Math.max(1, Math.round(left() / 60));
      say(`Je was lang stil. Over ${minutes} ${minutes === 1 ? "minuut" : "minuten"} word je uitgelogd.`, stay());
    }
  };
  setInterval(async () => {
    if (busy || ended || document.hidden) { return; }
    if (active && !box && Date.now() - pinged > PING * 1000) { active = false; await ask(true); }
    else if (left() <= WARN && (!box || left() <= 0)) { await ask(false); look(); }
  }, TICK);
})();
