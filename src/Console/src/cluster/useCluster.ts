import { useQuery } from "@tanstack/react-query";
import type { Client } from "openapi-fetch";
import { api } from "../api/client";
import { polling } from "../api/polling";

export interface ClusterReport {
  number: number;
  lease: string;
  partitions: number;
  unowned_partitions: number;
  silos: SiloReport[];
}

export interface SiloReport {
  silo_id: string;
  incarnation: number;
  state: string;
  address: string | null;
  version: string;
  partitions: number;
  lease_left_ms: number | null;
  /** These and the following are the silo's own figures, missing before its first report. */
  activations: { grain_type: string; count: number }[] | null;
  hot_grains: { grain: string; calls_per_second: number }[] | null;
  hot_partitions: { partition: number; commits_per_second: number }[] | null;
  reported_at: string | null;
}

type ClusterPaths = { "/v1/platform/cluster": { get: { responses: { 200: { content: { "application/json": ClusterReport } } } } } };

/** The silos and what they hold, read again every other second. */
export function useCluster() {
  return useQuery({
    queryKey: ["cluster"],
    queryFn: async ({ signal }) => (await (api as unknown as Client<ClusterPaths>).GET("/v1/platform/cluster", { signal })).data!,
    ...polling,
  });
}
