import { Code, List, Text } from "@mantine/core";
import { text } from "../i18n/text";
import { describeStep, type Step } from "./describeStep";

/** Long arguments must not push a page sideways. */
export const breakable = { whiteSpace: "pre-wrap", overflowWrap: "anywhere" } as const;

/** Steps in their order, each exactly as it would be executed, with what undoes it. */
export function StepList({ steps }: { steps: Step[] }) {
  return (
    <List type="ordered" spacing="xs" size="sm" aria-label={text("plan.steps")} styles={{ itemWrapper: { display: "inline" } }}>
      {steps.map((step, index) => (
        <List.Item key={index}>
          <Text span fw={600} size="sm">{step.name}</Text>
          <Code block mt={4} style={breakable}>{describeStep(step)}</Code>
          {step.rollback && (
            <Text size="xs" c="dimmed" mt={4}>
              {text("plan.rollback")} <Code style={breakable}>{describeStep(step.rollback)}</Code>
            </Text>
          )}
        </List.Item>
      ))}
    </List>
  );
}
