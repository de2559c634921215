import { useQuery } from "@tanstack/react-query";
import { text } from "../i18n/text";
import { useOperator } from "../session/OperatorContext";
import { ProblemError } from "./problem";

/**
 * One resource by its id. That it is not there is an answer as well, and stays on the page while it is looked for again: events and the clock
 * would otherwise have a page of nothing start to load anew, again and again. Whoever can choose among projects is told which it was looked for in: an
 * address that was passed on may be of another.
 */
export function useResource<T>(queryKey: readonly unknown[], read: (signal: AbortSignal) => Promise<T>, isOfProject = true) {
  const me = useOperator();
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
  const missing = query.data?.missing;
  const hint = isOfProject && ("*" in me.roles || Object.keys(me.roles).length > 1) ? text("project.lookedIn", { project: me.default_project }) : undefined;
  return { data: query.data?.found, error: missing && hint ? new Error(`${missing.message} ${hint}`) : (missing ?? query.error) };
}
