import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, type Refused } from '../../src/api';
import { lang, speak } from '../../src/strings';

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

describe('an answer that refuses', () => {
  const refusal = async (error: object) => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ error }), { status: 400 })));
    return call('/api/runs').then(() => expect.unreachable(), (e: Refused) => e) as Promise<Refused>;
  };
  afterEach(() => void (lang.value = 'en'));
  it('is said in words for people where there are some, in their language', async () => {
    const error = { message: 'n: 65; allowed: 1 to 64', allowed: '1 to 64', said: { en: 'too many', id: 'terlalu banyak' } };
    expect((await refusal(error)).message).toBe('too many');
    await speak('id');
    expect((await refusal(error)).message).toBe('terlalu banyak');
    const plain = await refusal({ message: 'x: 1', allowed: '2' });
    expect([plain.message, plain.both, plain.allowed]).toEqual(['x: 1', undefined, '2']);
  });
});
