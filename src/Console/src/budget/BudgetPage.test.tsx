import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { me } from "../test/samples";
import { json, problem, serve } from "../test/server";
import { BudgetPage } from "./BudgetPage";

const unlimited = { usd: null, tokens: null };
const plan = {
  month: { usd: 50, tokens: null }, day: { usd: 5, tokens: 1000 }, agent_month: unlimited, agents: { scout: { usd: 3, tokens: null } },
  incident: { usd: 2, tokens: null }, run: { usd: 0.5, tokens: null },
};
const day = {
  period: "day", key: "2026-11-22", ends_at: "2026-11-23T00:00:00+08:00", limits: plan.day,
  spent: { usd: 4.25, tokens: 200 }, reserved: { usd: 0.1, tokens: 30 }, reached: 80, percent: 85,
};
const month = { ...day, period: "month", key: "2026-11", limits: plan.month, spent: { usd: 4.25, tokens: 200 }, reserved: { usd: 0, tokens: 0 }, reached: 0, percent: 8.5 };
const budget = { project_id: "awoooi", version: 7, plan, is_default: false, kill: null, periods: [day, month], open_reservations: 1 };
const admin = { ...me, roles: { awoooi: "admin" as const } };
const viewer = { ...me, roles: { awoooi: "viewer" as const } };

const report = (by: string, rows: object[], hasMore = false) =>
  json({ project_id: "awoooi", by, since: "2026-11-01T00:00:00+08:00", until: "2026-11-23T00:00:00+08:00", rows, has_more: hasMore });
const row = (key: string | null, cost: number, calls = 1) => ({ key, cost_usd: cost, prompt_tokens: 1000, completion_tokens: 10, calls });
const answers = {
  "GET /budget": () => json(budget, { etag: '"7"' }),
  "GET /budget/spend": () => report("day", [row("2026-11-21", 1, 3), row("2026-11-22", 4, 1)]),
};

test("what is spent of each limit is told in words and as bars", async () => {
  serve(answers);
  renderPage(<BudgetPage />, viewer);

  const today = await screen.findByTestId("period-day");
  for (const words of ["2026-11-22", "until 2026-11-23 00:00:00 +08:00", "$4.25 of $5.00", "$0.10 set aside", "200 of 1,000", "30 set aside"]) expect(today).toHaveTextContent(words);
  expect(within(today).getAllByTestId("used").map((bar) => bar.dataset.value)).toEqual(["85", "20"]);
  const all = screen.getByTestId("period-month");
  expect(all).toHaveTextContent("200, without a limit");
  expect(within(all).getAllByTestId("used")).toHaveLength(1);
  expect(all).not.toHaveTextContent("set aside");
  expect(screen.queryByTestId("killed")).not.toBeInTheDocument();
  expect(screen.queryByTestId("default-plan")).not.toBeInTheDocument();
});

test("a budget that is used up says since when and until when", async () => {
  const kill = { period: "month", since: "2026-11-20T08:00:00+08:00", until: "2026-12-01T00:00:00+08:00" };
  serve({ ...answers, "GET /budget": () => json({ ...budget, kill, is_default: true }) });
  renderPage(<BudgetPage />, viewer);

  const banner = await screen.findByTestId("killed");
  for (const words of ["the budget of the month is used up", "2026-11-20 08:00:00", "2026-12-01 00:00:00", "Rule-based work goes on"]) expect(banner).toHaveTextContent(words);
  expect(screen.getByTestId("default-plan")).toBeInTheDocument();
});

test("spending is a table whose bars stand for the costs, by what is chosen and in the time that is chosen", async () => {
  const calls = serve({
    ...answers,
    "GET /budget/spend": (call) => call.path.includes("by=run")
      ? report("run", [row("01990000-0000-7000-8000-000000000001", 2), row(null, 0.0004)], true)
      : answers["GET /budget/spend"](),
  });
  renderPage(<BudgetPage />, viewer);

  const last = await screen.findByTestId("spend-2026-11-22");
  expect(last).toHaveTextContent("$4.00");
  expect(within(last).getByTestId("bar")).toHaveAttribute("data-value", "100");
  expect(within(screen.getByTestId("spend-2026-11-21")).getByTestId("bar")).toHaveAttribute("data-value", "25");
  expect(screen.getByTestId("spend-total")).toHaveTextContent("$5.00 in all, for 4 calls.");
  expect(calls.find((call) => call.path.startsWith("/budget/spend"))?.path).toBe("/budget/spend?by=day");

  await userEvent.click(screen.getByText("Run"));
  expect(await screen.findByTestId("spend-none")).toHaveTextContent("$0.0004");
  expect(screen.getByRole("link", { name: "01990000-0000-7000-8000-000000000001" })).toHaveAttribute("href", "/runs/01990000-0000-7000-8000-000000000001");
  expect(screen.getByTestId("spend-total")).toHaveTextContent("The 2 with the highest cost");

  await userEvent.click(screen.getByLabelText("Time", { selector: "input" }));
  await userEvent.click(await screen.findByText("Last 90 days"));
  await waitFor(() => expect(calls.some((call) => /^\/budget\/spend\?by=run&since=\d{4}-/.test(call.path))).toBe(true));
  const asked = calls.find((call) => call.path.includes("since="))!.path;
  const days = (Date.now() - Date.parse(new URLSearchParams(asked.split("?")[1]).get("since")!)) / 86_400_000;
  expect(Math.round(days)).toBe(90);
});

