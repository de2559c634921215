import { text } from "../i18n/text";
import type { Paused } from "./usePause";

/** What a pause is about, in words. */
export function scopeOf({ scope, playbookId }: Pick<Paused, "scope" | "playbookId">): string {
  return scope === "playbook" ? text("pause.playbook", { id: playbookId ?? "" }) : text(`pause.${scope}`);
}
