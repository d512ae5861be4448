// A class that reacts together: clicks, events, who is there.

import { get } from "../api.js";
import { button, field, guarded, h, statusLine, table } from "../dom.js";
import { t } from "../messages.js";
import { onTokenChange, token, whoAmI } from "../session.js";
import { socketIo } from "./socket.js";

const CLASS_ID = "[A-Za-z0-9_\\-]{1,64}";
const MOST_LINES = 100;
/** Effects that pages of the original client play. */
const EVENTS = ["einstein", "sas", "rickroll"];

export function classPanel() {
  const status = statusLine();
  const room = h("input", { autocomplete: "off", pattern: CLASS_ID });
  const name = h("input", { autocomplete: "nickname", maxlength: "200", value: whoAmI()?.name ?? t("class.guest") });
  const comment = h("input", { autocomplete: "off", maxlength: "2000" });
  const event = h("input", { autocomplete: "off", maxlength: "200", list: "class-events", value: EVENTS[0] });
  const counters = h("dl", { class: "counters" });
  const feed = h("ol", { class: "feed" });
  const log = h("div", { role: "log", "aria-live": "polite", "aria-label": t("class.feed"), tabindex: "0", class: "scroll" }, feed);
  const people = h("div", {});
  let socket = null;
  let counted = {};

  const tell = (kind, text) => {
    feed.prepend(h("li", { class: kind }, text));
    while (feed.childElementCount > MOST_LINES) {
      feed.lastElementChild.remove();
    }
  };
  const count = (changes) => {
    counted = { ...counted, ...changes };
    counters.replaceChildren(...[
      [t("class.here"), counted.user_count],
      [t("class.clicks"), counted.click_count_total],
      [t("class.clicksToday"), counted.click_count_today],
      [t("class.events"), counted.event_count_total],
    ].map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, String(value ?? "–")))));
  };
  const plus = (...names) => count(Object.fromEntries(names.map((one) => [one, (counted[one] ?? 0) + 1])));

  const hear = {
    stats: count,
    status: (found) => {
      count(found);
      refresh();
    },
    message: ({ text }) => tell("notice", text),
    click: ({ user, comment: said }) => {
      plus("click_count_total", "click_count_today", "click_count_hour");
      tell("click", said === null ? t("class.clicked", { user }) : t("class.said", { user, said }));
    },
    event: ({ user, name: happened }) => {
      plus("event_count_total", "event_count_today", "event_count_hour");
      tell("event", t("class.happened", { user, happened }));
    },
  };

  const enter = () => {
    if (room.value !== "" && !room.checkValidity()) {
      status.fail(new Error(t("class.badRoom")));
      return;
    }
    socket?.close();
    counted = {};
    feed.replaceChildren();
    status.say(t("class.entering"));
    socket = socketIo(room.value === "" ? "/" : `/class-${room.value}`, token() === "" ? {} : { token: token() }, {
      connected: () => {
        status.say(t("class.entered"));
        socket.emit("auth", name.value);
      },
      lost: () => status.fail(new Error(t("class.lost"))),
      refused: (text) => status.fail(new Error(text)),
      heard: (kind, argument) => hear[kind]?.(argument),
    });
  };
  const say = (kind, argument) => {
    if (!socket?.emit(kind, argument)) {
      status.fail(new Error(t("class.notThere")));
    }
  };
  const click = () => {
    say("click", { user: name.value, comment: comment.value, style: "" });
    comment.value = "";
  };
  const refresh = guarded(status, async () => {
    const path = room.value === "" ? "api" : `api/classes/${room.value}`;
    const online = await get(`${path}/online_users`);
    people.replaceChildren(table(
      t("class.people"),
      [t("class.name"), t("class.clicks"), t("class.events")],
      online.map((one) => [one.name ?? t("class.guest"), String(one.click_count_session), String(one.event_count_session)]),
    ));
  });
  onTokenChange(() => { name.value = whoAmI()?.name ?? name.value; });
  count({});

  return {
    nodes: [
      h("h2", {}, t("tab.class")),
      h(
        "div", { class: "row" },
        field(t("class.name"), name), field(t("class.room"), room, t("class.roomHint")),
        h("div", { class: "actions" }, button(t("class.enter"), enter)),
      ),
      status.line,
      counters,
      h(
        "div", { class: "columns" },
        h(
          "div", { class: "card" },
          field(t("class.comment"), comment),
          h("div", { class: "actions" }, button(t("class.click"), click, { class: "primary big", id: "click" })),
          field(t("class.event"), event),
          h("datalist", { id: "class-events" }, EVENTS.map((one) => h("option", { value: one }))),
          h("div", { class: "actions" }, button(t("class.trigger"), () => say("event", { user: name.value, name: event.value }))),
        ),
        h("div", { class: "card" }, h("h3", {}, t("class.feed")), log),
        h("div", { class: "card" }, h("h3", {}, t("class.people")), people),
      ),
    ],
    shown: () => socket ?? enter(),
  };
}
