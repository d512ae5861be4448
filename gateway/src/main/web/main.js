// Puts the page together.

import { h } from "./dom.js";
import { loadMessages, t } from "./messages.js";
import { onTokenChange, whoAmI } from "./session.js";
import { tabs } from "./tabs.js";
import { themeSwitch } from "./theme.js";
import { codePanel } from "./code/panel.js";
import { lessonPanel } from "./lesson/panel.js";
import { classPanel } from "./class/panel.js";
import { streamsPanel } from "./streams/panel.js";
import { homeworkPanel } from "./homework/panel.js";
import { servicesPanel } from "./services/panel.js";
import { tokenPanel } from "./token-panel.js";

await loadMessages();

const pages = tabs(t("tabs.label"), [
  { id: "code", title: t("tab.code"), build: codePanel },
  { id: "lesson", title: t("tab.lesson"), build: lessonPanel },
  { id: "class", title: t("tab.class"), build: classPanel },
  { id: "streams", title: t("tab.streams"), build: streamsPanel },
  { id: "homework", title: t("tab.homework"), build: homeworkPanel },
  { id: "services", title: t("tab.services"), build: servicesPanel },
  { id: "token", title: t("tab.token"), build: tokenPanel },
]);

const who = h("a", { class: "who", href: "#token" });
const tellWho = () => {
  const me = whoAmI();
  who.textContent = me === null ? t("header.logIn") : t("header.who", { name: me.name });
};
tellWho();
onTokenChange(tellWho);

document.body.append(
  h("a", { class: "skip", href: "#main", onclick: skip }, t("header.skip")),
  h(
    "header", {},
    h("h1", {}, h("img", { src: "lyceum.svg", alt: "", width: "28", height: "28" }), "Lyceum"),
    h("nav", { "aria-label": t("header.more") }, h("a", { href: "../docs" }, t("header.docs")), who, themeSwitch()),
  ),
  h("main", { id: "main", tabindex: "-1" }, pages.list, pages.bodies),
);
pages.begin();

/** The address names the panel, so the link must not change it. */
function skip(event) {
  event.preventDefault();
  document.querySelector("[role=tabpanel]:not([hidden])").focus();
}
