// How the processes of the house are: what runs where, what they lack, and how full their queues are.

import { get } from "../api.js";
import { button, guarded, h, statusLine, table } from "../dom.js";
import { t } from "../messages.js";
import { need } from "../need.js";
import { has, onTokenChange } from "../session.js";

const PAUSE_MILLIS = 5_000;
const OPERATOR = "admin";

export function servicesPanel() {
  const status = statusLine();
  const place = h("div", { class: "columns" });
  let timer = 0;
  /** Which lists of numbers are open, so that they stay so. */
  const opened = new Set();

  const refresh = guarded(status, async () => {
    if (!has(OPERATOR)) {
      place.replaceChildren();
      return;
    }
    const { processes } = await get("services");
    place.replaceChildren(...processes.map(card));
    const ready = processes.filter((one) => one.ready).length;
    const text = t("services.summary", { ready, all: processes.length });
    // Said again only when it changes: it is read out.
    if (status.line.textContent !== text) {
      status.say(text);
    }
  });
  const card = (one) => {
    const numbers = h(
      "details", { open: opened.has(one.instance) },
      h("summary", {}, t("services.numbers", { count: one.numbers.length })),
      table(t("services.numbersOf", { name: one.instance }), [t("services.name"), t("services.value")],
        one.numbers.map(({ name, value }) => [name, readable(value)])),
    );
    numbers.addEventListener("toggle", () => {
      numbers.open ? opened.add(one.instance) : opened.delete(one.instance);
    });
    return h(
      "article", { class: "card span" },
      h("h3", {}, one.services.join(", ")),
      h(
        "p", { class: "hint" },
        t("services.build", { version: one.version, commit: one.commit, instance: one.instance, process: one.process }),
      ),
      h("p", {}, one.ready ? t("services.ready", { phase: one.phase }) : t("services.notReady", { phase: one.phase })),
      table(t("services.checks"), [t("services.check"), t("services.state"), t("services.found")],
        one.checks.map(({ name, ok, text }) => [
          name, h("span", { class: ok ? "good" : "bad" }, ok ? t("services.ok") : t("services.failed")), text,
        ])),
      numbers,
    );
  };
  onTokenChange(refresh);

  return {
    nodes: [
      h("h2", {}, t("tab.services")),
      need(OPERATOR),
      h("div", { class: "actions" }, button(t("list.refresh"), refresh)),
      status.line,
      place,
    ],
    shown: () => {
      refresh();
      timer = setInterval(refresh, PAUSE_MILLIS);
    },
    hidden: () => clearInterval(timer),
  };
}

function readable(value) {
  return Number.isInteger(value) ? value.toLocaleString() : value.toFixed(3);
}
