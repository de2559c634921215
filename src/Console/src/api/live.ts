import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { noteSeen } from "./client";
import { inProject } from "./project";

const kinds = ["incident", "approval", "run", "playbook", "alert", "pause", "notification", "contract", "budget"] as const;
// A run says which pause holds it.
const alsoTouched: Partial<Record<(typeof kinds)[number], string[]>> = { pause: ["run"] };
const settleMilliseconds = 150;
const secondLookMilliseconds = 1_500;

/**
 * Follows the server's events and marks what they touch as stale. A burst counts once: an alert storm must not become a
 * storm of reads. The lists are read up to the last event's position; positions of other partitions are not ordered with
 * it, so a second look follows. What happened before it was connected nobody tells: the lists are read once more then.
 */
export function useLiveEvents(enabled: boolean): boolean {
  const queries = useQueryClient();
  const [connected, setConnected] = useState(false);

  useEffect(() => {
    if (!enabled) return;
    const touched = new Set<string>();
    let pending: ReturnType<typeof setTimeout> | undefined;
    let secondLook: ReturnType<typeof setTimeout> | undefined;
    const read = (keys: string[]) => {
      for (const key of keys) void queries.invalidateQueries({ queryKey: [key] });
    };
    const flush = () => {
      const keys = [...touched];
      touched.clear();
      pending = undefined;
      read(keys);
      clearTimeout(secondLook);
      secondLook = setTimeout(() => read([...kinds, "timeline"]), secondLookMilliseconds);
    };
    const touch = (...keys: string[]) => {
      for (const key of keys) touched.add(key);
      pending ??= setTimeout(flush, settleMilliseconds);
    };

    const source = new EventSource(inProject("/v1/platform/events"));
    source.onopen = () => {
      setConnected(true);
      touch(...kinds, "timeline");
    };
    source.onerror = () => {
      setConnected(false);
      // The browser comes back by itself unless it was turned away, as when the session has ended.
      if (source.readyState === EventSource.CLOSED) read(["me"]);
    };
    for (const kind of kinds) {
      source.addEventListener(kind, (event: MessageEvent) => {
        if (event.lastEventId) noteSeen(event.lastEventId);
        touch(kind, "timeline", ...(alsoTouched[kind] ?? []));
      });
    }
    source.addEventListener("gap", () => touch(...kinds, "timeline"));
    return () => {
      source.close();
      clearTimeout(pending);
      clearTimeout(secondLook);
    };
  }, [enabled, queries]);

  return connected;
}
