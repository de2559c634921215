import { useEffect, useReducer } from "react";
import { showAge, showTime } from "./time";

const stepMilliseconds = 5_000;

/** How long ago, kept current, with the exact time on hovering. */
export function Age({ at }: { at: string }) {
  const [, step] = useReducer((steps: number) => steps + 1, 0);
  useEffect(() => {
    const timer = setInterval(step, stepMilliseconds);
    return () => clearInterval(timer);
  }, []);

  return <time dateTime={at} title={showTime(at)} style={{ whiteSpace: "nowrap" }}>{showAge(at, Date.now())}</time>;
}
