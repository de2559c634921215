import { Stack, Table, Text } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { pageSize } from "../api/bounds";
import { api } from "../api/client";
import { usePages } from "../api/usePages";
import { LinkedRow } from "../app/LinkedRow";
import { Listing } from "../app/Listing";
import { showTime } from "../app/time";
import { WordFilter } from "../app/WordFilter";
import { text } from "../i18n/text";
import { word, type Vocabulary } from "../i18n/words";
import { ContractTabs } from "./ContractTabs";

/** All contracts, newest first, and which version of each stands where. */
export function ContractList() {
  const navigate = useNavigate();
  const [kind, setKind] = useState<Vocabulary["contractKind"]>();
  const contracts = usePages(["contract", "list", kind], async (cursor, signal) =>
    (await api.GET("/v1/platform/contracts", { params: { query: { kind, cursor, limit: pageSize } }, signal })).data!);

  return (
    <Stack>
      <ContractTabs />
      <Listing
        title="contracts.title"
        empty={text("contracts.empty")}
        pages={contracts}
        filters={<WordFilter label="contracts.kind" kind="contractKind" value={kind} onChange={setKind} />}
        head={
          <>
            <Table.Th>{text("contracts.contract")}</Table.Th>
            <Table.Th>{text("contracts.active")}</Table.Th>
            <Table.Th>{text("contracts.published")}</Table.Th>
            <Table.Th visibleFrom="sm">{text("contracts.draft")}</Table.Th>
            <Table.Th visibleFrom="md">{text("contracts.created")}</Table.Th>
          </>
        }
        row={(contract) => (
          <LinkedRow
            key={contract.contract_id}
            id={contract.contract_id}
            open={() => void navigate({ to: "/contracts/$kind/$name", params: { kind: contract.kind, name: contract.name } })}
          >
            <Table.Td style={{ overflowWrap: "anywhere" }}>
              <Link to="/contracts/$kind/$name" params={{ kind: contract.kind, name: contract.name }} style={{ color: "inherit", fontWeight: 600 }}>{contract.name}</Link>
              <Text size="xs" c="dimmed">{word("contractKind", contract.kind)}</Text>
            </Table.Td>
            {[contract.active_version, contract.published_version].map((version, place) => <Table.Td key={place}>{numberOf(version)}</Table.Td>)}
            <Table.Td visibleFrom="sm">{numberOf(contract.draft_version)}</Table.Td>
            <Table.Td visibleFrom="md">{showTime(contract.created_at)}</Table.Td>
          </LinkedRow>
        )}
      />
    </Stack>
  );
}

function numberOf(version: number | null) {
  return version === null ? "–" : text("contracts.number", { number: version });
}
