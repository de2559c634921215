import createClient, { createQuerySerializer, type Middleware } from "openapi-fetch";
import { locale } from "../i18n/locale";
import { ProblemError, type Problem } from "./problem";
import { chosenProject } from "./project";
import type { paths } from "./schema";

/** Every answer that is not a success becomes a ProblemError, so that callers only handle data. */
const problems: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return;
    const type = response.headers.get("content-type") ?? "";
    const problem: Problem = type.includes("json")
      ? await response.json()
      : { status: response.status, title: response.statusText || `HTTP ${response.status}`, code: "unexpected_answer" };
    throw new ProblemError(problem);
  },
};

let lastPosition: string | undefined;

/** What was told to have happened is seen by the reads that follow: its position goes along. */
export function noteSeen(position: string): void {
  lastPosition = position;
}

/** How the machinery is must also be seen while the lists cannot catch up. */
const waitsForNothing: ReadonlySet<string> = new Set(["/v1/platform/cluster", "/v1/platform/delivery"]);

const readYourWrites: Middleware = {
  onRequest({ request, schemaPath }) {
    if (request.method === "GET" && lastPosition && !waitsForNothing.has(schemaPath)) request.headers.set("Awooop-After", lastPosition);
  },
  onResponse({ response }) {
    lastPosition = response.headers.get("Awooop-Position") ?? lastPosition;
  },
};

const serialize = createQuerySerializer<Record<string, unknown>>();

/** The API of this host, called with the session's cookie. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  // The server tells timelines and causes in words: in the language of the rest of the page, whatever else the browser would take.
  headers: { "X-Awooop-Console": "1", "Accept-Language": locale },
  // In this one place every request gets the project that is shown. One in the path counts for more there, and what is of no project passes over it.
  querySerializer: (query) => serialize({ project_id: chosenProject(), ...query }),
  // Looked up at each call, so that a test can answer in its place.
  fetch: (request) => globalThis.fetch(request),
});
api.use(problems, readYourWrites);
