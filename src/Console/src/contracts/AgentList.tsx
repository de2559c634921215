import { Select, Stack, Table, Text } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { pageSize } from "../api/bounds";
import { api } from "../api/client";
import { usePages } from "../api/usePages";
import { WordBadge } from "../app/badges";
import { LinkedRow } from "../app/LinkedRow";
import { Listing } from "../app/Listing";
import { showTime } from "../app/time";
import { text } from "../i18n/text";
import { choices, word } from "../i18n/words";
import { ContractTabs } from "./ContractTabs";

/** The agents that contracts have put in force, newest first, each with what its contract allows. */
export function AgentList() {
  const navigate = useNavigate();
  const [status, setStatus] = useState<string | null>(null);
  const agents = usePages(["contract", "agents", status], async (cursor, signal) =>
    (await api.GET("/v1/platform/agents", { params: { query: { status: status ?? undefined, cursor, limit: pageSize } }, signal })).data!);

  return (
    <Stack>
      <ContractTabs />
      <Listing
        title="agents.title"
        empty={text("agents.empty")}
        pages={agents}
        filters={<Select label={text("incidents.status")} placeholder={text("app.any")} data={choices("standing")} value={status} onChange={setStatus} clearable w={170} />}
        head={
          <>
            <Table.Th w={130}>{text("incidents.status")}</Table.Th>
            <Table.Th>{text("agents.agent")}</Table.Th>
            <Table.Th>{text("playbook.autonomy")}</Table.Th>
            <Table.Th visibleFrom="sm">{text("agents.limits")}</Table.Th>
            <Table.Th visibleFrom="md">{text("agents.since")}</Table.Th>
          </>
        }
        row={(agent) => (
          <LinkedRow
            key={agent.agent_id}
            id={agent.contract_id}
            open={() => void navigate({ to: "/contracts/$kind/$name", params: { kind: "agent", name: agent.agent_id } })}
          >
            <Table.Td><WordBadge kind="standing" value={agent.status} /></Table.Td>
            <Table.Td style={{ overflowWrap: "anywhere" }}>
              <Link to="/contracts/$kind/$name" params={{ kind: "agent", name: agent.agent_id }} style={{ color: "inherit", fontWeight: 600 }}>{agent.agent_id}</Link>
              <Text size="xs" c="dimmed">{text("contracts.number", { number: agent.contract_version })} · {agent.purpose}</Text>
              <Text size="sm">{agent.description}</Text>
            </Table.Td>
            <Table.Td>{word("autonomy", agent.autonomy)}</Table.Td>
            <Table.Td visibleFrom="sm">
              <Text size="sm" ff="monospace">{limitsOf(agent.limits)}</Text>
            </Table.Td>
            <Table.Td visibleFrom="md">{showTime(agent.activated_at)}</Table.Td>
          </LinkedRow>
        )}
      />
    </Stack>
  );
}

/** As the contract names them; a later schema may name others. */
function limitsOf(limits: unknown) {
  return Object.entries((limits ?? {}) as Record<string, unknown>).map(([name, bound]) => `${name} ${String(bound)}`).join(", ");
}
