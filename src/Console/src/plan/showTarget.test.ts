import { expect, test } from "vitest";
import { showTarget } from "./showTarget";

test("a namespace that is not named is not shown", () => {
  expect(showTarget("-/c2")).toBe("c2");
  expect(showTarget("prod/shop")).toBe("prod/shop");
});
