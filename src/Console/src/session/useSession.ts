import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { ProblemError } from "../api/problem";

/** Who is signed in; undefined when nobody is. */
export function useSession() {
  const queries = useQueryClient();
  const me = useQuery({
    queryKey: ["me"],
    queryFn: async () => {
      try {
        return (await api.GET("/v1/platform/me")).data ?? null;
      } catch (error) {
        if (error instanceof ProblemError && error.isUnauthorized) return null;
        throw error;
      }
    },
  });

  return {
    loading: me.isPending,
    error: me.data === undefined ? me.error : null,
    operator: me.data ?? undefined,
    reload: () => queries.invalidateQueries(),
    signOut: async () => {
      await api.DELETE("/v1/platform/session");
      // What this operator saw must not be there for the next one.
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== "me" });
      queries.setQueryData(["me"], null);
    },
  };
}
