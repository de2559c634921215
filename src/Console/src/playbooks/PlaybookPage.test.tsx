import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { me, notPaused, paused, plan } from "../test/samples";
import { json, problem, serve } from "../test/server";
import { PlaybookPage } from "./PlaybookPage";

const id = "PB-20260101-AAAAAA";
const playbook = {
  playbook_id: id,
  status: "draft",
  definition_version: 3,
  trust_score: 0.42,
  success_count: 5,
  failure_count: 1,
  available_actions: ["approve", "archive"],
  warnings: [{ field: "$.steps", code: "not_verified", message: "No step verifies that the repair helped." }],
  definition: {
    name: "Restart the shop",
    description: "For when it hangs.",
    match: { alert_names: ["ShopDown"], labels: { env: "prod" } },
    steps: plan.steps,
    action_pattern: "restart:{{service}}",
    risk: "high",
    requires_approval: "critical",
    autonomy: "L3",
  },
};
const answers = {
  [`GET /playbooks/${id}`]: () => json(playbook, { etag: '"7"' }),
  "GET /pause": () => json(notPaused),
};

test("says when it is proposed, what it does and how it has fared", async () => {
  serve(answers);
  renderPage(<PlaybookPage playbookId={id} />);

  expect(await screen.findByRole("heading", { name: /Restart the shop/ })).toBeInTheDocument();
  expect(screen.getByTestId("playbook-status")).toHaveTextContent("draft");
  for (const shown of ["ShopDown", "env=prod", "restart shop"]) expect(screen.getByText(shown)).toBeInTheDocument();
  expect(screen.getByText(/5 succeeded, 1 failed/)).toBeInTheDocument();
  expect(screen.getByText("Needs: two votes")).toBeInTheDocument();
});

test("what is approved is the version on the screen", async () => {
  const calls = serve({ ...answers, [`POST /playbooks/${id}/approve`]: () => json(playbook) });
  renderPage(<PlaybookPage playbookId={id} />);

  await userEvent.click(await screen.findByRole("button", { name: "Approve" }));

  await waitFor(() => expect(calls.find((call) => call.method === "POST")?.headers.get("if-match")).toBe('"7"'));
  expect(screen.queryByRole("button", { name: "Activate" })).not.toBeInTheDocument();
});

test("an operator may pause it, and is told that the rest needs an approver", async () => {
  serve(answers);
  renderPage(<PlaybookPage playbookId={id} />, { ...me, roles: { awoooi: "operator" } });

  expect(await screen.findByText("Acting here needs the role of an approver in this project.")).toBeInTheDocument();
  expect((await screen.findAllByRole("button")).map((button) => button.textContent)).toEqual(["Pause"]);
});

test("a refusal is shown", async () => {
  serve({ ...answers, [`POST /playbooks/${id}/approve`]: () => problem(412, "stale_version", "The playbook has changed.") });
  renderPage(<PlaybookPage playbookId={id} />);

  await userEvent.click(await screen.findByRole("button", { name: "Approve" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("The playbook has changed.");
});

test("archiving may be given a reason", async () => {
  const calls = serve({ ...answers, [`POST /playbooks/${id}/archive`]: () => json(playbook) });
  renderPage(<PlaybookPage playbookId={id} />);

  await userEvent.click(await screen.findByRole("button", { name: "Archive" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.type(dialog.getByLabelText(/Reason/), "Replaced");
  await userEvent.click(dialog.getByRole("button", { name: "Archive" }));

  await waitFor(() => expect(calls.find((call) => call.method === "POST")?.body).toEqual({ reason: "Replaced" }));
});

test("a paused playbook is resumed from its page", async () => {
  const calls = serve({ ...answers, "GET /pause": () => json({ ...notPaused, playbooks: { [id]: paused } }), "DELETE /pause": () => json(notPaused) });
  renderPage(<PlaybookPage playbookId={id} />);

  await userEvent.click(await screen.findByRole("button", { name: "Resume" }));

  await waitFor(() => expect(calls.find((call) => call.method === "DELETE")?.path).toBe(`/pause?scope=playbook&playbook_id=${id}`));
});
