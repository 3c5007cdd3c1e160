// Keys for what the pages can do without this script too, and a look now and then at what is being worked out.
"use strict";
(() => {
  const rows = () => Array.from(document.querySelectorAll("[data-row], .claim, .difference, .shorts > li")).filter((e) => e.offsetParent !== null);
  let at = -1;
  let before = "";

  function mark(step) {
    const all = rows();
    if (!all.length) return;
    all.forEach((e) => e.classList.remove("marked-row"));
    at = Math.min(all.length - 1, Math.max(0, at + step));
    const row = all[at];
    row.classList.add("marked-row");
    row.scrollIntoView({ block: "nearest" });
    const link = row.querySelector("[data-open]") || row.querySelector("a, button, summary");
    if (link) link.focus({ preventScroll: true });
  }

  function press(key) {
    const target = document.querySelector(`[data-key="${key}"]`);
    if (!target) return false;
    target.click();
    return true;
  }

  let leaving = false;
  document.addEventListener("submit", () => { leaving = true; });

  const places = { i: "/", r: "/reports", v: "/review", h: "/history", a: "/add" };

  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const here = e.target;
    if (here instanceof HTMLElement && here.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) {
      if (e.key === "Escape") here.blur();
      return;
    }
    if (before === "g" && places[e.key]) { before = ""; location.href = places[e.key]; return; }
    before = e.key;
    if (e.key === "?") location.href = "/help";
    else if (e.key === "/") { const q = document.getElementById("q"); if (q) { e.preventDefault(); q.focus(); q.select(); } }
    else if (e.key === "j") { if (!press("j")) mark(1); }
    else if (e.key === "k") { if (!press("k")) mark(-1); }
    else if (e.key === "o") { const row = rows()[at]; const link = row && row.querySelector("[data-open]"); if (link) link.click(); }
    else if (e.key === "x") { const row = rows()[at]; const box = row && row.querySelector("[data-pick]"); if (box) box.click(); }
    else if (e.key === "m") press("m");
    else if (e.key === "u") press("u");
  });

  // The layers of a report are remembered while the tab is open.
  for (const box of document.querySelectorAll(".layers input")) {
    const name = `twosource-${box.className}`;
    const kept = sessionStorage.getItem(name);
    if (kept !== null) box.checked = kept === "on";
    box.addEventListener("change", () => sessionStorage.setItem(name, box.checked ? "on" : "off"));
  }

  // What is being worked out: ask now and then, and show the page again when it is done.
  const job = document.querySelector("[data-job]");
  const notice = document.querySelector("[data-waits]");
  if ((job && !job.dataset.over) || notice) {
    const ask = `/waits?job=${encodeURIComponent(job ? job.dataset.job : "")}`;
    let stage = null;
    const look = async () => {
      try {
        const said = await (await fetch(ask, { headers: { accept: "application/json" } })).json();
        const typing = document.activeElement && document.activeElement.matches("input, textarea, select");
        if ((job ? said.over || (stage !== null && said.stage !== stage) : said.waiting === 0) && !typing && !leaving) { location.reload(); return; }
        stage = said.stage;
      } catch (e) { /* the server is away: ask again */ }
      setTimeout(look, 1500);
    };
    setTimeout(look, 1000);
  }
})();
