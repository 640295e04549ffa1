// Plans side by side look at the same spot: whoever is zoomed or moved takes the others along.
const group = document.querySelector("[data-plans-together]");

group?.addEventListener("plan:shown", (event) => {
  for (const frame of group.querySelectorAll("[data-plan]")) {
    if (frame !== event.target) frame.dispatchEvent(new CustomEvent("plan:follow", { detail: event.detail }));
  }
});
