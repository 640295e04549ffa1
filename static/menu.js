// Keys for people who live in the console: "/" search, "g" then a letter to go, "?" this help; and tabs in sight.
const typing = (target) => target.closest("input, textarea, select, [contenteditable], dialog");
const help = document.querySelector("dialog[data-keys]");
let goUntil = 0;

const visible = (element) => element.offsetParent !== null;
const doorFor = (key) => document.querySelector(`[data-go="${CSS.escape(key)}"]`); // the menu knows them all

// On a Cyrillic or Arabic keyboard the place of a key counts, not the letter on it.
const pressed = ({ key, code, shiftKey }) => {
  if (/^[a-z?/]$/i.test(key)) return key.toLowerCase();
  if (code.startsWith("Key")) return code.slice(3).toLowerCase();
  return code === "Slash" && /[^-]/.test(key) ? (shiftKey ? "?" : "/") : "";
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = pressed(event);
  if (Date.now() < goUntil) {
    goUntil = 0;
    const door = doorFor(key);
    if (door) door.click();
    return;
  }
  if (key === "g") goUntil = Date.now() + 1500;
  if (key === "?" && help) help.showModal();
  if (key === "/") {
    const search = [...document.querySelectorAll("[data-search]")].find(visible);
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  }
});

// What only works with scripts is shown only where there are some.
document.querySelector("[data-live]").hidden = false;
document.querySelector("[data-theme-switch]").addEventListener("click", () => {
  const dark = getComputedStyle(document.documentElement).colorScheme === "dark";
  const seesDark = dark || (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  const theme = seesDark ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
});
document.querySelector("[data-open-keys]")?.addEventListener("click", () => help?.showModal());
// A form that came back with errors takes the reader to the list of them.
document.querySelector("main .error-list:not([data-specimen] *)")?.focus();

// A row of tabs wider than the screen begins with the page one is on in sight.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const row = tab.closest(".tabs");
  const [here, all] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += here.left + here.width / 2 - all.left - all.width / 2;
}
