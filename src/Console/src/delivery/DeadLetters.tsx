import { Alert, Button, Table, Text } from "@mantine/core";
import type { components } from "../api/schema";
import { Age } from "../app/Age";
import { showCount } from "../app/number";
import { Section } from "../app/Section";
import { text } from "../i18n/text";
import { useOperator } from "../session/OperatorContext";
import { hasRole } from "../session/roles";
import { useRetry } from "./useDelivery";

/** What could not be delivered, with the way to try again for those who may. */
export function DeadLetters({ letters }: { letters: components["schemas"]["DeadLetterReport"][] }) {
  const mayRetry = hasRole(useOperator(), "admin");
  const retry = useRetry();
  return (
    <Section title={text("delivery.deadLetters")}>
      {/* Above the rows: the row that was retried is gone when this is told. */}
      {retry.data && <Outcome report={retry.data} />}
      {retry.error && <Alert color="red" role="alert" title={text("app.error")}>{retry.error.message}</Alert>}
      {letters.length === 0 && <Text size="sm" c="dimmed">{text("delivery.noDeadLetters")}</Text>}
      {letters.length > 0 && !mayRetry && <Text size="sm" c="dimmed">{text("delivery.needsAdmin")}</Text>}
      {letters.length > 0 && (
        <Table aria-label={text("delivery.deadLetters")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text("delivery.event")}</Table.Th>
              <Table.Th visibleFrom="sm">{text("delivery.consumer")}</Table.Th>
              <Table.Th visibleFrom="sm">{text("delivery.failed")}</Table.Th>
              <Table.Th ta="right" visibleFrom="xs">{text("delivery.queued")}</Table.Th>
              {mayRetry && <Table.Th w={110} aria-label={text("app.retry")} />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {letters.map((letter) => (
              <Table.Tr key={letter.id} data-testid={`letter-${letter.id}`}>
                <Table.Td style={{ overflowWrap: "anywhere" }}>
                  <Text size="sm" fw={600}>{letter.event_type}</Text>
                  <Text size="xs" c="dimmed" ff="monospace">{letter.aggregate} · {letter.position}</Text>
                  <Text size="xs" c="red">{letter.reason}</Text>
                </Table.Td>
                <Table.Td visibleFrom="sm" style={{ overflowWrap: "anywhere" }}>{letter.consumer}</Table.Td>
                <Table.Td visibleFrom="sm">{text("delivery.attempts", { count: letter.attempts })}, <Age at={letter.at} /></Table.Td>
                <Table.Td ta="right" visibleFrom="xs">{showCount(letter.queued)}</Table.Td>
                {mayRetry && (
                  <Table.Td>
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={text("delivery.retryOf", { type: letter.event_type, consumer: letter.consumer })}
                      loading={retry.isPending && retry.variables === letter.id}
                      disabled={retry.isPending && retry.variables !== letter.id}
                      onClick={() => retry.mutate(letter.id)}
                    >
                      {text("app.retry")}
                    </Button>
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}

function Outcome({ report }: { report: components["schemas"]["RetryReport"] }) {
  const said = {
    delivered: { color: "green", shown: text("delivery.retryDelivered", { count: showCount(report.delivered) }) },
    still_failing: { color: "orange", shown: text("delivery.retryFailing", { fault: report.fault ?? "" }) },
    requested: { color: "blue", shown: text("delivery.retryRequested") },
  }[report.status] ?? { color: "gray", shown: report.status };
  return <Alert color={said.color} role="status" data-testid="retry-outcome">{said.shown}</Alert>;
}
