import { Card, Code, Group, Stack, Text } from "@mantine/core";
import type { components } from "../api/schema";
import { WordBadge } from "../app/badges";
import { showTime } from "../app/time";
import { label, text } from "../i18n/text";
import { word } from "../i18n/words";
import { breakable } from "../plan/StepList";

/** The steps that have begun, in the order in which they did: each with its outcome and the end of its output. */
export function ExecutedSteps({ steps }: { steps: components["schemas"]["StepDetail"][] }) {
  if (steps.length === 0) return <Text c="dimmed">{text("run.noSteps")}</Text>;
  return (
    <Stack gap="xs" data-testid="executed">
      {steps.map((step) => (
        <Card key={step.tool_call_id} withBorder padding="sm">
          <Group justify="space-between" wrap="nowrap" align="start">
            <div>
              <Text size="sm" fw={600}>{step.step_no}. {step.name}</Text>
              <Text size="xs" c="dimmed">
                {word("stepKind", step.kind)} · {word("stepPhase", step.phase)} · {showTime(step.started_at)}
                {step.finished_at && ` – ${showTime(step.finished_at)}`}
              </Text>
            </div>
            <WordBadge kind="stepStatus" value={step.status} />
          </Group>
          {step.error_code && <Text size="xs" c="red" mt={4}>{label("run.error")}{step.error ?? step.error_code}</Text>}
          {step.output && <Code block mt={4} style={breakable}>{step.output}</Code>}
        </Card>
      ))}
    </Stack>
  );
}
