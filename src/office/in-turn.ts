import { setImmediate } from 'node:timers/promises'

/** Milliseconds of work after which everybody else has their turn. */
const TURN = 10

/** Does something with each item, one after the other, for as long as it takes: whoever asks for a page meanwhile gets it. */
export async function inTurn<Item>(items: Iterable<Item>, work: (item: Item) => unknown): Promise<void> {
  let begun = performance.now()
  for (const item of items) {
    work(item)
    if (performance.now() - begun < TURN) continue
    await setImmediate()
    begun = performance.now()
  }
}
