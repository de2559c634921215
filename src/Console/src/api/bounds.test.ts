import { expect, test } from "vitest";
import document from "../../openapi.json";
import { maxTextLength, mostRows, pageSize } from "./bounds";

test("comments and reasons may be as long here as in the API", () => {
  const schemas = document.components.schemas;
  const bounds = [
    schemas.VoteRequest.properties.comment,
    schemas.CommentRequest.properties.comment,
    schemas.ReasonRequest.properties.reason,
    schemas.OptionalReasonRequest.properties.reason,
    schemas.PauseRequest.properties.reason,
    schemas.SetBudgetRequest.properties.reason,
    schemas.PlaceLegalHoldRequest.properties.reason,
  ].map((field) => field.maxLength);
  expect(new Set(bounds)).toEqual(new Set([maxTextLength]));
});

test("pages are no longer here than in the API", () => {
  const limits = Object.values(document.paths)
    .flatMap((path) => ("get" in path && "parameters" in path.get ? (path.get.parameters as { name?: string; schema?: { maximum?: number } }[]) : []))
    .filter((parameter) => parameter.name === "limit")
    .map((parameter) => parameter.schema?.maximum);
  expect(new Set(limits)).toEqual(new Set([mostRows]));
  expect(pageSize).toBeLessThanOrEqual(mostRows);
});
