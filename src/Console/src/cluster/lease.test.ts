import { expect, test } from "vitest";
import { leaseSeconds } from "./lease";

test("a lease is counted in seconds", () => {
  expect(leaseSeconds("00:00:04")).toBe(4);
  expect(leaseSeconds("00:00:01.5000000")).toBe(1.5);
  expect(leaseSeconds("1.01:01:01")).toBe(90_061);
  expect(leaseSeconds("soon")).toBeNaN();
});
