import { Alert, Button, Card, Code, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { useResource } from "../api/useResource";
import { WordBadge } from "../app/badges";
import { PageLink } from "../app/PageLink";
import { ReasonButton } from "../app/ReasonButton";
import { usePageTitle } from "../app/usePageTitle";
import { PauseButton } from "../automation/PauseButton";
import { label, text } from "../i18n/text";
import { word } from "../i18n/words";
import { StepList } from "../plan/StepList";
import { ForRole } from "../session/ForRole";
import { useOperator } from "../session/OperatorContext";
import { hasRole } from "../session/roles";

const actions = ["approve", "activate", "archive", "restore"] as const;
type Action = { name: (typeof actions)[number]; reason?: string };

/** One playbook: when it is proposed, what it does, how it has fared, and what may be done with it. */
export function PlaybookPage({ playbookId }: { playbookId: string }) {
  const me = useOperator();
  const queries = useQueryClient();
  const playbook = useResource(["playbook", playbookId], async (signal) => {
    const { data, response } = await api.GET("/v1/platform/playbooks/{playbook_id}", { params: { path: { playbook_id: playbookId } }, signal });
    return { ...data!, etag: response.headers.get("etag") ?? undefined };
  });
  const act = useMutation({
    // What is approved or activated is the version that was on the screen.
    mutationFn: (action: Action) => perform(playbookId, action, playbook.data?.etag),
    onSettled: () => queries.invalidateQueries(),
  });

  usePageTitle(playbook.data?.definition.name);
  if (playbook.error && !playbook.data) return <Alert color="red" role="alert" title={text("app.error")}>{playbook.error.message}</Alert>;
  if (!playbook.data) return <Loader aria-label={text("app.loading")} />;
  const shown = playbook.data;
  const { definition } = shown;
  const available = actions.filter((action) => shown.available_actions.includes(action));
  const labels = Object.entries(definition.match.labels ?? {});
  return (
    <Stack>
      <PageLink to="/playbooks" size="sm">← {text("playbook.back")}</PageLink>
      <Group justify="space-between">
        <Group>
          <Title order={2}>{definition.name} <Text span size="sm" c="dimmed">v{shown.definition_version}</Text></Title>
          <WordBadge kind="playbookStatus" value={shown.status} testId="playbook-status" />
        </Group>
        <Group gap="xs">
          {available.length > 0 && (
            <ForRole role="approver">
              {available.map((action) =>
                action === "approve" || action === "activate" ? (
                  <Button key={action} size="compact-sm" loading={act.isPending} onClick={() => act.mutate({ name: action })}>{text(`action.${action}`)}</Button>
                ) : (
                  <ReasonButton key={action} label={text(`action.${action}`)} loading={act.isPending} onGiven={(reason) => act.mutate({ name: action, reason: reason || undefined })} />
                ))}
            </ForRole>
          )}
          {hasRole(me, "operator") && <PauseButton scope="playbook" playbookId={playbookId} />}
        </Group>
      </Group>
      <Text size="sm" c="dimmed"><Text span ff="monospace" inherit>{shown.playbook_id}</Text> · {definition.action_pattern}</Text>
      {act.error && <Alert color="red" role="alert">{act.error.message}</Alert>}
      {shown.warnings.map((warning) => (
        <Alert key={warning.field + warning.code} color="orange" role="note" data-testid="playbook-warning"><Code>{warning.field}</Code> {warning.message}</Alert>
      ))}
      {definition.description && <Text>{definition.description}</Text>}
      <Text size="sm">
        {label("plan.trust")}{shown.trust_score.toFixed(3)} · {label("playbook.outcomes")}{text("playbook.succeeded", { count: shown.success_count })}, {text("playbook.failed", { count: shown.failure_count })}
      </Text>
      <Group gap="xs">
        {definition.risk && <WordBadge kind="risk" value={definition.risk} label={text("plan.risk")} />}
        {definition.requires_approval && <Text size="sm">{label("playbook.approval")}{word("approvalLevel", definition.requires_approval)}</Text>}
        {definition.autonomy && <Text size="sm">{label("playbook.autonomy")}{word("autonomy", definition.autonomy)}</Text>}
      </Group>
      <Text size="sm">
        {label("playbook.alerts")}{definition.match.alert_names.map((name) => <Code key={name} mr={4}>{name}</Code>)}
        {labels.length > 0 && <>{label("playbook.labels")}{labels.map(([name, value]) => <Code key={name} mr={4}>{name}={value}</Code>)}</>}
      </Text>
      <Title order={3} size="h4">{text("plan.steps")}</Title>
      <Card withBorder data-testid="steps"><StepList steps={definition.steps} /></Card>
      {definition.notes && <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>{definition.notes}</Text>}
    </Stack>
  );
}

async function perform(playbookId: string, action: Action, etag: string | undefined) {
  const params = { path: { playbook_id: playbookId } };
  const headers = etag ? { "If-Match": etag } : undefined;
  switch (action.name) {
    case "approve":
      return api.POST("/v1/platform/playbooks/{playbook_id}/approve", { params, headers });
    case "activate":
      return api.POST("/v1/platform/playbooks/{playbook_id}/activate", { params, headers });
    case "archive":
      return api.POST("/v1/platform/playbooks/{playbook_id}/archive", { params, headers, body: { reason: action.reason } });
    case "restore":
      return api.POST("/v1/platform/playbooks/{playbook_id}/restore", { params, headers, body: { reason: action.reason } });
  }
}
