import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { me } from "../test/samples";
import { json, problem, serve } from "../test/server";
import { KeyList } from "./KeyList";

const admin = { ...me, roles: { awoooi: "admin" as const } };

const row = {
  key_id: "0123456789abcdef",
  operator_id: "mei",
  roles: { awoooi: "approver", "*": "viewer" },
  scope: null,
  issued_at: "2026-01-01T08:00:00+08:00",
  issued_by: "ada",
  expires_at: "2027-01-01T00:00:00+08:00",
  rotated_at: null,
  previous_until: null,
  last_used_at: null,
  revoked_at: null,
  revoked_by: null,
  revoked_reason: null,
};
const list = (rows: object[]) => ({ "GET /operators/keys": () => json({ items: rows, next_cursor: null }) });

test("lists keys with issuer, roles, end and use", async () => {
  serve(list([row, { ...row, key_id: "fedcba9876543210", operator_id: "prometheus", scope: "intake", revoked_at: "2026-02-01T00:00:00+08:00", revoked_by: "ada" }]));
  renderPage(<KeyList me={admin} />, admin);

  const shown = await screen.findByTestId(row.key_id);
  for (const words of ["mei", "Issued by ada", "awoooi: approver, *: viewer", "2027-01-01 00:00:00 +08:00", "never"]) expect(shown).toHaveTextContent(words);
  const revoked = screen.getByTestId("fedcba9876543210");
  expect(revoked).toHaveTextContent("Revoked by ada");
  expect(within(revoked).queryByRole("button")).not.toBeInTheDocument();
});

test("the cell that a narrow screen shows has the roles and the end too", async () => {
  serve(list([row, { ...row, key_id: "fedcba9876543210", revoked_at: "2026-02-01T00:00:00+08:00", revoked_by: "ada" }]));
  renderPage(<KeyList me={admin} />, admin);

  const cellOf = async (keyId: string) => within(await screen.findByTestId(keyId)).getByRole("cell", { name: /Issued by ada/ });
  expect(await cellOf(row.key_id)).toHaveTextContent("awoooi: approver, *: viewer");
  expect(await cellOf(row.key_id)).toHaveTextContent("Ends: 2027-01-01 00:00:00 +08:00");
  expect(await cellOf("fedcba9876543210")).toHaveTextContent("Revoked by ada, 2026-02-01 00:00:00 +08:00");
});

test("a key is made for the project, and its secret is shown once", async () => {
  const calls = serve({
    ...list([]),
    "POST /operators/keys": () => json({ key_id: "k2", operator_id: "bo", key: "awp_k2_secret", expires_at: null, previous_until: null }),
  });
  renderPage(<KeyList me={admin} />, admin);

  await userEvent.click(await screen.findByRole("button", { name: "Make a key" }));
  const form = await screen.findByRole("dialog");
  await userEvent.type(within(form).getByLabelText(/Operator/), "bo");
  await userEvent.click(within(form).getByLabelText("For alerts alone"));
  await userEvent.click(within(form).getByRole("button", { name: "Make a key" }));

  expect(await screen.findByTestId("secret")).toHaveTextContent("awp_k2_secret");
  expect(calls.find((call) => call.method === "POST")?.body).toEqual({ operator_id: "bo", roles: { awoooi: "viewer" }, default_project: "awoooi", scope: "intake" });
  await userEvent.click(screen.getByRole("button", { name: "I have kept it" }));
  await waitFor(() => expect(screen.queryByTestId("secret")).not.toBeInTheDocument());
});

test("only the key that one has signed in with can be rotated", async () => {
  serve(list([{ ...row, key_id: "fedcba9876543210" }]));
  renderPage(<KeyList me={{ ...admin, key_id: row.key_id }} />, admin);

  await screen.findByTestId("fedcba9876543210");
  expect(screen.queryByRole("button", { name: "New secret" })).not.toBeInTheDocument();
});

test("a rotated key shows its new secret and how long the old one is good", async () => {
  serve({
    ...list([row]),
    [`POST /operators/keys/${row.key_id}/rotate`]: () =>
      json({ key_id: row.key_id, operator_id: "mei", key: "awp_new", expires_at: row.expires_at, previous_until: "2026-01-02T08:00:00+08:00" }),
  });
  renderPage(<KeyList me={{ ...admin, key_id: row.key_id }} />, admin);

  await userEvent.click(await screen.findByRole("button", { name: "New secret" }));

  expect(await screen.findByTestId("secret")).toHaveTextContent("awp_new");
  expect(screen.getByText(/2026-01-02 08:00:00/)).toBeInTheDocument();
});

test("a key is taken back with a reason, and a refusal is told", async () => {
  const calls = serve({
    ...list([row]),
    [`DELETE /operators/keys/${row.key_id}`]: () => problem(403, "role_required", "The key is for projects that you are no admin of."),
  });
  renderPage(<KeyList me={admin} />, admin);

  await userEvent.click(await screen.findByRole("button", { name: "Revoke" }));
  const form = await screen.findByRole("dialog");
  await userEvent.type(within(form).getByLabelText("Reason"), "left the team");
  await userEvent.click(within(form).getByRole("button", { name: "Revoke" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("no admin of");
  expect(calls.find((call) => call.method === "DELETE")?.path).toBe(`/operators/keys/${row.key_id}?reason=left%20the%20team`);
});
