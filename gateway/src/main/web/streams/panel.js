// Streams and live video.

import { get } from "../api.js";
import { button, guarded, h, statusLine, table } from "../dom.js";
import { t } from "../messages.js";
import { need } from "../need.js";
import { has, onTokenChange } from "../session.js";
import { pushCard } from "./push.js";
import { recordingsCard } from "./recordings.js";
import { watchCard } from "./watch.js";

export function streamsPanel() {
  const status = statusLine();
  const names = h("datalist", { id: "stream-names" });
  const streams = h("div", {});
  const watch = watchCard(status);
  const recordings = recordingsCard(status, ([first]) => watch.choose(first));

  const list = async () => {
    const [found, { channels }] = await Promise.all([get("streams", { info: true }), get("live")]);
    names.replaceChildren(
      ...found.map(({ sid }) => h("option", { value: sid })), ...channels.map(({ name }) => h("option", { value: name })),
    );
    streams.replaceChildren(
      table(
        t("streams.list"), [t("streams.name"), t("streams.length"), t("streams.last"), t("streams.watch")],
        found.map((one) => [one.sid, String(one.length ?? 0), one["last-entry-time"] ?? "–", choose(one.sid)]),
      ),
      table(
        t("streams.channels"), [t("streams.name"), t("streams.live"), t("streams.video"), t("streams.watch")],
        channels.map((one) => [
          one.name, one.published ? t("streams.isLive") : t("streams.wasLive"), `${one.video} ${one.width}×${one.height}`,
          choose(one.name),
        ]),
      ),
    );
  };
  const choose = (name) =>
    button(t("streams.choose"), () => watch.choose(name), { "aria-label": t("streams.chooseOne", { name }) });
  const refresh = guarded(status, async () => {
    if (has()) {
      await Promise.all([list(), recordings.refresh()]);
    }
  });
  const push = pushCard(status, list);
  onTokenChange(refresh);

  return {
    nodes: [
      h("h2", {}, t("tab.streams")),
      need(),
      status.line,
      names,
      h(
        "div", { class: "columns wide" },
        push.element, watch.element,
        h(
          "div", { class: "card span" },
          h("h3", {}, t("streams.list")), h("div", { class: "actions" }, button(t("list.refresh"), refresh)), streams,
        ),
        recordings.element,
      ),
    ],
    shown: refresh,
    hidden: watch.stop,
  };
}
