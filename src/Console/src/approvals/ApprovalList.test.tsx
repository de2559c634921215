import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { me } from "../test/samples";
import { json, serve } from "../test/server";
import { ApprovalList } from "./ApprovalList";

const row = {
  id: "a1",
  status: "pending",
  risk_level: "high",
  description: "Restart the shop on prod/shop",
  incident_id: "INC-20260101-AAAAAA",
  requested_by: "platform",
  required_votes: 1,
  current_signatures: 0,
  approval_votes: [],
  expires_at: "2026-01-01T09:00:00+08:00",
};
const answers = (rows: object[]) => ({ "GET /approvals": () => json({ items: rows, next_cursor: null }) });

test("what waits for this operator is shown first, and opens its incident", async () => {
  const calls = serve(answers([row, { ...row, id: "a2", description: "Voted already", approval_votes: [{ user_id: "ada" }], required_votes: 2 }]));
  const { path } = renderPage(<ApprovalList me={me} />);

  const link = await screen.findByRole("link", { name: row.description });
  expect(screen.queryByText("Voted already")).not.toBeInTheDocument();
  expect(calls.some((call) => call.path === "/approvals?status=pending&limit=200")).toBe(true);
  await userEvent.click(link);

  await waitFor(() => expect(path()).toBe(`/incidents/${row.incident_id}`));
});

test("all requests are one press away", async () => {
  serve(answers([{ ...row, id: "a2", description: "Voted already", status: "executed", approval_votes: [{ user_id: "ada" }] }]));
  renderPage(<ApprovalList me={me} />);
  expect(await screen.findByText("Nothing waits for your signature.")).toBeInTheDocument();

  await userEvent.click(screen.getByText("All"));

  expect(await screen.findByText("Voted already")).toBeInTheDocument();
  expect(screen.getByTestId("a2")).toHaveTextContent("executed");
});

test("the cell that a narrow screen shows has the status and the votes too", async () => {
  serve(answers([{ ...row, id: "a1", status: "rejected" }, { ...row, id: "a2", status: "approved", current_signatures: 1 }]));
  renderPage(<ApprovalList me={me} />);
  await userEvent.click(await screen.findByText("All"));

  const cellOf = async (id: string) => within(await screen.findByTestId(id)).getByRole("cell", { name: /Restart the shop/ });
  expect(await cellOf("a1")).toHaveTextContent(/rejected.*Votes: 0\/1/);
  expect(await cellOf("a2")).toHaveTextContent(/approved.*Votes: 1\/1/);
});

test("who may not sign is told so", async () => {
  serve(answers([row]));
  renderPage(<ApprovalList me={{ ...me, roles: { awoooi: "operator" } }} />);

  expect(await screen.findByText("Signing needs the role of an approver in this project.")).toBeInTheDocument();
});
