import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { json, serve } from "../test/server";
import { RunList } from "./RunList";

const row = {
  run_id: "0199aaaa-0000-7000-8000-000000000001",
  state: "waiting_approval",
  kind: "repair",
  playbook_id: "PB-20260101-AAAAAA",
  incident_id: "INC-20260101-AAAAAA",
  error_code: null,
  created_at: "2026-01-01T08:00:00+08:00",
};

test("lists runs with their state in words; a link within a row goes its own way", async () => {
  serve({
    "GET /runs": () => json({ items: [row], next_cursor: null }),
    "GET /playbooks": () => json({ items: [{ playbook_id: row.playbook_id, name: "Restart the shop" }], next_cursor: null }),
  });
  const { path } = renderPage(<RunList />);

  expect(await screen.findByRole("link", { name: "Restart the shop" })).toBeInTheDocument();
  expect(document.title).toBe("Runs · AwoooP");
  expect(await screen.findByTestId(row.run_id)).toHaveTextContent("waiting for approval");
  await userEvent.click(screen.getByRole("link", { name: row.incident_id }));

  await waitFor(() => expect(path()).toBe(`/incidents/${row.incident_id}`));
});
