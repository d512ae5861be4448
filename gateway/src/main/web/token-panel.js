// Logging in, and who one is.

import { address, ask, get } from "./api.js";
import { button, field, guarded, h, statusLine } from "./dom.js";
import { t } from "./messages.js";
import { onTokenChange, setToken, token, whoAmI } from "./session.js";

const EVERY_ROLE = "student,teacher,admin";

export function tokenPanel() {
  const status = statusLine();
  const name = h("input", { name: "username", autocomplete: "username", required: true });
  const password = h("input", { name: "password", type: "password", autocomplete: "current-password", required: true });
  const pasted = h("textarea", { rows: "3", spellcheck: "false", class: "code" });
  const me = h("dl", { class: "facts" });

  const logIn = async (fields) => {
    const { access_token: issued } = await (await ask("POST", "token", { body: new URLSearchParams(fields) })).json();
    setToken(issued);
    status.say(t("token.loggedIn", { name: whoAmI()?.name ?? "" }));
  };
  const submit = guarded(status, async (event) => {
    event.preventDefault();
    await logIn({ username: name.value, password: password.value });
    password.value = "";
  });
  const take = () => {
    setToken(pasted.value.trim().replace(/^Bearer\s+/i, ""));
    pasted.value = "";
    status.say(whoAmI() === null ? t("token.noJwt") : t("token.taken"));
  };
  const logOut = () => {
    setToken("");
    status.say(t("token.loggedOut"));
  };

  const tell = () => {
    const known = whoAmI();
    me.replaceChildren(...facts(known));
    leave.hidden = token() === "";
  };
  const leave = button(t("token.logOut"), logOut);
  const trial = h(
    "div", { class: "card", hidden: true },
    h("h3", {}, t("token.trial")), h("p", {}, t("token.trialText")),
    button(t("token.tryIt"), guarded(status, () => logIn({ username: "ada", password: "ada", roles: EVERY_ROLE })), {
      class: "primary",
    }),
  );
  get("console/settings.json").then(({ profile }) => { trial.hidden = profile !== "dev"; }, status.fail);
  onTokenChange(tell);
  tell();

  return {
    nodes: [
      h("h2", {}, t("tab.token")),
      status.line,
      h(
        "div", { class: "columns" },
        h("div", { class: "card" }, h("h3", {}, t("token.me")), me, leave),
        trial,
        h(
          "form", { class: "card", onsubmit: submit, action: address("token") },
          h("h3", {}, t("token.logIn")),
          field(t("token.name"), name), field(t("token.password"), password),
          h("button", { type: "submit", class: "primary" }, t("token.logIn")),
        ),
        h(
          "div", { class: "card" },
          h("h3", {}, t("token.paste")), field(t("token.token"), pasted, t("token.pasteHint")),
          button(t("token.take"), take),
        ),
      ),
    ],
  };
}

function facts(me) {
  if (me === null) {
    return [h("dt", {}, t("token.name")), h("dd", {}, t("token.nobody"))];
  }
  const roles = me.roles.length === 0 ? t("token.noRoles") : me.roles.join(", ");
  const expires = me.expires === null ? t("token.never") : me.expires.toLocaleString();
  return [
    h("dt", {}, t("token.name")), h("dd", {}, me.name),
    h("dt", {}, t("token.roles")), h("dd", {}, roles),
    h("dt", {}, t("token.expires")), h("dd", {}, expires),
  ];
}
