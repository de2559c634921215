import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { renderPage } from "../test/render";
import { me } from "../test/samples";
import { json, problem, serve } from "../test/server";
import { ClusterPage } from "./ClusterPage";
import type { ClusterReport, SiloReport } from "./useCluster";

const silo: SiloReport = {
  silo_id: "silo-1",
  incarnation: 3,
  state: "alive",
  address: "127.0.0.1:41234",
  version: "1.0.0",
  partitions: 64,
  partitions_owned: "0-41, 77, 80-100",
  lease_left_ms: 3120,
  activations: [{ grain_type: "alert", count: 34 }, { grain_type: "incident", count: 1200 }],
  hot_grains: [{ grain: "alert/awoooi/shop", calls_per_second: 812 }],
  hot_partitions: [{ partition: 17, commits_per_second: 120.25 }],
  reported_at: "2026-01-01T08:00:00+08:00",
};

const killed: SiloReport = {
  ...silo, silo_id: "silo-0", state: "dead", partitions: 0, partitions_owned: "", lease_left_ms: 0, activations: null, hot_grains: null, hot_partitions: null, reported_at: null,
};

const cluster: ClusterReport = { number: 17, lease: "00:00:04", partitions: 256, unowned_partitions: 192, silos: [killed, silo] };
const delivery = { partitions: 64, consumers: [], dead_letters: [] };
const viewer = { ...me, roles: { awoooi: "viewer" as const } };

afterEach(() => {
  vi.useRealTimers();
  show("visible");
});

/** The browser hides or shows the page. */
function show(state: DocumentVisibilityState) {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  act(() => void document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
}

test("silos are shown with their state, lease, share and grains, and what nobody owns", async () => {
  serve({ "GET /cluster": () => json(cluster), "GET /delivery": () => json(delivery) });
  renderPage(<ClusterPage />);

  const first = await screen.findByTestId("silo-silo-1");
  for (const shown of ["127.0.0.1:41234", "Version: 1.0.0", "incarnation 3", "alive", "3.1 s", "64", "25 %", "1,234 in total", "incident 1,200", "alert 34"])
    expect(first).toHaveTextContent(shown);
  expect(within(first).getByTestId("share")).toHaveAttribute("data-value", "25");
  expect(within(first).getByTestId("owned")).toHaveTextContent(/^0-41, 77, 80-100$/);
  const second = screen.getByTestId("silo-silo-0");
  for (const shown of ["dead", "0 %"]) expect(second).toHaveTextContent(shown);
  expect(second).not.toHaveTextContent("in total");
  expect(screen.getAllByTestId(/^silo-/)).toEqual([first, second]);
  expect(screen.getByTestId("cluster-summary")).toHaveTextContent("Silos alive: 1 · 256 partitions · lease of 4.0 s · map 17");
  expect(screen.getByTestId("unowned")).toHaveTextContent("Partitions without an owner: 192");
});

test("what is hot is told of all silos together, the hottest first", async () => {
  // Of other projects, only the type is told.
  const foreign = { grain: "alert", calls_per_second: 900 };
  const other = { ...silo, silo_id: "silo-3", hot_grains: [foreign, foreign], hot_partitions: [] };
  serve({ "GET /cluster": () => json({ ...cluster, silos: [silo, killed, other] }), "GET /delivery": () => json(delivery) });
  renderPage(<ClusterPage />);

  const grains = within(await screen.findByRole("table", { name: "Hot grains" })).getAllByRole("row");
  expect(grains.map((row) => row.textContent)).toEqual(["GrainSiloCalls a second", "alertsilo-3900.0", "alertsilo-3900.0", "alert/awoooi/shopsilo-1812.0"]);
  const partitions = within(screen.getByRole("table", { name: "Hot partitions" })).getAllByRole("row");
  expect(partitions[1]).toHaveTextContent("17silo-1120.3");
});

test("a silo that just joined has told nothing of itself", async () => {
  serve({ "GET /cluster": () => json({ ...cluster, silos: [{ ...killed, state: "alive" }] }) });
  renderPage(<ClusterPage />, viewer);

  expect(await screen.findByTestId("silo-silo-0")).toHaveTextContent("Not reported yet.");
});

test("a cluster of nobody says so", async () => {
  serve({ "GET /cluster": () => json({ ...cluster, unowned_partitions: 0, silos: [] }), "GET /delivery": () => json(delivery) });
  renderPage(<ClusterPage />);

  expect(await screen.findByText("No silo has joined.")).toBeInTheDocument();
  expect(screen.getAllByText("Nothing stands out.")).toHaveLength(2);
  expect(screen.queryByTestId("unowned")).not.toBeInTheDocument();
});

test("a viewer sees the silos, and is told who sees the consumers", async () => {
  const calls = serve({ "GET /cluster": () => json(cluster) });
  renderPage(<ClusterPage />, viewer);

  expect(await screen.findByTestId("silo-silo-1")).toBeInTheDocument();
  expect(screen.getByText(/is shown to operators of this project/)).toBeInTheDocument();
  expect(calls.map((call) => call.path)).toEqual(["/cluster"]);
});

test("it is read again while it is seen, and not while it is hidden", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  let alive = cluster;
  const calls = serve({ "GET /cluster": () => json(alive) });
  const { queries } = renderPage(<ClusterPage />, viewer);
  await screen.findByTestId("silo-silo-1");

  alive = { ...cluster, silos: [{ ...silo, state: "leaving" }] };
  await act(() => vi.advanceTimersByTimeAsync(2_000));
  await waitFor(() => expect(screen.getByTestId("silo-silo-1")).toHaveTextContent("leaving"));

  show("hidden");
  await waitFor(() => expect(queries.isFetching()).toBe(0));
  const before = calls.length;
  await act(() => vi.advanceTimersByTimeAsync(60_000));
  expect(calls).toHaveLength(before);

  show("visible");
  await waitFor(() => expect(calls.length).toBeGreaterThan(before));
});

test("a failed reading is told above what was read before, and goes away with the next", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  let answer = () => json(cluster);
  serve({ "GET /cluster": () => answer() });
  renderPage(<ClusterPage />, viewer);
  await screen.findByTestId("silo-silo-1");

  answer = () => problem(503, "journal_unavailable", "The journal cannot be reached.");
  await act(() => vi.advanceTimersByTimeAsync(2_000));
  expect(await screen.findByRole("alert")).toHaveTextContent(/The journal cannot be reached\. Shown is what was read at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d;/);
  expect(screen.getByTestId("silo-silo-1")).toBeInTheDocument();

  answer = () => json(cluster);
  await act(() => vi.advanceTimersByTimeAsync(2_000));
  await waitFor(() => expect(screen.queryByRole("alert")).not.toBeInTheDocument());
});

test("without any reading, only the reason is shown", async () => {
  serve({ "GET /cluster": () => problem(503, "journal_unavailable", "The journal cannot be reached.") });
  renderPage(<ClusterPage />, viewer);

  expect((await screen.findByRole("alert")).textContent).toBe("Something went wrongThe journal cannot be reached.");
});
