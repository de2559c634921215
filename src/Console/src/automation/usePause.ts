import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import type { components } from "../api/schema";

type Scope = Exclude<components["schemas"]["PauseScope"], "none">;
type Entry = components["schemas"]["PauseEntry"];

/** One thing that is paused. */
export interface Paused {
  scope: Scope;
  playbookId?: string;
  entry: Entry;
}

/** Everything that holds automation back at present, the widest first. */
export function usePause() {
  const pause = useQuery({
    queryKey: ["pause"],
    queryFn: async ({ signal }) => (await api.GET("/v1/platform/pause", { signal })).data!,
  });
  const paused: Paused[] = [];
  if (pause.data?.all) paused.push({ scope: "all", entry: pause.data.all });
  if (pause.data?.project) paused.push({ scope: "project", entry: pause.data.project });
  for (const [playbookId, entry] of Object.entries(pause.data?.playbooks ?? {})) paused.push({ scope: "playbook", playbookId, entry });
  return { paused, error: pause.error, isKnown: pause.data !== undefined };
}

/** Pauses with a reason, or resumes without one. */
export function useBrake(scope: Scope, playbookId?: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (reason: string | null) => {
      if (reason === null) await api.DELETE("/v1/platform/pause", { params: { query: { scope, playbook_id: playbookId } } });
      else await api.PUT("/v1/platform/pause", { body: { scope, playbook_id: playbookId, reason } });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["pause"] }),
  });
}
