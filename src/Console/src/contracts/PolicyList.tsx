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
import { choices } from "../i18n/words";
import { ContractTabs } from "./ContractTabs";

/** The policies that contracts have put in force, newest first, each with its rules. */
export function PolicyList() {
  const navigate = useNavigate();
  const [status, setStatus] = useState<string | null>(null);
  const policies = usePages(["contract", "policies", status], async (cursor, signal) =>
    (await api.GET("/v1/platform/policies", { params: { query: { status: status ?? undefined, cursor, limit: pageSize } }, signal })).data!);

  return (
    <Stack>
      <ContractTabs />
      <Listing
        title="policies.title"
        empty={text("policies.empty")}
        pages={policies}
        filters={<Select label={text("incidents.status")} placeholder={text("app.any")} data={choices("standing")} value={status} onChange={setStatus} clearable w={170} />}
        head={
          <>
            <Table.Th w={130}>{text("incidents.status")}</Table.Th>
            <Table.Th>{text("policies.policy")}</Table.Th>
            <Table.Th visibleFrom="sm">{text("policies.rules")}</Table.Th>
            <Table.Th visibleFrom="md">{text("agents.since")}</Table.Th>
          </>
        }
        row={(policy) => (
          <LinkedRow
            key={policy.policy_id}
            id={policy.contract_id}
            open={() => void navigate({ to: "/contracts/$kind/$name", params: { kind: "policy", name: policy.policy_id } })}
          >
            <Table.Td><WordBadge kind="standing" value={policy.status} /></Table.Td>
            <Table.Td style={{ overflowWrap: "anywhere" }}>
              <Link to="/contracts/$kind/$name" params={{ kind: "policy", name: policy.policy_id }} style={{ color: "inherit", fontWeight: 600 }}>{policy.policy_id}</Link>
              <Text size="xs" c="dimmed">{text("contracts.number", { number: policy.contract_version })}</Text>
              <Text size="sm">{policy.description}</Text>
            </Table.Td>
            <Table.Td visibleFrom="sm">
              {rulesOf(policy.rules).map((rule) => <Text key={rule.name} size="sm" ff="monospace">{rule.effect}: {(rule.actions ?? []).join(", ")}</Text>)}
            </Table.Td>
            <Table.Td visibleFrom="md">{showTime(policy.activated_at)}</Table.Td>
          </LinkedRow>
        )}
      />
    </Stack>
  );
}

function rulesOf(rules: unknown) {
  return (Array.isArray(rules) ? rules : []) as { name: string; effect: string; actions?: string[] }[];
}
