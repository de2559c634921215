import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { renderPage } from "../test/render";
import { NewSecret } from "./NewSecret";

const issued = { key_id: "k2", operator_id: "bo", key: "awp_k2_secret", expires_at: null, previous_until: null };
const advice = /select the secret and copy it yourself/;

/** Like the browser's own on a page with TLS; the tests' page has none, like one that came without. */
function clipboardOf(writeText: (text: string) => Promise<void>) {
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText } });
}

afterEach(() => void Reflect.deleteProperty(navigator, "clipboard"));

test("a secret goes by the word that it is kept, and by nothing else", async () => {
  const onClose = vi.fn();
  renderPage(<NewSecret issued={issued} onClose={onClose} />);
  const dialog = within(await screen.findByRole("dialog"));

  await userEvent.keyboard("{Escape}");
  expect(dialog.getAllByRole("button").map((button) => button.textContent)).toEqual(["Copy", "I have kept it"]);
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.click(dialog.getByRole("button", { name: "I have kept it" }));

  expect(onClose).toHaveBeenCalledOnce();
});

test("where the page came without TLS, who copies is told to do it by hand", async () => {
  renderPage(<NewSecret issued={issued} onClose={() => {}} />);

  await userEvent.click(await screen.findByRole("button", { name: "Copy" }));

  expect(await screen.findByRole("alert")).toHaveTextContent(advice);
});

test("a copy that the browser refuses is told, and one that succeeds as well", async () => {
  const writeText = vi.fn<(text: string) => Promise<void>>().mockRejectedValueOnce(new Error("Not allowed.")).mockResolvedValueOnce(undefined);
  clipboardOf(writeText);
  renderPage(<NewSecret issued={issued} onClose={() => {}} />);

  await userEvent.click(await screen.findByRole("button", { name: "Copy" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(advice);
  await userEvent.click(screen.getByRole("button", { name: "Copy" }));

  expect(await screen.findByRole("button", { name: "Copied" })).toBeInTheDocument();
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  expect(writeText).toHaveBeenLastCalledWith("awp_k2_secret");
});
