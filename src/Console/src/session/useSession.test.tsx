import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Shell } from "../app/Shell";
import { renderPage } from "../test/render";
import { me, notPaused } from "../test/samples";
import { json, problem, serve } from "../test/server";

const none = () => json({ items: [], next_cursor: null });

function show(signOut: () => Response) {
  serve({
    "GET /me": () => json(me),
    "GET /pause": () => json(notPaused),
    "GET /approvals": none,
    "GET /sign-in": () => json([]),
    "DELETE /session": signOut,
  });
  vi.stubGlobal("EventSource", class extends EventTarget { close() {} });
  renderPage(<Shell />);
}

const pressSignOut = async () => userEvent.click(await screen.findByRole("button", { name: "Sign out" }));

test("a sign-out that fails is told and leaves one signed in; the next try ends the session", async () => {
  let fails = true;
  show(() => (fails ? problem(503, "journal_unavailable", "The journal cannot be reached.") : new Response(null, { status: 204 })));

  await pressSignOut();
  expect(await screen.findByRole("alert")).toHaveTextContent("Signing out failedThe journal cannot be reached.");
  expect(screen.getByTestId("operator")).toHaveTextContent("ada");
  fails = false;
  await pressSignOut();

  expect(await screen.findByLabelText(/Operator key/)).toBeInTheDocument();
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
});

test("whose session has ended before is signed out", async () => {
  show(() => problem(401, "unauthenticated", "The session has ended."));

  await pressSignOut();

  expect(await screen.findByLabelText(/Operator key/)).toBeInTheDocument();
});
