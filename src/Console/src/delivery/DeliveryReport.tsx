import { Loader, Text } from "@mantine/core";
import { PollingError } from "../app/PollingError";
import { Section } from "../app/Section";
import { text } from "../i18n/text";
import { ConsumerTable } from "./ConsumerTable";
import { DeadLetters } from "./DeadLetters";
import { useDelivery } from "./useDelivery";

/** How far each consumer of the log is, and what could not be delivered to them. */
export function DeliveryReport() {
  const delivery = useDelivery();
  return (
    <>
      <Section title={text("delivery.consumers")}>
        <Text size="sm" c="dimmed">{text("delivery.ofOneSilo")}</Text>
        <PollingError error={delivery.error} shownFrom={delivery.dataUpdatedAt} />
        {delivery.isPending && <Loader aria-label={text("app.loading")} />}
        {delivery.data && <ConsumerTable consumers={delivery.data.consumers} />}
      </Section>
      {delivery.data && <DeadLetters letters={delivery.data.dead_letters} />}
    </>
  );
}
