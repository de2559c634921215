import { createRootRoute, createRoute, createRouter, redirect, retainSearchParams } from "@tanstack/react-router";
import { ApprovalList } from "../approvals/ApprovalList";
import { AuditPage } from "../audit/AuditPage";
import { AutomationPage } from "../automation/AutomationPage";
import { BudgetPage } from "../budget/BudgetPage";
import { ClusterPage } from "../cluster/ClusterPage";
import { AgentList } from "../contracts/AgentList";
import { ContractList } from "../contracts/ContractList";
import { ContractPage } from "../contracts/ContractPage";
import { PolicyList } from "../contracts/PolicyList";
import type { Vocabulary } from "../i18n/words";
import { IncidentList } from "../incidents/IncidentList";
import { IncidentPage } from "../incidents/IncidentPage";
import { KeyList } from "../operators/KeyList";
import { PlaybookList } from "../playbooks/PlaybookList";
import { PlaybookPage } from "../playbooks/PlaybookPage";
import { ProjectList } from "../projects/ProjectList";
import { ProjectPage } from "../projects/ProjectPage";
import { RunList } from "../runs/RunList";
import { RunPage } from "../runs/RunPage";
import { ForRole } from "../session/ForRole";
import { useOperator } from "../session/OperatorContext";
import { MissingPage } from "./MissingPage";
import { Shell } from "./Shell";

interface Chosen {
  project?: string;
}

const root = createRootRoute({
  component: Shell,
  notFoundComponent: MissingPage,
  validateSearch: (search: Record<string, unknown>): Chosen => (typeof search.project === "string" ? { project: search.project } : {}),
  // Every link leads on in the project that is shown.
  search: { middlewares: [retainSearchParams<Chosen>(["project"])] },
});

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

const contracts = createRoute({ getParentRoute: () => root, path: "/contracts", component: ContractList });

const agents = createRoute({ getParentRoute: () => root, path: "/contracts/agents", component: AgentList });

const policies = createRoute({ getParentRoute: () => root, path: "/contracts/policies", component: PolicyList });

const contract = createRoute({
  getParentRoute: () => root,
  path: "/contracts/$kind/$name",
  component: function Contract() {
    const { kind, name } = contract.useParams();
    // An address may say anything: of what is no kind, the server says that there is no such contract.
    return <ContractPage kind={kind as Vocabulary["contractKind"]} name={name} />;
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

const keys = createRoute({
  getParentRoute: () => root,
  path: "/keys",
  component: function Keys() {
    const me = useOperator();
    return <ForRole role="admin"><KeyList me={me} /></ForRole>;
  },
});

const cluster = createRoute({ getParentRoute: () => root, path: "/cluster", component: ClusterPage });

const budget = createRoute({ getParentRoute: () => root, path: "/budget", component: BudgetPage });

const audit = createRoute({ getParentRoute: () => root, path: "/audit", component: AuditPage });

const projects = createRoute({ getParentRoute: () => root, path: "/projects", component: ProjectList });

const project = createRoute({
  getParentRoute: () => root,
  path: "/projects/$projectId",
  component: function Project() {
    return <ProjectPage projectId={project.useParams().projectId} />;
  },
});

export const router = createRouter({
  routeTree: root.addChildren([
    incidents, incidentsByName, incident, approvals, playbooks, playbook, contracts, agents, policies, contract, runs, run, automation, cluster,
    keys, budget, audit, projects, project,
  ]),
  // Words are words: read as JSON, a project named 123 would be a number.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]);
    return given.length > 0 ? `?${new URLSearchParams(given).toString()}` : "";
  },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
