import { expect, test } from "vitest";
import { en } from "./en";
import { zhTW } from "./zh-TW";

test("both languages have the same keys, and a text for each", () => {
  expect(Object.keys(zhTW).sort()).toEqual(Object.keys(en).sort());
  for (const shown of [...Object.values(en), ...Object.values(zhTW)]) expect(shown.trim()).not.toBe("");
});

test("the second language is not the first", () => {
  const same = (Object.keys(en) as (keyof typeof en)[]).filter((key) => en[key] === zhTW[key]);
  expect(same).toEqual(["app.title"]);
});
