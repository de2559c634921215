import { Badge, Table, Text } from "@mantine/core";
import type { components } from "../api/schema";
import { showCount } from "../app/number";
import { text } from "../i18n/text";
import { word } from "../i18n/words";

/** The consumers, those that are furthest behind first. */
export function ConsumerTable({ consumers }: { consumers: components["schemas"]["ConsumerReport"][] }) {
  if (consumers.length === 0) return <Text size="sm" c="dimmed">{text("delivery.noConsumers")}</Text>;
  const furthestBehind = consumers.toSorted((a, b) => Number(b.is_stuck) - Number(a.is_stuck) || b.lag - a.lag || a.name.localeCompare(b.name));
  return (
    <Table aria-label={text("delivery.consumers")}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{text("delivery.consumer")}</Table.Th>
          <Table.Th visibleFrom="sm">{text("delivery.kind")}</Table.Th>
          <Table.Th ta="right">{text("delivery.lag")}</Table.Th>
          <Table.Th ta="right" visibleFrom="sm">{text("delivery.delivered")}</Table.Th>
          <Table.Th ta="right" visibleFrom="sm">{text("delivery.retries")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {furthestBehind.map((consumer) => (
          <Table.Tr key={consumer.name} data-testid={`consumer-${consumer.name}`}>
            <Table.Td style={{ overflowWrap: "anywhere" }}>
              {consumer.name}
              {consumer.is_stuck && <Badge ml="xs" color="red" variant="light">{text("delivery.stuck", { count: consumer.failures })}</Badge>}
              {consumer.fault && <Text size="xs" c="red">{consumer.fault}</Text>}
            </Table.Td>
            <Table.Td visibleFrom="sm">{word("consumerKind", consumer.kind)}</Table.Td>
            <Table.Td ta="right">{showCount(consumer.lag)}</Table.Td>
            <Table.Td ta="right" visibleFrom="sm">{showCount(consumer.delivered)}</Table.Td>
            <Table.Td ta="right" visibleFrom="sm">{showCount(consumer.retries)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
