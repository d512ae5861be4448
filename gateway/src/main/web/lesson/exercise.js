// What a learner does where a lesson stops and asks.

import { button, guarded, h } from "../dom.js";
import { t } from "../messages.js";
import { answerSteps, hole, textOf, withAnswer } from "./ots.js";
import { answerExercise } from "./shelf.js";

/**
 * @param source the editor, into which only the answer may be typed
 * @param goOn called when the exercise is solved or passed over
 */
export function exercise(status, source, goOn) {
  let task = null;
  const answer = () => source.text.slice(task.from, source.text.length - task.behind);
  const close = () => {
    task = null;
    element.hidden = true;
    source.readOnly = true;
    goOn();
  };
  const check = guarded(status, async () => {
    const { lesson, exercise: asked } = task;
    const steps = answerSteps(lesson.ots, asked, answer());
    const code = textOf(withAnswer(lesson.ots, asked, steps));
    status.say(t("lesson.checking"));
    const { exit_code: exitCode } = await answerExercise(lesson.id, asked.exId, steps, code);
    if (exitCode === 0) {
      status.say(t("lesson.right"));
      close();
    } else {
      status.fail(new Error(t("lesson.wrong")));
    }
  });
  const element = h(
    "div", { class: "row notice", hidden: true },
    h("p", {}, t("lesson.exerciseText")),
    h("div", { class: "actions" }, button(t("lesson.check"), check, { class: "primary" }), button(t("lesson.skip"), close)),
  );
  return {
    element,
    ask(lesson, asked) {
      const before = textOf(lesson.ots, asked.first);
      const from = Math.min(hole(lesson.ots, asked), before.length);
      task = { lesson, exercise: asked, from, behind: before.length - from };
      element.hidden = false;
      source.readOnly = false;
      source.area.focus();
      source.area.setSelectionRange(from, from);
      status.say(t("lesson.exerciseText"));
    },
    /** Whether an edit stays in the hole. */
    admits({ fromPos, toPos }) {
      return task !== null && fromPos >= task.from && toPos <= source.text.length - task.behind;
    },
    get isOpen() { return task !== null; },
    cancel() {
      task = null;
      element.hidden = true;
    },
  };
}
