import { Box, Progress, Table, Text } from "@mantine/core";
import { showCount, showUsd } from "../app/number";
import { showTime } from "../app/time";
import { text } from "../i18n/text";
import { word } from "../i18n/words";
import type { Period } from "./useBudget";

/** One row a period, with what is spent of its limits in words and as bars. */
export function PeriodTable({ periods }: { periods: Period[] }) {
  return (
    <Table aria-label={text("budget.now")} verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={130}>{text("budget.period")}</Table.Th>
          <Table.Th>{text("budget.usd")}</Table.Th>
          <Table.Th>{text("budget.tokens")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {periods.map((period) => (
          <Table.Tr key={`${period.period} ${period.key}`} data-testid={`period-${period.period}`}>
            <Table.Td style={{ verticalAlign: "top" }}>
              <Text size="sm" fw={600}>{word("budgetPeriod", period.period)}</Text>
              <Text size="xs" c="dimmed">{period.key}</Text>
              {period.ends_at && <Text size="xs" c="dimmed" visibleFrom="sm">{text("budget.endsAt", { time: showTime(period.ends_at) })}</Text>}
            </Table.Td>
            <Table.Td style={{ verticalAlign: "top" }}>
              <Use spent={period.spent.usd} reserved={period.reserved.usd} limit={period.limits.usd} show={showUsd} />
            </Table.Td>
            <Table.Td style={{ verticalAlign: "top" }}>
              <Use spent={period.spent.tokens} reserved={period.reserved.tokens} limit={period.limits.tokens} show={showCount} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface Use {
  spent: number;
  reserved: number;
  limit: number | null | undefined;
  show: (amount: number) => string;
}

function Use({ spent, reserved, limit, show }: Use) {
  return (
    <>
      <Text size="sm">{typeof limit === "number" ? text("budget.spentOf", { spent: show(spent), limit: show(limit) }) : text("budget.spentFreely", { spent: show(spent) })}</Text>
      {typeof limit === "number" && (
        // The words above say the same.
        <Box my={4}><Progress value={shareOf(spent, limit)} color={colorOf(shareOf(spent, limit))} aria-hidden data-testid="used" data-value={Math.trunc(shareOf(spent, limit))} /></Box>
      )}
      {reserved > 0 && <Text size="xs" c="dimmed">{text("budget.reserved", { reserved: show(reserved) })}</Text>}
    </>
  );
}

/** In percent; of a limit of nothing, all is spent. */
function shareOf(spent: number, limit: number): number {
  return limit > 0 ? Math.min(100, (spent / limit) * 100) : 100;
}

/** Changes where people are told. */
function colorOf(share: number): string {
  return share >= 100 ? "red" : share >= 80 ? "orange" : "blue";
}
