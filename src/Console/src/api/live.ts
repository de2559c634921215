import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

const kinds = ["incident", "approval", "run", "playbook", "alert", "pause", "notification"] as const;
const settleMilliseconds = 150;

/**
 * Follows the server's events and marks what they touch as stale. A burst counts once:
 * an alert storm must not become a storm of reads. The browser reconnects by itself and resumes after the last event.
 */
export function useLiveEvents(enabled: boolean): boolean {
  const queries = useQueryClient();
  const [connected, setConnected] = useState(false);

  useEffect(() => {
    if (!enabled) return;
    const touched = new Set<string>();
    let pending: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      pending = undefined;
      for (const key of touched) void queries.invalidateQueries({ queryKey: [key] });
      touched.clear();
    };
    const touch = (...keys: string[]) => {
      for (const key of keys) touched.add(key);
      pending ??= setTimeout(flush, settleMilliseconds);
    };

    const source = new EventSource("/v1/platform/events");
    source.onopen = () => setConnected(true);
    source.onerror = () => setConnected(false);
    for (const kind of kinds) source.addEventListener(kind, () => touch(kind, "timeline"));
    source.addEventListener("gap", () => touch(...kinds, "timeline"));
    return () => {
      source.close();
      clearTimeout(pending);
    };
  }, [enabled, queries]);

  return connected;
}
