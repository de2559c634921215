import { useQuery } from "@tanstack/react-query";
import { mostRows } from "../api/bounds";
import { api } from "../api/client";

/** Names of the newest playbooks by their ids; a record of a run knows only the id, and an id without a name here has to do. */
export function usePlaybookNames(): ReadonlyMap<string, string> {
  const names = useQuery({
    queryKey: ["playbook", "names"],
    queryFn: async ({ signal }) => (await api.GET("/v1/platform/playbooks", { params: { query: { limit: mostRows } }, signal })).data!.items,
    select: (playbooks) => new Map(playbooks.map((playbook) => [playbook.playbook_id, playbook.name])),
  });
  return names.data ?? none;
}

const none: ReadonlyMap<string, string> = new Map();
