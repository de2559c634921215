import { Alert } from "@mantine/core";
import { text } from "../i18n/text";
import { showMoment } from "./time";

interface PollingError {
  error: Error | null;
  /** When what is still shown was read, in milliseconds; 0: nothing is. */
  shownFrom: number;
}

/** Why the last reading failed. What is still shown below is from an earlier one, and is said to be. */
export function PollingError({ error, shownFrom }: PollingError) {
  if (!error) return null;
  return (
    <Alert color="red" role="alert" title={text("app.error")}>
      {error.message}
      {shownFrom > 0 && <> {text("app.stale", { time: showMoment(new Date(shownFrom)) })}</>}
    </Alert>
  );
}
