import { expect, test } from "vitest";
import document from "../../openapi.json";
import { maxTextLength } from "./bounds";

test("comments and reasons may be as long here as in the API", () => {
  const schemas = document.components.schemas;
  const bounds = [
    schemas.VoteRequest.properties.comment,
    schemas.CommentRequest.properties.comment,
    schemas.ReasonRequest.properties.reason,
    schemas.OptionalReasonRequest.properties.reason,
    schemas.PauseRequest.properties.reason,
    schemas.SetBudgetRequest.properties.reason,
  ].map((field) => field.maxLength);
  expect(new Set(bounds)).toEqual(new Set([maxTextLength]));
});
