import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { ProblemError } from "../api/problem";
import type { components } from "../api/schema";

export type Plan = components["schemas"]["BudgetPlan"];
export type Period = components["schemas"]["BudgetPeriodDetail"];
export type Budget = Awaited<ReturnType<typeof readBudget>>;

/** Calls of models make new versions of the account all the time: so often its plan may turn out to be the one on the screen. */
const attempts = 10;

async function readBudget(signal?: AbortSignal) {
  const { data, response } = await api.GET("/v1/platform/budget", { signal });
  return { ...data!, etag: response.headers.get("etag") ?? undefined };
}

/** What models may cost the project, and have cost it; follows the server's events. */
export function useBudget() {
  return useQuery({ queryKey: ["budget", "now"], queryFn: ({ signal }) => readBudget(signal) });
}

/** Replaces the plan that was on the screen. Somebody else's plan in between is not overwritten; a call of a model in between does not matter. */
export function useSetPlan() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ shown, plan, reason }: { shown: Budget; plan: Plan; reason: string }) => {
      let etag = shown.etag;
      for (let attempt = 1; ; attempt++) {
        try {
          await api.PUT("/v1/platform/budget", { headers: etag ? { "If-Match": etag } : undefined, body: { plan, reason } });
          return;
        } catch (error) {
          if (!(error instanceof ProblemError && error.problem.status === 412) || attempt === attempts) throw error;
          const now = await readBudget();
          if (JSON.stringify(now.plan) !== JSON.stringify(shown.plan)) throw error;
          etag = now.etag;
        }
      }
    },
    onSettled: () => queries.invalidateQueries(),
  });
}
