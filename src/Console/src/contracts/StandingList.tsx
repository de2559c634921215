import { Stack, Table, Text } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { pageSize } from "../api/bounds";
import type { components } from "../api/schema";
import { usePages, type Page } from "../api/usePages";
import { WordBadge } from "../app/badges";
import { LinkedRow } from "../app/LinkedRow";
import { Listing } from "../app/Listing";
import { showTime } from "../app/time";
import { WordFilter } from "../app/WordFilter";
import type { TextKey } from "../i18n/en";
import { text } from "../i18n/text";
import type { Vocabulary } from "../i18n/words";
import { ContractTabs } from "./ContractTabs";

type Schemas = components["schemas"];
type Standing = Schemas["AgentRow"] | Schemas["PolicyRow"];

interface StandingList<Row extends Standing> {
  kind: "agent" | "policy";
  title: TextKey;
  empty: TextKey;
  /** Head of the column of names. */
  name: TextKey;
  read: (query: { status?: Vocabulary["standing"]; cursor?: string; limit: number }, signal: AbortSignal) => Promise<Page<Row>>;
  /** Said beside the version. */
  about?: (row: Row) => string;
  /** What those of this kind have of their own. */
  head: ReactNode;
  cells: (row: Row) => ReactNode;
}

/** What contracts of a kind have put in force, newest first. A row opens its contract. */
export function StandingList<Row extends Standing>({ kind, title, empty, name, read, about, head, cells }: StandingList<Row>) {
  const navigate = useNavigate();
  const [status, setStatus] = useState<Vocabulary["standing"]>();
  const pages = usePages(["contract", "standing", kind, status], (cursor, signal) => read({ status, cursor, limit: pageSize }, signal));

  return (
    <Stack>
      <ContractTabs />
      <Listing
        title={title}
        empty={text(empty)}
        pages={pages}
        filters={<WordFilter label="incidents.status" kind="standing" value={status} onChange={setStatus} />}
        head={
          <>
            <Table.Th w={130}>{text("incidents.status")}</Table.Th>
            <Table.Th>{text(name)}</Table.Th>
            {head}
            <Table.Th visibleFrom="md">{text("agents.since")}</Table.Th>
          </>
        }
        row={(row) => {
          const contract = { kind, name: row.contract_id.slice(kind.length + 1) };
          return (
            <LinkedRow key={row.contract_id} id={row.contract_id} open={() => void navigate({ to: "/contracts/$kind/$name", params: contract })}>
              <Table.Td><WordBadge kind="standing" value={row.status} /></Table.Td>
              <Table.Td style={{ overflowWrap: "anywhere" }}>
                <Link to="/contracts/$kind/$name" params={contract} style={{ color: "inherit", fontWeight: 600 }}>{contract.name}</Link>
                <Text size="xs" c="dimmed">{[text("contracts.number", { number: row.contract_version }), about?.(row)].filter(Boolean).join(" · ")}</Text>
                <Text size="sm">{row.description}</Text>
              </Table.Td>
              {cells(row)}
              <Table.Td visibleFrom="md">{showTime(row.activated_at)}</Table.Td>
            </LinkedRow>
          );
        }}
      />
    </Stack>
  );
}
