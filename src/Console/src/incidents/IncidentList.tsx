import { Box, Table, Text } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { pageSize } from "../api/bounds";
import { api } from "../api/client";
import { usePages } from "../api/usePages";
import { Age } from "../app/Age";
import { SeverityBadge, WordBadge } from "../app/badges";
import { LinkedRow } from "../app/LinkedRow";
import { Listing } from "../app/Listing";
import { WordFilter } from "../app/WordFilter";
import { text } from "../i18n/text";
import type { Vocabulary } from "../i18n/words";

/** All incidents, newest first; follows the server's events. A row opens by mouse, its link by Enter. */
export function IncidentList() {
  const navigate = useNavigate();
  const [status, setStatus] = useState<Vocabulary["incidentStatus"]>();
  const [severity, setSeverity] = useState<Vocabulary["severity"]>();
  const incidents = usePages(["incident", "list", status, severity], async (cursor, signal) =>
    (await api.GET("/v1/platform/incidents", {
      params: { query: { status, severity, cursor, limit: pageSize } },
      signal,
    })).data!);

  return (
    <Listing
      title="incidents.title"
      empty={text("incidents.empty")}
      pages={incidents}
      filters={
        <>
          <WordFilter label="incidents.status" kind="incidentStatus" value={status} onChange={setStatus} />
          <WordFilter label="incidents.severity" kind="severity" value={severity} onChange={setSeverity} w={120} />
        </>
      }
      head={
        <>
          <Table.Th w={90}>{text("incidents.severity")}</Table.Th>
          <Table.Th w={150} visibleFrom="xs">{text("incidents.status")}</Table.Th>
          <Table.Th>{text("incidents.alert")}</Table.Th>
          <Table.Th visibleFrom="sm">{text("incidents.services")}</Table.Th>
          <Table.Th>{text("incidents.opened")}</Table.Th>
        </>
      }
      row={(incident) => (
        <LinkedRow
          key={incident.incident_id}
          id={incident.incident_id}
          open={() => void navigate({ to: "/incidents/$incidentId", params: { incidentId: incident.incident_id } })}
        >
          <Table.Td><SeverityBadge severity={incident.severity} /></Table.Td>
          <Table.Td visibleFrom="xs"><WordBadge kind="incidentStatus" value={incident.status} /></Table.Td>
          <Table.Td>
            <Link to="/incidents/$incidentId" params={{ incidentId: incident.incident_id }} style={{ color: "inherit", fontWeight: 600 }}>
              {incident.alertname ?? incident.incident_id}
            </Link>
            <Text size="xs" c="dimmed" ff="monospace">{incident.incident_id}</Text>
            <Box hiddenFrom="xs" mt={4}><WordBadge kind="incidentStatus" value={incident.status} /></Box>
          </Table.Td>
          <Table.Td visibleFrom="sm">{namesIn(incident.affected_services)}</Table.Td>
          <Table.Td><Age at={incident.created_at} /></Table.Td>
        </LinkedRow>
      )}
    />
  );
}

/** The record holds a list of names as JSON. */
function namesIn(value: unknown): string {
  return Array.isArray(value) ? value.filter((name) => typeof name === "string").join(", ") : "";
}
