import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import type { components } from "../api/schema";

type Schemas = components["schemas"];

/** What an administrator does with keys. The list is read anew after each; a secret is in the answer and nowhere else. */
export function useKeyActions() {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: ["operator_key"] });
  return {
    issue: useMutation({
      mutationFn: async (body: Schemas["IssueKeyRequest"]) => (await api.POST("/v1/platform/operators/keys", { body })).data!,
      onSuccess,
    }),
    rotate: useMutation({
      mutationFn: async (keyId: string) =>
        (await api.POST("/v1/platform/operators/keys/{key_id}/rotate", { params: { path: { key_id: keyId } }, body: {} })).data!,
      onSuccess,
    }),
    revoke: useMutation({
      mutationFn: async ({ keyId, reason }: { keyId: string; reason: string }) => {
        await api.DELETE("/v1/platform/operators/keys/{key_id}", { params: { path: { key_id: keyId }, query: { reason: reason || undefined } } });
      },
      onSuccess,
    }),
  };
}
