import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { polling } from "../api/polling";

/** How far the consumers are and what they could not take, read again every other second. */
export function useDelivery() {
  return useQuery({
    queryKey: ["delivery"],
    queryFn: async ({ signal }) => (await api.GET("/v1/platform/delivery", { signal })).data!,
    ...polling,
  });
}

/** Delivers a dead letter, and what waits behind it, once its cause is cured. */
export function useRetry() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) =>
      (await api.POST("/v1/platform/delivery/dead-letters/{dead_letter_id}/retry", { params: { path: { dead_letter_id: id } } })).data!,
    onSettled: () => queries.invalidateQueries({ queryKey: ["delivery"] }),
  });
}
