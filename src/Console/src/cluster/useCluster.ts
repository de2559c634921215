import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { polling } from "../api/polling";
import type { components } from "../api/schema";

export type ClusterReport = components["schemas"]["ClusterReport"];
export type SiloReport = components["schemas"]["ClusterSiloReport"];

/** The silos and what they hold, read again every other second. */
export function useCluster() {
  return useQuery({
    queryKey: ["cluster"],
    queryFn: async ({ signal }) => (await api.GET("/v1/platform/cluster", { signal })).data!,
    ...polling,
  });
}
