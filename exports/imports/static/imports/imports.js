// The import centre works without this file; it adds dropping a file and progress without reloading.
(() => {
  const drop = document.querySelector("[data-import-drop]");
  if (drop) {
    const input = drop.querySelector("input[type=file]");
    const name = drop.querySelector("[data-import-name]");
    const show = () => {
      name.textContent = input.files.length ? input.files[0].name : "";
    };
    input.addEventListener("change", show);
    drop.addEventListener("dragover", (event) => {
      event.preventDefault();
      drop.classList.add("import-drop-over");
    });
    drop.addEventListener("dragleave", () => drop.classList.remove("import-drop-over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("import-drop-over");
      if (event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        show();
      }
    });
  }

  const progress = document.querySelector("[data-import-progress]");
  if (progress) {
    const bar = progress.querySelector("progress");
    const rows = progress.querySelector("[data-import-rows]");
    const ask = async () => {
      try {
        const answer = await (await fetch(progress.dataset.importProgress)).json();
        bar.value = answer.percent;
        rows.textContent = answer.rows;
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
