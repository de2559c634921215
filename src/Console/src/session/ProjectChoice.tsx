import { Group, Select, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { mostRows } from "../api/bounds";
import { api } from "../api/client";
import { chosenProject, showProject } from "../api/project";
import type { components } from "../api/schema";
import { label, text } from "../i18n/text";
import { hasRole } from "./roles";

interface ProjectChoice {
  me: components["schemas"]["Me"];
  onChosen?: (project: string) => void;
}

/** Says which project the pages show. Whoever has roles in several chooses here; of very many, those beyond one page of them have their own pages. */
export function ProjectChoice({ me, onChosen = showProject }: ProjectChoice) {
  const seesAll = hasRole(me, "viewer", "*");
  const listed = useQuery({
    queryKey: ["projects-to-choose"],
    // Asked in the own project: a chosen one may not be there.
    queryFn: async ({ signal }) =>
      (await api.GET("/v1/platform/projects", { params: { query: { project_id: me.default_project, limit: mostRows } }, signal })).data!.items.map((row) => row.project_id),
    enabled: seesAll,
  });
  const shown = chosenProject() ?? me.default_project;
  const own = [me.default_project, ...Object.keys(me.roles)].filter((project) => project !== "*" && hasRole(me, "viewer", project));
  const projects = [...new Set([shown, ...own, ...(listed.data ?? [])])].sort();
  return (
    <Group gap="xs" mb="xs" wrap="nowrap">
      <Text size="sm" c="dimmed">{label("project.shown")}</Text>
      {projects.length === 1 && !seesAll
        ? <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }} data-testid="project">{shown}</Text>
        : (
          <Select
            aria-label={text("project.shown")}
            size="xs"
            data={projects}
            value={shown}
            onChange={(chosen) => { if (chosen !== null && chosen !== shown) onChosen(chosen); }}
            allowDeselect={false}
            searchable
            data-testid="project"
          />
        )}
    </Group>
  );
}
