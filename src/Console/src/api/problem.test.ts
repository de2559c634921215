import { expect, test } from "vitest";
import { ProblemError } from "./problem";

const problem = { status: 422, title: "Invalid", code: "c" };

test("a refusal of several fields names each, and one of a single field says it once", () => {
  const first = { field: "$.a", message: "must be short." };
  expect(new ProblemError({ ...problem, detail: "$.a: must be short.", errors: [first] }).message).toBe("$.a: must be short.");
  expect(new ProblemError({ ...problem, detail: "Several fields are not valid.", errors: [first, { field: "$.b", message: "is missing." }] }).message)
    .toBe("Several fields are not valid. $.a: must be short. $.b: is missing.");
  expect(new ProblemError(problem).message).toBe("Invalid");
});
