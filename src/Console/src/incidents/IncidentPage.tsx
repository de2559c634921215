import { Alert, Button, Grid, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { useResource } from "../api/useResource";
import { SeverityBadge, WordBadge } from "../app/badges";
import { PageLink } from "../app/PageLink";
import { ReasonButton } from "../app/ReasonButton";
import { showTime } from "../app/time";
import { usePageTitle } from "../app/usePageTitle";
import { ApprovalPanel } from "../approvals/ApprovalPanel";
import { text } from "../i18n/text";
import { PlanCard } from "../plan/PlanCard";
import { showTarget } from "../plan/showTarget";
import { ForRole } from "../session/ForRole";
import { Timeline } from "./Timeline";

const actions = ["acknowledge", "escalate", "resolve", "close"] as const;
type Action = { name: Exclude<(typeof actions)[number], "escalate"> } | { name: "escalate"; reason: string };

/** One incident: what it is, what is proposed, who decides, and everything that happened. */
export function IncidentPage({ incidentId }: { incidentId: string }) {
  const queries = useQueryClient();
  const incident = useResource(["incident", incidentId], async (signal) =>
    (await api.GET("/v1/platform/incidents/{incident_id}", { params: { path: { incident_id: incidentId } }, signal })).data!);
  const act = useMutation({
    mutationFn: (action: Action) => perform(incidentId, action),
    onSettled: () => queries.invalidateQueries(),
  });

  usePageTitle(incident.data?.alert_name);
  if (incident.error && !incident.data) return <Alert color="red" role="alert" title={text("app.error")}>{incident.error.message}</Alert>;
  if (!incident.data) return <Loader aria-label={text("app.loading")} />;
  const shown = incident.data;
  const available = actions.filter((action) => shown.available_actions.includes(action));
  return (
    <Stack>
      <PageLink to="/" size="sm">← {text("incident.back")}</PageLink>
      <Group justify="space-between">
        <Group>
          <SeverityBadge severity={shown.severity} />
          <Title order={2}>{shown.alert_name}</Title>
          <WordBadge kind="incidentStatus" value={shown.status} testId="status" />
        </Group>
        {available.length > 0 && (
          <ForRole role="operator">
            <Group gap="xs">
              {available.map((action) =>
                action === "escalate" ? (
                  <ReasonButton key={action} label={text("action.escalate")} required loading={act.isPending} onGiven={(reason) => act.mutate({ name: action, reason })} />
                ) : (
                  <Button key={action} size="compact-sm" variant="default" loading={act.isPending} onClick={() => act.mutate({ name: action })}>
                    {text(`action.${action}`)}
                  </Button>
                ))}
            </Group>
          </ForRole>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        <Text span ff="monospace" inherit>{shown.incident_id}</Text> · {showTarget(`${shown.namespace}/${shown.target}`)} · {showTime(shown.opened_at)} · {text("incident.hits")} {shown.hit_count}×
        {shown.acknowledged_by && ` · ${text("incident.seenBy")} ${shown.acknowledged_by}`}
      </Text>
      {act.error && <Alert color="red" role="alert">{act.error.message}</Alert>}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Stack>
            <Title order={3} size="h4">{text("plan.title")}</Title>
            {shown.plan ? <PlanCard plan={shown.plan} /> : <Text c="dimmed">{text("incident.noPlan")}</Text>}
            {shown.run_id && <PageLink to="/runs/$runId" params={{ runId: shown.run_id }} size="sm">{text("incident.run")} →</PageLink>}
            {shown.approval_id && <ApprovalPanel approvalId={shown.approval_id} />}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Title order={3} size="h4" mb="md">{text("incident.timeline")}</Title>
          <Timeline incidentId={incidentId} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

async function perform(incidentId: string, action: Action) {
  const params = { path: { incident_id: incidentId } };
  switch (action.name) {
    case "acknowledge":
      return api.POST("/v1/platform/incidents/{incident_id}/acknowledge", { params, body: {} });
    case "escalate":
      return api.POST("/v1/platform/incidents/{incident_id}/escalate", { params, body: { reason: action.reason } });
    case "resolve":
      return api.POST("/v1/platform/incidents/{incident_id}/resolve", { params, body: {} });
    case "close":
      return api.POST("/v1/platform/incidents/{incident_id}/close", { params, body: {} });
  }
}
