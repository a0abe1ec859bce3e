// Only for /styleguide/: looks at the page as other readers see it, by answering the media questions of our own CSS.
(() => {
  "use strict";

  const YES = "(min-width: 0px)";
  const NO = "(max-width: 0px)";
  const form = document.querySelector("form[data-guide-views]");
  const asked = [];
  const collect = (rules) => {
    for (const rule of rules) {
      if (rule instanceof CSSMediaRule && rule.media.mediaText.includes("prefers-")) asked.push([rule, rule.media.mediaText]);
      if (rule.cssRules) collect(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) collect(sheet.cssRules);

  const apply = () => {
    const scheme = form.elements.scheme.value;
    const contrast = form.elements.contrast.checked;
    for (const [rule, text] of asked) {
      let said = text;
      if (scheme !== "system") said = said.replace("(prefers-color-scheme: dark)", scheme === "dark" ? YES : NO);
      if (contrast) said = said.replace("(prefers-contrast: more)", YES);
      rule.media.mediaText = said;
    }
    document.documentElement.style.colorScheme = scheme === "system" ? "" : scheme;
    document.documentElement.classList.toggle("large-text", form.elements.large.checked);
  };
  form.hidden = false;
  form.addEventListener("change", apply);
})();
