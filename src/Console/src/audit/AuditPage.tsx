import { Box, Stack, Table, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { pageSize } from "../api/bounds";
import { usePages } from "../api/usePages";
import { WordBadge } from "../app/badges";
import { Listing } from "../app/Listing";
import { PageLink } from "../app/PageLink";
import { showTime } from "../app/time";
import { text } from "../i18n/text";
import { ActFilters } from "./ActFilters";
import { filterOf, nothingAsked, readActs, type Act } from "./acts";
import { AuditHeads } from "./AuditHeads";
import { ExportButton } from "./ExportButton";

const settleMilliseconds = 300;

/** Who did what, also what was refused; and how far the record of it is signed. */
export function AuditPage() {
  const [asked, setAsked] = useState(nothingAsked);
  // Not a question for every letter.
  const [settled] = useDebouncedValue(asked, settleMilliseconds);
  const filter = filterOf(settled);
  const acts = usePages(["audit", "acts", filter], (cursor, signal) => readActs(filter, cursor, pageSize, signal));
  return (
    <Stack gap="xl">
      <Listing
        title="audit.title"
        empty={text("audit.empty")}
        pages={acts}
        filters={<><ActFilters asked={asked} onChange={setAsked} /><ExportButton filter={filter} /></>}
        head={
          <>
            <Table.Th w={200}>{text("audit.at")}</Table.Th>
            <Table.Th>{text("audit.act")}</Table.Th>
            <Table.Th visibleFrom="xs">{text("audit.outcome")}</Table.Th>
            <Table.Th visibleFrom="sm">{text("app.reason")}</Table.Th>
          </>
        }
        row={(act) => (
          <Table.Tr key={act.position} data-testid={act.position}>
            <Table.Td style={{ verticalAlign: "top" }}>
              <Text size="sm"><time dateTime={act.at}>{showTime(act.at)}</time></Text>
              <Text size="xs" c="dimmed" ff="monospace">{act.position}</Text>
            </Table.Td>
            <Table.Td style={{ overflowWrap: "anywhere", verticalAlign: "top" }}>
              <Text size="sm"><Text span fw={600}>{act.actor}</Text> {act.act}</Text>
              <Text size="xs" c="dimmed">{act.object_type} <ObjectName act={act} /></Text>
              <Box hiddenFrom="xs" mt={4}><WordBadge kind="auditOutcome" value={act.outcome} /></Box>
            </Table.Td>
            <Table.Td visibleFrom="xs" style={{ verticalAlign: "top" }}><WordBadge kind="auditOutcome" value={act.outcome} /></Table.Td>
            <Table.Td visibleFrom="sm" style={{ overflowWrap: "anywhere", verticalAlign: "top" }}>{act.reason}</Table.Td>
          </Table.Tr>
        )}
      />
      <AuditHeads scope={filter.scope} />
    </Stack>
  );
}

/** What has a page of its own leads to it. */
function ObjectName({ act }: { act: Act }) {
  switch (act.object_type) {
    case "incident":
      return <PageLink to="/incidents/$incidentId" params={{ incidentId: act.object_id }} size="xs">{act.object_id}</PageLink>;
    case "run":
      return <PageLink to="/runs/$runId" params={{ runId: act.object_id }} size="xs">{act.object_id}</PageLink>;
    case "playbook":
      return <PageLink to="/playbooks/$playbookId" params={{ playbookId: act.object_id }} size="xs">{act.object_id}</PageLink>;
    default:
      return act.object_id;
  }
}
