// Who is using the page: a token, kept until the tab is closed.

const KEY = "lyceum.token";
const listeners = new Set();

/** The token, or an empty text. */
export function token() {
  return sessionStorage.getItem(KEY) ?? "";
}

export function setToken(text) {
  if (text === "") {
    sessionStorage.removeItem(KEY);
  } else {
    sessionStorage.setItem(KEY, text);
  }
  listeners.forEach((listener) => listener());
}

/** Calls whenever somebody has logged in or out. */
export function onTokenChange(listener) {
  listeners.add(listener);
}

/** What the token says: `{ name, roles, expires }`; null where there is none or it is no JWT. */
export function whoAmI() {
  const [, payload] = token().split(".");
  if (payload === undefined) {
    return null;
  }
  try {
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    return {
      name: String(claims.sub ?? ""),
      roles: Array.isArray(claims.roles) ? claims.roles : [],
      expires: claims.exp === undefined ? null : new Date(claims.exp * 1000),
    };
  } catch {
    return null;
  }
}

/** Whether the token has one of some roles; true for any token where none are named. */
export function has(...roles) {
  const me = whoAmI();
  return me !== null && (roles.length === 0 || roles.some((role) => me.roles.includes(role)));
}
