import { expect, test } from "vitest";
import { en } from "./en";
import { text } from "./text";
import { wordsEn } from "./words.en";
import { wordsZhTW } from "./words.zh-TW";
import { choices, word } from "./words";
import { zhTW } from "./zh-TW";

test("both languages have the same keys, and a text for each", () => {
  expect(Object.keys(zhTW).sort()).toEqual(Object.keys(en).sort());
  for (const shown of [...Object.values(en), ...Object.values(zhTW)]) expect(shown.trim()).not.toBe("");
});

test("the second language is not the first, and fills in the same names", () => {
  const keys = Object.keys(en) as (keyof typeof en)[];
  expect(keys.filter((key) => en[key] === zhTW[key])).toEqual(["app.title"]);
  const names = (shown: string) => (shown.match(/\{\w+\}/g) ?? []).sort();
  for (const key of keys) expect(names(zhTW[key]), key).toEqual(names(en[key]));
});

test("the second language tells an event of the log from an incident, and a model's tokens from those that sign in", () => {
  for (const [key, shown] of Object.entries(zhTW)) {
    if (/^(delivery|audit|quota)\./.test(key)) expect(shown, key).not.toMatch(/(?<!日誌)事件/);
    if (/^(budget|limit)\./.test(key)) expect(shown, key).not.toContain("權杖");
  }
});

test("every word of the API has one of its own in the second language", () => {
  for (const [kind, words] of Object.entries(wordsEn)) {
    const translated = wordsZhTW[kind as keyof typeof wordsZhTW] as Record<string, string>;
    expect(Object.keys(translated), kind).toEqual(Object.keys(words));
    // P0 to P3 are names and no words.
    if (kind !== "severity") for (const [value, shown] of Object.entries(words)) expect(translated[value], `${kind}.${value}`).not.toBe(shown);
    // Two states of one thing must not look the same; a risk is another thing.
    expect(new Set(Object.values(translated)).size, kind).toBe(Object.keys(words).length);
  }
});

test("a text is filled in, and a word that is not known yet is shown as it came", () => {
  expect(text("step.wait", { seconds: 3 })).toBe("wait 3 s");
  expect(word("runState", "timed_out")).toBe("timed out");
  expect(word("runState", "dreaming")).toBe("dreaming");
  expect(choices("playbookStatus")[0]).toEqual({ value: "draft", label: "draft" });
});
