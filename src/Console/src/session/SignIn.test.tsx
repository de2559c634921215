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
  expect(calls[0]?.headers.get("authorization")).toBe("Bearer awp_1_secret");
  expect(calls[0]?.headers.get("x-awooop-console")).toBe("1");
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
