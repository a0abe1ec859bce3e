// The export form works without this file; it adds the order of the columns, quick picks and progress without reloading.
(() => {
  const form = document.querySelector("[data-export-form]");
  if (form) {
    const items = () => [...form.querySelectorAll(".export-columns li")];
    const box = (item) => item.querySelector("input");
    const reason = form.querySelector("[data-export-reason]");
    const count = form.querySelector("[data-export-count]");
    const show = () => {
      const ticked = items().filter((item) => box(item).checked);
      count.textContent = `${ticked.length} / ${items().length}`;
      if (reason) {
        const personal = ticked.some((item) => "personal" in item.dataset);
        reason.hidden = !personal;
        reason.querySelector("input").required = personal;
      }
    };
    const picks = {
      all: (item) => !("personal" in item.dataset),
      listed: (item) => "listed" in item.dataset && !("personal" in item.dataset),
      none: () => false,
    };
    for (const element of form.querySelectorAll("[data-export-picks], .export-moves")) {
      element.hidden = false;
    }
    form.addEventListener("change", show);
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button && button.dataset.pick) {
        items().forEach((item) => {
          box(item).checked = picks[button.dataset.pick](item);
        });
        show();
      } else if (button && button.dataset.move) {
        const item = button.closest("li");
        const up = button.dataset.move === "up";
        const other = up ? item.previousElementSibling : item.nextElementSibling;
        if (other) {
          other[up ? "before" : "after"](item);
          button.focus();
        }
      }
    });
    show();
  }

  const progress = document.querySelector("[data-export-progress]");
  if (progress) {
    const ask = async () => {
      try {
        const answer = await (await fetch(progress.dataset.exportProgress)).json();
        progress.querySelector("progress").value = answer.percent;
        progress.querySelector("[data-export-rows]").textContent = answer.rows;
        if (!answer.working) {
          window.location.reload();
          return;
        }
      } catch {
        // The server restarts or the network is away: ask again.
      }
      window.setTimeout(ask, 1500);
    };
    window.setTimeout(ask, 800);
  }
})();
