// Shows the AsyncAPI document, and talks over each of its WebSockets.

import { talk } from "./asyncapi-talk.js";

const TOKEN = "lyceum.token";

const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children.filter((child) => child !== null));
  return element;
};

const spec = await (await fetch(new URL("../asyncapi.json", import.meta.url))).json();
const resolve = (node) =>
  node.$ref === undefined
    ? node
    : resolve(node.$ref.slice(2).split("/").reduce((at, step) => at[step.replace(/~1/g, "/").replace(/~0/g, "~")], spec));

/** Which way a message goes is said by the operations, from the point of view of the server. */
const directions = new Map(Object.values(spec.operations).flatMap(({ action, messages }) =>
  messages.map(({ $ref }) => [$ref, action === "receive" ? "you send" : "you get"])));

function parameters(channel) {
  const query = Object.entries(channel.bindings?.ws?.query?.properties ?? {});
  const path = Object.entries(channel.parameters ?? {});
  if (query.length + path.length === 0) {
    return null;
  }
  const row = (name, place, { description = "", default: fallback }) => make(
    "tr", {}, make("th", { scope: "row" }, name), make("td", {}, place),
    make("td", {}, fallback === undefined ? description : `${description} Without it: ${fallback}.`),
  );
  return make(
    "table", {}, ...path.map(([name, one]) => row(name, "path", one)), ...query.map(([name, one]) => row(name, "query", one)),
  );
}

function message(reference, use) {
  const found = resolve(reference);
  const way = directions.get(reference.$ref) ?? directions.get(use) ?? "";
  return make(
    "div", {},
    make("h3", {}, `${found.title} (${way})`),
    found.summary === undefined ? null : make("p", {}, found.summary),
    make(
      "details", {}, make("summary", {}, "Schema"),
      make("pre", { tabindex: "0" }, JSON.stringify(resolve(found.payload), null, 2)),
    ),
    ...(found.examples ?? []).map(({ summary, payload }) => make(
      "div", {}, summary === undefined ? null : make("p", {}, summary),
      make("pre", { tabindex: "0" }, typeof payload === "string" ? payload : JSON.stringify(payload)),
    )),
  );
}

function channel([id, found]) {
  const uses = Object.entries(found.messages);
  const sent = uses.filter(([name]) => directions.get(`#/channels/${id}/messages/${name}`) === "you send");
  const first = sent.flatMap(([, one]) => resolve(one).examples ?? [])[0]?.payload ?? "";
  return make(
    "section", { id, "aria-labelledby": `title-${id}` },
    make("h2", { id: `title-${id}` }, found.title),
    make("p", {}, make("code", {}, found.address)),
    make("p", {}, found.description ?? ""),
    parameters(found),
    ...uses.map(([name, one]) => message(one, `#/channels/${id}/messages/${name}`)),
    talk(make, found.address, typeof first === "string" ? first : JSON.stringify(first), () => sessionStorage.getItem(TOKEN) ?? ""),
  );
}

const field = document.getElementById("token");
const say = () => {
  document.getElementById("authorized").textContent = sessionStorage.getItem(TOKEN) ? "A token is used." : "No token.";
};
document.getElementById("authorize").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(TOKEN, field.value.trim());
  field.value = "";
  say();
});
say();
const place = document.getElementById("channels");
place.append(make("p", {}, spec.info.description), ...Object.entries(spec.channels).map(channel));
place.removeAttribute("aria-busy");
