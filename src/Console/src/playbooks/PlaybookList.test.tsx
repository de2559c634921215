import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { json, serve } from "../test/server";
import { PlaybookList } from "./PlaybookList";

const row = {
  playbook_id: "PB-20260101-AAAAAA",
  status: "active",
  name: "Restart the shop",
  version_label: "v2",
  risk_level: "medium",
  trust_score: 0.5,
  success_count: 4,
  failure_count: 2,
};

test("lists playbooks with status, trust and outcomes, and opens one", async () => {
  serve({ "GET /playbooks": () => json({ items: [row], next_cursor: null }) });
  const { path } = renderPage(<PlaybookList />);

  const shown = await screen.findByTestId(row.playbook_id);
  for (const words of ["active", "0.500", "4 / 2", "v2", "medium"]) expect(shown).toHaveTextContent(words);
  await userEvent.click(screen.getByText("0.500"));

  await waitFor(() => expect(path()).toBe(`/playbooks/${row.playbook_id}`));
});

test("says how the first one is made", async () => {
  serve({ "GET /playbooks": () => json({ items: [], next_cursor: null }) });
  renderPage(<PlaybookList />);

  expect(await screen.findByText(/awooop playbooks create/)).toBeInTheDocument();
});
