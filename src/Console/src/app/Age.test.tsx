import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Age } from "./Age";

beforeEach(() => vi.useFakeTimers({ now: Date.parse("2026-01-01T00:01:00Z") }));
afterEach(() => vi.useRealTimers());

test("an age goes on while nothing else on the page changes", () => {
  render(<Age at="2026-01-01T00:00:50Z" />);
  expect(screen.getByText("10 seconds ago")).toBeTruthy();

  act(() => vi.advanceTimersByTime(60_000));

  expect(screen.getByText("1 minute ago")).toBeTruthy();
});
