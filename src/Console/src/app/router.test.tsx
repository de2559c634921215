import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { act } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { me, notPaused } from "../test/samples";
import { json, serve } from "../test/server";

const empty = () => json({ items: [], next_cursor: null });

afterEach(() => {
  cleanup();
  window.history.replaceState(null, "", "/");
});

/** A router of its own: the console has one, which goes on from where the test before has left it. */
async function open(address: string) {
  window.history.replaceState(null, "", address);
  vi.resetModules();
  const { router } = await import("./router");
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return router;
}

test("the address of the incidents without one is the list's, and one that nothing is at leads there", async () => {
  serve({ "GET /me": () => json(me), "GET /pause": () => json(notPaused), "GET /approvals": empty, "GET /incidents": empty });
  vi.stubGlobal("EventSource", class extends EventTarget { close() {} });
  const router = await open("/incidents");
  expect(await screen.findByText(/^No incidents\./)).toBeInTheDocument();
  expect(window.location.pathname).toBe("/");
  expect(document.title).toBe("Incidents · AwoooP");

  act(() => router.history.push("/nowhere"));
  expect(await screen.findByText("There is no such page.")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: /All incidents/ })).toHaveAttribute("href", "/");
  expect(document.title).toBe("AwoooP");
});

test("the project of an address is what everything asks, listens to and leads on in", async () => {
  const streams: string[] = [];
  const roles = { awoooi: "approver" as const, shop: "viewer" as const };
  const calls = serve({ "GET /me": () => json({ ...me, roles }), "GET /pause": () => json(notPaused), "GET /approvals": empty, "GET /incidents": empty, "GET /runs": empty });
  vi.stubGlobal("EventSource", class extends EventTarget {
    constructor(address: string) {
      super();
      streams.push(address);
    }

    close() {}
  });
  await open("/?project=shop");

  expect(await screen.findByText(/^No incidents\./)).toBeInTheDocument();
  expect(screen.getByTestId("project")).toHaveValue("shop");
  const link = screen.getByRole("link", { name: "Runs" });
  expect(link).toHaveAttribute("href", "/runs?project=shop");
  act(() => link.click());
  await waitFor(() => expect(calls.some((call) => call.path.startsWith("/runs?"))).toBe(true));
  expect(window.location.search).toBe("?project=shop");
  expect(calls.filter((call) => !call.path.includes("project_id=shop"))).toEqual([]);
  expect(streams).toEqual(["/v1/platform/events?project_id=shop"]);
});

test("an address in somebody else's project says so, and asks for nothing there", async () => {
  const calls = serve({ "GET /me": () => json(me) });
  vi.stubGlobal("EventSource", class { constructor() { throw new Error("Nothing is listened to."); } });
  await open("/?project=bank");

  expect(await screen.findByRole("alert")).toHaveTextContent("You have no role in the project bank.");
  expect(screen.getByRole("link", { name: "Show my own project" })).toHaveAttribute("href", "/");
  expect(calls.map((call) => call.path.split("?")[0])).toEqual(["/me"]);
});
