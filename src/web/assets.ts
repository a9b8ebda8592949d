import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

export const PUBLIC_ROOT = resolve(import.meta.dirname, '../../public')

const versions = new Map<string, string>()

/** Address of a file in public/, with its content's hash: it may be cached for ever and never goes stale. */
export function assetUrl(name: string): string {
  const version = versions.get(name) ?? contentVersion(name)
  versions.set(name, version)
  return `/assets/${name}?v=${version}`
}

export async function registerAssets(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, {
    root: PUBLIC_ROOT,
    prefix: '/assets/',
    index: false,
    maxAge: '365d',
    immutable: true,
  })
}

function contentVersion(name: string): string {
  return createHash('sha256')
    .update(readFileSync(resolve(PUBLIC_ROOT, name)))
    .digest('hex')
    .slice(0, 10)
}
