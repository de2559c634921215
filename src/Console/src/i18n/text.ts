import { en, type TextKey } from "./en";
import { zhTW } from "./zh-TW";

const texts: Record<TextKey, string> = navigator.language.toLowerCase().startsWith("zh") ? zhTW : en;

export const locale = texts === zhTW ? "zh-TW" : "en";

export function text(key: TextKey): string {
  return texts[key];
}
