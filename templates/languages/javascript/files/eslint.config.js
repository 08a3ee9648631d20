import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import globals from "globals";

export default defineConfig([
  js.configs.recommended,
  { ignores: ["static/**"], languageOptions: { globals: globals.nodeBuiltin } },
  { files: ["static/**"], languageOptions: { globals: globals.browser } },
  {
    rules: {
      // `== null` is true for undefined as well, which is often meant.
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
]);
