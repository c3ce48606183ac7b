import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";

import svelteConfig from "./svelte.config.js";

// One door to the host (invariant I9): only client.ts may import Tauri, and only state, actions and keys may use the client.
const TAURI = { group: ["@tauri-apps/*"], message: "Only src/lib/ipc/client.ts talks to Tauri." };
const CLIENT = { group: ["**/ipc/client"], message: "Components and views call state classes or actions, never the host." };

export default ts.config(
  { ignores: ["dist/", "node_modules/", "src/lib/ipc/bindings.ts"] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...ts.configs.stylistic,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { extraFileExtensions: [".svelte"], parser: ts.parser, svelteConfig } },
  },
  {
    rules: {
      "no-undef": "off", // TypeScript knows better
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "@typescript-eslint/consistent-type-imports": "error",
      "svelte/no-at-html-tags": "error",
      // State is immutable snapshots in $state.raw; a Map or Set is built, published whole and never changed.
      "svelte/prefer-svelte-reactivity": "off",
      "no-restricted-imports": ["error", { patterns: [TAURI] }],
    },
  },
  { files: ["src/components/**", "src/views/**", "src/App.svelte"], rules: { "no-restricted-imports": ["error", { patterns: [TAURI, CLIENT] }] } },
  { files: ["src/lib/ipc/client.ts", "src/test/host.ts"], rules: { "no-restricted-imports": "off" } },
);
