import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { json, serve } from "../test/server";
import { ProjectList } from "./ProjectList";

const row = {
  project_id: "webshop", name: "Web shop", status: "suspended", suspended_by: "bob", suspended_reason: "Moving house",
  suspended_at: "2026-01-01T08:00:00+08:00", created_by: "ada", created_at: "2026-01-01T08:00:00+08:00", updated_at: "2026-01-01T08:00:00+08:00",
};

test("lists projects with their status and why one is suspended, and opens one", async () => {
  serve({ "GET /projects": () => json({ items: [row], next_cursor: null }) });
  const { path } = renderPage(<ProjectList />);

  const shown = await screen.findByTestId("webshop");
  for (const words of ["suspended", "Web shop", "webshop", "Moving house"]) expect(shown).toHaveTextContent(words);
  await userEvent.click(screen.getByText("Moving house"));

  await waitFor(() => expect(path()).toBe("/projects/webshop"));
});
