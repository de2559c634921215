import { expect, test, vi } from "vitest";
import { showAge, showMoment, showTime } from "./time";

test("a time is shown with the offset that it was sent with", () => {
  expect(showTime("2026-01-01T08:00:05.123456+08:00")).toBe("2026-01-01 08:00:05 +08:00");
  expect(showTime("2026-01-01T00:00:05Z")).toBe("2026-01-01 00:00:05 +00:00");
  expect(showTime("soon")).toBe("soon");
});

test.each([
  [-480, "2026-01-01 08:00:05 +08:00"],
  [0, "2026-01-01 00:00:05 +00:00"],
  [210, "2025-12-31 20:30:05 -03:30"],
])("a moment of the browser is shown in its zone, %i minutes from UTC, with the offset", (offset, shown) => {
  vi.spyOn(Date.prototype, "getTimezoneOffset").mockReturnValue(offset);
  expect(showMoment(new Date("2026-01-01T00:00:05.123Z"))).toBe(shown);
});

test("an age is told in the largest unit that fits", () => {
  const now = Date.parse("2026-01-02T00:00:00Z");
  expect(showAge("2026-01-01T23:59:30Z", now)).toBe("30 seconds ago");
  expect(showAge("2026-01-01T23:58:01Z", now)).toBe("1 minute ago");
  expect(showAge("2026-01-01T21:00:00+00:00", now)).toBe("3 hours ago");
  expect(showAge("2025-12-30T00:00:00Z", now)).toBe("3 days ago");
  expect(showAge("2026-01-02T00:00:00Z", now)).toBe("now");
});
