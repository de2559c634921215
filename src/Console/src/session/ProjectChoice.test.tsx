import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { renderPage } from "../test/render";
import { me } from "../test/samples";
import { json, serve } from "../test/server";
import { ProjectChoice } from "./ProjectChoice";

afterEach(() => window.history.replaceState(null, "", "/"));

test("who has a role in one project is told which it is, and asks for no other", async () => {
  const calls = serve({});
  renderPage(<ProjectChoice me={me} />);

  expect(await screen.findByTestId("project")).toHaveTextContent("awoooi");
  expect(screen.queryByRole("combobox")).not.toBeInTheDocument();
  expect(calls).toEqual([]);
});

test("who has roles in several chooses among those", async () => {
  const onChosen = vi.fn();
  serve({});
  renderPage(<ProjectChoice me={{ ...me, roles: { awoooi: "approver", shop: "viewer", bank: "none" } }} onChosen={onChosen} />);

  const shown = await screen.findByTestId("project");
  expect(shown).toHaveValue("awoooi");
  await userEvent.click(shown);
  expect(screen.queryByText("bank")).not.toBeInTheDocument();
  await userEvent.click(await screen.findByText("shop"));

  expect(onChosen).toHaveBeenCalledExactlyOnceWith("shop");
});

test("who has a role in every project chooses among all that there are, also while one is shown that there is not", async () => {
  window.history.replaceState(null, "", "/?project=gone");
  const calls = serve({ "GET /projects": () => json({ items: [{ project_id: "awoooi" }, { project_id: "bank" }], next_cursor: null }) });
  renderPage(<ProjectChoice me={{ ...me, roles: { "*": "admin" } }} />);

  await waitFor(() => expect(calls).toHaveLength(1));
  expect(calls[0]?.path).toContain("project_id=awoooi");
  const shown = await screen.findByTestId("project");
  expect(shown).toHaveValue("gone");
  await userEvent.click(shown);
  await userEvent.clear(shown);
  expect(await screen.findByText("bank")).toBeInTheDocument();
});
