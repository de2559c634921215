import { Alert, Button } from "@mantine/core";
import { ReasonButton } from "../app/ReasonButton";
import { text } from "../i18n/text";
import { useBrake, usePause, type Paused } from "./usePause";

/** Pauses what runs, for a reason; resumes what is paused. */
export function PauseButton({ scope, playbookId }: Pick<Paused, "scope" | "playbookId">) {
  const { paused, isKnown } = usePause();
  const brake = useBrake(scope, playbookId);
  if (!isKnown) return null;
  const isPaused = paused.some((one) => one.scope === scope && one.playbookId === playbookId);
  return (
    <>
      {isPaused ? (
        <Button size="compact-sm" loading={brake.isPending} onClick={() => brake.mutate(null)}>{text("pause.resume")}</Button>
      ) : (
        <ReasonButton label={text("pause.pause")} required loading={brake.isPending} onGiven={(reason) => brake.mutate(reason)} />
      )}
      {brake.error && <Alert color="red" role="alert">{brake.error.message}</Alert>}
    </>
  );
}
