import { Alert, Button, Text, Timeline as MantineTimeline } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { showTime } from "../app/time";
import { text } from "../i18n/text";

const colors: Record<string, string> = { success: "green", warning: "orange", error: "red", info: "blue" };

/** Everything that happened to the incident, its approval and its run, as one story in the order of time. */
export function Timeline({ incidentId }: { incidentId: string }) {
  const timeline = useInfiniteQuery({
    queryKey: ["timeline", incidentId],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) =>
      (await api.GET("/v1/platform/incidents/{incident_id}/timeline", {
        params: { path: { incident_id: incidentId }, query: { cursor: pageParam, limit: "200" } },
        signal,
      })).data!,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

  const events = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {timeline.error && <Alert color="red" role="alert" title={text("app.error")} mb="md">{timeline.error.message}</Alert>}
      <MantineTimeline active={events.length} bulletSize={14} lineWidth={2} data-testid="timeline" styles={{ item: { overflowWrap: "anywhere" } }}>
        {events.map((event) => (
          <MantineTimeline.Item key={event.id} title={<Text fw={600} size="sm">{event.title}</Text>} color={colors[event.status] ?? "gray"}>
            {event.description && <Text size="sm">{event.description}</Text>}
            <Text size="xs" c="dimmed">
              <time dateTime={event.created_at}>{showTime(event.created_at)}</time>
              {event.actor && ` · ${event.actor}`}
            </Text>
          </MantineTimeline.Item>
        ))}
      </MantineTimeline>
      {timeline.hasNextPage && (
        <Button mt="md" variant="default" loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          {text("timeline.more")}
        </Button>
      )}
    </>
  );
}
