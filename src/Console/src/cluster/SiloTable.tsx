import { Box, Group, Progress, Table, Text } from "@mantine/core";
import { Age } from "../app/Age";
import { WordBadge } from "../app/badges";
import { showCount, showRate } from "../app/number";
import { label, text } from "../i18n/text";
import type { SiloReport } from "./useCluster";

/** One row a silo, with its share of the partitions as a bar. Silos that once were come last. */
export function SiloTable({ silos, partitions }: { silos: SiloReport[]; partitions: number }) {
  const deadLast = silos.toSorted((a, b) => Number(a.state === "dead") - Number(b.state === "dead"));
  return (
    <Table verticalSpacing="sm" aria-label={text("cluster.silos")}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{text("cluster.silo")}</Table.Th>
          <Table.Th w={120} visibleFrom="xs">{text("cluster.state")}</Table.Th>
          <Table.Th w={110} visibleFrom="sm">{text("cluster.leaseLeft")}</Table.Th>
          <Table.Th w={220}>{text("cluster.partitions")}</Table.Th>
          <Table.Th visibleFrom="sm">{text("cluster.activations")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>{deadLast.map((silo) => <SiloRow key={silo.silo_id} silo={silo} partitions={partitions} />)}</Table.Tbody>
    </Table>
  );
}

function SiloRow({ silo, partitions }: { silo: SiloReport; partitions: number }) {
  const share = partitions > 0 ? (silo.partitions / partitions) * 100 : 0;
  return (
    <Table.Tr data-testid={`silo-${silo.silo_id}`}>
      <Table.Td style={{ overflowWrap: "anywhere", verticalAlign: "top" }}>
        <Text size="sm" fw={600}>{silo.silo_id}</Text>
        <Text size="xs" c="dimmed" ff="monospace">{silo.address ?? text("cluster.noAddress")}</Text>
        <Text size="xs" c="dimmed">{label("cluster.version")}{silo.version} · {text("cluster.incarnation", { number: silo.incarnation })}</Text>
        <Box hiddenFrom="xs" mt={4}><WordBadge kind="siloState" value={silo.state} /></Box>
        <Box hiddenFrom="sm" mt={4}>
          <Text size="xs">{label("cluster.leaseLeft")}<LeaseLeft silo={silo} /></Text>
          <Activations silo={silo} />
        </Box>
      </Table.Td>
      <Table.Td visibleFrom="xs" style={{ verticalAlign: "top" }}><WordBadge kind="siloState" value={silo.state} /></Table.Td>
      <Table.Td visibleFrom="sm" style={{ verticalAlign: "top" }}><LeaseLeft silo={silo} /></Table.Td>
      <Table.Td style={{ verticalAlign: "top" }}>
        <Text size="sm">{showCount(silo.partitions)} <Text span size="xs" c="dimmed">{showCount(share)} %</Text></Text>
        {/* The figures above say the same in words. */}
        <Progress value={share} aria-hidden mt={4} data-testid="share" data-value={Math.round(share)} />
        <Text size="xs" c="dimmed" mt={4} data-testid="owned">{silo.partitions_owned}</Text>
      </Table.Td>
      <Table.Td visibleFrom="sm" style={{ verticalAlign: "top" }}><Activations silo={silo} /></Table.Td>
    </Table.Tr>
  );
}

function LeaseLeft({ silo }: { silo: SiloReport }) {
  const left = silo.lease_left_ms ?? 0;
  return left > 0 ? text("cluster.seconds", { count: showRate(left / 1000) }) : text("cluster.leaseOver");
}

function Activations({ silo }: { silo: SiloReport }) {
  if (silo.state === "dead") return null;
  if (!silo.activations || !silo.reported_at) return <Text size="xs" c="dimmed">{text("cluster.notReported")}</Text>;
  const types = silo.activations.toSorted((a, b) => b.count - a.count);
  const total = types.reduce((sum, type) => sum + type.count, 0);
  return (
    <>
      <Group gap="xs" align="baseline">
        <Text size="sm" fw={600}>{text("cluster.activationCount", { count: showCount(total) })}</Text>
        <Text size="xs" c="dimmed"><Age at={silo.reported_at} /></Text>
      </Group>
      <Group component="ul" gap="xs" p={0} m={0} style={{ listStyle: "none" }}>
        {types.map((type) => <Text component="li" size="xs" key={type.grain_type}>{type.grain_type} {showCount(type.count)}</Text>)}
      </Group>
    </>
  );
}
