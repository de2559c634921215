import { Box, Table, Text } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { pageSize } from "../api/bounds";
import { api } from "../api/client";
import { usePages } from "../api/usePages";
import { Age } from "../app/Age";
import { WordBadge } from "../app/badges";
import { LinkedRow } from "../app/LinkedRow";
import { Listing } from "../app/Listing";
import { WordFilter } from "../app/WordFilter";
import { text } from "../i18n/text";
import type { Vocabulary } from "../i18n/words";
import { usePlaybookNames } from "../playbooks/usePlaybookNames";

/** All runs, newest first. */
export function RunList() {
  const navigate = useNavigate();
  const names = usePlaybookNames();
  const [state, setState] = useState<Vocabulary["runState"]>();
  const runs = usePages(["run", "list", state], async (cursor, signal) =>
    (await api.GET("/v1/platform/runs", { params: { query: { state, cursor, limit: pageSize } }, signal })).data!);

  return (
    <Listing
      title="runs.title"
      empty={text("runs.empty")}
      pages={runs}
      filters={<WordFilter label="runs.state" kind="runState" value={state} onChange={setState} w={200} />}
      head={
        <>
          <Table.Th w={200} visibleFrom="xs">{text("runs.state")}</Table.Th>
          <Table.Th>{text("runs.run")}</Table.Th>
          <Table.Th visibleFrom="sm">{text("runs.incident")}</Table.Th>
          <Table.Th visibleFrom="sm">{text("run.error")}</Table.Th>
          <Table.Th>{text("runs.began")}</Table.Th>
        </>
      }
      row={(run) => (
        <LinkedRow key={run.run_id} id={run.run_id} open={() => void navigate({ to: "/runs/$runId", params: { runId: run.run_id } })}>
          <Table.Td visibleFrom="xs"><WordBadge kind="runState" value={run.state} /></Table.Td>
          <Table.Td style={{ overflowWrap: "anywhere" }}>
            <Link to="/runs/$runId" params={{ runId: run.run_id }} style={{ color: "inherit", fontWeight: 600 }}>{run.playbook_id ? names.get(run.playbook_id) ?? run.playbook_id : run.kind}</Link>
            <Text size="xs" c="dimmed" ff="monospace">{run.run_id}</Text>
            <Box hiddenFrom="xs" mt={4}><WordBadge kind="runState" value={run.state} /></Box>
          </Table.Td>
          <Table.Td visibleFrom="sm">
            {run.incident_id && <Link to="/incidents/$incidentId" params={{ incidentId: run.incident_id }} style={{ color: "inherit" }}>{run.incident_id}</Link>}
          </Table.Td>
          <Table.Td visibleFrom="sm">{run.error_code}</Table.Td>
          <Table.Td><Age at={run.created_at} /></Table.Td>
        </LinkedRow>
      )}
    />
  );
}
