import { expect, test } from "vitest";
import { showCount, showRate, showUsd } from "./number";

test("counts are grouped, rates keep one digit", () => {
  expect(showCount(1234567)).toBe("1,234,567");
  expect(showRate(812)).toBe("812.0");
  expect(showRate(0.04)).toBe("0.0");
});

test("money has two decimals, and more only where it needs them", () => {
  expect(showUsd(1250)).toBe("$1,250.00");
  expect(showUsd(0.0004)).toBe("$0.0004");
});
