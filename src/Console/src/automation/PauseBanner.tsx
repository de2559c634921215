import { Alert, Text } from "@mantine/core";
import { PageLink } from "../app/PageLink";
import { showTime } from "../app/time";
import { colon, text } from "../i18n/text";
import { scopeOf } from "./scope";
import { usePause } from "./usePause";

/** On every page while something is paused: nobody should wonder why a repair that was signed does not begin. */
export function PauseBanner() {
  const { paused } = usePause();
  if (paused.length === 0) return null;
  return (
    <Alert color="orange" role="status" mb="md" title={text("pause.banner")} data-testid="paused">
      {paused.map((one) => (
        <Text key={`${one.scope} ${one.playbookId}`} size="sm" style={{ overflowWrap: "anywhere" }}>
          {scopeOf(one)}{colon}{one.entry.reason} <Text span size="xs">({text("pause.by", { by: one.entry.by, since: showTime(one.entry.since) })})</Text>
        </Text>
      ))}
      <PageLink to="/automation" size="sm">{text("pause.manage")}</PageLink>
    </Alert>
  );
}
