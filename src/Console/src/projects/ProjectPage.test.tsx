import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { me, paused } from "../test/samples";
import { json, problem, serve } from "../test/server";
import { ProjectPage } from "./ProjectPage";

const project = {
  project_id: "awoooi", version: 7, status: "active", suspension: null, created_at: paused.since, updated_at: paused.since, available_actions: ["configure", "suspend"],
  configuration: {
    name: "AwoooI",
    quotas: { alerts_per_minute: 6000, requests_per_minute: null, event_streams: null },
    feature_flags: { suggest_mode: false, mute_notifications: true },
  },
};
const admin = { ...me, roles: { awoooi: "admin" as const } };
const answers = { "GET /projects/awoooi": () => json(project, { etag: '"7"' }) };

test("a viewer sees the configuration and cannot change it", async () => {
  serve(answers);
  renderPage(<ProjectPage projectId="awoooi" />, { ...me, roles: { awoooi: "viewer" } });

  expect(await screen.findByRole("heading", { name: "AwoooI" })).toBeInTheDocument();
  expect(screen.getByTestId("project-status")).toHaveTextContent("active");
  expect(screen.getByLabelText(/Alerts a minute/)).toHaveValue("6,000");
  expect(screen.getByLabelText(/Event streams/)).toHaveValue("");
  expect(screen.getByLabelText(/Tell nobody/)).toBeChecked();
  expect(screen.getByLabelText(/Tell nobody/)).toBeDisabled();
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
  expect(screen.getByText(/an administrator of the project/)).toBeInTheDocument();
});

test("a project that is not the one shown leads to what is in it", async () => {
  serve({ ...answers, "GET /projects/shop": () => json({ ...project, project_id: "shop" }) });
  const { unmount } = renderPage(<ProjectPage projectId="shop" />, { ...me, roles: { awoooi: "viewer", shop: "viewer" } });
  expect(await screen.findByRole("link", { name: "Show what is in this project" })).toHaveAttribute("href", "/?project=shop");
  unmount();

  renderPage(<ProjectPage projectId="awoooi" />, admin);
  expect(await screen.findByRole("heading", { name: "AwoooI" })).toBeInTheDocument();
  expect(screen.queryByRole("link", { name: "Show what is in this project" })).not.toBeInTheDocument();
});

test("what an administrator saves is the whole configuration, for the version on the screen", async () => {
  const calls = serve({ ...answers, "PUT /projects/awoooi": () => json(project) });
  renderPage(<ProjectPage projectId="awoooi" />, admin);
  const save = await screen.findByRole("button", { name: "Save" });
  expect(save).toBeDisabled();

  await userEvent.click(screen.getByLabelText(/Only suggest/));
  await userEvent.clear(screen.getByLabelText(/Alerts a minute/));
  await userEvent.type(screen.getByLabelText(/Event streams/), "5");
  await userEvent.type(screen.getByLabelText(/Active playbooks/), "12");
  await userEvent.click(save);

  await waitFor(() => expect(calls.find((call) => call.method === "PUT")).toBeDefined());
  const put = calls.find((call) => call.method === "PUT")!;
  expect(put.headers.get("if-match")).toBe('"7"');
  expect(put.body).toEqual({
    name: "AwoooI",
    quotas: { alerts_per_minute: null, requests_per_minute: null, event_streams: 5, active_playbooks: 12 },
    feature_flags: { suggest_mode: true, mute_notifications: true },
  });
});

test("it is suspended for a reason", async () => {
  const calls = serve({ ...answers, "POST /projects/awoooi/suspend": () => json(project) });
  renderPage(<ProjectPage projectId="awoooi" />, admin);

  await userEvent.click(await screen.findByRole("button", { name: "Suspend" }));
  await userEvent.type(await screen.findByLabelText(/Reason/), "Moving house");
  await userEvent.click(screen.getAllByRole("button", { name: "Suspend" }).at(-1)!);

  await waitFor(() => expect(calls.find((call) => call.method === "POST")?.body).toEqual({ reason: "Moving house" }));
});

test("a suspended one says by whom and why, and a refusal to resume is told", async () => {
  const suspended = { ...project, status: "suspended", suspension: { by: "bob", reason: "Moving house", since: paused.since } };
  serve({
    "GET /projects/awoooi": () => json(suspended, { etag: '"8"' }),
    "POST /projects/awoooi/resume": () => problem(412, "stale_version", "The version is 9, not 8."),
  });
  renderPage(<ProjectPage projectId="awoooi" />, admin);

  expect(await screen.findByTestId("suspension")).toHaveTextContent("Moving house (bob");
  await userEvent.click(screen.getByRole("button", { name: "Resume" }));
  await userEvent.click((await screen.findAllByRole("button", { name: "Resume" })).at(-1)!);

  expect(await screen.findByText("The version is 9, not 8.")).toBeInTheDocument();
});
