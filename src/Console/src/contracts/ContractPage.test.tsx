import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { me } from "../test/samples";
import { json, problem, serve, type Call } from "../test/server";
import { ContractPage } from "./ContractPage";

const active = {
  version: 1,
  status: "active",
  document: { description: "Restarts it." },
  document_sha256: "a".repeat(64),
  drafted_by: "bob",
  drafted_at: "2026-01-01T08:00:00+08:00",
  published_by: "bob",
  published_at: "2026-01-01T08:01:00+08:00",
  key_id: "local",
  signatures: [
    { signature_id: "s1", signer: "ada", signed_at: "2026-01-01T08:02:00+08:00", key_id: "local" },
    { signature_id: "s2", signer: "eve", signed_at: "2026-01-01T08:03:00+08:00", key_id: "local" },
  ],
  signatures_needed: 2,
  activated_at: "2026-01-01T08:03:00+08:00",
  unusable: null,
  faults: [],
  available_actions: ["deprecate"],
};
const published = { ...active, version: 2, status: "published", document: { description: "Restarts it once." }, document_sha256: "b".repeat(64), signatures: [], activated_at: null, available_actions: ["sign", "retire"] };
const draft = {
  ...published,
  version: 3,
  status: "draft",
  published_by: null,
  published_at: null,
  key_id: null,
  faults: [{ field: "$.provider", code: "missing_field", message: "The field is needed.", bound: null }],
  available_actions: ["revise", "publish", "retire"],
};
const admin = { ...me, roles: { awoooi: "admin" as const } };

function answers(...versions: unknown[]) {
  return {
    "GET /contracts/tool/restart": () => json({ contract_id: "tool/restart", kind: "tool", name: "restart", version: 9, last_version: 2, versions }, { etag: '"9"' }),
    "GET /contracts/tool/restart/diff": () =>
      json({ from: 1, to: 2, changes: [{ path: "$.description", kind: "changed", before: "Restarts it.", after: "Restarts it once." }, { path: "$.rate", kind: "added", before: null, after: 6 }] }),
  };
}

const posts = (calls: Call[]) => calls.filter((call) => call.method === "POST");

test("shows each version, newest first, with what it says and what it changes", async () => {
  serve(answers(active, published));
  renderPage(<ContractPage kind="tool" name="restart" />);

  const second = within(await screen.findByTestId("version-2"));
  expect(second.getByTestId("status-2")).toHaveTextContent("waits for signatures");
  expect(second.getByText(/Signatures: 0\/2/)).toBeInTheDocument();
  expect(await second.findByText("$.description")).toBeInTheDocument();
  expect(second.getByText('"Restarts it."')).toBeInTheDocument();
  expect(second.getByText("b".repeat(64))).toBeInTheDocument();
  const first = within(screen.getByTestId("version-1"));
  expect(first.getByText(/Signed by eve/)).toBeInTheDocument();
  expect(screen.queryByTestId("changes-1")).not.toBeInTheDocument();
  expect(screen.getAllByTestId(/^version-/).map((card) => card.dataset.testid)).toEqual(["version-2", "version-1"]);
});

test.each([
  ["agent", "model steps of this agent go by"],
  ["tool", "one in force changes nothing"],
] as const)("says whether a contract of kind %s binds", async (kind, said) => {
  serve({ [`GET /contracts/${kind}/restart`]: () => json({ contract_id: `${kind}/restart`, kind, name: "restart", version: 9, last_version: 1, versions: [active] }) });
  renderPage(<ContractPage kind={kind} name="restart" />);

  expect(await screen.findByTestId("binds")).toHaveTextContent(said);
});

test("a signature is asked for once more, and names the hash that is on the screen", async () => {
  const calls = serve({ ...answers(active, published), "POST /contracts/tool/restart/versions/2/sign": () => json({}) });
  renderPage(<ContractPage kind="tool" name="restart" />);

  await userEvent.click(await screen.findByRole("button", { name: "Sign" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByText(/version 2 of tool\/restart/)).toBeInTheDocument();
  expect(posts(calls)).toHaveLength(0);
  await userEvent.click(dialog.getByRole("button", { name: "Sign" }));

  await waitFor(() => expect(posts(calls)).toHaveLength(1));
  expect(posts(calls)[0]?.body).toEqual({ document_sha256: "b".repeat(64), signature_id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
});

test("who published it is told that others have to sign", async () => {
  serve(answers({ ...published, published_by: "ada" }));
  renderPage(<ContractPage kind="tool" name="restart" />);

  expect(await screen.findByText(/two other people have to sign/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Sign" })).not.toBeInTheDocument();
});

test("who has signed is told so", async () => {
  serve(answers({ ...published, signatures: active.signatures.slice(0, 1) }));
  renderPage(<ContractPage kind="tool" name="restart" />);

  expect(await screen.findByText("You have signed.")).toBeInTheDocument();
});

test("a refusal is shown", async () => {
  serve({ ...answers(published), "POST /contracts/tool/restart/versions/2/sign": () => problem(409, "signature_mismatch", "Another document.") });
  renderPage(<ContractPage kind="tool" name="restart" />);

  await userEvent.click(await screen.findByRole("button", { name: "Sign" }));
  await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Sign" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("Another document.");
});

test("a draft tells what publishing would refuse; an administrator publishes the version on the screen", async () => {
  const calls = serve({ ...answers(draft), "POST /contracts/tool/restart/versions/3/publish": () => json({}) });
  renderPage(<ContractPage kind="tool" name="restart" />, admin);

  expect(await screen.findByRole("note")).toHaveTextContent("$.provider The field is needed.");
  await userEvent.click(screen.getByRole("button", { name: "Publish" }));
  await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Publish" }));

  await waitFor(() => expect(posts(calls)[0]?.headers.get("if-match")).toBe('"9"'));
  expect(posts(calls)[0]?.body).toEqual({ document_sha256: draft.document_sha256 });
});

test("who is no administrator is told what publishing needs", async () => {
  serve(answers({ ...draft, available_actions: ["publish"] }));
  renderPage(<ContractPage kind="tool" name="restart" />);

  expect(await screen.findByText("Acting here needs the role of an administrator in this project.")).toBeInTheDocument();
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});

test("a version whose signatures do not verify says that it cannot be used", async () => {
  serve(answers({ ...active, unusable: "contract_signature_invalid", available_actions: [] }));
  renderPage(<ContractPage kind="tool" name="restart" />);

  expect(await screen.findByRole("alert")).toHaveTextContent("contract_signature_invalid");
});

test("deprecating may be given a reason", async () => {
  const calls = serve({ ...answers(active), "POST /contracts/tool/restart/versions/1/deprecate": () => json({}) });
  renderPage(<ContractPage kind="tool" name="restart" />, admin);

  await userEvent.click(await screen.findByRole("button", { name: "Deprecate" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.type(dialog.getByLabelText(/Reason/), "Too strict");
  await userEvent.click(dialog.getByRole("button", { name: "Deprecate" }));

  await waitFor(() => expect(posts(calls)[0]?.body).toEqual({ reason: "Too strict" }));
});
