import { Alert, Card, Group, Stack, Text, Title } from "@mantine/core";
import type { components } from "../api/schema";
import { showTime } from "../app/time";
import { usePageTitle } from "../app/usePageTitle";
import { text } from "../i18n/text";
import { hasRole } from "../session/roles";
import { PauseButton } from "./PauseButton";
import { scopeOf } from "./scope";
import { usePause, type Paused } from "./usePause";

/** The brakes: what is paused and by whom, and the way to pause and resume everything, the project, or a playbook that is paused. */
export function AutomationPage({ me }: { me: components["schemas"]["Me"] }) {
  usePageTitle(text("pause.title"));
  const { paused, error, isKnown } = usePause();
  const scopes: Pick<Paused, "scope" | "playbookId">[] = [{ scope: "project" }, { scope: "all" }, ...paused.filter((one) => one.scope === "playbook")];
  return (
    <Stack>
      <Title order={2}>{text("pause.title")}</Title>
      {error && <Alert color="red" role="alert" title={text("app.error")}>{error.message}</Alert>}
      {isKnown && paused.length === 0 && <Text>{text("pause.running")}</Text>}
      <Text size="sm" c="dimmed">{text("pause.explain")}</Text>
      {scopes.map((scope) => {
        const now = paused.find((one) => one.scope === scope.scope && one.playbookId === scope.playbookId);
        const may = scope.scope === "all" ? hasRole(me, "admin", "*") : hasRole(me, "operator");
        return (
          <Card key={`${scope.scope} ${scope.playbookId}`} withBorder data-testid={`brake-${scope.playbookId ?? scope.scope}`}>
            <Group justify="space-between">
              <div>
                <Text fw={600}>{scopeOf(scope)}</Text>
                {now && <Text size="sm">{now.entry.reason} ({text("pause.by", { by: now.entry.by, since: showTime(now.entry.since) })})</Text>}
              </div>
              {may && <PauseButton {...scope} />}
            </Group>
          </Card>
        );
      })}
    </Stack>
  );
}
