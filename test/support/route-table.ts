import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyContextConfig, FastifyInstance } from 'fastify'
import { startTestApp, type TestAppOptions } from './app.ts'

/** An address of the running program as it was registered, e.g. GET /admin/rounds/:number. */
export interface Route {
  method: string
  url: string
  config: FastifyContextConfig
}

/** The program with every route that it has, both sides: a new one is in the table by being there. */
export async function startWithRoutes(options: TestAppOptions = {}) {
  const routes: Route[] = []
  const listen = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRoute', ({ method, url, config = {} }) => {
      for (const each of [method].flat()) routes.push({ method: each, url, config })
    })
  }
  subscribe('fastify.initialization', listen)
  const testApp = await startTestApp(options)
  unsubscribe('fastify.initialization', listen)
  await testApp.app.ready()
  return { ...testApp, routes: routes.filter(({ url }) => !url.includes('*')) }
}

/** The routes of one method, in the order in which they are registered, each address once. */
export function addresses(routes: readonly Route[], method: string): string[] {
  return [...new Set(routes.filter((route) => route.method === method).map(({ url }) => url))]
}
