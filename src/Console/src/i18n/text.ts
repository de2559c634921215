import { en, type TextKey } from "./en";
import { locale } from "./locale";
import { zhTW } from "./zh-TW";

const texts: Record<TextKey, string> = locale === "zh-TW" ? zhTW : en;

/** The text in the reader's language, with its {names} filled in. */
export function text(key: TextKey, values: Record<string, string | number> = {}): string {
  return texts[key].replace(/\{(\w+)\}/g, (name, key: string) => String(values[key] ?? name));
}
