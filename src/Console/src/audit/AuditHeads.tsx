import { Alert, Button, Group, List, Loader, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { mostRows } from "../api/bounds";
import { api } from "../api/client";
import { Age } from "../app/Age";
import { showCount } from "../app/number";
import { Section } from "../app/Section";
import { showTime } from "../app/time";
import { text } from "../i18n/text";
import { ForRole } from "../session/ForRole";
import type { ActFilter } from "./acts";
import { chainOf, checkTrail, newestOfChains, type TrailCheck } from "./trail";

/** How far each chain of the trail is signed, and for administrators whether it is whole. */
export function AuditHeads({ scope }: { scope: ActFilter["scope"] }) {
  const heads = useQuery({
    queryKey: ["audit", "heads", scope],
    queryFn: async ({ signal }) => (await api.GET("/v1/platform/audit/heads", { params: { query: { scope, limit: mostRows } }, signal })).data!,
    select: (page) => newestOfChains(page.items),
  });
  return (
    <Section title={text("audit.heads")}>
      <Text size="sm" c="dimmed">{text("audit.headsExplain")}</Text>
      {heads.error && <Alert color="red" role="alert" title={text("app.error")}>{heads.error.message}</Alert>}
      {heads.isPending && <Loader size="sm" aria-label={text("app.loading")} />}
      {heads.data?.length === 0 && <Text size="sm">{text("audit.noHeads")}</Text>}
      {heads.data && heads.data.length > 0 && (
        <Table aria-label={text("audit.heads")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text("audit.chain")}</Table.Th>
              <Table.Th ta="right">{text("audit.chainNo")}</Table.Th>
              <Table.Th>{text("audit.signed")}</Table.Th>
              <Table.Th visibleFrom="sm">{text("audit.key")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {heads.data.map((head) => (
              <Table.Tr key={head.position} data-testid={`chain-${chainOf(head.position)}`}>
                <Table.Td ff="monospace">{chainOf(head.position)}</Table.Td>
                <Table.Td ta="right">{showCount(head.chain_no)}</Table.Td>
                <Table.Td><Age at={head.signed_at} /></Table.Td>
                <Table.Td visibleFrom="sm" style={{ overflowWrap: "anywhere" }}>{head.key_id}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <ForRole role="admin"><Check scope={scope} /></ForRole>
    </Section>
  );
}

/** Reads every chain, which takes a while on a long trail; whoever leaves the page ends it. */
function Check({ scope }: { scope: ActFilter["scope"] }) {
  const check = useQuery({ queryKey: ["audit", "check", scope], queryFn: ({ signal }) => checkTrail(scope, signal), enabled: false, gcTime: 0, retry: false });
  const found = check.data;
  return (
    <>
      <Group><Button variant="default" size="compact-sm" loading={check.isFetching} onClick={() => void check.refetch()}>{text("audit.check")}</Button></Group>
      {check.error && <Alert color="red" role="alert">{check.error.message}</Alert>}
      {found && !found.fault && found.held.length === 0 && (
        <Text size="sm" role="status" data-testid="whole"><Extent of="audit.whole" found={found} /></Text>
      )}
      {found && !found.fault && found.held.length > 0 && (
        <Alert color="orange" role="alert" title={text("audit.held")} data-testid="held">
          <Text size="sm"><Extent of="audit.heldExplain" found={found} /></Text>
          <List size="sm">
            {found.held.map(({ partition, position, events }) => (
              <List.Item key={position}>{text("audit.heldChain", { partition, position, events: showCount(events) })}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {found?.fault && (
        <Alert color="red" role="alert" title={text("audit.broken", { position: found.fault.position })} data-testid="broken">
          {found.fault.kind}: {found.fault.detail}
        </Alert>
      )}
    </>
  );
}

/** How much was checked, and what of it could not be checked in full. */
function Extent({ of, found }: { of: "audit.whole" | "audit.heldExplain"; found: TrailCheck }) {
  return (
    <>
      {text(of, { rows: showCount(found.rows), heads: showCount(found.heads) })}
      {found.unknownKeys > 0 && <> {text("audit.unknownKeys", { count: showCount(found.unknownKeys) })}</>}
      {found.logFrom && <> {text("audit.logCut", { time: showTime(found.logFrom), count: showCount(found.unlogged) })}</>}
    </>
  );
}
