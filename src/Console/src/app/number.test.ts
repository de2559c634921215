import { expect, test } from "vitest";
import { showCount, showRate } from "./number";

test("counts are grouped, rates keep one digit", () => {
  expect(showCount(1234567)).toBe("1,234,567");
  expect(showRate(812)).toBe("812.0");
  expect(showRate(0.04)).toBe("0.0");
});
