/** The program as it is, which says how much memory it holds when its parent asks. Run with --expose-gc. */
process.on('message', () => {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, rss, external } = process.memoryUsage()
  process.send?.({ heapUsed, rss, external })
})
await import('../../src/server.ts')
