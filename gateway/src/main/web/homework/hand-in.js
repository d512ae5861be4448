// One hand-in, while it is graded and afterwards.

import { addressWithToken, ask, get } from "../api.js";
import { button, guarded, h, table } from "../dom.js";
import { t } from "../messages.js";

const FINAL = ["Accepted", "Rejected"];

/** @param over called when there is a verdict */
export function handInCard(status, over) {
  const facts = h("dl", { class: "facts" });
  const parts = h("div", {});
  const element = h("div", { class: "card span", hidden: true });
  let events = null;
  let shownId = null;

  const show = (handIn) => {
    const isOver = FINAL.includes(handIn.state);
    cancel.hidden = isOver;
    facts.replaceChildren(...[
      [t("handIn.state"), handIn.state],
      [t("handIn.queue"), handIn.queuePosition === null ? "–" : String(handIn.queuePosition)],
      [t("handIn.score"), handIn.finalScore === null ? "–" : String(handIn.finalScore)],
      [t("handIn.result"), handIn.result ?? handIn.compileError ?? "–"],
    ].flatMap(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]));
    parts.replaceChildren(...(handIn.partials.length === 0 ? [] : [partials(handIn.partials)]));
    status.say(t("handIn.tell", { state: handIn.state, score: handIn.finalScore ?? "–" }));
  };
  const partials = (found) => table(
    t("handIn.partials"),
    [t("handIn.part"), t("handIn.score"), t("handIn.weight"), t("handIn.brief"), t("handIn.detail")],
    found.map(({ name, typeName, score, weight, brief, detail }) => [
      name ?? typeName ?? "", String(score), String(weight), brief ?? "",
      detail.length === 0 ? "" : h("details", {}, h("summary", {}, t("handIn.more")), h("pre", {}, detail.join("\n"))),
    ]),
  );
  const leave = () => {
    events?.close();
    events = null;
  };
  const cancel = button(t("handIn.cancel"), guarded(status, async () => {
    await ask("POST", `grading/hand-ins/${shownId}/cancellations`);
  }));
  element.append(h("h3", {}, t("handIn.title")), facts, h("div", { class: "actions" }, cancel), parts);

  return {
    element,
    leave,
    /** Shows a hand-in and follows it to its verdict. */
    async watch(id) {
      leave();
      shownId = id;
      element.hidden = false;
      show(await get(`grading/hand-ins/${id}`));
      events = new EventSource(addressWithToken(`grading/hand-ins/${id}/events`));
      events.addEventListener("progress", ({ data }) => show(JSON.parse(data)));
      events.addEventListener("scored", ({ data }) => {
        leave();
        show(JSON.parse(data));
        over();
      });
    },
  };
}
