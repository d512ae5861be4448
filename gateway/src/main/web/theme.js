// Light or dark: as the system has it, until somebody chooses.

import { button } from "./dom.js";
import { t } from "./messages.js";

const KEY = "lyceum.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  const chosen = localStorage.getItem(KEY);
  return chosen === null ? system.matches : chosen === "dark";
}

function apply() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
}

/** A switch for the header. */
export function themeSwitch() {
  const control = button(t("theme.dark"), () => {
    localStorage.setItem(KEY, isDark() ? "light" : "dark");
    apply();
    control.setAttribute("aria-pressed", String(isDark()));
  }, { class: "quiet", "aria-pressed": String(isDark()) });
  system.addEventListener("change", () => {
    apply();
    control.setAttribute("aria-pressed", String(isDark()));
  });
  apply();
  return control;
}
