import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { me, plan } from "../test/samples";
import { json, problem, serve } from "../test/server";
import { IncidentPage } from "./IncidentPage";

const id = "INC-20260101-AAAAAA";
const incident = {
  incident_id: id,
  status: "investigating",
  severity: "P0",
  alert_name: "ShopDown",
  namespace: "prod",
  target: "shop",
  hit_count: 3,
  acknowledged_by: null,
  opened_at: "2026-01-01T08:00:00+08:00",
  plan,
  approval_id: null,
  run_id: null,
  available_actions: ["acknowledge", "escalate"],
};
const opened = { id: "e1", title: "Incident opened", status: "warning", description: null, actor: "platform", created_at: "2026-01-01T08:00:00+08:00" };
const answers = {
  [`GET /incidents/${id}`]: () => json(incident),
  [`GET /incidents/${id}/timeline`]: () => json({ items: [opened], next_cursor: null }),
};

test("shows the plan as it would be executed, and the story so far", async () => {
  serve(answers);
  renderPage(<IncidentPage incidentId={id} />);

  expect(await screen.findByRole("heading", { name: "ShopDown" })).toBeInTheDocument();
  const shown = screen.getByTestId("plan");
  expect(shown).toHaveTextContent("restart shop");
  expect(shown).toHaveTextContent("undone by wait 3 s");
  expect(shown).toHaveTextContent("Risk: high");
  expect(shown).toHaveTextContent(`Hash of the plan (SHA-256): ${plan.plan_sha256}`);
  expect(await screen.findByText("Incident opened")).toBeInTheDocument();
});

test("offers what the incident allows, and nothing else", async () => {
  const calls = serve({ ...answers, [`POST /incidents/${id}/acknowledge`]: () => json(incident) });
  renderPage(<IncidentPage incidentId={id} />);

  await userEvent.click(await screen.findByRole("button", { name: "Acknowledge" }));

  await waitFor(() => expect(calls.filter((call) => call.method === "POST").map((call) => call.path)).toEqual([`/incidents/${id}/acknowledge`]));
  expect(screen.queryByRole("button", { name: "Close" })).not.toBeInTheDocument();
});

test("who may only look is told what acting needs", async () => {
  serve(answers);
  renderPage(<IncidentPage incidentId={id} />, { ...me, roles: { awoooi: "viewer" } });

  expect(await screen.findByText("Acting here needs the role of an operator in this project.")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Acknowledge" })).not.toBeInTheDocument();
});

test("a refused action is shown beside what is there", async () => {
  const calls = serve({ ...answers, [`POST /incidents/${id}/escalate`]: () => problem(409, "illegal_transition", "An escalated incident cannot be escalated.") });
  renderPage(<IncidentPage incidentId={id} />);

  await userEvent.click(await screen.findByRole("button", { name: "Escalate" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByRole("button", { name: "Escalate" })).toBeDisabled();
  await userEvent.type(dialog.getByLabelText(/Reason/), "Needs the owner");
  await userEvent.click(dialog.getByRole("button", { name: "Escalate" }));

  await waitFor(() => expect(calls.find((call) => call.method === "POST")?.body).toEqual({ reason: "Needs the owner" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("cannot be escalated");
  expect(screen.getByRole("heading", { name: "ShopDown" })).toBeInTheDocument();
});

test("whoever has several projects is told in which one an incident was looked for", async () => {
  serve({ [`GET /incidents/${id}`]: () => problem(404, "incident_not_found", "There is no such incident.") });
  renderPage(<IncidentPage incidentId={id} />, { ...me, roles: { awoooi: "viewer", shop: "viewer" } });

  expect(await screen.findByRole("alert")).toHaveTextContent("There is no such incident. It was looked for in the project awoooi;");
});

test("an incident that does not exist is a problem in words, which stay while it is looked for again", async () => {
  let asked = 0;
  const never = new Promise<Response>(() => {});
  serve({ [`GET /incidents/${id}`]: () => (++asked === 1 ? problem(404, "incident_not_found", "There is no such incident.") : never) });
  const { queries } = renderPage(<IncidentPage incidentId={id} />);
  expect(await screen.findByRole("alert")).toHaveTextContent("There is no such incident.");

  // As an event of another incident has it done.
  void queries.invalidateQueries({ queryKey: ["incident"] });

  await waitFor(() => expect(queries.isFetching()).toBe(1));
  expect(screen.getByRole("alert")).toHaveTextContent("There is no such incident.");
  expect(screen.queryByLabelText("Loading")).not.toBeInTheDocument();
});
