import { createTheme, darken, defaultCssVariablesResolver, Modal, type CSSVariablesResolver } from "@mantine/core";
import { text } from "../i18n/text";

/** Relative luminance at which white text has a contrast of 4.5, the least that WCAG 2.2 (1.4.3) asks of text: 1.05 / 4.5 - 0.05. */
const luminanceThreshold = 0.1833;

/** Text on a filled colour is white up to the threshold and black above it. */
export const theme = createTheme({
  primaryShade: 8,
  autoContrast: true,
  luminanceThreshold,
  // The library's own is a cross without a name.
  components: { Modal: Modal.extend({ defaultProps: { closeButtonProps: { "aria-label": text("app.closeDialog") } } }) },
});

/** The library's own texts are too faint where they are coloured on a light page, and where they are dimmed, link or tell of an error. */
export const readableColors: CSSVariablesResolver = (theme) => {
  const { variables, light, dark } = defaultCssVariablesResolver(theme);
  for (const [name, shades] of Object.entries(theme.colors)) {
    const readable = darken(shades[9], 0.3);
    light[`--mantine-color-${name}-light-color`] = readable;
    light[`--mantine-color-${name}-text`] = readable;
  }

  light["--mantine-color-anchor"] = "var(--mantine-color-blue-text)";
  light["--mantine-color-dimmed"] = "var(--mantine-color-gray-7)";
  light["--mantine-color-error"] = "var(--mantine-color-red-text)";
  dark["--mantine-color-anchor"] = "var(--mantine-color-blue-3)";
  dark["--mantine-color-dimmed"] = "var(--mantine-color-dark-1)";
  dark["--mantine-color-error"] = "var(--mantine-color-red-text)";
  return { variables, light, dark };
};
