import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { json, problem, serve } from "../test/server";
import { Timeline } from "./Timeline";

const path = "GET /incidents/INC-1/timeline";
const event = { id: "e1", title: "Incident opened", status: "warning", description: null, actor: "platform", created_at: "2026-01-01T08:00:00+08:00" };

test("how an event went is told in a word, and not by a colour alone", async () => {
  const statuses = ["info", "success", "warning", "error"];
  serve({ [path]: () => json({ items: statuses.map((status) => ({ ...event, id: status, status })), next_cursor: null }) });
  renderPage(<Timeline incidentId="INC-1" />);

  for (const status of statuses) expect(await screen.findByText(status)).toBeInTheDocument();
});

test("a story that is still being read is said to be", async () => {
  serve({ [path]: () => new Promise<Response>(() => {}) });
  renderPage(<Timeline incidentId="INC-1" />);

  expect(await screen.findByLabelText("Loading")).toBeInTheDocument();
  expect(screen.queryByText("Nothing is on record yet.")).not.toBeInTheDocument();
});

test("a story without an event is said to have none, and one that cannot be read is not", async () => {
  serve({ [path]: () => json({ items: [], next_cursor: null }) });
  const { unmount } = renderPage(<Timeline incidentId="INC-1" />);
  expect(await screen.findByText("Nothing is on record yet.")).toBeInTheDocument();
  expect(screen.queryByLabelText("Loading")).not.toBeInTheDocument();
  unmount();

  serve({ [path]: () => problem(503, "projection_behind", "The lists have not caught up.") });
  renderPage(<Timeline incidentId="INC-1" />);
  expect(await screen.findByRole("alert")).toHaveTextContent("The lists have not caught up.");
  expect(screen.queryByText("Nothing is on record yet.")).not.toBeInTheDocument();
});
