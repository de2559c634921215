/** The languages that the console speaks; the browser's wish decides. */
export const locale: "en" | "zh-TW" = navigator.language.toLowerCase().startsWith("zh") ? "zh-TW" : "en";
