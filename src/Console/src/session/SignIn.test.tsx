import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { renderPage } from "../test/render";
import { json, problem, serve } from "../test/server";
import { SignIn } from "./SignIn";

async function submit(key: string) {
  await userEvent.type(await screen.findByLabelText(/Operator key/), `${key}{Enter}`);
}

test("a known key is sent as a bearer and signs in", async () => {
  const calls = serve({ "POST /session": () => json({ operator_id: "ada" }) });
  const onSignedIn = vi.fn();
  renderPage(<SignIn onSignedIn={onSignedIn} />);

  await submit("  awp_1_secret ");

  await waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
  const signIn = calls.find((call) => call.method === "POST");
  expect(signIn?.headers.get("authorization")).toBe("Bearer awp_1_secret");
  expect(signIn?.headers.get("x-awooop-console")).toBe("1");
  expect(screen.getByLabelText(/Operator key/)).toHaveValue("");
});

test("an unknown key is refused in words", async () => {
  serve({ "POST /session": () => problem(401, "unauthenticated", "No such key.") });
  const onSignedIn = vi.fn();
  renderPage(<SignIn onSignedIn={onSignedIn} />);

  await submit("awp_1_wrong");

  expect(await screen.findByRole("alert")).toHaveTextContent("not known, has expired or was revoked");
  expect(onSignedIn).not.toHaveBeenCalled();
});

test("another fault is shown as the server tells it", async () => {
  serve({ "POST /session": () => problem(503, "journal_unavailable", "The journal cannot be reached.") });
  renderPage(<SignIn onSignedIn={() => {}} />);

  await submit("awp_1_secret");

  expect(await screen.findByRole("alert")).toHaveTextContent("The journal cannot be reached.");
});

test("the providers are offered, and each leads to its own page and back to this one", async () => {
  window.history.replaceState(null, "", "/incidents/INC-1?sign_in_error=sign_in_denied");
  serve({ "GET /sign-in": () => json([{ name: "corp", label: "Corporate" }]) });
  renderPage(<SignIn onSignedIn={() => {}} />);

  const link = await screen.findByRole("link", { name: "Sign in at Corporate" });
  expect(link).toHaveAttribute("href", "/v1/platform/sign-in/corp/begin?return_to=%2Fincidents%2FINC-1");
  window.history.replaceState(null, "", "/");
});

test.each([
  ["sign_in_expired", /not begun in this browser/],
  ["sign_in_provider_unavailable", /does not answer/],
  ["sign_in_not_recorded", /cannot be put on record at the moment.*Try again/],
  ["token_audience_wrong", /Tell an administrator: token_audience_wrong/],
  ["<b>x</b>", /Tell an administrator: bxb/],
])("a failure at the provider is told in words: %s", async (code, words) => {
  window.history.replaceState(null, "", `/?sign_in_error=${encodeURIComponent(code)}`);
  serve({ "GET /sign-in": () => json([]) });
  renderPage(<SignIn onSignedIn={() => {}} />);

  expect(await screen.findByRole("alert")).toHaveTextContent(words);
  expect(screen.queryByRole("link")).not.toBeInTheDocument();
  window.history.replaceState(null, "", "/");
});
