import { vi } from "vitest";

export interface Call {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

type Answer = (call: Call) => Response | Promise<Response>;

/** Stands in for the API: answers by "METHOD /path" (without /v1/platform) and keeps what was asked. Anything else is a 404. */
export function serve(answers: Record<string, Answer>): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", async (input: Request) => {
    const url = new URL(input.url);
    const text = await input.text();
    const call: Call = {
      method: input.method,
      path: url.pathname.replace("/v1/platform", "") + url.search,
      headers: input.headers,
      body: text ? JSON.parse(text) : undefined,
    };
    calls.push(call);
    const answer = answers[`${call.method} ${url.pathname.replace("/v1/platform", "")}`];
    return answer ? answer(call) : problem(404, "not_found", "There is no such thing.");
  });
  return calls;
}

export function json(body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { headers: { "content-type": "application/json", ...headers } });
}

export function problem(status: number, code: string, detail: string): Response {
  return new Response(JSON.stringify({ type: `urn:awooop:problem:${code}`, title: code, status, code, detail }), {
    status,
    headers: { "content-type": "application/problem+json" },
  });
}
