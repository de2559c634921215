import { afterEach, expect, test, vi } from "vitest";
import document from "../../openapi.json";
import { json, serve } from "../test/server";
import { api } from "./client";
import { addressIn, chosenProject, forgetProject, projectName, showProject } from "./project";

afterEach(() => window.history.replaceState(null, "", "/"));

const list = { "GET /incidents": () => json({ items: [], next_cursor: null }) };

test("without a choice no request names a project: the operator's default is meant", async () => {
  const calls = serve(list);
  await api.GET("/v1/platform/incidents");
  expect(calls[0]?.path).toBe("/incidents");
});

test("every request names the project of the address, beside what else it asks", async () => {
  window.history.replaceState(null, "", "/runs?project=shop");
  const calls = serve({ ...list, "POST /incidents/I1/acknowledge": () => json({}) });

  await api.GET("/v1/platform/incidents", { params: { query: { limit: 50, cursor: undefined } } });
  await api.POST("/v1/platform/incidents/{incident_id}/acknowledge", { params: { path: { incident_id: "I1" } }, body: {} });

  expect(calls.map((call) => call.path)).toEqual(["/incidents?project_id=shop&limit=50", "/incidents/I1/acknowledge?project_id=shop"]);
});

test("what names its project itself is not overruled", async () => {
  window.history.replaceState(null, "", "/?project=shop");
  const calls = serve(list);
  await api.GET("/v1/platform/incidents", { params: { query: { project_id: "bank" } } });
  expect(calls[0]?.path).toBe("/incidents?project_id=bank");
});

test("another project is shown by the same kind of list", () => {
  window.history.replaceState(null, "", "/runs/r1?project=shop");
  expect(addressIn("bank")).toBe("/runs?project=bank");
  window.history.replaceState(null, "", "/");
  expect(addressIn("bank")).toBe("/?project=bank");
});

test("another project is shown by loading the page anew", () => {
  const assign = vi.fn();
  vi.stubGlobal("location", { pathname: "/approvals", assign });
  showProject("bank");
  expect(assign.mock.calls).toEqual([["/approvals?project=bank"]]);
});

test("a choice that is forgotten leaves the rest of the address, and without one nothing is loaded anew", () => {
  const replace = vi.fn();
  vi.stubGlobal("location", { href: "http://here/runs?project=shop&sign_in_error=x", replace });
  forgetProject();
  expect(String(replace.mock.calls[0]?.[0])).toBe("http://here/runs?sign_in_error=x");

  vi.stubGlobal("location", { href: "http://here/runs?sign_in_error=x", replace });
  forgetProject();
  expect(replace).toHaveBeenCalledOnce();
});

test("a project is named as the API takes it, and anything else names none", () => {
  expect(projectName.source).toBe(document.components.parameters.project_id.schema.pattern);
  for (const none of ["Not%20a%20name", "all", "operators", "projects"]) {
    window.history.replaceState(null, "", `/?project=${none}`);
    expect(chosenProject()).toBeUndefined();
  }
});
