// The finder, favourites and comparison without reloading. All of it works without this file, too.
(() => {
  "use strict";

  // ---- choosing bases to compare: kept for this tab, from page to page of the list
  const bar = document.querySelector("[data-compare]");
  const STORE = "xinghui.compare";
  const remembered = () => {
    try {
      return (sessionStorage.getItem(STORE) || "").split(",").filter(Boolean);
    } catch {
      return [];
    }
  };
  const remember = (codes) => {
    try {
      sessionStorage.setItem(STORE, codes.join(","));
    } catch {
      // chosen for this page alone
    }
  };
  const boxes = () => [...document.querySelectorAll('input[form="compare"]')];

  const showChosen = (codes) => {
    const most = Number(bar.dataset.most);
    const here = boxes();
    for (const box of here) {
      box.checked = codes.includes(box.value);
      box.disabled = !box.checked && codes.length >= most;
    }
    for (const old of bar.querySelectorAll("[data-kept]")) old.remove();
    for (const code of codes.filter((one) => !here.some((box) => box.value === one))) {
      const kept = document.createElement("input");
      kept.type = "hidden";
      kept.name = "codes";
      kept.value = code;
      kept.dataset.kept = "";
      bar.append(kept);
    }
    bar.hidden = !codes.length && !here.length;
    bar.classList.toggle("compare-bar--chosen", codes.length > 0);
    const full = codes.length >= most ? ` ${bar.dataset.full}` : "";
    const text = bar.querySelector("[data-compare-count]");
    text.textContent = codes.length ? bar.dataset.count.replace("#", codes.length) + full : text.dataset.none;
    bar.querySelector("[data-compare-clear]").hidden = !codes.length;
  };

  if (bar) {
    const text = bar.querySelector("[data-compare-count]");
    text.dataset.none = text.textContent;
    text.setAttribute("role", "status");
    const clear = document.createElement("button");
    clear.type = "button";
    clear.className = "button button--quiet";
    clear.dataset.compareClear = "";
    clear.textContent = bar.dataset.clear;
    clear.addEventListener("click", () => {
      remember([]);
      showChosen([]);
      boxes()[0]?.focus();
    });
    bar.append(clear);
    document.addEventListener("change", (event) => {
      const box = event.target;
      if (!(box instanceof HTMLInputElement) || box.getAttribute("form") !== "compare") return;
      const others = remembered().filter((code) => code !== box.value);
      const codes = box.checked ? [...others, box.value] : others;
      remember(codes);
      showChosen(codes);
    });
    document.addEventListener("shown", () => showChosen(remembered()));
    window.addEventListener("pageshow", () => showChosen(remembered()));
  }
  const compared = document.querySelector("[data-compared]");
  if (compared) remember(compared.dataset.compared.split(",").filter(Boolean));

  // ---- a menu that folded out closes when one turns to something else
  const closeMenus = (but) => {
    for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(but)) menu.open = false;
  };
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest(".menu[open]");
    if (menu) menu.querySelector("summary").focus();
    if (event.key === "Escape") closeMenus(null);
  });

  // ---- the page of favourites
  const page = document.querySelector("[data-favourites-page]");
  if (page && window.favourites) {
    const asked = new URLSearchParams(location.search).get("codes");
    const kept = window.favourites.read();
    if (asked === null && kept.length) location.replace(`?codes=${kept.map(encodeURIComponent).join(",")}`);
    const tools = page.querySelector("[data-favourites-tools]");
    if (tools) {
      const shown = [...page.querySelectorAll("[data-favourite]")].map((card) => card.dataset.favourite);
      const said = tools.querySelector("[role=status]");
      const keepAll = tools.querySelector("[data-keep-all]");
      const forgetAll = tools.querySelector("[data-forget-all]");
      const update = (codes) => {
        keepAll.hidden = shown.every((code) => codes.includes(code));
        forgetAll.hidden = !codes.length;
      };
      tools.hidden = false;
      update(kept);
      document.addEventListener("favourites", (event) => update(event.detail));
      keepAll.addEventListener("click", () => {
        window.favourites.write([...new Set([...window.favourites.read(), ...shown])]);
        forgetAll.focus();
      });
      forgetAll.addEventListener("click", () => {
        window.favourites.write([]);
        keepAll.focus();
      });
      const copy = tools.querySelector("[data-copy]");
      copy.hidden = !navigator.clipboard;
      copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText(location.href);
        said.textContent = tools.dataset.copied;
      });
    }
  }

  // ---- the finder
  const form = document.querySelector("form[data-finder]");
  if (!form || !window.fetch || !window.AbortController) return;
  const PATIENCE = 15000;
  const ALONE = ["sort", "view", "near"];
  const near = form.querySelector("#near");
  const share = form.querySelector("[data-locate-share]");
  let running = null;
  let timer = 0;
  let position = ""; // of the device, once asked for

  const address = (submitter) => {
    const url = new URL(form.action);
    for (const [name, value] of new FormData(form)) {
      if (!value) continue;
      if (ALONE.includes(name)) url.searchParams.set(name, value);
      else url.searchParams.append(name, value);
    }
    if (submitter?.name) url.searchParams.set(submitter.name, submitter.value);
    if (url.searchParams.get("sort") === "distance" && !url.searchParams.get("near")) url.searchParams.delete("sort");
    return url;
  };
  // A device's position stays out of the address, unless the visitor wants it there.
  const shown = (url) => {
    const bare = new URL(url);
    if (position && !share.checked && bare.searchParams.get("near") === position) {
      bare.searchParams.delete("near");
      if (bare.searchParams.get("sort") === "distance") bare.searchParams.delete("sort");
    }
    return bare;
  };

  const key = (input) => `${input.name}=${input.type === "checkbox" ? input.value : ""}`;
  const inputs = (root) => [...root.querySelectorAll("input")];

  const patchFacet = (old, fresh) => {
    const before = inputs(old);
    const after = inputs(fresh);
    if (before.map(key).join("&") !== after.map(key).join("&")) {
      fresh.open = old.open;
      old.replaceWith(fresh);
      return;
    }
    before.forEach((input, at) => {
      if (input.type === "checkbox") {
        input.checked = after[at].checked;
        input.parentElement.querySelector(".option__count").textContent =
          after[at].parentElement.querySelector(".option__count").textContent;
      } else if (input !== document.activeElement) {
        input.value = after[at].value;
      }
    });
  };

  const patchFilters = (fresh) => {
    const body = form.querySelector(".filters__body");
    const news = [...fresh.querySelectorAll(".filters__body > .facet")];
    const names = news.map((facet) => facet.dataset.facet);
    for (const old of body.querySelectorAll(":scope > .facet")) if (!names.includes(old.dataset.facet)) old.remove();
    let at = body.firstElementChild;
    for (const facet of news) {
      if (at?.dataset.facet === facet.dataset.facet) {
        const next = at.nextElementSibling;
        patchFacet(at, facet);
        at = next;
      } else {
        body.insertBefore(facet, at);
      }
    }
    const clear = body.querySelector(".filters__apply a");
    const freshClear = fresh.querySelector(".filters__apply a");
    if (clear && !freshClear) clear.remove();
    if (!clear && freshClear) body.querySelector(".filters__apply").append(freshClear);
    form.querySelector(".filters__toggle").replaceChildren(...fresh.querySelector(".filters__toggle").childNodes);
  };

  const show = (text) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const results = fresh.querySelector(".results");
    if (!results) throw new Error("not a list");
    const focused = document.activeElement;
    const held = focused instanceof HTMLInputElement && form.contains(focused) ? focused : null;
    patchFilters(fresh.querySelector(".filters"));
    for (const part of [".results__count", ".results__view", ".results__body"]) {
      form.querySelector(part).replaceChildren(...results.querySelector(part).childNodes);
    }
    if (held && !held.isConnected) {
      const match = inputs(form.querySelector(".filters")).find((input) => key(input) === key(held));
      let above = match?.closest("details:not([open])");
      for (; above; above = match.closest("details:not([open])")) above.open = true;
      (match || form.querySelector("#results-head")).focus({ preventScroll: true });
    }
    tell();
    document.dispatchEvent(new CustomEvent("shown"));
  };

  // What the button that closes the filters of a phone leads to.
  const apply = form.querySelector(".filters__apply button");
  const tell = () => {
    const count = form.querySelector(".results__count strong");
    apply.textContent = apply.dataset.show.replace("#", count.textContent);
  };

  const sync = (url) => {
    form.querySelector("#q").value = url.searchParams.get("q") || "";
    if (near) near.value = url.searchParams.get("near") || "";
  };

  const go = async (url, { push = true, after = null } = {}) => {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    const results = form.querySelector(".results");
    const busy = setTimeout(() => results.setAttribute("aria-busy", "true"), 120);
    const late = setTimeout(() => mine.abort(), PATIENCE);
    try {
      const answer = await fetch(url, { headers: { "HX-Request": "true" }, signal: mine.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      if (running !== mine) return;
      if (push) history.pushState({ finder: String(url) }, "", shown(url));
      show(text);
      after?.();
    } catch {
      if (running === mine) location.assign(url); // as if there were no script
      return;
    } finally {
      clearTimeout(late);
      clearTimeout(busy);
      if (running === mine) results.removeAttribute("aria-busy");
    }
  };

  const toResults = () => {
    const head = form.querySelector("#results-head");
    head.focus({ preventScroll: true });
    form.querySelector(".results").scrollIntoView({ block: "start" });
  };

  form.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type === "search" || input === share || input.getAttribute("form") === "compare") return;
    clearTimeout(timer);
    if (input.reportValidity && !input.reportValidity()) return;
    const submitter = input === near && near.value ? { name: "sort", value: "distance" } : null;
    timer = setTimeout(() => go(address(submitter)), 150);
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    const applied = event.submitter === apply;
    const fold = form.querySelector(".filters__fold");
    go(address(event.submitter), {
      after: () => {
        if (!applied) return;
        if (form.querySelector(".filters__toggle").offsetParent) fold.open = false; // a sheet, on a phone
        toResults();
      },
    });
  });

  form.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const url = new URL(link.href);
    if (link.hasAttribute("download") || url.origin + url.pathname !== form.action.split("?")[0]) return;
    event.preventDefault();
    const groups = [".chip:not(.chip--clear)", ".sorts a", ".results__view a", ".sort-link"];
    const group = groups.find((one) => link.matches(one));
    const at = group ? [...form.querySelectorAll(group)].indexOf(link) : -1;
    go(url, {
      after: () => {
        sync(url);
        const now = group ? [...form.querySelectorAll(group)] : [];
        if (now.length) now[Math.min(at, now.length - 1)].focus({ preventScroll: true });
        else toResults();
      },
    });
  });

  tell();
  history.replaceState({ finder: location.href }, "");
  window.addEventListener("popstate", (event) => {
    if (!event.state?.finder) return;
    const url = new URL(event.state.finder);
    go(url, { push: false, after: () => sync(url) });
  });

  // ---- the position of the device, only when asked for
  const locate = form.querySelector("[data-locate]");
  if (locate && navigator.geolocation && window.isSecureContext) {
    const note = form.querySelector("[data-locate-note]");
    const words = locate.textContent;
    locate.hidden = false;
    form.querySelector(".finder__near [name=sort]").hidden = true; // choosing a place is enough
    locate.addEventListener("click", () => {
      note.hidden = false;
      locate.textContent = locate.dataset.asking;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          locate.textContent = words;
          near.querySelector("[data-device]")?.remove();
          position = `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`;
          const option = new Option(locate.dataset.valueLabel, position, true, true);
          option.dataset.device = "";
          near.options[0].after(option);
          go(address({ name: "sort", value: "distance" }));
        },
        () => {
          locate.textContent = words;
          note.replaceChildren(locate.dataset.refused);
          note.setAttribute("role", "alert");
        },
        { maximumAge: 600000, timeout: 15000 },
      );
    });
    share.addEventListener("change", () => history.replaceState(history.state, "", shown(history.state.finder)));
  }
})();
