/// <reference types="vitest/config" />
import { defineConfig } from 'vite';

// No plugin: JSX is compiled by Vite itself. Paths are relative, so that the lab works under any address.
export default defineConfig({
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'ui/dist', emptyOutDir: true, modulePreload: { polyfill: false }, target: 'es2022', assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 2, test: /\.tsx?$|node_modules/ }] } } }, // one file packs better than ten small ones
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/report': 'http://127.0.0.1:8080' } },
  test: { environment: 'happy-dom', include: ['test/unit/**/*.test.{ts,tsx}'] },
});
