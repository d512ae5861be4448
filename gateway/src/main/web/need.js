// Says clearly what a panel needs and the user does not have.

import { h } from "./dom.js";
import { t } from "./messages.js";
import { has, onTokenChange } from "./session.js";

/** A notice that is there as long as no token, or none of some roles, is. */
export function need(...roles) {
  const notice = h("p", { class: "notice" });
  const tell = () => {
    notice.hidden = has(...roles);
    const text = roles.length === 0 ? t("need.token") : t("need.role", { roles: roles.join(", ") });
    notice.replaceChildren(text, " ", h("a", { href: "#token" }, t("need.logIn")));
  };
  onTokenChange(tell);
  tell();
  return notice;
}
