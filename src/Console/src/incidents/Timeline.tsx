import { Alert, Button, Group, Loader, Text, Timeline as MantineTimeline } from "@mantine/core";
import { mostRows } from "../api/bounds";
import { api } from "../api/client";
import { usePages } from "../api/usePages";
import { colorOf, WordBadge } from "../app/badges";
import { showTime } from "../app/time";
import { text } from "../i18n/text";

/** Everything that happened to the incident, its approval and its run, as one story in the order of time. */
export function Timeline({ incidentId }: { incidentId: string }) {
  const timeline = usePages(["timeline", incidentId], async (cursor, signal) =>
    (await api.GET("/v1/platform/incidents/{incident_id}/timeline", {
      params: { path: { incident_id: incidentId }, query: { cursor, limit: mostRows } },
      signal,
    })).data!);

  return (
    <>
      {timeline.error && <Alert color="red" role="alert" title={text("app.error")} mb="md">{timeline.error.message}</Alert>}
      {timeline.isPending && <Loader aria-label={text("app.loading")} />}
      {!timeline.isPending && !timeline.error && timeline.rows.length === 0 && <Text c="dimmed">{text("timeline.empty")}</Text>}
      <MantineTimeline active={timeline.rows.length} bulletSize={14} lineWidth={2} data-testid="timeline" styles={{ item: { overflowWrap: "anywhere" } }}>
        {timeline.rows.map((event) => (
          <MantineTimeline.Item
            key={event.id}
            title={<Group gap="xs"><Text fw={600} size="sm">{event.title}</Text><WordBadge kind="timelineStatus" value={event.status} /></Group>}
            color={colorOf("timelineStatus", event.status)}
          >
            {event.description && <Text size="sm">{event.description}</Text>}
            <Text size="xs" c="dimmed">
              <time dateTime={event.created_at}>{showTime(event.created_at)}</time>
              {event.actor && ` · ${event.actor}`}
            </Text>
          </MantineTimeline.Item>
        ))}
      </MantineTimeline>
      {timeline.more && <Button mt="md" variant="default" loading={timeline.more.isLoading} onClick={timeline.more.load}>{text("timeline.more")}</Button>}
    </>
  );
}
