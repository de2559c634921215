import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { json, serve } from "../test/server";
import { ContractList } from "./ContractList";

const row = {
  contract_id: "tool/restart",
  kind: "tool",
  name: "restart",
  last_version: 3,
  draft_version: 3,
  published_version: null,
  active_version: 2,
  created_at: "2026-01-01T08:00:00+08:00",
};

test("lists contracts with the versions that stand somewhere, and opens one", async () => {
  serve({ "GET /contracts": () => json({ items: [row], next_cursor: null }) });
  const { path } = renderPage(<ContractList />);

  const shown = await screen.findByTestId("tool/restart");
  expect(screen.getByText("Created")).toBeInTheDocument();
  for (const words of ["restart", "tool", "v2", "v3", "–"]) expect(shown).toHaveTextContent(words);
  await userEvent.click(screen.getByText("v2"));

  await waitFor(() => expect(path()).toBe("/contracts/tool/restart"));
});

test("says how the first one is made", async () => {
  serve({ "GET /contracts": () => json({ items: [], next_cursor: null }) });
  renderPage(<ContractList />);

  expect(await screen.findByText(/awooop contracts draft/)).toBeInTheDocument();
});
