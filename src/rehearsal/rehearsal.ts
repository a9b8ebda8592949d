import type { FastifyInstance } from 'fastify'
import type { Act } from '../db/acts.ts'
import type { OpenDatabase } from '../db/open.ts'
import { openStores } from '../db/stores.ts'
import { mayRehearse, type RehearsalEnd } from '../domain/survey/rehearsal.ts'
import { type Copy, copyOf } from './copy.ts'
import { type Running, runningOver, type Side } from './running.ts'
import type { Entry, Walker } from './walkers.ts'

/**
 * 調査の試験: a copy of the survey in the memory of this process, served beside it to the officers who entered. One at a
 * time, until an officer ends it, the survey opens or the program stops. The survey's own file learns that it took place, and
 * nothing else.
 */
export type Rehearsal = ReturnType<typeof openRehearsal>

interface RehearsalOptions {
  /** The survey's own. */
  database: OpenDatabase
  now: () => Date
  /** One program for each listener. */
  sides: readonly Side[]
  /** The program over the copy: the very one that serves the survey. */
  build(side: Side, copy: Copy, rehearsal: Rehearsal): Promise<FastifyInstance>
  /** What could not be done, for whoever runs the program. */
  failed(error: unknown): void
}

type StartOutcome = 'started' | 'already-running' | 'too-late' | 'failed'

const LOOK_EVERY = 2_000

export function openRehearsal({ database, now, sides, build, failed }: RehearsalOptions) {
  const stores = openStores(database.db, now)
  let running: Running | null = null
  let isStarting = false
  let timer: NodeJS.Timeout | undefined
  const released = new Set<Promise<void>>()
  recordWhatBrokeOff()

  function recordEnd(why: RehearsalEnd, actor: string): void {
    stores.audit.append({
      at: now(),
      actor,
      action: 'rehearsal.ended',
      subject: 'rehearsal',
      detail: { why },
    })
  }

  /** Of one that was killed, or whose end could not be written down. */
  function recordWhatBrokeOff(): void {
    if (stores.rehearsal.last()?.action === 'rehearsal.started') recordEnd('stopped', 'system')
  }

  function stop(why: RehearsalEnd, actor: string): void {
    const stopped = running!
    // First of all: nobody is led to it any more.
    running = null
    clearInterval(timer)
    const release = stopped.release().catch(failed)
    released.add(release)
    void release.finally(() => released.delete(release))
    try {
      recordEnd(why, actor)
    } catch (error) {
      // It is over all the same: the next one, or the next start, makes up for it.
      failed(error)
    }
  }

  /**
   * Before the opening. Once hospitals have answered there is none, though the opening be moved: their くじ番号 would be in
   * the copy, and whoever draws there would know them before the draw.
   */
  function isInTime(at: Date): boolean {
    return mayRehearse(stores.settings.read(), at) && !stores.lots.anyGiven()
  }

  /** The opening of the survey ends it, however that came about. */
  function current(): Running | null {
    if (running && !isInTime(now())) stop('opened', 'system')
    return running
  }

  function lookAgain(): void {
    try {
      current()
    } catch (error) {
      // The database is busy, or gone: the next look will tell.
      failed(error)
    }
  }

  async function begin(by: Act, self: Rehearsal): Promise<StartOutcome> {
    let copy: Copy | null = null
    const apps = new Map<Side, FastifyInstance>()
    try {
      recordWhatBrokeOff()
      copy = copyOf(database, now, by)
      for (const side of sides) {
        const app = await build(side, copy, self)
        apps.set(side, app)
        await app.ready()
      }
      const { actor, at } = by
      stores.audit.append({ at, actor, action: 'rehearsal.started', subject: 'rehearsal', detail: {} })
    } catch (error) {
      failed(error)
      for (const app of apps.values()) await app.close()
      copy?.database.close()
      return 'failed'
    }
    running = runningOver(copy, apps, by, now)
    timer = setInterval(lookAgain, LOOK_EVERY).unref()
    return 'started'
  }

  const rehearsal = {
    /** Whether one may be started. */
    isInTime: (): boolean => isInTime(now()),

    /** Who started the one that is going on, and when; null where none is. */
    begun: (): Act | null => current()?.begun ?? null,

    async start(by: Act): Promise<StartOutcome> {
      if (isStarting || current()) return 'already-running'
      if (!isInTime(by.at)) return 'too-late'
      isStarting = true
      try {
        return await begin(by, rehearsal)
      } finally {
        isStarting = false
      }
    },

    /** @param shown when the one began that the officer saw: of another one nothing is known */
    end({ actor }: Act, shown: Date): 'ended' | 'not-running' | 'another' {
      const found = current()
      if (!found) return 'not-running'
      if (found.begun.at.getTime() !== shown.getTime()) return 'another'
      stop('ended', actor)
      return 'ended'
    },

    /** How the last one ended, as the survey's record has it; null where none has. */
    lastEnd(): { why: RehearsalEnd; at: Date } | null {
      const last = stores.rehearsal.last()
      return last?.action === 'rehearsal.ended' ? { why: last.detail.why as RehearsalEnd, at: last.at } : null
    },

    /** @returns what the officer's browser is given; null where none is going on */
    enter: (walker: Walker): string | null => current()?.walkers.enter(walker) ?? null,
    link: (walker: Walker): string | null => current()?.walkers.link(walker) ?? null,
    redeem: (token: string): string | null => current()?.walkers.redeem(token) ?? null,
    entry: (token: string): Entry | null => current()?.walkers.entry(token) ?? null,
    leave: (token: string): void => running?.walkers.leave(token),

    serve: (...args: Parameters<Running['serve']>): void => running!.serve(...args),
    loginOf: (request: Parameters<Running['loginOf']>[0]): string | null => running?.loginOf(request) ?? null,

    /** With the program: what is under way is answered first. */
    async close(): Promise<void> {
      if (running) stop('stopped', 'system')
      await Promise.all(released)
    },
  }
  return rehearsal
}
