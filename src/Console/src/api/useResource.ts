import { useQuery } from "@tanstack/react-query";
import { ProblemError } from "./problem";

/**
 * One resource by its id. That it is not there is an answer as well, and stays on the page while it is looked for again: events and the clock
 * would otherwise have a page of nothing start to load anew, again and again.
 */
export function useResource<T>(queryKey: readonly unknown[], read: (signal: AbortSignal) => Promise<T>) {
  const query = useQuery({
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
  return { data: query.data?.found, error: query.data?.missing ?? query.error };
}
