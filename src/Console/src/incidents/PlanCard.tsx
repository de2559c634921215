import { Badge, Card, Code, Group, List, Stack, Text, Title } from "@mantine/core";
import type { components } from "../api/schema";
import { text } from "../i18n/text";
import { describeStep } from "./describeStep";

type Plan = components["schemas"]["RepairPlan"];

/** What would be done, step by step, exactly as it would be executed: this is what people sign. */
export function PlanCard({ plan }: { plan: Plan }) {
  return (
    <Card withBorder data-testid="plan">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h4">{plan.playbook_name}</Title>
          <Badge variant="outline">{text("incident.risk")}: {plan.effective_risk}</Badge>
        </Group>
        <Text size="sm">
          {text("incident.target")}: <Code>{plan.target}</Code> · {text("incident.trust")}: {plan.trust_score.toFixed(2)}
        </Text>
        <List type="ordered" spacing={4} size="sm">
          {plan.steps.map((step, index) => (
            <List.Item key={index}>
              {step.name} <Code>{describeStep(step)}</Code>
              {step.rollback && <Text size="xs" c="dimmed">{text("incident.rollback")} <Code>{describeStep(step.rollback)}</Code></Text>}
            </List.Item>
          ))}
        </List>
        <Text size="xs" c="dimmed" ff="monospace" style={{ overflowWrap: "anywhere" }}>{text("incident.signature")} {plan.plan_sha256}</Text>
      </Stack>
    </Card>
  );
}