test("a viewer reads the limits and cannot change them", async () => {
  serve(answers);
  renderPage(<BudgetPage />, viewer);

  expect(await screen.findByLabelText("Project, in a month: US dollars")).toHaveValue("50");
  expect(screen.getByLabelText("Project, in a month: tokens")).toHaveValue("");
  expect(screen.getByLabelText("scout: US dollars")).toHaveAttribute("readonly");
  expect(screen.queryByRole("button", { name: "Set the limits" })).not.toBeInTheDocument();
  expect(screen.getByText(/needs an administrator/)).toBeInTheDocument();
});

test("what an administrator sets is the whole plan with a reason, for the version on the screen", async () => {
  const calls = serve({ ...answers, "PUT /budget": () => json(budget) });
  renderPage(<BudgetPage />, admin);
  const save = await screen.findByRole("button", { name: "Set the limits" });

  await retype("Project, in a month: US dollars", "80.5");
  expect(save).toBeDisabled();
  await userEvent.type(screen.getByLabelText(/Reason/), "Month end");
  await userEvent.click(screen.getByRole("button", { name: "Remove the limit of scout" }));
  await userEvent.type(screen.getByLabelText("Limit of its own for the agent"), "critic{Enter}");
  await userEvent.type(screen.getByLabelText("critic: tokens"), "500");
  await userEvent.click(save);

  await waitFor(() => expect(puts(calls)).toHaveLength(1));
  expect(puts(calls)[0]!.headers.get("if-match")).toBe('"7"');
  expect(puts(calls)[0]!.body).toEqual({
    plan: { ...plan, month: { usd: 80.5, tokens: null }, agents: { critic: { usd: null, tokens: 500 } } },
    reason: "Month end",
  });
});

test("a call of a model in between does not matter, somebody else's plan does", async () => {
  let now = { version: 7, plan };
  let inBetween = () => { now = { version: 8, plan }; };
  const calls = serve({
    ...answers,
    "GET /budget": () => json({ ...budget, ...now }, { etag: `"${now.version}"` }),
    "PUT /budget": (call) => {
      inBetween();
      inBetween = () => {};
      return call.headers.get("if-match") === `"${now.version}"` ? json(budget) : problem(412, "stale_version", `The version is ${now.version}.`);
    },
  });
  renderPage(<BudgetPage />, admin);

  await change("60");
  await waitFor(() => expect(puts(calls)).toHaveLength(2));
  expect(puts(calls)[1]!.headers.get("if-match")).toBe('"8"');
  await waitFor(() => expect(screen.queryByRole("alert")).not.toBeInTheDocument());

  await waitFor(() => expect(screen.getByRole("button", { name: "Set the limits" })).toBeEnabled());
  inBetween = () => { now = { version: 9, plan: { ...plan, month: { usd: 70, tokens: null } } }; };
  await retype("Project, in a month: US dollars", "65");
  await userEvent.click(screen.getByRole("button", { name: "Set the limits" }));
  expect(await screen.findByText("The version is 9.")).toBeInTheDocument();
  expect(puts(calls)).toHaveLength(3);
  await waitFor(() => expect(screen.getByLabelText("Project, in a month: US dollars")).toHaveValue("70"));
});

function puts(calls: ReturnType<typeof serve>) {
  return calls.filter((call) => call.method === "PUT");
}

async function retype(label: string, value: string) {
  const field = await screen.findByLabelText(label);
  await userEvent.clear(field);
  await userEvent.type(field, value);
}

async function change(usd: string) {
  await retype("Project, in a month: US dollars", usd);
  await userEvent.type(screen.getByLabelText(/Reason/), "More");
  await userEvent.click(screen.getByRole("button", { name: "Set the limits" }));
}
