import { showAge, showTime } from "./time";

/** How long ago, with the exact time on hovering. */
export function Age({ at }: { at: string }) {
  return <time dateTime={at} title={showTime(at)} style={{ whiteSpace: "nowrap" }}>{showAge(at, Date.now())}</time>;
}
