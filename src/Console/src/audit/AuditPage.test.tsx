import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { renderPage } from "../test/render";
import { me } from "../test/samples";
import { json, problem, serve } from "../test/server";
import { AuditPage } from "./AuditPage";
import { chainOf, newestOfChains } from "./trail";

const act = {
  project_id: "awoooi", position: "1.7.450", chain_no: 12, at: "2026-11-22T08:00:00+08:00", act: "budget.set", actor: "ann", actor_role: "operator",
  object_type: "budget", object_id: "project", object_version: 3, outcome: "done", reason: "Month end", command_id: null, causation: null, trace_id: null,
  data_sha256: "a".repeat(64), previous_hash: "b".repeat(64), hash: "c".repeat(64),
};
const denied = { ...act, position: "1.9.3", act: "run.cancel", actor: "bob", outcome: "denied", object_type: "run", object_id: "01990000-0000-7000-8000-000000000001", reason: "role_required" };
const head = { project_id: "awoooi", position: "1.7.450", chain_no: 12, hash: "c".repeat(64), signed_at: "2026-11-22T08:00:00+08:00", key_id: "2026a", signature: "d".repeat(64) };
const page = (items: object[], next: string | null = null) => json({ items, next_cursor: next });
const answers = { "GET /audit/acts": () => page([act, denied]), "GET /audit/heads": () => page([head, { ...head, position: "1.7.400", chain_no: 8 }, { ...head, position: "1.12.9", chain_no: 1 }]) };
const admin = { ...me, roles: { awoooi: "admin" as const } };
const everywhere = { ...me, roles: { "*": "admin" as const } };

let written: string[];

beforeEach(() => {
  written = [];
  vi.stubGlobal("Blob", class { constructor(readonly parts: string[]) {} });
  URL.createObjectURL = (file) => {
    written.push((file as unknown as { parts: string[] }).parts.join(""));
    return "blob:acts";
  };
  URL.revokeObjectURL = () => {};
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
});

test("acts are listed with who, what, outcome and reason, and lead to their object", async () => {
  serve(answers);
  renderPage(<AuditPage />);

  const done = await screen.findByTestId("1.7.450");
  for (const words of ["ann", "budget.set", "budget project", "2026-11-22 08:00:00 +08:00", "Month end"]) expect(done).toHaveTextContent(words);
  const refused = screen.getByTestId("1.9.3");
  expect(refused).toHaveTextContent("refused");
  expect(within(refused).getByRole("link", { name: denied.object_id })).toHaveAttribute("href", `/runs/${denied.object_id}`);
  expect(screen.queryByLabelText("Acts of")).not.toBeInTheDocument();
});

test("filters are asked together, once the typing rests", async () => {
  const calls = serve(answers);
  renderPage(<AuditPage />);
  await screen.findByTestId("1.7.450");

  await userEvent.type(screen.getByLabelText("Who"), "ann");
  await userEvent.type(screen.getByLabelText("Act"), "budget.set");
  await userEvent.type(screen.getByLabelText("Object"), "project");
  await userEvent.click(screen.getByLabelText("Outcome", { selector: "input" }));
  await userEvent.click(await screen.findByRole("option", { name: "refused" }));
  fireEvent.change(screen.getByLabelText(/^From/), { target: { value: "2026-11-01T00:00" } });

  const since = new Date("2026-11-01T00:00").toISOString();
  await waitFor(() => expect(Object.fromEntries(new URLSearchParams(calls.at(-1)!.path.split("?")[1]))).toEqual({
    actor: "ann", act: "budget.set", object_id: "project", outcome: "denied", since, limit: "50",
  }));
});

test.each([
  { scope: "operators", name: "operators, keys and sign-ins" },
  { scope: "projects", name: "exports, cuts and removals" },
])("what belongs to no project is shown to an administrator of every project: $scope", async ({ scope, name }) => {
  const calls = serve(answers);
  renderPage(<AuditPage />, everywhere);
  await screen.findByTestId("1.7.450");

  await userEvent.click(screen.getByLabelText("Acts of", { selector: "input" }));
  await userEvent.click(await screen.findByRole("option", { name }));

  await waitFor(() => expect(calls.some((call) => call.path.startsWith(`/audit/acts?scope=${scope}`))).toBe(true));
  await waitFor(() => expect(calls.some((call) => call.path.startsWith(`/audit/heads?scope=${scope}`))).toBe(true));
});

test("the newest signed head of each chain is shown", async () => {
  serve(answers);
  renderPage(<AuditPage />);

  expect(await screen.findByTestId("chain-1.7")).toHaveTextContent(/12.*2026a/);
  expect(screen.getAllByTestId(/^chain-/).map((row) => row.dataset.testid)).toEqual(["chain-1.7", "chain-1.12"]);
  expect(screen.queryByRole("button", { name: "Check the trail" })).not.toBeInTheDocument();
  expect(chainOf("1.7.450")).toBe("1.7");
  expect(newestOfChains([])).toEqual([]);
});

