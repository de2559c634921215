import { locale } from "../i18n/locale";

/** The API sends times with the platform zone's offset; they are shown as sent, not in the browser's zone. */
export function showTime(iso: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})$/.exec(iso);
  return match ? `${match[1]} ${match[2]} ${match[3] === "Z" ? "+00:00" : match[3]}` : iso;
}

/** A moment that the browser itself took, in the browser's zone; like all other times it tells its offset. */
export function showMoment(moment: Date): string {
  const ahead = -moment.getTimezoneOffset();
  const clock = new Date(moment.getTime() + ahead * 60_000).toISOString().slice(0, 19);
  const [hours, minutes] = [Math.trunc(Math.abs(ahead) / 60), Math.abs(ahead) % 60].map((part) => String(part).padStart(2, "0"));
  return showTime(`${clock}${ahead < 0 ? "-" : "+"}${hours}:${minutes}`);
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** How long ago, in the largest unit that fits. */
export function showAge(iso: string, now: number): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}
