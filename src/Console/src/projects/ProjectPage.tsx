import { Alert, Anchor, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { addressIn } from "../api/project";
import type { components } from "../api/schema";
import { useResource } from "../api/useResource";
import { WordBadge } from "../app/badges";
import { PageLink } from "../app/PageLink";
import { ReasonButton } from "../app/ReasonButton";
import { showTime } from "../app/time";
import { usePageTitle } from "../app/usePageTitle";
import { text } from "../i18n/text";
import { useOperator } from "../session/OperatorContext";
import { hasRole } from "../session/roles";
import { ConfigurationForm } from "./ConfigurationForm";

type Action = { name: "suspend" | "resume"; reason: string } | { name: "configure"; configuration: components["schemas"]["ProjectConfiguration"] };

/** One project: whether it is active, its name, quotas and flags; its administrators change them here. */
export function ProjectPage({ projectId }: { projectId: string }) {
  const me = useOperator();
  const mayChange = hasRole(me, "admin", projectId);
  const queries = useQueryClient();
  const project = useResource(["project", projectId], async (signal) => {
    const { data, response } = await api.GET("/v1/platform/projects/{project_id}", { params: { path: { project_id: projectId } }, signal });
    return { ...data!, etag: response.headers.get("etag") ?? undefined };
  }, false);
  const act = useMutation({
    // What is changed is the version that was on the screen.
    mutationFn: (action: Action) => perform(projectId, action, project.data?.etag),
    onSettled: () => queries.invalidateQueries(),
  });

  usePageTitle(project.data?.configuration.name);
  if (project.error && !project.data) return <Alert color="red" role="alert" title={text("app.error")}>{project.error.message}</Alert>;
  if (!project.data) return <Loader aria-label={text("app.loading")} />;
  const { configuration, status, suspension, version } = project.data;
  return (
    <Stack>
      <PageLink to="/projects" size="sm">← {text("project.back")}</PageLink>
      <Group justify="space-between">
        <Group>
          <Title order={2}>{configuration.name}</Title>
          <WordBadge kind="projectStatus" value={status} testId="project-status" />
        </Group>
        {mayChange && (status === "active"
          ? <ReasonButton label={text("project.suspend")} required loading={act.isPending} onGiven={(reason) => act.mutate({ name: "suspend", reason })} />
          : <ReasonButton label={text("project.resume")} loading={act.isPending} onGiven={(reason) => act.mutate({ name: "resume", reason })} />)}
      </Group>
      <Text size="sm" c="dimmed" ff="monospace">{projectId}</Text>
      {projectId !== me.default_project && <Anchor size="sm" href={addressIn(projectId, "")}>{text("project.show")}</Anchor>}
      {suspension && (
        <Alert color="orange" role="note" title={text("project.suspended")} data-testid="suspension">
          {suspension.reason} ({text("pause.by", { by: suspension.by, since: showTime(suspension.since) })})
        </Alert>
      )}
      {act.error && <Alert color="red" role="alert">{act.error.message}</Alert>}
      <ConfigurationForm
        key={version}
        configuration={configuration}
        readOnly={!mayChange}
        loading={act.isPending}
        onGiven={(changed) => act.mutate({ name: "configure", configuration: changed })}
      />
      {!mayChange && <Text size="sm" c="dimmed">{text("project.needsAdmin")}</Text>}
    </Stack>
  );
}

async function perform(projectId: string, action: Action, etag: string | undefined) {
  const params = { path: { project_id: projectId } };
  const headers = etag ? { "If-Match": etag } : undefined;
  switch (action.name) {
    case "suspend":
      return api.POST("/v1/platform/projects/{project_id}/suspend", { params, headers, body: { reason: action.reason } });
    case "resume":
      return api.POST("/v1/platform/projects/{project_id}/resume", { params, headers, body: { reason: action.reason || undefined } });
    case "configure":
      return api.PUT("/v1/platform/projects/{project_id}", { params, headers, body: action.configuration });
  }
}
