import { Alert, Grid, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { useResource } from "../api/useResource";
import { WordBadge } from "../app/badges";
import { PageLink } from "../app/PageLink";
import { ReasonButton } from "../app/ReasonButton";
import { showTime } from "../app/time";
import { usePageTitle } from "../app/usePageTitle";
import { label, text } from "../i18n/text";
import { PlanCard } from "../plan/PlanCard";
import { ForRole } from "../session/ForRole";
import { ExecutedSteps } from "./ExecutedSteps";

/** One run: how far it is, what its steps did, and the plan that it carries out. */
export function RunPage({ runId }: { runId: string }) {
  const queries = useQueryClient();
  const run = useResource(["run", runId], async (signal) =>
    (await api.GET("/v1/platform/runs/{run_id}", { params: { path: { run_id: runId } }, signal })).data!);
  const cancel = useMutation({
    mutationFn: (reason: string) => api.POST("/v1/platform/runs/{run_id}/cancel", { params: { path: { run_id: runId } }, body: { reason: reason || undefined } }),
    onSettled: () => queries.invalidateQueries(),
  });

  usePageTitle(run.data?.plan.playbook_name);
  if (run.error && !run.data) return <Alert color="red" role="alert" title={text("app.error")}>{run.error.message}</Alert>;
  if (!run.data) return <Loader aria-label={text("app.loading")} />;
  const shown = run.data;
  return (
    <Stack>
      <PageLink to="/runs" size="sm">← {text("run.back")}</PageLink>
      <Group justify="space-between">
        <Group>
          <Title order={2}>{shown.plan.playbook_name}</Title>
          <WordBadge kind="runState" value={shown.state} testId="run-state" />
        </Group>
        {shown.available_actions.includes("cancel") && (
          <ForRole role="operator">
            <ReasonButton label={text("action.cancel")} loading={cancel.isPending} onGiven={(reason) => cancel.mutate(reason)} />
          </ForRole>
        )}
      </Group>
      <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        <Text span ff="monospace" inherit>{shown.run_id}</Text> · <PageLink to="/incidents/$incidentId" params={{ incidentId: shown.incident_id }} inherit>{shown.incident_id}</PageLink> ·{" "}
        {text("run.attempt", { attempt: shown.attempt, max: shown.max_attempts })}
        {shown.lease_owner && ` · ${text("run.worker")} ${shown.lease_owner}`}
      </Text>
      {shown.held_by && (
        <Alert color="orange" role="note" data-testid="run-held">
          {text("run.held", { reason: shown.held_by.reason, by: shown.held_by.by, since: showTime(shown.held_by.since) })}
        </Alert>
      )}
      {shown.is_shadow && <Text size="sm">{text("run.shadow")}</Text>}
      {(shown.cause || shown.error_code) && <Text size="sm" c={shown.error_code ? "red" : undefined} data-testid="run-error" style={{ overflowWrap: "anywhere" }}>{label(shown.error_code ? "run.error" : "run.cause")}{shown.cause ?? shown.error_code}{shown.cause && shown.error_code && ` (${shown.error_code})`}</Text>}
      {cancel.error && <Alert color="red" role="alert">{cancel.error.message}</Alert>}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Title order={3} size="h4" mb="md">{text("run.executed")}</Title>
          <ExecutedSteps steps={shown.steps} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <PlanCard plan={shown.plan} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
