import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { ProblemError } from "../api/problem";
import { forgetProject } from "../api/project";

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

  const signOut = useMutation({
    mutationFn: async () => {
      try {
        await api.DELETE("/v1/platform/session");
      } catch (error) {
        // The session has ended before.
        if (!(error instanceof ProblemError && error.isUnauthorized)) throw error;
      }
    },
    onSuccess: () => {
      // What this operator saw must not be there for the next one.
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== "me" });
      queries.setQueryData(["me"], null);
      forgetProject();
    },
    // Without a network it fails and is told, rather than to happen at some later time.
    networkMode: "always",
  });

  return {
    loading: me.isPending,
    error: me.data === undefined ? me.error : null,
    operator: me.data ?? undefined,
    reload: () => queries.invalidateQueries(),
    signOut,
  };
}
