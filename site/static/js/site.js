// Enhancements. Every page works without this file.
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
})();
