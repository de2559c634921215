import { Table, Text } from "@mantine/core";
import { api } from "../api/client";
import type { components } from "../api/schema";
import { text } from "../i18n/text";
import { StandingList } from "./StandingList";

/** The policies that contracts have put in force, each with its rules. */
export function PolicyList() {
  return (
    <StandingList<components["schemas"]["PolicyRow"]>
      kind="policy"
      title="policies.title"
      empty="policies.empty"
      name="policies.policy"
      read={async (query, signal) => (await api.GET("/v1/platform/policies", { params: { query }, signal })).data!}
      head={<Table.Th visibleFrom="sm">{text("policies.rules")}</Table.Th>}
      cells={(policy) => (
        <Table.Td visibleFrom="sm">
          {rulesOf(policy.rules).map((rule) => <Text key={rule.name} size="sm" ff="monospace">{rule.effect}: {(rule.actions ?? []).join(", ")}</Text>)}
        </Table.Td>
      )}
    />
  );
}

function rulesOf(rules: unknown) {
  return (Array.isArray(rules) ? rules : []) as { name: string; effect: string; actions?: string[] }[];
}
