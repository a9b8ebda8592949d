import { expect, test } from 'vitest'
import { NoRoom, turns } from '../../src/office/turns.ts'

/** Work that ends when it is told to. */
function held() {
  const ends: (() => void)[] = []
  let running = 0
  let most = 0
  const work = (name: string, log: string[]) => async () => {
    running += 1
    most = Math.max(most, running)
    log.push(name)
    await new Promise<void>((resolve) => ends.push(resolve))
    running -= 1
  }
  return { work, most: () => most, endOne: () => ends.shift()!() }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('a few at once, the others in their turn, and whoever is known first', async () => {
  const log: string[] = []
  const { work, most, endOne } = held()
  const turn = turns({ atOnce: 2, waiting: 3 })
  const all = ['a', 'b', 'c', 'd'].map((name) => turn.take(work(name, log)))
  all.push(turn.take(work('known', log), { first: true }))
  for (let times = 0; times < 5; times += 1) {
    await settled()
    endOne()
  }
  await Promise.all(all)
  expect(log).toEqual(['a', 'b', 'known', 'c', 'd'])
  expect(most()).toBe(2)
})

test('beyond what may wait it is refused, and who is known has a line of their own', async () => {
  const { work, endOne } = held()
  const turn = turns({ atOnce: 1, waiting: 2 })
  const taken = [1, 2, 3].map((name) => turn.take(work(String(name), [])))
  expect(turn.hasRoom({})).toBe(false)
  await expect(turn.take(async () => 'x')).rejects.toThrow(NoRoom)
  expect(turn.hasRoom({ first: true })).toBe(true)
  const known = turn.take(async () => 'known', { first: true })
  for (let times = 0; times < 3; times += 1) {
    await settled()
    endOne()
  }
  await Promise.all(taken)
  expect(await known).toBe('known')
  expect(await turn.take(async () => 'again')).toBe('again')
})

test('work that fails gives its place back', async () => {
  const turn = turns({ atOnce: 1, waiting: 0 })
  const failing = async () => {
    throw new Error('failed')
  }
  await expect(turn.take(failing)).rejects.toThrow('failed')
  expect(await turn.take(async () => 'next')).toBe('next')
})
