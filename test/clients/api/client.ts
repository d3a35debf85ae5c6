// Calls the service by types that are made of its own description: node client.js ADDRESS-OF-THE-API
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

declare const process: { argv: string[] };

type Problem = components["schemas"]["Problem"];

const api = createClient<paths>({ baseUrl: process.argv[2]!, headers: { Prefer: "wait=60" } });

function told<T>(answer: { data?: T; error?: Problem; response: Response }): T {
  if (answer.data === undefined) {
    throw new Error(`${answer.response.status} ${answer.error?.code}: ${answer.error?.detail}`);
  }
  return answer.data;
}

const report = told(await api.POST("/sync", { body: { source: ["docs"] } }));
const added: number | undefined = "outcome" in report ? report.documents.added : undefined;

const put = told(await api.PUT("/documents/{id}", {
  params: { path: { id: "guide/ropes é.md" } },
  body: { text: "Ropes of ten metres.", metadata: { lang: "en" }, version: 3 },
}));
const state: "queued" | "done" = put.state;

const found = told(await api.GET("/search", { params: { query: { query: "ropes", k: 1, mode: "keyword", filter: ["lang=en"] } } }));
const scores: number[] = found.hits.map((hit) => hit.score);

const documents: string[] = [];
for (let cursor: string | undefined; ;) {
  const page = told(await api.GET("/documents", { params: { query: { limit: 1, ...(cursor ? { cursor } : {}) } } }));
  documents.push(...page.documents.map((document) => document.document));
  cursor = page.next;
  if (!cursor) {
    break;
  }
}

const one = told(await api.GET("/documents/{id}", { params: { path: { id: "guide/ropes é.md" } } }));
const deleted = told(await api.DELETE("/documents/{id}", { params: { path: { id: "guide/ropes é.md" } } }));
const missing = await api.GET("/documents/{id}", { params: { path: { id: "guide/ropes é.md" } } });

console.log(JSON.stringify({
  added, state, hits: found.hits.map((hit) => hit.document), isScored: scores.every((score) => score > 0), documents,
  text: one.chunks[0]?.text, deleted: deleted.state, missing: missing.error?.code, remedy: missing.error?.remedy,
}));
