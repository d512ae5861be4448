// The lessons that there are, page by page.

import { button, field, guarded, h, table } from "../dom.js";
import { t } from "../messages.js";
import { listLessons } from "./shelf.js";

/** @param open called with the id of a lesson that is wanted */
export function lessonList(status, open) {
  const teacher = h("input", { autocomplete: "off" });
  const place = h("div", {});
  let page = 0;

  const show = async () => {
    const { lessons, isLast } = await listLessons(teacher.value, page);
    earlier.disabled = page === 0;
    later.disabled = isLast;
    place.replaceChildren(lessons.length === 0 ? h("p", {}, t("lesson.none")) : rows(lessons));
  };
  const rows = (lessons) => table(
    t("lesson.list"),
    [t("lesson.id"), t("lesson.title"), t("lesson.created"), t("lesson.open")],
    lessons.map(({ id, title, created, is_protected: isProtected }) => [
      String(id),
      isProtected ? t("lesson.protected", { title }) : title,
      new Date(created).toLocaleString(),
      button(t("lesson.open"), guarded(status, () => open(id)), { "aria-label": t("lesson.openOne", { title }) }),
    ]),
  );
  const turn = (by) => guarded(status, async () => {
    page += by;
    await show();
  });
  const earlier = button(t("list.earlier"), turn(-1));
  const later = button(t("list.later"), turn(1));
  const refresh = guarded(status, async () => {
    page = 0;
    await show();
  });
  return {
    element: h(
      "div", { class: "card" },
      h("h3", {}, t("lesson.list")),
      h(
        "div", { class: "row" },
        field(t("lesson.teacher"), teacher),
        h("div", { class: "actions" }, button(t("list.refresh"), refresh), earlier, later),
      ),
      place,
    ),
    refresh,
  };
}
