/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv } from "vite";

const awooop = loadEnv("development", ".", "AWOOOP_").AWOOOP_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  server: { host: "127.0.0.1", proxy: { "/v1": awooop, "/openapi": awooop } },
  build: { outDir: "dist", emptyOutDir: true, sourcemap: false, chunkSizeWarningLimit: 800 },
  test: { environment: "jsdom", setupFiles: ["src/test/setup.ts"], testTimeout: 60_000, restoreMocks: true, unstubGlobals: true },
});
