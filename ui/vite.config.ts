import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

import { firstPaint, together } from "./firstPaint.ts";

export default defineConfig({
  plugins: [svelte(), firstPaint()],
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: { target: "es2022", chunkSizeWarningLimit: 1024, rolldownOptions: { output: { codeSplitting: { groups: [together()] } } } },
  // `browser` makes Svelte's client build the one that component tests load.
  resolve: process.env.VITEST ? { conditions: ["browser"] } : {},
  test: { environment: "jsdom", setupFiles: ["./src/test/setup.ts"], include: ["src/**/*.test.ts"] },
});
