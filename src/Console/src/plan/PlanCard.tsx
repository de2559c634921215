import { Card, Code, Group, Stack, Text, Title } from "@mantine/core";
import type { components } from "../api/schema";
import { WordBadge } from "../app/badges";
import { PageLink } from "../app/PageLink";
import { label, text } from "../i18n/text";
import { showTarget } from "./showTarget";
import { breakable, StepList } from "./StepList";

type Plan = components["schemas"]["RepairPlan"];

/** What would be done, step by step, exactly as it would be executed: this is what people sign. */
export function PlanCard({ plan }: { plan: Plan }) {
  return (
    <Card withBorder data-testid="plan">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h4">
            <PageLink to="/playbooks/$playbookId" params={{ playbookId: plan.playbook_id }} inherit>{plan.playbook_name}</PageLink>{" "}
            <Text span size="sm" c="dimmed">v{plan.playbook_version}</Text>
          </Title>
          <WordBadge kind="risk" value={plan.effective_risk} label={text("plan.risk")} />
        </Group>
        <Text size="sm">
          {label("plan.target")}<Code>{showTarget(plan.target)}</Code> · {label("plan.trust")}{plan.trust_score.toFixed(3)}
        </Text>
        <StepList steps={plan.steps} />
        <Text size="xs" c="dimmed" style={breakable}>
          {label("plan.sha256")}<Text span ff="monospace">{plan.plan_sha256}</Text>
        </Text>
      </Stack>
    </Card>
  );
}
