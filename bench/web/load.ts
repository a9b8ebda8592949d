import { fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import type { Done, Job } from './job.ts'

/** The client in its own process. One job at a time. */
export interface Load {
  run(job: Job): Promise<Done>
  end(): void
}

export function openLoad(): Load {
  const child = fork(resolve(import.meta.dirname, 'client.ts'))
  return {
    async run(job) {
      const done = once(child, 'message') as Promise<[Done]>
      child.send(job)
      return (await done)[0]
    },
    end: () => void (child.connected && child.disconnect()),
  }
}

/** @throws where something was answered otherwise than it should */
export function faultless(done: Done): Done {
  if (done.failed > 0) throw new Error(`${done.failed} failed: ${done.failures.join('; ')}`)
  return done
}
