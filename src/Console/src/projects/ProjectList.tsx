import { Box, Table, Text } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { pageSize } from "../api/bounds";
import { api } from "../api/client";
import { usePages } from "../api/usePages";
import { WordBadge } from "../app/badges";
import { LinkedRow } from "../app/LinkedRow";
import { Listing } from "../app/Listing";
import { showTime } from "../app/time";
import { WordFilter } from "../app/WordFilter";
import { text } from "../i18n/text";
import type { Vocabulary } from "../i18n/words";

/** The projects that the operator has a role in, by id. */
export function ProjectList() {
  const navigate = useNavigate();
  const [status, setStatus] = useState<Vocabulary["projectStatus"]>();
  const projects = usePages(["project", "list", status], async (cursor, signal) =>
    (await api.GET("/v1/platform/projects", { params: { query: { status, cursor, limit: pageSize } }, signal })).data!);

  return (
    <Listing
      title="projects.title"
      empty={text("projects.empty")}
      pages={projects}
      filters={<WordFilter label="incidents.status" kind="projectStatus" value={status} onChange={setStatus} />}
      head={
        <>
          <Table.Th w={130} visibleFrom="xs">{text("incidents.status")}</Table.Th>
          <Table.Th>{text("playbooks.name")}</Table.Th>
          <Table.Th visibleFrom="sm">{text("projects.updated")}</Table.Th>
        </>
      }
      row={(project) => (
        <LinkedRow
          key={project.project_id}
          id={project.project_id}
          open={() => void navigate({ to: "/projects/$projectId", params: { projectId: project.project_id } })}
        >
          <Table.Td visibleFrom="xs"><WordBadge kind="projectStatus" value={project.status} /></Table.Td>
          <Table.Td style={{ overflowWrap: "anywhere" }}>
            <Link to="/projects/$projectId" params={{ projectId: project.project_id }} style={{ color: "inherit", fontWeight: 600 }}>{project.name}</Link>
            <Text size="xs" c="dimmed" ff="monospace">{project.project_id}</Text>
            {project.suspended_reason && <Text size="sm">{project.suspended_reason}</Text>}
            <Box hiddenFrom="xs" mt={4}><WordBadge kind="projectStatus" value={project.status} /></Box>
          </Table.Td>
          <Table.Td visibleFrom="sm">{showTime(project.updated_at)}</Table.Td>
        </LinkedRow>
      )}
    />
  );
}
