import createClient, { type Middleware } from "openapi-fetch";
import type { paths } from "./schema";
import { ProblemError, type Problem } from "./problem";

/** Every answer that is not a success becomes a ProblemError, so that callers only handle data. */
const problems: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return;
    const type = response.headers.get("content-type") ?? "";
    const problem: Problem = type.includes("json")
      ? await response.json()
      : { status: response.status, title: response.statusText, code: "unexpected_answer" };
    throw new ProblemError(problem);
  },
};

/** A change made here is seen by the reads that follow: the position of the last write goes along. */
const readYourWrites: Middleware = {
  onRequest({ request }) {
    if (request.method === "GET" && lastPosition) request.headers.set("Awooop-After", lastPosition);
  },
  onResponse({ response }) {
    lastPosition = response.headers.get("Awooop-Position") ?? lastPosition;
  },
};

let lastPosition: string | undefined;

export const api = createClient<paths>({ baseUrl: "/", credentials: "same-origin", headers: { "X-Awooop-Console": "1" } });
api.use(problems, readYourWrites);
