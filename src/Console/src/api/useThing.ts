import { useQuery } from "@tanstack/react-query";
import { ProblemError } from "./problem";

/**
 * One thing by its id. That it is not there is an answer as well, and stays on the page while it is looked for again: events and the clock
 * would otherwise have a page of nothing start to load anew, again and again.
 */
export function useThing<T>(queryKey: readonly unknown[], read: (signal: AbortSignal) => Promise<T>) {
  const thing = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<{ found?: T; missing?: ProblemError }> => {
      try {
        return { found: await read(signal) };
      } catch (error) {
        if (error instanceof ProblemError && error.problem.status === 404) return { missing: error };
        throw error;
      }
    },
  });
  return { data: thing.data?.found, error: thing.data?.missing ?? thing.error };
}
