import { Alert, Box, Button, Group, Loader, Select, Stack, Table, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/client";
import { showAge, showTime } from "../app/time";
import { text } from "../i18n/text";
import { SeverityBadge, StatusBadge } from "./badges";

const statuses = ["investigating", "mitigating", "escalated", "resolved", "closed"];
const severities = ["P0", "P1", "P2", "P3"];

/** All incidents, newest first; follows the server's events. A row opens by mouse, its link by Enter. */
export function IncidentList() {
  const navigate = useNavigate();
  const [status, setStatus] = useState<string | null>(null);
  const [severity, setSeverity] = useState<string | null>(null);
  const incidents = useInfiniteQuery({
    queryKey: ["incident", "list", status, severity],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) =>
      (await api.GET("/v1/platform/incidents", {
        params: { query: { status: status ?? undefined, severity: severity ?? undefined, cursor: pageParam, limit: "50" } },
        signal,
      })).data!,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

  const rows = incidents.data?.pages.flatMap((page) => page.items) ?? [];
  const now = Date.now();
  return (
    <Stack>
      <Group justify="space-between" align="end">
        <Title order={2}>{text("incidents.title")}</Title>
        <Group>
          <Select label={text("incidents.status")} placeholder={text("incidents.any")} data={statuses} value={status} onChange={setStatus} clearable w={170} />
          <Select label={text("incidents.severity")} placeholder={text("incidents.any")} data={severities} value={severity} onChange={setSeverity} clearable w={120} />
        </Group>
      </Group>
      {incidents.error && <Alert color="red" role="alert" title={text("app.error")}>{incidents.error.message}</Alert>}
      {incidents.isPending && <Loader aria-label={text("app.loading")} />}
      {incidents.isSuccess && rows.length === 0 && <Text c="dimmed">{text("incidents.empty")}</Text>}
      {rows.length > 0 && (
        <Table highlightOnHover verticalSpacing="sm" aria-label={text("incidents.title")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={90}>{text("incidents.severity")}</Table.Th>
              <Table.Th w={150} visibleFrom="xs">{text("incidents.status")}</Table.Th>
              <Table.Th>{text("incidents.alert")}</Table.Th>
              <Table.Th visibleFrom="sm">{text("incidents.services")}</Table.Th>
              <Table.Th>{text("incidents.opened")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((incident) => {
              const open = () => void navigate({ to: "/incidents/$incidentId", params: { incidentId: incident.incident_id } });
              return (
                <Table.Tr
                  key={incident.incident_id}
                  data-testid={incident.incident_id}
                  style={{ cursor: "pointer" }}
                  onClick={(event) => { if (!(event.target as Element).closest("a")) open(); }}
                >
                  <Table.Td><SeverityBadge severity={incident.severity} /></Table.Td>
                  <Table.Td visibleFrom="xs"><StatusBadge status={incident.status} /></Table.Td>
                  <Table.Td>
                    <Link to="/incidents/$incidentId" params={{ incidentId: incident.incident_id }} style={{ color: "inherit", fontWeight: 600 }}>
                      {incident.alertname ?? incident.incident_id}
                    </Link>
                    <Text size="xs" c="dimmed" ff="monospace">{incident.incident_id}</Text>
                    <Box hiddenFrom="xs" mt={4}><StatusBadge status={incident.status} /></Box>
                  </Table.Td>
                  <Table.Td visibleFrom="sm">{namesIn(incident.affected_services)}</Table.Td>
                  <Table.Td style={{ whiteSpace: "nowrap" }}>
                    <time dateTime={incident.created_at} title={showTime(incident.created_at)}>{showAge(incident.created_at, now)}</time>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
      {incidents.hasNextPage && (
        <Button variant="default" loading={incidents.isFetchingNextPage} onClick={() => void incidents.fetchNextPage()}>
          {text("incidents.more")}
        </Button>
      )}
    </Stack>
  );
}

/** The record holds a list of names as JSON. */
function namesIn(value: unknown): string {
  return Array.isArray(value) ? value.filter((name) => typeof name === "string").join(", ") : "";
}
