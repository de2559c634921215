import { Table, Text } from "@mantine/core";
import { api } from "../api/client";
import type { components } from "../api/schema";
import { text } from "../i18n/text";
import { word } from "../i18n/words";
import { StandingList } from "./StandingList";

/** The agents that contracts have put in force, each with what its contract allows. */
export function AgentList() {
  return (
    <StandingList<components["schemas"]["AgentRow"]>
      kind="agent"
      title="agents.title"
      empty="agents.empty"
      name="agents.agent"
      read={async (query, signal) => (await api.GET("/v1/platform/agents", { params: { query }, signal })).data!}
      about={(agent) => agent.purpose}
      head={
        <>
          <Table.Th>{text("playbook.autonomy")}</Table.Th>
          <Table.Th visibleFrom="sm">{text("agents.limits")}</Table.Th>
        </>
      }
      cells={(agent) => (
        <>
          <Table.Td>{word("autonomy", agent.autonomy)}</Table.Td>
          <Table.Td visibleFrom="sm">
            <Text size="sm" ff="monospace">{limitsOf(agent.limits)}</Text>
          </Table.Td>
        </>
      )}
    />
  );
}

/** As the contract names them; a later schema may name others. */
function limitsOf(limits: unknown) {
  return Object.entries((limits ?? {}) as Record<string, unknown>).map(([name, bound]) => `${name} ${String(bound)}`).join(", ");
}