test("the check goes on until the end, and adds up", async () => {
  const calls = serve({
    ...answers,
    "GET /audit/verify": (call) => call.path.includes("from=part2")
      ? json({ rows: 5, heads: 0, unknown_keys: 0, fault: null, next: null })
      : json({ rows: 1000, heads: 2, unknown_keys: 1, fault: null, next: "part2" }),
  });
  renderPage(<AuditPage />, admin);

  await userEvent.click(await screen.findByRole("button", { name: "Check the trail" }));

  expect(await screen.findByTestId("whole")).toHaveTextContent("Acts: 1,005; signed heads: 2. Heads whose key is not known here, and whose signature was not checked: 1.");
  expect(calls.filter((call) => call.path.startsWith("/audit/verify"))).toHaveLength(2);
});

test("chains that are held back are told, and the trail is not called whole", async () => {
  serve({
    ...answers,
    "GET /audit/verify": (call) => call.path.includes("from=part2")
      ? json({ rows: 5, heads: 2, unknown_keys: 1, fault: null, next: null, log_from: null, unlogged: 0, held: [{ partition: 7, position: "1.7.451", events: 1200 }, { partition: 12, position: "1.12.10", events: 1 }] })
      : json({ rows: 1000, heads: 0, unknown_keys: 0, fault: null, next: "part2", log_from: null, unlogged: 0, held: [] }),
  });
  renderPage(<AuditPage />, admin);

  await userEvent.click(await screen.findByRole("button", { name: "Check the trail" }));

  const held = await screen.findByTestId("held");
  expect(held).toHaveAttribute("role", "alert");
  expect(held).toHaveTextContent("Acts: 1,005; signed heads: 2. Heads whose key is not known here, and whose signature was not checked: 1.");
  expect(within(held).getAllByRole("listitem").map((item) => item.textContent)).toEqual([
    "Partition 7: held back from 1.7.451 on; events: 1,200.",
    "Partition 12: held back from 1.12.10 on; events: 1.",
  ]);
  expect(screen.queryByTestId("whole")).not.toBeInTheDocument();
  expect(screen.queryByText(/The log was cut/)).not.toBeInTheDocument();
});

test("after a cut it is told from when the log can be compared, and how many acts were checked by their chain only", async () => {
  const part = { heads: 1, unknown_keys: 0, fault: null, log_from: "2026-10-01T00:00:00+08:00", held: [] };
  serve({
    ...answers,
    "GET /audit/verify": (call) => call.path.includes("from=part2")
      ? json({ ...part, rows: 500, unlogged: 34, next: null })
      : json({ ...part, rows: 1000, unlogged: 1000, next: "part2" }),
  });
  renderPage(<AuditPage />, admin);

  await userEvent.click(await screen.findByRole("button", { name: "Check the trail" }));

  expect(await screen.findByTestId("whole")).toHaveTextContent(
    "Acts: 1,500; signed heads: 2. The log was cut: acts can be compared with it from 2026-10-01 00:00:00 +08:00 on. Acts before that, checked by their chain and the signed heads only: 1,034.",
  );
  expect(screen.queryByTestId("held")).not.toBeInTheDocument();
});

test("the check ends at what is broken, and a refusal of it is told", async () => {
  let answer = () => json({ rows: 100, heads: 0, unknown_keys: 0, fault: { kind: "changed", project_id: "awoooi", partition: 7, position: "1.7.101", detail: "It is not as it was written." }, next: "x" });
  const calls = serve({ ...answers, "GET /audit/verify": () => answer() });
  renderPage(<AuditPage />, admin);

  await userEvent.click(await screen.findByRole("button", { name: "Check the trail" }));
  expect(await screen.findByTestId("broken")).toHaveTextContent("The trail is broken at 1.7.101changed: It is not as it was written.");
  expect(calls.filter((call) => call.path.startsWith("/audit/verify"))).toHaveLength(1);

  answer = () => problem(503, "journal_unavailable", "The journal cannot be reached.");
  await userEvent.click(screen.getByRole("button", { name: "Check the trail" }));
  expect(await screen.findByText("The journal cannot be reached.")).toBeInTheDocument();
});

test("the acts of the filter are exported page by page as JSON Lines", async () => {
  serve({
    ...answers,
    "GET /audit/acts": (call) => !call.path.includes("limit=200") ? page([act]) : call.path.includes("cursor=c2") ? page([denied]) : page([act], "c2"),
  });
  renderPage(<AuditPage />);

  await userEvent.click(await screen.findByRole("button", { name: "Export" }));

  await waitFor(() => expect(written).toEqual([`${JSON.stringify(act)}\n${JSON.stringify(denied)}\n`]));
  expect(screen.queryByText(/are in the file/)).not.toBeInTheDocument();
});

test("an export is no larger than a page can hold, and says so", async () => {
  const many = Array.from({ length: 200 }, () => act);
  const calls = serve({ ...answers, "GET /audit/acts": (call) => page(call.path.includes("limit=200") ? many : [act], "more") });
  renderPage(<AuditPage />);

  await userEvent.click(await screen.findByRole("button", { name: "Export" }));

  expect(await screen.findByText(/The newest 10,000 are in the file/)).toBeInTheDocument();
  expect(calls.filter((call) => call.path.startsWith("/audit/acts") && call.path.includes("limit=200"))).toHaveLength(50);
});
