// Homework: read it, hand it in, and watch it being graded.

import { addressWithToken, ask, get } from "../api.js";
import { button, field, guarded, h, statusLine, table } from "../dom.js";
import { t } from "../messages.js";
import { need } from "../need.js";
import { has, onTokenChange } from "../session.js";
import { editor } from "../code/editor.js";
import { handInCard } from "./hand-in.js";
import { zip } from "./zip.js";

/** Packages that are handed in as something else than an archive, by the field of the form. */
const TEXT_PACKAGES = { netapi: "url", input: "csv" };

export function homeworkPanel() {
  const status = statusLine();
  const place = h("div", {});
  const mine = h("div", {});
  const about = h("div", { class: "prose" });
  const languages = h("select", {});
  const fileName = h("input", { autocomplete: "off", value: "main.py" });
  const file = h("input", { type: "file" });
  const source = editor(t("homework.editor"));
  const form = h("div", { class: "card span", hidden: true });
  let homework = null;

  const listHomework = async () => {
    const { homework: found } = await get("grading/homework");
    place.replaceChildren(found.length === 0 ? h("p", {}, t("homework.none")) : table(
      t("homework.list"),
      [t("homework.title"), t("homework.deadline"), t("homework.best"), t("homework.open")],
      found.map((one) => [
        one.locked ? t("homework.locked", { title: one.title }) : one.title,
        one.nextDeadline === null ? t("homework.late") : new Date(one.nextDeadline.at).toLocaleString(),
        one.bestScore === null ? "–" : String(one.bestScore),
        button(t("homework.open"), guarded(status, () => open(one.slug)), {
          "aria-label": t("homework.openOne", { title: one.title }),
        }),
      ]),
    ));
  };
  const listMine = async () => {
    const { handIns } = await get("grading/hand-ins", { perpage: 10 });
    mine.replaceChildren(table(
      t("handIn.mine"),
      [t("handIn.when"), t("handIn.package"), t("handIn.state"), t("handIn.score"), t("homework.open")],
      handIns.map((one) => [
        new Date(one.createdAt).toLocaleString(), one.package, one.state, one.finalScore === null ? "–" : String(one.finalScore),
        button(t("homework.open"), guarded(status, () => graded.watch(one.id)), {
          "aria-label": t("handIn.openOne", { when: new Date(one.createdAt).toLocaleString() }),
        }),
      ]),
    ));
  };
  const refresh = guarded(status, async () => {
    if (has()) {
      await Promise.all([listHomework(), listMine()]);
    }
  });
  const graded = handInCard(status, refresh);

  const open = async (slug) => {
    homework = await get(`grading/homework/${encodeURIComponent(slug)}`);
    // HTML that the server has made safe; the policy of this page runs nothing of it in any case.
    about.innerHTML = homework.descriptionHtml;
    languages.replaceChildren(...homework.packages.map((name) => h("option", { value: name }, name)));
    attachments.replaceChildren(...homework.attachments.map((name) => h("a", {
      href: addressWithToken(`grading/homework/${encodeURIComponent(slug)}/attachments/${encodeURIComponent(name)}`), download: true,
    }, t("homework.attachment", { name }))));
    form.hidden = false;
    status.say(t("homework.opened", { title: homework.title }));
  };
  const send = guarded(status, async () => {
    const body = new FormData();
    body.append("package", languages.value);
    if (file.files.length > 0) {
      body.append("file", file.files[0]);
    } else if (TEXT_PACKAGES[languages.value] !== undefined) {
      body.append(TEXT_PACKAGES[languages.value], source.text);
    } else {
      body.append("file", zip(fileName.value, source.text), "answer.zip");
    }
    const path = `grading/homework/${encodeURIComponent(homework.slug)}/hand-ins`;
    const { id } = await (await ask("POST", path, { body })).json();
    await Promise.all([graded.watch(id), listMine()]);
  });
  const attachments = h("div", { class: "actions" });
  form.append(
    h("h3", {}, t("homework.handIn")), about, attachments,
    h(
      "div", { class: "row" },
      field(t("homework.package"), languages), field(t("homework.fileName"), fileName), field(t("homework.file"), file),
    ),
    h("p", { class: "hint" }, t("homework.fileHint")),
    source.element,
    h("div", { class: "actions" }, button(t("homework.send"), send, { class: "primary", id: "hand-in" })),
  );
  onTokenChange(refresh);

  return {
    nodes: [
      h("h2", {}, t("tab.homework")),
      need(),
      status.line,
      h(
        "div", { class: "columns wide" },
        h(
          "div", { class: "card" },
          h("h3", {}, t("homework.list")), h("div", { class: "actions" }, button(t("list.refresh"), refresh)), place,
        ),
        h("div", { class: "card" }, h("h3", {}, t("handIn.mine")), mine),
        form, graded.element,
      ),
    ],
    shown: refresh,
  };
}
