import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { json, serve } from "../test/server";
import { AgentList } from "./AgentList";
import { PolicyList } from "./PolicyList";

const agent = {
  agent_id: "planner",
  contract_id: "agent/planner",
  contract_version: 2,
  status: "active",
  description: "Plans repairs.",
  purpose: "plan",
  autonomy: "L2",
  models: [{ provider: "p", model: "m-1" }],
  tools: [],
  limits: { max_tokens: 30000, max_cost_usd: 0.25 },
  activated_at: "2026-01-01T08:00:00+08:00",
  ended_at: null,
};

const policy = {
  policy_id: "no_deletes",
  contract_id: "policy/no_deletes",
  contract_version: 1,
  status: "inactive",
  description: "Nothing is deleted.",
  rules: [{ name: "no_deletes", effect: "deny", actions: ["delete:*", "drop:*"], reason: "It cannot be undone." }],
  activated_at: "2026-01-01T08:00:00+08:00",
  ended_at: "2026-01-02T08:00:00+08:00",
};

test("lists agents with what their contracts allow, and opens the contract of one", async () => {
  serve({ "GET /agents": () => json({ items: [agent], next_cursor: null }) });
  const { path } = renderPage(<AgentList />);

  const shown = await screen.findByTestId("agent/planner");
  for (const words of ["in force", "planner", "v2", "plan", "suggests", "max_tokens 30000, max_cost_usd 0.25"]) expect(shown).toHaveTextContent(words);
  await userEvent.click(screen.getByText("Plans repairs."));

  await waitFor(() => expect(path()).toBe("/contracts/agent/planner"));
});

test("lists policies with their rules", async () => {
  serve({ "GET /policies": () => json({ items: [policy], next_cursor: null }) });
  const { path } = renderPage(<PolicyList />);

  const shown = await screen.findByTestId("policy/no_deletes");
  for (const words of ["not in force", "no_deletes", "deny: delete:*, drop:*"]) expect(shown).toHaveTextContent(words);
  await userEvent.click(screen.getByText("Nothing is deleted."));

  await waitFor(() => expect(path()).toBe("/contracts/policy/no_deletes"));
});
