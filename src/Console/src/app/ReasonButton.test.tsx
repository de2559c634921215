import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { ReasonButton } from "./ReasonButton";

test("every button of a dialog has a name, its cross as well", async () => {
  renderPage(<ReasonButton label="Pause" onGiven={() => {}} />);

  await userEvent.click(await screen.findByRole("button", { name: "Pause" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Pause" }));
  for (const button of dialog.getAllByRole("button")) expect(button).toHaveAccessibleName();
  await userEvent.click(dialog.getByRole("button", { name: "Close this dialog" }));

  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
});
