// A client that is generated from the served document: it compiles only where the document says what the answers hold.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

declare const process: { argv: string[] };

const client = createClient<paths>({ baseUrl: process.argv[2] });

const issued = await client.POST("/token", {
  body: { username: "ada", password: "ada" },
  headers: { "Content-Type": "application/x-www-form-urlencoded" },
  bodySerializer: (fields) => new URLSearchParams(fields as Record<string, string>),
});
client.use({
  onRequest: ({ request }) => {
    request.headers.set("Authorization", `Bearer ${issued.data!.access_token}`);
    return request;
  },
});

const { data: listed } = await client.GET("/sandbox/languages");
const usable: components["schemas"]["SandboxLanguage"][] = listed!.languages.filter((language) => language.usable);

const { data: outcome } = await client.POST("/sandbox/runs", {
  body: { language: "python3", source: "print(input())", stdin: "hello" },
});
const run = outcome as components["schemas"]["SandboxOutcome"];

const { data: homework, response } = await client.GET("/grading/homework/{homework}", { params: { path: { homework: "nope" } } });

console.log(JSON.stringify({
  languages: usable.map(({ name }) => name),
  verdict: run.verdict,
  stdout: run.stdout,
  unknownHomework: homework === undefined ? response.status : 200,
}));
