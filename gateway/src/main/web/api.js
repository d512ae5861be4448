// Requests to the gateway, with the token; errors say what the server said.

import { token } from "./session.js";
import { t } from "./messages.js";

/** The gateway, as seen from `/console/`; a prefix that a proxy strips is kept. */
const BASE = new URL("../", import.meta.url);

/** An answer that is not 2xx. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The address of a path (without its first slash), with query parameters; null ones are left out. */
export function address(path, query = {}) {
  const url = new URL(path, BASE);
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") {
      url.searchParams.set(name, value);
    }
  }
  return url;
}

/** An address for what cannot send headers: pictures, sound, event sources. */
export function addressWithToken(path, query = {}) {
  return address(path, { ...query, token: token() });
}

export function openSocket(path, query = {}) {
  const url = addressWithToken(path, query);
  url.protocol = url.protocol.replace("http", "ws");
  return new WebSocket(url);
}

/** Asks; fails with what the server said. `body` may be anything that `fetch` takes. */
export async function ask(method, path, { query, body, headers } = {}) {
  const all = { ...headers };
  if (token() !== "") {
    all.Authorization = `Bearer ${token()}`;
  }
  const answer = await fetch(address(path, query), { method, body, headers: all });
  if (!answer.ok) {
    throw new Refused(answer.status, await reason(answer));
  }
  return answer;
}

export async function get(path, query) {
  return (await ask("GET", path, { query })).json();
}

export async function postForm(path, fields, method = "POST") {
  return (await ask(method, path, { body: new URLSearchParams(fields) })).json();
}

/** What an answer says of its failure, in whatever dialect it is. */
async function reason(answer) {
  const text = await answer.text();
  const said = detail(text, answer.headers.get("Content-Type") ?? "") || answer.statusText;
  if (answer.status === 401) {
    return t("error.token", { said });
  }
  return answer.status === 403 ? t("error.role", { said }) : t("error.said", { status: answer.status, said });
}

function detail(text, mediaType) {
  if (!mediaType.includes("json")) {
    return text.length > 300 ? "" : text;
  }
  try {
    const { detail: found, title, error, message } = JSON.parse(text);
    return Array.isArray(found) ? found.map((finding) => finding.msg).join("; ") : found ?? error ?? message ?? title;
  } catch {
    return "";
  }
}
