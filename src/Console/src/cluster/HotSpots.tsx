import { SimpleGrid, Table, Text } from "@mantine/core";
import { showRate } from "../app/number";
import { Section } from "../app/Section";
import { text } from "../i18n/text";
import type { SiloReport } from "./useCluster";

const shown = 10;

interface Spot {
  silo: string;
  name: string;
  rate: number;
}

/** What keeps the silos busiest, of all silos together. */
export function HotSpots({ silos }: { silos: SiloReport[] }) {
  const grains = busiest(silos, (silo) => silo.hot_grains?.map((hot) => ({ name: hot.grain, rate: hot.calls_per_second })));
  const partitions = busiest(silos, (silo) => silo.hot_partitions?.map((hot) => ({ name: String(hot.partition), rate: hot.commits_per_second })));
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <SpotTable title={text("cluster.hotGrains")} name={text("cluster.grain")} rate={text("cluster.calls")} spots={grains} />
      <SpotTable title={text("cluster.hotPartitions")} name={text("cluster.partition")} rate={text("cluster.commits")} spots={partitions} />
    </SimpleGrid>
  );
}

function busiest(silos: SiloReport[], of: (silo: SiloReport) => Omit<Spot, "silo">[] | undefined): Spot[] {
  return silos
    .flatMap((silo) => (of(silo) ?? []).map((spot) => ({ silo: silo.silo_id, ...spot })))
    .sort((a, b) => b.rate - a.rate)
    .slice(0, shown);
}

function SpotTable({ title, name, rate, spots }: { title: string; name: string; rate: string; spots: Spot[] }) {
  return (
    <Section title={title}>
      {spots.length === 0 ? (
        <Text size="sm" c="dimmed">{text("cluster.noneHot")}</Text>
      ) : (
        <Table aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{name}</Table.Th>
              <Table.Th miw={90}>{text("cluster.silo")}</Table.Th>
              <Table.Th ta="right">{rate}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {spots.map((spot, rank) => (
              <Table.Tr key={rank}>
                <Table.Td style={{ overflowWrap: "anywhere" }}><Text size="sm" ff="monospace">{spot.name}</Text></Table.Td>
                <Table.Td style={{ overflowWrap: "anywhere" }}>{spot.silo}</Table.Td>
                <Table.Td ta="right">{showRate(spot.rate)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}
