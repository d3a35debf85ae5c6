// Keeps a page that is looked at as it would be if it were loaded now. Everything works without it.
(() => {
  "use strict";
  const address = document.body.dataset.live;
  if (!address || !window.EventSource) return;

  const state = document.getElementById("live-state");
  const say = text => { if (state) state.textContent = text; };
  let loading = false, again = false;

  async function refresh() {
    if (document.hidden) { again = true; return; }
    if (loading) { again = true; return; }
    loading = true;
    again = false;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) { say("Not up to date: load the page anew"); return; }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const old of document.querySelectorAll("[data-part]")) {
        const part = fresh.querySelector(`[data-part="${old.dataset.part}"]`);
        if (!part || part.innerHTML === old.innerHTML || old.contains(document.activeElement)) continue;
        const open = new Set([...old.querySelectorAll("details[open]")].map(one => one.id));
        old.innerHTML = part.innerHTML;
        for (const details of old.querySelectorAll("details")) details.open = details.open || open.has(details.id);
      }
      say(`Up to date at ${new Date().toLocaleTimeString()}`);
    } catch {
      say("The service does not answer");
    } finally {
      loading = false;
      if (again && !document.hidden) refresh();
    }
  }

  const events = new EventSource(address);
  events.addEventListener("changed", refresh);
  events.onopen = () => say("Live");
  events.onerror = () => say(events.readyState === EventSource.CLOSED ? "Not live: load the page anew" : "Connecting …");
  document.addEventListener("visibilitychange", () => { if (!document.hidden && again) refresh(); });
  addEventListener("pagehide", () => events.close());
})();
