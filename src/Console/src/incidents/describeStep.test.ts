import { expect, test } from "vitest";
import { describeStep, type Step } from "./describeStep";

const step = (body: object) => describeStep({ name: "x", ...body } as Step);

test("every kind of step says what it does", () => {
  expect(step({ kind: "command", program: "restart", arguments: ["web", "two words", ""] })).toBe('restart web "two words" ""');
  expect(step({ kind: "command", program: "sync" })).toBe("sync");
  expect(step({ kind: "http", url: "http://shop/restart" })).toBe("POST http://shop/restart");
  expect(step({ kind: "http", method: "PUT", url: "http://shop/on" })).toBe("PUT http://shop/on");
  expect(step({ kind: "wait", seconds: 5 })).toBe("wait 5 s");
  expect(step({ kind: "verify", prom_ql: "up == 1" })).toBe("until up == 1");
  expect(step({ kind: "verify", url: "http://shop/healthy" })).toBe("until http://shop/healthy answers 200");
  expect(step({ kind: "verify", url: "http://shop/gone", expected_status: 410 })).toBe("until http://shop/gone answers 410");
});

test("a kind of a newer server is named", () => {
  expect(step({ kind: "rollout" })).toBe("rollout");
});
