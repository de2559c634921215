import { expect, test } from "vitest";
import { describeStep, type Step } from "./describeStep";

const step = (body: object) => describeStep({ name: "x", ...body } as Step);

test("every kind of step says what it does", () => {
  expect(step({ kind: "command", program: "restart", arguments: ["web", "two words", ""] })).toBe('restart web "two words" ""');
  expect(step({ kind: "command", program: "sync" })).toBe("sync");
  expect(step({ kind: "http", url: "http://shop/restart" })).toBe("POST http://shop/restart");
  expect(step({ kind: "wait", seconds: 5 })).toBe("wait 5 s");
  expect(step({ kind: "verify", prom_ql: "up == 1" })).toContain("until up == 1\n");
  expect(step({ kind: "verify", url: "http://shop/healthy" })).toContain("until http://shop/healthy answers 200\n");
  expect(step({ kind: "verify", url: "http://shop/gone", expected_status: 410 })).toContain("until http://shop/gone answers 410\n");
  expect(step({ kind: "model", agent: "triage", prompt: "Why?", fallback: { cause: "unknown" } })).toBe('ask triage: Why?\nanswer without a model: {"cause":"unknown"}');
});

test("nothing that changes what a step means is left out: people sign it", () => {
  expect(step({ kind: "http", method: "PUT", url: "http://shop/on", body: '{"on":true}', content_type: "application/json", expected_status: [200, 202] })).toBe(
    'PUT http://shop/on\nwith body (application/json): {"on":true}\nmust answer 200, 202',
  );
  expect(step({ kind: "verify", prom_ql: "up == 1", interval_seconds: 5, consecutive: 3 })).toBe("until up == 1\ntried every 5 s, must hold 3 times in a row");
  expect(step({ kind: "command", program: "restart", arguments: ["web"], dry_run_arguments: ["--check", "web"], timeout_seconds: 30, idempotent: true })).toBe(
    "restart web\ndry run: restart --check web\ntimes out after 30 s\nmay be run again after a crash",
  );
});

test("a kind of a newer server is named", () => {
  expect(step({ kind: "rollout" })).toBe("rollout");
});
