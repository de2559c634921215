import { Badge, Card, Code, Group, List, Stack, Text, Title } from "@mantine/core";
import type { components } from "../api/schema";
import { text } from "../i18n/text";
import { describeStep } from "./describeStep";

type Plan = components["schemas"]["RepairPlan"];

const riskColors: Record<string, string> = { low: "green", medium: "yellow", high: "orange", critical: "red" };
const breakable = { whiteSpace: "pre-wrap", overflowWrap: "anywhere" } as const;

/** What would be done, step by step, exactly as it would be executed: this is what people sign. */
export function PlanCard({ plan }: { plan: Plan }) {
  return (
    <Card withBorder data-testid="plan">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h4">{plan.playbook_name} <Text span size="sm" c="dimmed">v{plan.playbook_version}</Text></Title>
          <Badge variant="light" autoContrast color={riskColors[plan.effective_risk] ?? "gray"}>{text("incident.risk")}: {plan.effective_risk}</Badge>
        </Group>
        <Text size="sm">
          {text("incident.target")}: <Code>{plan.target}</Code> · {text("incident.trust")}: {plan.trust_score.toFixed(2)}
        </Text>
        <List type="ordered" spacing="xs" size="sm" aria-label={text("incident.steps")} styles={{ itemWrapper: { display: "inline" } }}>
          {plan.steps.map((step, index) => (
            <List.Item key={index}>
              <Text span fw={600} size="sm">{step.name}</Text>
              <Code block mt={4} style={breakable}>{describeStep(step)}</Code>
              {step.rollback && (
                <Text size="xs" c="dimmed" mt={4}>
                  {text("incident.rollback")} <Code style={breakable}>{describeStep(step.rollback)}</Code>
                </Text>
              )}
            </List.Item>
          ))}
        </List>
        <Text size="xs" c="dimmed" style={breakable}>
          {text("incident.signature")}: <Text span ff="monospace">{plan.plan_sha256}</Text>
        </Text>
      </Stack>
    </Card>
  );
}
