import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { ReasonButton } from "../app/ReasonButton";
import { renderPage } from "../test/render";
import { me } from "../test/samples";
import { json, problem, serve, type Call } from "../test/server";
import { ApprovalPanel } from "./ApprovalPanel";

const pending = {
  approval_id: "a1",
  status: "pending",
  required_votes: 1,
  votes: [],
  expires_at: "2026-01-01T09:00:00+08:00",
  available_actions: ["approve", "reject"],
};

async function show(vote: () => Response = () => json({ ...pending, status: "approved", available_actions: [] })) {
  const calls = serve({ "GET /approvals/a1": () => json(pending, { etag: '"3"' }), "POST /approvals/a1/votes": vote });
  renderPage(<ApprovalPanel approvalId="a1" />);
  await screen.findByRole("button", { name: /Approve/ });
  return calls;
}

const votes = (calls: Call[]) => calls.filter((call) => call.method === "POST");

test("a vote by key needs two presses and names the version that was seen", async () => {
  const calls = await show();

  await userEvent.keyboard("a");
  expect(await screen.findByText("Press the same key again to confirm.")).toBeInTheDocument();
  expect(votes(calls)).toHaveLength(0);
  await userEvent.keyboard("a");

  await waitFor(() => expect(votes(calls)).toHaveLength(1));
  expect(votes(calls)[0]?.body).toEqual({ choice: "approve" });
  expect(votes(calls)[0]?.headers.get("if-match")).toBe('"3"');
});

test("another key between the two presses disarms", async () => {
  const calls = await show();

  await userEvent.keyboard("axa");
  expect(votes(calls)).toHaveLength(0);
  await userEvent.keyboard("r");
  expect(votes(calls)).toHaveLength(0);
  await userEvent.keyboard("r");

  await waitFor(() => expect(votes(calls)[0]?.body).toEqual({ choice: "reject" }));
});

test("keys typed into the comment are no votes, and the comment goes along", async () => {
  const calls = await show();

  await userEvent.type(screen.getByLabelText("Comment"), "aa rr");
  expect(votes(calls)).toHaveLength(0);
  await userEvent.click(screen.getByRole("button", { name: /Reject/ }));

  await waitFor(() => expect(votes(calls)[0]?.body).toEqual({ choice: "reject", comment: "aa rr" }));
});

test("keys pressed in a dialog are no votes, and disarm", async () => {
  const calls = serve({ "GET /approvals/a1": () => json(pending), "POST /approvals/a1/votes": () => json(pending) });
  renderPage(<><ApprovalPanel approvalId="a1" /><ReasonButton label="Escalate" onGiven={() => {}} /></>);
  await screen.findByRole("button", { name: /Approve/ });

  await userEvent.keyboard("a");
  await userEvent.click(screen.getByRole("button", { name: "Escalate" }));
  const dialog = within(await screen.findByRole("dialog"));
  const back = dialog.getByRole("button", { name: "Back" });
  fireEvent.keyDown(back, { key: "a" });
  fireEvent.keyDown(back, { key: "a" });
  await userEvent.click(back);
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  await userEvent.keyboard("a");
  expect(votes(calls)).toHaveLength(0);
  await userEvent.keyboard("a");

  await waitFor(() => expect(votes(calls)).toHaveLength(1));
});

test("what is typed between the two presses disarms", async () => {
  const calls = await show();

  await userEvent.keyboard("a");
  await userEvent.type(screen.getByLabelText("Comment"), "go");

  expect(await screen.findByText("Press A twice to approve, R twice to reject.")).toBeInTheDocument();
  expect(votes(calls)).toHaveLength(0);
});

test("the buttons are described by how their keys are pressed", async () => {
  await show();

  expect(screen.getByRole("button", { name: /Approve/ })).toHaveAccessibleDescription("Press A twice to approve, R twice to reject.");
  expect(screen.getByRole("button", { name: /Approve/ })).not.toHaveAttribute("aria-keyshortcuts");
});

