import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// Mantine asks the browser for these; jsdom has none of them.
window.matchMedia ??= (query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: () => {},
  removeListener: () => {},
  addEventListener: () => {},
  removeEventListener: () => {},
  dispatchEvent: () => false,
});

globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

Element.prototype.scrollIntoView ??= () => {};

// Without globals, the library cannot hook its own cleaning in.
afterEach(cleanup);
window.scrollTo = () => {};

// Upper bounds only: a busy machine must not fail a test.
configure({ asyncUtilTimeout: 20_000 });
