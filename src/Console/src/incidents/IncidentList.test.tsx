import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { json, problem, serve } from "../test/server";
import { IncidentList } from "./IncidentList";

const row = {
  incident_id: "INC-20260101-AAAAAA",
  project_id: "awoooi",
  status: "investigating",
  severity: "P1",
  alertname: "ShopDown",
  affected_services: ["shop", "checkout"],
  created_at: "2026-01-01T08:00:00+08:00",
};

test("lists incidents with severity, status and services", async () => {
  serve({ "GET /incidents": () => json({ items: [row], next_cursor: null }) });
  renderPage(<IncidentList />);

  expect(await screen.findByText("ShopDown")).toBeInTheDocument();
  const shown = screen.getByTestId(row.incident_id);
  expect(shown).toHaveTextContent("P1");
  expect(shown).toHaveTextContent("investigating");
  expect(shown).toHaveTextContent("shop, checkout");
  expect(screen.queryByRole("button", { name: "Show older" })).not.toBeInTheDocument();
});

test("opens an incident with Tab and Enter", async () => {
  serve({ "GET /incidents": () => json({ items: [row], next_cursor: null }) });
  const { path } = renderPage(<IncidentList />);
  const link = await screen.findByRole("link", { name: "ShopDown" });

  link.focus();
  await userEvent.keyboard("{Enter}");

  await waitFor(() => expect(path()).toBe(`/incidents/${row.incident_id}`));
});

test("opens an incident by a click anywhere in its row", async () => {
  serve({ "GET /incidents": () => json({ items: [row], next_cursor: null }) });
  const { path } = renderPage(<IncidentList />);

  await userEvent.click(await screen.findByText("shop, checkout"));

  await waitFor(() => expect(path()).toBe(`/incidents/${row.incident_id}`));
});

test("fetches older incidents by cursor", async () => {
  const calls = serve({
    "GET /incidents": ({ path }) =>
      path.includes("cursor=next")
        ? json({ items: [{ ...row, incident_id: "INC-20260101-BBBBBB", alertname: "DiskFull" }], next_cursor: null })
        : json({ items: [row], next_cursor: "next" }),
  });
  renderPage(<IncidentList />);

  await userEvent.click(await screen.findByRole("button", { name: "Show older" }));

  expect(await screen.findByText("DiskFull")).toBeInTheDocument();
  expect(screen.getByText("ShopDown")).toBeInTheDocument();
  expect(calls[0]?.path).toBe("/incidents?limit=50");
});

test("says what an empty list means, and what went wrong", async () => {
  serve({ "GET /incidents": () => json({ items: [], next_cursor: null }) });
  const { unmount } = renderPage(<IncidentList />);
  expect(await screen.findByText(/No incidents/)).toBeInTheDocument();
  unmount();

  serve({ "GET /incidents": () => problem(503, "projection_behind", "The lists have not caught up.") });
  renderPage(<IncidentList />);
  expect(await screen.findByRole("alert")).toHaveTextContent("The lists have not caught up.");
});
