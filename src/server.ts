import { readConfig } from './config.ts'
import { serve, startProblem } from './serve.ts'

/** `npm start`: the real program. Ends with every request in flight answered. */
const running = await serve(configOrExit(), () => new Date()).catch((error: unknown) => {
  const problem = startProblem(error)
  if (problem === null) throw error
  process.stderr.write(`${problem}\n`)
  process.exit(1)
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void running.close())

function configOrExit() {
  try {
    return readConfig()
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exit(2)
  }
}
