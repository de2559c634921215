import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import { act } from "react";
import { expect, test, vi } from "vitest";
import { me, notPaused } from "../test/samples";
import { json, serve } from "../test/server";
import { router } from "./router";

test("the address of the incidents without one is the list's, and one that nothing is at leads there", async () => {
  const empty = () => json({ items: [], next_cursor: null });
  serve({ "GET /me": () => json(me), "GET /pause": () => json(notPaused), "GET /approvals": empty, "GET /incidents": empty });
  vi.stubGlobal("EventSource", class extends EventTarget { close() {} });
  window.history.replaceState(null, "", "/incidents");
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  expect(await screen.findByText(/^No incidents\./)).toBeInTheDocument();
  expect(window.location.pathname).toBe("/");
  expect(document.title).toBe("Incidents · AwoooP");

  act(() => router.history.push("/nowhere"));
  expect(await screen.findByText("There is no such page.")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: /All incidents/ })).toHaveAttribute("href", "/");
  expect(document.title).toBe("AwoooP");
});
