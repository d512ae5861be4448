// Limits of a run as a form; what is left empty is what the language has.

import { field, h } from "../dom.js";
import { t } from "../messages.js";

const MIB = 1024 * 1024;

export function limitsForm() {
  const number = (unit) => h("input", { type: "number", min: "1", inputmode: "numeric", "data-unit": unit });
  const cpu = number(1000);
  const wall = number(1000);
  const memory = number(MIB);
  const output = number(MIB);
  const wanted = { cpuTimeMillis: cpu, wallTimeMillis: wall, memoryBytes: memory, outputBytes: output };
  return {
    element: h(
      "details", {},
      h("summary", {}, t("limits.title")),
      h(
        "div", { class: "row" },
        field(t("limits.cpu"), cpu), field(t("limits.wall"), wall),
        field(t("limits.memory"), memory), field(t("limits.output"), output),
      ),
    ),
    /** Shows what holds where nothing is said. */
    offer(limits) {
      for (const [name, control] of Object.entries(wanted)) {
        control.placeholder = String(limits[name] / Number(control.dataset.unit));
      }
    },
    get value() {
      const chosen = Object.entries(wanted)
        .filter(([, control]) => control.value !== "")
        .map(([name, control]) => [name, Number(control.value) * Number(control.dataset.unit)]);
      return chosen.length === 0 ? {} : { limits: Object.fromEntries(chosen) };
    },
  };
}
