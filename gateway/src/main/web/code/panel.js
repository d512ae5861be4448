// Write a program, run it, and talk with it.

import { get } from "../api.js";
import { button, field, guarded, h, statusLine } from "../dom.js";
import { t } from "../messages.js";
import { need } from "../need.js";
import { has, onTokenChange } from "../session.js";
import { editor } from "./editor.js";
import { limitsForm } from "./limits.js";
import { isSample, sample } from "./samples.js";
import { screen } from "./screen.js";
import { talk } from "./talk.js";

const FIRST_LANGUAGE = "python3";

export function codePanel() {
  const status = statusLine();
  const source = editor(t("code.editor"));
  const output = screen(t("code.output"));
  const language = h("select", {});
  const limits = limitsForm();
  const line = h("input", { autocomplete: "off", spellcheck: "false", enterkeyhint: "send" });
  let languages = [];
  let running = null;

  const chosen = () => languages.find(({ name }) => name === language.value);
  const choose = () => {
    if (chosen() !== undefined) {
      limits.offer(chosen().limits);
      if (isSample(source.text)) {
        source.text = sample(language.value);
      }
    }
  };
  const load = guarded(status, async () => {
    if (!has() || languages.length > 0) {
      return;
    }
    status.say(t("code.loading"));
    languages = (await get("sandbox/languages")).languages.filter(({ usable }) => usable);
    language.replaceChildren(...languages.map(({ name, title, version }) =>
      h("option", { value: name, selected: name === FIRST_LANGUAGE }, `${title} ${version}`)));
    choose();
    status.say("");
  });

  const show = () => {
    start.disabled = running !== null;
    for (const control of [stop, interrupt, send, end, line]) {
      control.disabled = running === null;
    }
  };
  const over = (text, isFailure) => {
    running = null;
    show();
    output.write("note", `\n${text}\n`);
    isFailure ? status.fail(new Error(text)) : status.say(text);
  };
  const run = () => {
    output.clear();
    status.say(t("code.starting"));
    running = talk({ language: language.value, source: source.text, ...limits.value }, {
      stage: (stage) => status.say(stage === "compile" ? t("code.compiling") : t("code.running")),
      output: (stream, text) => output.write(stream, text),
      ended: (outcome) => over(summary(outcome), false),
      failed: (error) => over(error.message, true),
    });
    show();
  };
  const say = (event) => {
    event.preventDefault();
    output.write("stdin", `${line.value}\n`);
    running?.input(`${line.value}\n`);
    line.value = "";
  };

  const start = button(t("code.run"), run, { class: "primary", id: "run" });
  const stop = button(t("code.stop"), () => running?.stop());
  const interrupt = button(t("code.interrupt"), () => running?.interrupt());
  const send = h("button", { type: "submit" }, t("code.send"));
  const end = button(t("code.end"), () => running?.end());
  language.addEventListener("change", choose);
  source.area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && running === null) {
      run();
    }
  });
  source.text = sample(FIRST_LANGUAGE);
  onTokenChange(load);
  show();

  return {
    nodes: [
      h("h2", {}, t("tab.code")),
      need(),
      h(
        "div", { class: "row" },
        field(t("code.language"), language),
        h("div", { class: "actions" }, start, stop, interrupt),
      ),
      limits.element,
      status.line,
      h(
        "div", { class: "columns wide" },
        source.element,
        h(
          "div", { class: "stack" },
          output.element,
          h("form", { class: "row", onsubmit: say }, field(t("code.input"), line), h("div", { class: "actions" }, send, end)),
        ),
      ),
    ],
    shown: load,
  };
}

/** The verdict of a program, its end, and what it took. */
export function summary({ verdict, exitCode, signal, wallTimeMillis, cpuTimeMillis, peakMemoryBytes }) {
  const end = signal === 0 ? t("code.exit", { code: exitCode }) : t("code.signal", { signal });
  return t("code.ended", {
    verdict, end, wall: wallTimeMillis, cpu: cpuTimeMillis, memory: (peakMemoryBytes / (1024 * 1024)).toFixed(1),
  });
}
