// Record a lesson, play one back, and learn with it.

import { button, field, guarded, h, statusLine } from "../dom.js";
import { t } from "../messages.js";
import { editor } from "../code/editor.js";
import { screen } from "../code/screen.js";
import { exercise } from "./exercise.js";
import { lessonList } from "./list.js";
import { testsOf, textOf, withTests, withoutTests } from "./ots.js";
import { player } from "./player.js";
import { recorder } from "./recorder.js";
import { readLesson, removeLesson, runCode, saveLesson } from "./shelf.js";

const EMPTY = { id: null, title: "", teacher: "", isProtected: false, ots: [], voices: [] };

export function lessonPanel() {
  const status = statusLine();
  const source = editor(t("lesson.editor"), { onEdit: (edit) => admits(edit) });
  const output = screen(t("code.output"));
  const title = h("input", { maxlength: "128", autocomplete: "off" });
  const teacher = h("input", { maxlength: "64", autocomplete: "off" });
  const tests = h("textarea", { rows: "3", class: "code", spellcheck: "false" });
  const slider = h("input", { type: "range", min: "0", max: "0", step: "100", value: "0" });
  const clock = h("output", { class: "clock" }, "0.0 / 0.0 s");
  let lesson = EMPTY;
  let playing = null;
  let recording = null;

  const admits = (edit) => recording?.edit(edit) ?? task.admits(edit);
  const task = exercise(status, source, () => {
    playing.play();
    show();
  });

  const view = {
    text(text) { source.text = text; },
    select(from, to) {
      source.area.setSelectionRange(Math.min(from, to), Math.max(from, to), from <= to ? "forward" : "backward");
    },
    run(ot) {
      if (ot.output === undefined) {
        output.clear();
        output.write("note", `${t("code.running")}\n`);
      } else {
        output.write("stdout", ot.output);
        output.write("note", `\n${t("code.exit", { code: ot.exitCode })}\n`);
      }
    },
    time(now, end) {
      slider.max = String(end);
      slider.value = String(now);
      slider.setAttribute("aria-valuetext", t("lesson.seconds", { now: seconds(now), end: seconds(end) }));
      clock.textContent = t("lesson.seconds", { now: seconds(now), end: seconds(end) });
    },
    exercise(asked) {
      if (lesson.id === null) {
        // Answers belong to a lesson that is stored: what is only here just goes on.
        playing.play();
      } else {
        task.ask(lesson, asked);
      }
      show();
    },
    stopped() { show(); },
  };

  const take = (next) => {
    playing?.close();
    task.cancel();
    output.clear();
    lesson = next;
    title.value = lesson.title;
    teacher.value = lesson.teacher;
    tests.value = testsOf(lesson.ots);
    source.readOnly = true;
    playing = player(lesson, view);
    show();
  };

  const record = guarded(status, async () => {
    if (recording !== null) {
      const taken = await recording.end();
      recording = null;
      const ots = withTests(taken.ots, tests.value);
      take({ ...lesson, title: title.value, teacher: teacher.value, voices: taken.voices, ots });
      status.say(t("lesson.recorded"));
      return;
    }
    const kept = withoutTests(lesson.ots);
    const next = recorder({ ots: kept, voices: lesson.voices });
    playing.pause();
    task.cancel();
    status.say(await next.begin());
    recording = next;
    source.text = textOf(kept);
    source.readOnly = false;
    source.area.focus();
    show();
  });
  const ask = guarded(status, () => {
    recording.toggleExercise();
    status.say(recording.inExercise ? t("lesson.inExercise") : t("lesson.recording"));
    show();
  });
  const run = guarded(status, async () => {
    const taking = recording;
    taking?.beginRun();
    view.run({});
    const result = await runCode(source.text);
    taking?.endRun(result);
    view.run({ exitCode: result.exit_code, output: result.output });
  });
  const save = (asNew) => guarded(status, async () => {
    const ots = withTests(lesson.ots, tests.value);
    if (tests.value.trim() !== "") {
      const tried = await runCode(textOf(ots));
      if (tried.exit_code !== 0) {
        throw new Error(t("lesson.testsFail", { output: tried.output.slice(-300) }));
      }
    }
    const stored = { ...lesson, ots, title: title.value, teacher: teacher.value };
    const id = await saveLesson(stored, asNew ? null : lesson.id);
    take({ ...stored, id });
    status.say(t("lesson.saved", { id }));
    await list.refresh();
  });
  const remove = guarded(status, async () => {
    await removeLesson(lesson.id);
    take(EMPTY);
    status.say(t("lesson.removed"));
    await list.refresh();
  });
  const list = lessonList(status, async (id) => {
    take(await readLesson(id));
    status.say(t("lesson.opened", { title: lesson.title }));
  });

  const play = button(t("lesson.play"), guarded(status, () => {
    playing.isPlaying ? playing.pause() : playing.play();
    show();
  }), { class: "primary" });
  const recordButton = button(t("lesson.record"), record);
  const exerciseButton = button(t("lesson.exercise"), ask, { "aria-pressed": "false" });
  const saveNew = button(t("lesson.saveNew"), save(true));
  const overwrite = button(t("lesson.overwrite"), save(false));
  const removeButton = button(t("lesson.remove"), remove);
  const fresh = button(t("lesson.new"), () => take(EMPTY));

  const show = () => {
    const isRecording = recording !== null;
    play.disabled = isRecording || task.isOpen || playing.end === 0;
    play.textContent = playing.isPlaying ? t("lesson.pause") : t("lesson.play");
    slider.disabled = play.disabled;
    recordButton.textContent = isRecording ? t("lesson.stop") : lesson.ots.length > 0 ? t("lesson.continue") : t("lesson.record");
    recordButton.classList.toggle("live", isRecording);
    exerciseButton.disabled = !isRecording;
    exerciseButton.setAttribute("aria-pressed", String(isRecording && recording.inExercise));
    saveNew.disabled = isRecording || lesson.ots.length === 0;
    overwrite.disabled = saveNew.disabled || lesson.id === null || lesson.isProtected;
    removeButton.disabled = isRecording || lesson.id === null || lesson.isProtected;
    fresh.disabled = isRecording;
  };

  slider.addEventListener("input", () => {
    task.cancel();
    source.readOnly = true;
    playing.seek(Number(slider.value));
  });
  let lastCaret = "";
  document.addEventListener("selectionchange", () => {
    const { selectionStart, selectionEnd, selectionDirection } = source.area;
    const caret = `${selectionStart} ${selectionEnd} ${selectionDirection}`;
    if (recording !== null && document.activeElement === source.area && caret !== lastCaret) {
      lastCaret = caret;
      const isBackward = selectionDirection === "backward";
      recording.select(isBackward ? selectionEnd : selectionStart, isBackward ? selectionStart : selectionEnd);
    }
  });
  take(EMPTY);

  return {
    nodes: [
      h("h2", {}, t("tab.lesson")),
      h(
        "div", { class: "row" },
        h("div", { class: "actions" }, play, recordButton, exerciseButton, button(t("code.run"), run), fresh),
        field(t("lesson.time"), slider), clock,
      ),
      status.line,
      task.element,
      h("div", { class: "columns wide" }, source.element, h("div", { class: "stack" }, output.element)),
      h(
        "div", { class: "columns" },
        h(
          "div", { class: "card" },
          h("h3", {}, t("lesson.this")),
          field(t("lesson.title"), title), field(t("lesson.teacher"), teacher),
          field(t("lesson.tests"), tests, t("lesson.testsHint")),
          h("div", { class: "actions" }, saveNew, overwrite, removeButton),
        ),
        list.element,
      ),
    ],
    shown: list.refresh,
    hidden: () => {
      if (playing.isPlaying) {
        playing.pause();
      }
    },
  };
}

function seconds(millis) {
  return (millis / 1000).toFixed(1);
}
