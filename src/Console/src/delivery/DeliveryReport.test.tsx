import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { noteSeen } from "../api/client";
import { renderPage } from "../test/render";
import { me } from "../test/samples";
import { json, problem, serve } from "../test/server";
import { DeliveryReport } from "./DeliveryReport";

const admin = { ...me, roles: { awoooi: "admin" as const } };
const consumer = { name: "incident_records", kind: "projection", lag: 3, delivered: 4100, retries: 0, failures: 0, is_stuck: false, fault: null };
const stuck = { ...consumer, name: "mailer", kind: "reaction", lag: 1, failures: 12, is_stuck: true, fault: "The mail server refuses." };
const letter = {
  id: "0198a000-0000-7000-8000-000000000001",
  consumer: "mailer",
  kind: "reaction",
  position: "7:41",
  aggregate: "incident/awoooi/INC-1",
  event_type: "incident.opened",
  reason: "No such recipient.",
  attempts: 5,
  at: "2026-01-01T08:00:00+08:00",
  queued: 2,
};
const retryOf = `POST /delivery/dead-letters/${letter.id}/retry`;
const full = { partitions: 256, consumers: [consumer, stuck], dead_letters: [letter] };

test("consumers are shown with their lag, what is stuck first", async () => {
  serve({ "GET /delivery": () => json(full) });
  renderPage(<DeliveryReport />);

  const rows = within(await screen.findByRole("table", { name: "Consumers of the log" })).getAllByRole("row");
  expect(rows[1]).toHaveTextContent(/mailerstuck, failed 12 times.*The mail server refuses\.reaction1/);
  expect(rows[2]).toHaveTextContent("incident_recordsprojection34,1000");
});

test("an admin delivers a dead letter by keyboard, and is told the outcome when its row is gone", async () => {
  let now: unknown = full;
  const calls = serve({
    "GET /delivery": () => json(now),
    [retryOf]: () => {
      now = { ...full, dead_letters: [] };
      return json({ status: "delivered", delivered: 3, fault: null });
    },
  });
  renderPage(<DeliveryReport />, admin);

  (await screen.findByRole("button", { name: "Try again: incident.opened to mailer" })).focus();
  await userEvent.keyboard("{Enter}");

  expect(await screen.findByTestId("retry-outcome")).toHaveTextContent("Delivered, with what waited behind it (events: 3).");
  expect(await screen.findByText("None: every event of this project could be delivered.")).toBeInTheDocument();
  expect(calls.filter((call) => call.method === "POST")).toHaveLength(1);
});

test.each([
  ["still_failing", "It still cannot be delivered: No such recipient."],
  ["requested", "The silo that owns its partition was asked to deliver it."],
])("a retry that is %s says so", async (status, said) => {
  serve({ "GET /delivery": () => json(full), [retryOf]: () => json({ status, delivered: 0, fault: "No such recipient." }) });
  renderPage(<DeliveryReport />, admin);

  await userEvent.click(await screen.findByRole("button", { name: /Try again/ }));

  expect(await screen.findByTestId("retry-outcome")).toHaveTextContent(said);
  expect(screen.getByTestId(`letter-${letter.id}`)).toHaveTextContent("No such recipient.");
});

test("a refused retry is told", async () => {
  serve({ "GET /delivery": () => json(full), [retryOf]: () => problem(404, "dead_letter_not_found", "There is no such dead letter in this project.") });
  renderPage(<DeliveryReport />, admin);

  await userEvent.click(await screen.findByRole("button", { name: /Try again/ }));

  expect(await screen.findByRole("alert")).toHaveTextContent("There is no such dead letter in this project.");
});

test("who is no admin sees the dead letters, and what trying again needs", async () => {
  serve({ "GET /delivery": () => json(full) });
  renderPage(<DeliveryReport />);

  expect(await screen.findByTestId(`letter-${letter.id}`)).toHaveTextContent("incident.opened");
  expect(screen.getByText("Trying again needs the role of an administrator in this project.")).toBeInTheDocument();
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});

test("it is read without waiting for the lists", async () => {
  noteSeen("7:41");
  const calls = serve({ "GET /delivery": () => json(full) });
  renderPage(<DeliveryReport />);

  await waitFor(() => expect(calls).not.toHaveLength(0));
  expect(calls[0]?.headers.has("awooop-after")).toBe(false);
});
