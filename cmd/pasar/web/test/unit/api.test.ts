import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, `file://${process.cwd()}/test/unit/`), 'utf8');
const openapi = read('../../../serve/openapi.yaml');
const api = read('../../src/api.ts');

describe('api.ts', () => {
  it('asks only for what the OpenAPI file has', () => {
    const known = [...openapi.matchAll(/^ {2}(\/\S+):$/gm)].map((m) => m[1]!.replace(/\{\w+\}/g, '*'));
    const asked = [...api.matchAll(/[`'](\/api\/[^`'?]*?)(?:\$\{query\([^`]*)?[`']/g)].map((m) => m[1]!.replace(/\$\{[^}]*\}/g, '*'));
    expect(asked.length).toBeGreaterThan(12);
    for (const path of asked) expect(known).toContain(path);
  });
  it('names no field that the file does not have', () => {
    const types = api.slice(api.indexOf('export type State'), api.indexOf('/** Refused is'));
    const fields = new Set([...types.matchAll(/(?<=[{;]\s*)(\w+)\??:/g)].map((m) => m[1]!));
    expect(fields.size).toBeGreaterThan(60);
    for (const f of fields) expect(openapi, f).toMatch(new RegExp(`\\b${f}["']?:`));
  });
});
