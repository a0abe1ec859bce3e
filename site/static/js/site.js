// Enhancements of every page. Every page works without this file.
(() => {
  "use strict";

  // Text size without a round trip: same cookie as content/core/display.py sets.
  const form = document.querySelector("form[data-text-size]");
  if (form) {
    const button = form.querySelector("button");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const large = document.documentElement.classList.toggle("large-text");
      const secure = location.protocol === "https:" ? "; secure" : "";
      document.cookie = large
        ? `text_size=large; path=/; max-age=31536000; samesite=lax${secure}`
        : `text_size=; path=/; max-age=0; samesite=lax${secure}`;
      button.value = large ? "normal" : "large";
      button.textContent = large ? button.dataset.normal : button.dataset.large;
    });
  }

  // Favourites: codes of bases, kept on this device and nowhere else. No script, no buttons.
  const KEY = "xinghui.favourites";
  const MOST = 60;
  const link = document.querySelector("[data-favourites]");

  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(kept) ? kept.filter((code) => typeof code === "string").slice(0, MOST) : [];
    } catch {
      return [];
    }
  };
  const write = (codes) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(codes.slice(-MOST)));
    } catch {
      return; // a full or forbidden store: the buttons show that nothing was kept
    }
    show();
  };
  const show = () => {
    const kept = read();
    link.hidden = !kept.length;
    link.querySelector("[data-count]").textContent = kept.length;
    link.href = `${link.dataset.favourites}?codes=${kept.map(encodeURIComponent).join(",")}`;
    for (const button of document.querySelectorAll(".favourite")) {
      button.setAttribute("aria-pressed", String(kept.includes(button.value)));
    }
    document.dispatchEvent(new CustomEvent("favourites", { detail: kept }));
  };
  const dress = () => {
    for (const place of document.querySelectorAll("[data-favourite]")) {
      if (place.querySelector(":scope > .favourite")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "favourite";
      button.value = place.dataset.favourite;
      const word = document.createElement("span");
      word.textContent = link.dataset.keep;
      const name = document.createElement("span");
      name.className = "visually-hidden";
      name.textContent = `：${place.dataset.name}`;
      button.append(word, name);
      button.addEventListener("click", () => {
        const kept = read();
        write(kept.includes(button.value) ? kept.filter((code) => code !== button.value) : [...kept, button.value]);
      });
      place.append(button);
    }
    show();
  };

  if (link) {
    try {
      localStorage.setItem(`${KEY}.probe`, "1");
      localStorage.removeItem(`${KEY}.probe`);
    } catch {
      return;
    }
    window.favourites = { read, write };
    document.addEventListener("shown", dress);
    window.addEventListener("storage", (event) => event.key === KEY && show());
    window.addEventListener("pageshow", (event) => event.persisted && show());
    dress();
  }
})();
