import { Badge, Group } from "@mantine/core";
import type { components } from "../api/schema";
import { useWaitingApprovals } from "../approvals/useWaitingApprovals";
import { label, text } from "../i18n/text";
import { hasRole } from "../session/roles";
import { PageLink } from "./PageLink";

/** The way to every list. It wraps on a narrow screen. */
export function Navigation({ me }: { me: components["schemas"]["Me"] }) {
  const waiting = useWaitingApprovals(me).rows.length;
  return (
    <Group component="nav" aria-label={text("app.pages")} gap="lg" mb="md">
      <PageLink to="/" activeOptions={{ exact: true }} activeProps={{ style: { fontWeight: 700 } }}>{text("incidents.title")}</PageLink>
      <PageLink to="/approvals" style={{ display: "inline-flex", alignItems: "center", whiteSpace: "nowrap" }} activeProps={{ style: { fontWeight: 700 } }}>
        {text("approvals.title")}
        {waiting > 0 && <Badge ml={6} size="sm" circle color="orange" aria-label={`${label("approvals.mine")}${waiting}`} data-testid="waiting">{waiting}</Badge>}
      </PageLink>
      <PageLink to="/runs" activeProps={{ style: { fontWeight: 700 } }}>{text("runs.title")}</PageLink>
      <PageLink to="/playbooks" activeProps={{ style: { fontWeight: 700 } }}>{text("playbooks.title")}</PageLink>
      <PageLink to="/projects" activeProps={{ style: { fontWeight: 700 } }}>{text("projects.title")}</PageLink>
      <PageLink to="/contracts" activeProps={{ style: { fontWeight: 700 } }}>{text("contracts.title")}</PageLink>
      <PageLink to="/budget" activeProps={{ style: { fontWeight: 700 } }}>{text("budget.title")}</PageLink>
      <PageLink to="/audit" activeProps={{ style: { fontWeight: 700 } }}>{text("audit.title")}</PageLink>
      <PageLink to="/cluster" activeProps={{ style: { fontWeight: 700 } }}>{text("cluster.title")}</PageLink>
      {hasRole(me, "admin") && <PageLink to="/keys" activeProps={{ style: { fontWeight: 700 } }}>{text("keys.title")}</PageLink>}
      <PageLink to="/automation" activeProps={{ style: { fontWeight: 700 } }}>{text("pause.title")}</PageLink>
    </Group>
  );
}
