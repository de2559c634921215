import { Alert, Loader, Stack, Text, Title } from "@mantine/core";
import { PollingError } from "../app/PollingError";
import { Section } from "../app/Section";
import { showCount, showRate } from "../app/number";
import { usePageTitle } from "../app/usePageTitle";
import { DeliveryReport } from "../delivery/DeliveryReport";
import { text } from "../i18n/text";
import { hasRole } from "../session/roles";
import { useOperator } from "../session/OperatorContext";
import { HotSpots } from "./HotSpots";
import { leaseSeconds } from "./lease";
import { SiloTable } from "./SiloTable";
import { useCluster } from "./useCluster";

/** The silos as they come and go, what they hold and what keeps them busy; for operators, how far the consumers are. */
export function ClusterPage() {
  usePageTitle(text("cluster.title"));
  const me = useOperator();
  const cluster = useCluster();
  return (
    <Stack gap="lg">
      <Title order={2}>{text("cluster.title")}</Title>
      <PollingError error={cluster.error} shownFrom={cluster.dataUpdatedAt} />
      {cluster.isPending && <Loader aria-label={text("app.loading")} />}
      {cluster.data && <Silos cluster={cluster.data} />}
      {hasRole(me, "operator") ? <DeliveryReport /> : <Text size="sm" c="dimmed">{text("delivery.needsOperator")}</Text>}
    </Stack>
  );
}

function Silos({ cluster }: { cluster: NonNullable<ReturnType<typeof useCluster>["data"]> }) {
  const alive = cluster.silos.filter((silo) => silo.state === "alive").length;
  return (
    <>
      <Text size="sm" data-testid="cluster-summary">
        {text("cluster.summary", {
          alive: showCount(alive),
          partitions: showCount(cluster.partitions),
          lease: showRate(leaseSeconds(cluster.lease)),
          number: cluster.number,
        })}
      </Text>
      {cluster.unowned_partitions > 0 && (
        <Alert color="orange" role="status" title={text("cluster.unowned", { count: showCount(cluster.unowned_partitions) })} data-testid="unowned">
          {text("cluster.unownedWait")}
        </Alert>
      )}
      <Section title={text("cluster.silos")}>
        {cluster.silos.length === 0
          ? <Text c="dimmed">{text("cluster.empty")}</Text>
          : <SiloTable silos={cluster.silos} partitions={cluster.partitions} />}
      </Section>
      <HotSpots silos={cluster.silos} />
    </>
  );
}
