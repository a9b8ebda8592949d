import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Act } from '../db/acts.ts'
import type { Copy } from './copy.ts'
import { type Entry, walkersOf } from './walkers.ts'

export type Side = 'both' | 'public' | 'admin'

/** A rehearsal while it lasts: the copy, the programs over it, and who is within. */
export type Running = ReturnType<typeof runningOver>

/** What is under way when it ends is given this long. */
const LONGEST_REQUEST = 10_000

export function runningOver(
  copy: Copy,
  apps: ReadonlyMap<Side, FastifyInstance>,
  begun: Act,
  now: () => Date,
) {
  const walkers = walkersOf(now)
  const serving = new Map<IncomingMessage, Entry>()
  let whenIdle: (() => void) | null = null

  function done(request: IncomingMessage): void {
    serving.delete(request)
    if (serving.size === 0) whenIdle?.()
  }

  return {
    begun,
    walkers,

    /** Hands a request to the program over the copy, which answers it. */
    serve(side: Side, entry: Entry, request: IncomingMessage, response: ServerResponse): void {
      serving.set(request, entry)
      response.once('close', () => done(request))
      apps.get(side)!.routing(request, response)
    },

    /** Who is behind a request to the copy's officers' side; null where it came by a link that was handed on. */
    loginOf(request: IncomingMessage): string | null {
      const entry = serving.get(request)
      return entry?.isOfficer ? entry.walker.login : null
    },

    /** Gives back what it holds, once what is under way is answered. */
    async release(): Promise<void> {
      if (serving.size > 0)
        await new Promise<void>((resolve) => {
          whenIdle = resolve
          setTimeout(resolve, LONGEST_REQUEST).unref()
        })
      for (const app of apps.values()) await app.close()
      copy.database.close()
    },
  }
}
