import { en, type TextKey } from "./en";
import { locale } from "./locale";
import { zhTW } from "./zh-TW";

const texts: Record<TextKey, string> = locale === "zh-TW" ? zhTW : en;

/** What stands between a label and its value. */
export const colon = locale === "zh-TW" ? "：" : ": ";

/** The text in the reader's language, with its {names} filled in. */
export function text(key: TextKey, values: Record<string, string | number> = {}): string {
  return texts[key].replace(/\{(\w+)\}/g, (name, key: string) => String(values[key] ?? name));
}

/** The text as the label of what follows it. */
export function label(key: TextKey): string {
  return text(key) + colon;
}
