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
    operator: me.data ?? undefined,
    reload: () => queries.invalidateQueries(),
    signOut: async () => {
      await api.DELETE("/v1/platform/session");
      queries.clear();
      await queries.invalidateQueries();
    },
  };
}
