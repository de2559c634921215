import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { api } from "./client";
import { useLiveEvents } from "./live";
import { json, serve } from "../test/server";

class FakeEvents extends EventTarget {
  static readonly CLOSED = 2;
  static last: FakeEvents;
  readyState = 0;
  onopen?: () => void;
  onerror?: () => void;
  closed = false;

  constructor(readonly url: string) {
    super();
    FakeEvents.last = this;
  }

  tell(kind: string, lastEventId: string) {
    this.dispatchEvent(new MessageEvent(kind, { data: "{}", lastEventId }));
  }

  close() {
    this.closed = true;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", FakeEvents);
});

afterEach(() => {
  vi.useRealTimers();
});

function follow(enabled = true) {
  const queries = new QueryClient();
  const invalidate = vi.spyOn(queries, "invalidateQueries");
  const hook = renderHook(() => useLiveEvents(enabled), {
    wrapper: ({ children }: { children: ReactNode }) => <QueryClientProvider client={queries}>{children}</QueryClientProvider>,
  });
  const touched = () => invalidate.mock.calls.map(([filter]) => filter?.queryKey?.[0]);
  return { ...hook, invalidate, touched };
}

test("a burst of events makes one read of what it touched, up to the last event", async () => {
  const { touched } = follow();
  for (let seq = 1; seq <= 50; seq++) FakeEvents.last.tell("incident", `1.0.${seq}`);
  expect(touched()).toEqual([]);

  vi.advanceTimersByTime(200);

  expect(touched()).toEqual(["incident", "timeline"]);
  const calls = serve({ "GET /incidents": () => json({ items: [], next_cursor: null }) });
  await api.GET("/v1/platform/incidents");
  expect(calls[0]?.headers.get("awooop-after")).toBe("1.0.50");
});

test("a second look follows, and a gap touches everything", () => {
  const { touched, invalidate } = follow();
  FakeEvents.last.tell("approval", "1.0.1");
  vi.advanceTimersByTime(200);
  invalidate.mockClear();
  vi.advanceTimersByTime(2_000);
  expect(touched()).toContain("incident");

  invalidate.mockClear();
  FakeEvents.last.tell("gap", "");
  vi.advanceTimersByTime(200);
  expect(touched()).toEqual(expect.arrayContaining(["incident", "approval", "run", "timeline"]));
});

test("what happened between the first read and the connection is read when it stands, and when it stands again", () => {
  const { touched, invalidate } = follow();
  for (let connection = 1; connection <= 2; connection++) {
    invalidate.mockClear();
    act(() => FakeEvents.last.onopen?.());
    vi.advanceTimersByTime(200);
    expect(touched()).toEqual(expect.arrayContaining(["incident", "approval", "run", "timeline"]));
    act(() => FakeEvents.last.onerror?.());
  }
});

test("it tells whether it is connected, and closes when it is not needed", () => {
  const { result, unmount } = follow();
  expect(result.current).toBe(false);
  act(() => FakeEvents.last.onopen?.());
  expect(result.current).toBe(true);
  act(() => FakeEvents.last.onerror?.());
  expect(result.current).toBe(false);
  unmount();
  expect(FakeEvents.last.closed).toBe(true);
});

test("who is turned away is asked who they are", () => {
  const { touched } = follow();
  act(() => FakeEvents.last.onerror?.());
  expect(touched()).not.toContain("me");

  FakeEvents.last.readyState = FakeEvents.CLOSED;
  act(() => FakeEvents.last.onerror?.());

  expect(touched()).toContain("me");
});

test("a pause touches the runs that it holds", () => {
  const { touched } = follow();
  FakeEvents.last.tell("pause", "1.0.1");
  vi.advanceTimersByTime(200);
  expect(touched()).toEqual(["pause", "timeline", "run"]);
});

test("an event of a budget touches what the page of budgets shows", () => {
  const { touched } = follow();
  FakeEvents.last.tell("budget", "1.0.1");
  vi.advanceTimersByTime(200);
  expect(touched()).toEqual(["budget", "timeline"]);
});
