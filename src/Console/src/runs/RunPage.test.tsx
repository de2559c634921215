import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { me, plan } from "../test/samples";
import { json, serve } from "../test/server";
import { RunPage } from "./RunPage";

const id = "0199aaaa-0000-7000-8000-000000000001";
const step = {
  step_no: 1,
  attempt: 1,
  phase: "forward",
  kind: "command",
  name: "Restart",
  status: "timed_out",
  output: "shop: still stopping",
  error_code: "E-STEP-TIMEOUT",
  error: "A step took longer than it may.",
  started_at: "2026-01-01T08:00:00+08:00",
  finished_at: "2026-01-01T08:01:00+08:00",
  tool_call_id: "0199aaaa-0000-7000-8000-000000000002",
};
const run = {
  run_id: id,
  state: "failed",
  incident_id: "INC-20260101-AAAAAA",
  attempt: 1,
  max_attempts: 3,
  lease_owner: null,
  is_shadow: false,
  error_code: "E-STEP-TIMEOUT",
  cause: "A step took longer than it may. Step 1 'Restart'.",
  steps: [step],
  plan,
  available_actions: [],
};

test("says how far the run is, and what each step did", async () => {
  serve({ [`GET /runs/${id}`]: () => json(run) });
  renderPage(<RunPage runId={id} />);

  expect(await screen.findByTestId("run-state")).toHaveTextContent("failed");
  const executed = screen.getByTestId("executed");
  for (const words of ["1. Restart", "timed out", "command · repair", "shop: still stopping", "A step took longer than it may."]) expect(executed).toHaveTextContent(words);
  expect(screen.getByTestId("run-error")).toHaveTextContent("Step 1 'Restart'. (E-STEP-TIMEOUT)");
  expect(screen.getByRole("link", { name: run.incident_id })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Cancel the run" })).not.toBeInTheDocument();
});

test("a run that a pause holds says so", async () => {
  const pause = { by: "mei", reason: "change freeze", since: "2026-01-01T08:00:00+08:00" };
  serve({ [`GET /runs/${id}`]: () => json({ ...run, state: "pending", error_code: null, cause: null, steps: [], held_by: pause }) });
  renderPage(<RunPage runId={id} />);

  const held = await screen.findByTestId("run-held");
  expect(held).toHaveTextContent("A pause holds this run: change freeze (mei,");
});

test("a run that may be cancelled is, with a reason if there is one", async () => {
  const calls = serve({
    [`GET /runs/${id}`]: () => json({ ...run, state: "waiting_tool", steps: [], available_actions: ["cancel"] }),
    [`POST /runs/${id}/cancel`]: () => json(run),
  });
  renderPage(<RunPage runId={id} />);

  await userEvent.click(await screen.findByRole("button", { name: "Cancel the run" }));
  expect(screen.getByText("No step has begun.")).toBeInTheDocument();
  await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Cancel the run" }));

  await waitFor(() => expect(calls.find((call) => call.method === "POST")?.body).toEqual({}));
});

test("who may only look is told what cancelling needs", async () => {
  serve({ [`GET /runs/${id}`]: () => json({ ...run, state: "running", available_actions: ["cancel"] }) });
  renderPage(<RunPage runId={id} />, { ...me, roles: { awoooi: "viewer" } });

  expect(await screen.findByText("Acting here needs the role of an operator in this project.")).toBeInTheDocument();
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});
