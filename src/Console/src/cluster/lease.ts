/** The seconds of a duration as the API writes it: [days.]hours:minutes:seconds[.fraction]. */
export function leaseSeconds(duration: string): number {
  const match = /^(?:(\d+)\.)?(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(duration);
  if (!match) return NaN;
  const [, days, hours, minutes, seconds] = match;
  return ((Number(days ?? 0) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
}
