import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { me, notPaused, paused } from "../test/samples";
import { json, problem, serve } from "../test/server";
import { AutomationPage } from "./AutomationPage";
import { PauseBanner } from "./PauseBanner";

test("the project is paused for a reason that is asked for", async () => {
  const calls = serve({ "GET /pause": () => json(notPaused), "PUT /pause": () => json({ ...notPaused, project: paused }) });
  renderPage(<AutomationPage me={me} />);
  expect(await screen.findByText(/Automation is running/)).toBeInTheDocument();

  await userEvent.click(within(screen.getByTestId("brake-project")).getByRole("button", { name: "Pause" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByRole("button", { name: "Pause" })).toBeDisabled();
  await userEvent.type(dialog.getByLabelText(/Reason/), "Moving the database");
  await userEvent.click(dialog.getByRole("button", { name: "Pause" }));

  await waitFor(() => expect(calls.find((call) => call.method === "PUT")?.body).toEqual({ scope: "project", reason: "Moving the database" }));
});

test("everything is only offered to an admin of every project", async () => {
  serve({ "GET /pause": () => json(notPaused) });
  const { unmount } = renderPage(<AutomationPage me={{ ...me, roles: { awoooi: "admin" } as never }} />);
  await screen.findByText(/Automation is running/);
  expect(within(screen.getByTestId("brake-all")).queryByRole("button")).not.toBeInTheDocument();
  unmount();

  renderPage(<AutomationPage me={{ ...me, roles: { "*": "admin" } as never }} />);
  expect(await within(await screen.findByTestId("brake-all")).findByRole("button", { name: "Pause" })).toBeInTheDocument();
});

test("a refusal is shown beside the brake", async () => {
  serve({ "GET /pause": () => json({ ...notPaused, project: paused }), "DELETE /pause": () => problem(403, "role_required", "Resuming needs an operator.") });
  renderPage(<AutomationPage me={me} />);

  await userEvent.click(await screen.findByRole("button", { name: "Resume" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("Resuming needs an operator.");
});

test("the banner says what is paused, by whom and why, and is not there otherwise", async () => {
  serve({ "GET /pause": () => json({ ...notPaused, all: paused, playbooks: { "PB-20260101-AAAAAA": { ...paused, reason: "Too eager" } } }) });
  const { unmount } = renderPage(<PauseBanner />);

  const banner = await screen.findByTestId("paused");
  for (const words of ["Automation is paused", "Everywhere: Moving the database", "bob", "Playbook PB-20260101-AAAAAA: Too eager"]) expect(banner).toHaveTextContent(words);
  unmount();

  const calls = serve({ "GET /pause": () => json(notPaused) });
  renderPage(<PauseBanner />);
  await waitFor(() => expect(calls).toHaveLength(1));
  expect(screen.queryByTestId("paused")).not.toBeInTheDocument();
});
