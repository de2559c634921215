import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { ApprovalList } from "../approvals/ApprovalList";
import { AutomationPage } from "../automation/AutomationPage";
import { ClusterPage } from "../cluster/ClusterPage";
import { IncidentList } from "../incidents/IncidentList";
import { IncidentPage } from "../incidents/IncidentPage";
import { PlaybookList } from "../playbooks/PlaybookList";
import { PlaybookPage } from "../playbooks/PlaybookPage";
import { RunList } from "../runs/RunList";
import { RunPage } from "../runs/RunPage";
import { useOperator } from "../session/OperatorContext";
import { MissingPage } from "./MissingPage";
import { Shell } from "./Shell";

const root = createRootRoute({ component: Shell, notFoundComponent: MissingPage });

const incidents = createRoute({ getParentRoute: () => root, path: "/", component: IncidentList });

// People cut an incident's address down to find the list.
const incidentsByName = createRoute({
  getParentRoute: () => root,
  path: "/incidents",
  beforeLoad: () => {
    throw redirect({ to: "/", replace: true });
  },
});

const incident = createRoute({
  getParentRoute: () => root,
  path: "/incidents/$incidentId",
  component: function Incident() {
    return <IncidentPage incidentId={incident.useParams().incidentId} />;
  },
});

const approvals = createRoute({
  getParentRoute: () => root,
  path: "/approvals",
  component: function Approvals() {
    return <ApprovalList me={useOperator()} />;
  },
});

const playbooks = createRoute({ getParentRoute: () => root, path: "/playbooks", component: PlaybookList });

const playbook = createRoute({
  getParentRoute: () => root,
  path: "/playbooks/$playbookId",
  component: function Playbook() {
    return <PlaybookPage playbookId={playbook.useParams().playbookId} />;
  },
});

const runs = createRoute({ getParentRoute: () => root, path: "/runs", component: RunList });

const run = createRoute({
  getParentRoute: () => root,
  path: "/runs/$runId",
  component: function Run() {
    return <RunPage runId={run.useParams().runId} />;
  },
});

const automation = createRoute({
  getParentRoute: () => root,
  path: "/automation",
  component: function Automation() {
    return <AutomationPage me={useOperator()} />;
  },
});

const cluster = createRoute({ getParentRoute: () => root, path: "/cluster", component: ClusterPage });

export const router = createRouter({ routeTree: root.addChildren([incidents, incidentsByName, incident, approvals, playbooks, playbook, runs, run, automation, cluster]) });

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
