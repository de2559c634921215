import { Text } from "@mantine/core";
import { createRootRoute, createRoute, createRouter } from "@tanstack/react-router";
import { text } from "../i18n/text";
import { IncidentList } from "../incidents/IncidentList";
import { IncidentPage } from "../incidents/IncidentPage";
import { Shell } from "./Shell";

const root = createRootRoute({ component: Shell, notFoundComponent: () => <Text>{text("app.missing")}</Text> });

const list = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: IncidentList,
});

export const incidentRoute = createRoute({
  getParentRoute: () => root,
  path: "/incidents/$incidentId",
  component: function Incident() {
    return <IncidentPage incidentId={incidentRoute.useParams().incidentId} />;
  },
});

export const router = createRouter({ routeTree: root.addChildren([list, incidentRoute]) });

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
