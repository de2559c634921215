import "@mantine/core/styles.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ProblemError } from "./api/problem";
import { router } from "./app/router";
import { readableColors, theme } from "./app/theme";
import { locale } from "./i18n/locale";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // Events tell at once; what they could not tell of is seen with the next reading.
      refetchInterval: 30_000,
      // A refusal does not change by asking again; an outage may.
      retry: (failures, error) => failures < 3 && !(error instanceof ProblemError && error.problem.status < 500),
    },
  },
});

document.documentElement.lang = locale;

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={readableColors} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
