import { Alert, Group, Loader, Progress, SegmentedControl, Select, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client";
import type { components } from "../api/schema";
import { PageLink } from "../app/PageLink";
import { showCount, showUsd } from "../app/number";
import { text } from "../i18n/text";
import { choices, word, type Vocabulary } from "../i18n/words";

/** Days back from now; the server's own span is this month. */
const spans = { month: undefined, "30d": 30, "90d": 90, "365d": 365 } as const;
type Span = keyof typeof spans;

const dayMilliseconds = 86_400_000;

/** Where the money went: a table whose bars stand for the costs beside them. */
export function SpendTable() {
  const [by, setBy] = useState<Vocabulary["spendBy"]>("day");
  const [span, setSpan] = useState<Span>("month");
  const spend = useQuery({
    queryKey: ["budget", "spend", by, span],
    queryFn: async ({ signal }) => {
      const days = spans[span];
      const since = days ? new Date(Date.now() - days * dayMilliseconds).toISOString() : undefined;
      return (await api.GET("/v1/platform/budget/spend", { params: { query: { by, since } }, signal })).data!;
    },
  });
  return (
    <>
      <Group>
        <SegmentedControl size="xs" aria-label={text("budget.by")} value={by} onChange={(chosen) => setBy(chosen as Vocabulary["spendBy"])} data={choices("spendBy")} />
        <Select
          aria-label={text("budget.span")}
          value={span}
          onChange={(chosen) => setSpan((chosen ?? "month") as Span)}
          data={(Object.keys(spans) as Span[]).map((value) => ({ value, label: text(`budget.span.${value}`) }))}
          allowDeselect={false}
          w={170}
        />
      </Group>
      {spend.error && <Alert color="red" role="alert" title={text("app.error")}>{spend.error.message}</Alert>}
      {spend.isPending && <Loader aria-label={text("app.loading")} />}
      {spend.data && <Rows report={spend.data} />}
    </>
  );
}

function Rows({ report }: { report: components["schemas"]["SpendReport"] }) {
  const { rows, by } = report;
  if (rows.length === 0) return <Text size="sm" c="dimmed">{text("budget.nothing")}</Text>;
  const most = Math.max(...rows.map((row) => row.cost_usd));
  const sum = rows.reduce((total, row) => ({ cost: total.cost + row.cost_usd, calls: total.calls + row.calls }), { cost: 0, calls: 0 });
  return (
    <>
      <Table aria-label={text("budget.spend")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{word("spendBy", by)}</Table.Th>
            <Table.Th w="40%">{text("budget.cost")}</Table.Th>
            <Table.Th ta="right" visibleFrom="sm">{text("budget.promptTokens")}</Table.Th>
            <Table.Th ta="right" visibleFrom="sm">{text("budget.completionTokens")}</Table.Th>
            <Table.Th ta="right" visibleFrom="xs">{text("budget.calls")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.key ?? ""} data-testid={`spend-${row.key ?? "none"}`}>
              <Table.Td style={{ overflowWrap: "anywhere" }}><Key by={by} value={row.key} /></Table.Td>
              <Table.Td>
                <Text size="sm">{showUsd(row.cost_usd)}</Text>
                {/* The figure above says the same. */}
                <Progress value={lengthOf(row.cost_usd, most)} aria-hidden data-testid="bar" data-value={Math.round(lengthOf(row.cost_usd, most))} />
              </Table.Td>
              <Table.Td ta="right" visibleFrom="sm">{showCount(row.prompt_tokens)}</Table.Td>
              <Table.Td ta="right" visibleFrom="sm">{showCount(row.completion_tokens)}</Table.Td>
              <Table.Td ta="right" visibleFrom="xs">{showCount(row.calls)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm" data-testid="spend-total">
        {report.has_more ? text("budget.more", { count: showCount(rows.length) }) : text("budget.total", { cost: showUsd(sum.cost), calls: showCount(sum.calls) })}
      </Text>
    </>
  );
}

/** Of a bar, in percent. What is taken back, as a call has cost less than it was charged, is no bar. */
function lengthOf(cost: number, most: number): number {
  return most > 0 ? Math.max(0, (cost / most) * 100) : 0;
}

function Key({ by, value }: { by: string; value: string | null }) {
  if (value === null) return <Text span size="sm" c="dimmed">{text("budget.none")}</Text>;
  if (by === "incident") return <PageLink to="/incidents/$incidentId" params={{ incidentId: value }} size="sm">{value}</PageLink>;
  if (by === "run") return <PageLink to="/runs/$runId" params={{ runId: value }} size="sm">{value}</PageLink>;
  return value;
}
