import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import type { components } from "../api/schema";
import { theme } from "../app/theme";
import { OperatorProvider } from "../session/OperatorContext";
import { me } from "./samples";

/** Renders a component as the only page of a console; other addresses show where they are. */
export function renderPage(page: ReactNode, operator: components["schemas"]["Me"] = me) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const root = createRootRoute();
  const history = createMemoryHistory({ initialEntries: ["/"] });
  const router = createRouter({
    history,
    routeTree: root.addChildren([
      createRoute({ getParentRoute: () => root, path: "/", component: () => page }),
      ...[
        "/incidents/$incidentId", "/approvals", "/playbooks", "/playbooks/$playbookId", "/contracts", "/contracts/agents", "/contracts/policies", "/contracts/$kind/$name",
        "/runs", "/runs/$runId", "/automation", "/projects", "/projects/$projectId",
      ].map((path) =>
        createRoute({ getParentRoute: () => root, path, component: () => <p>Opened</p> })),
    ]),
  });
  const view = render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={queries}>
        <OperatorProvider value={operator}>
          <RouterProvider router={router as never} />
        </OperatorProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { ...view, queries, path: () => history.location.pathname };
}
