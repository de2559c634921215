import { Text, Timeline as MantineTimeline } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { showTime } from "../app/time";

const colors: Record<string, string> = { success: "green", warning: "orange", error: "red", info: "blue" };

/** Everything that happened to the incident, its approval and its run, as one story in the order of time. */
export function Timeline({ incidentId }: { incidentId: string }) {
  const timeline = useQuery({
    queryKey: ["timeline", incidentId],
    queryFn: async ({ signal }) =>
      (await api.GET("/v1/platform/incidents/{incident_id}/timeline", { params: { path: { incident_id: incidentId } }, signal })).data!,
  });

  return (
    <MantineTimeline active={timeline.data?.items.length ?? 0} bulletSize={14} lineWidth={2} data-testid="timeline">
      {(timeline.data?.items ?? []).map((event) => (
        <MantineTimeline.Item key={event.id} title={event.title} color={colors[event.status] ?? "gray"}>
          {event.description && <Text size="sm">{event.description}</Text>}
          <Text size="xs" c="dimmed">
            {showTime(event.created_at)}
            {event.actor && ` · ${event.actor}`}
          </Text>
        </MantineTimeline.Item>
      ))}
    </MantineTimeline>
  );
}
