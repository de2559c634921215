import { Box, Table, Text } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { pageSize } from "../api/bounds";
import { api } from "../api/client";
import { usePages } from "../api/usePages";
import { WordBadge } from "../app/badges";
import { LinkedRow } from "../app/LinkedRow";
import { Listing } from "../app/Listing";
import { WordFilter } from "../app/WordFilter";
import { text } from "../i18n/text";
import type { Vocabulary } from "../i18n/words";

/** All playbooks, newest first, with the trust that they have earned. */
export function PlaybookList() {
  const navigate = useNavigate();
  const [status, setStatus] = useState<Vocabulary["playbookStatus"]>();
  const playbooks = usePages(["playbook", "list", status], async (cursor, signal) =>
    (await api.GET("/v1/platform/playbooks", { params: { query: { status, cursor, limit: pageSize } }, signal })).data!);

  return (
    <Listing
      title="playbooks.title"
      empty={text("playbooks.empty")}
      pages={playbooks}
      filters={<WordFilter label="incidents.status" kind="playbookStatus" value={status} onChange={setStatus} />}
      head={
        <>
          <Table.Th w={130} visibleFrom="xs">{text("incidents.status")}</Table.Th>
          <Table.Th>{text("playbooks.name")}</Table.Th>
          <Table.Th w={120} visibleFrom="sm">{text("plan.risk")}</Table.Th>
          <Table.Th>{text("plan.trust")}</Table.Th>
          <Table.Th visibleFrom="sm">{text("playbooks.outcomes")}</Table.Th>
        </>
      }
      row={(playbook) => (
        <LinkedRow
          key={playbook.playbook_id}
          id={playbook.playbook_id}
          open={() => void navigate({ to: "/playbooks/$playbookId", params: { playbookId: playbook.playbook_id } })}
        >
          <Table.Td visibleFrom="xs"><WordBadge kind="playbookStatus" value={playbook.status} /></Table.Td>
          <Table.Td style={{ overflowWrap: "anywhere" }}>
            <Link to="/playbooks/$playbookId" params={{ playbookId: playbook.playbook_id }} style={{ color: "inherit", fontWeight: 600 }}>{playbook.name}</Link>{" "}
            <Text span size="sm" c="dimmed">{playbook.version_label}</Text>
            <Text size="xs" c="dimmed" ff="monospace">{playbook.playbook_id}</Text>
            <Box hiddenFrom="xs" mt={4}><WordBadge kind="playbookStatus" value={playbook.status} /></Box>
          </Table.Td>
          <Table.Td visibleFrom="sm"><WordBadge kind="risk" value={playbook.risk_level} /></Table.Td>
          <Table.Td>{playbook.trust_score.toFixed(3)}</Table.Td>
          <Table.Td visibleFrom="sm">{playbook.success_count} / {playbook.failure_count}</Table.Td>
        </LinkedRow>
      )}
    />
  );
}