test.each([
  [503, "journal_unavailable", "The journal cannot be reached."],
  [404, "approval_not_found", "There is no such approval."],
])("why there is no vote is told where it cannot be read: %i", async (status, code, detail) => {
  serve({ "GET /approvals/a1": () => problem(status, code, detail) });
  renderPage(<ApprovalPanel approvalId="a1" />);

  expect(await screen.findByRole("alert")).toHaveTextContent(detail);
  expect(screen.queryByLabelText("Loading")).not.toBeInTheDocument();
});

test("a vote that is still being read is said to be", async () => {
  serve({ "GET /approvals/a1": () => new Promise<Response>(() => {}) });
  renderPage(<ApprovalPanel approvalId="a1" />);

  expect(await screen.findByLabelText("Loading")).toBeInTheDocument();
});

test("a refusal is shown", async () => {
  await show(() => problem(403, "requester_cannot_approve", "Who asked may not be the only one to sign."));

  await userEvent.click(screen.getByRole("button", { name: /Approve/ }));

  expect(await screen.findByRole("alert")).toHaveTextContent("Who asked may not be the only one to sign.");
});

test("only the choice that is armed is filled; the other's text is never on a background of its own colour", async () => {
  await show();
  const background = (name: RegExp) => screen.getByRole("button", { name }).style.getPropertyValue("--button-bg");

  expect([background(/Approve/), background(/Reject/)]).toEqual(["var(--mantine-color-green-filled)", "var(--mantine-color-red-light)"]);
  await userEvent.keyboard("r");
  await screen.findByText("Press the same key again to confirm.");
  expect([background(/Approve/), background(/Reject/)]).toEqual(["var(--mantine-color-green-light)", "var(--mantine-color-red-filled)"]);
});

test("who has voted is told so while another vote is awaited, and votes no more", async () => {
  const cast = { user_id: "ada", choice: "approve", method: "key", comment: null, voted_at: "2026-01-01T08:30:00+08:00" };
  const calls = serve({ "GET /approvals/a1": () => json({ ...pending, required_votes: 2, votes: [cast] }) });
  renderPage(<ApprovalPanel approvalId="a1" />);

  expect(await screen.findByText("You have voted.")).toBeInTheDocument();
  await userEvent.keyboard("aa");
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
  expect(votes(calls)).toHaveLength(0);
});

test("who is no approver is told what it takes, and has no buttons and no keys", async () => {
  const calls = serve({ "GET /approvals/a1": () => json(pending) });
  renderPage(<ApprovalPanel approvalId="a1" />, { ...me, roles: { awoooi: "operator" } });

  expect(await screen.findByText("Signing needs the role of an approver in this project.")).toBeInTheDocument();
  await userEvent.keyboard("aa");
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
  expect(screen.queryByLabelText("Comment")).not.toBeInTheDocument();
  expect(votes(calls)).toHaveLength(0);
});

test("who asked for the repair is told that another must approve it, and may reject it", async () => {
  const calls = serve({ "GET /approvals/a1": () => json({ ...pending, requested_by: "ada" }), "POST /approvals/a1/votes": () => json(pending) });
  renderPage(<ApprovalPanel approvalId="a1" />);

  expect(await screen.findByText(/another person has to approve it/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /Approve/ })).not.toBeInTheDocument();
  await userEvent.keyboard("aa");
  expect(votes(calls)).toHaveLength(0);
  await userEvent.keyboard("rr");

  await waitFor(() => expect(votes(calls)[0]?.body).toEqual({ choice: "reject" }));
});

test("a closed approval offers no vote and lists who signed", async () => {
  const cast = { user_id: "ada", choice: "approve", method: "key", comment: "go", voted_at: "2026-01-01T08:30:00+08:00" };
  const calls = serve({ "GET /approvals/a1": () => json({ ...pending, status: "executed", votes: [cast], available_actions: [] }) });
  renderPage(<ApprovalPanel approvalId="a1" />);

  expect(await screen.findByText(/ada approved/)).toBeInTheDocument();
  await userEvent.keyboard("aa");
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
  expect(votes(calls)).toHaveLength(0);
});
