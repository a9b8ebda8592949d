import { readConfig } from './config.ts'
import { serve } from './serve.ts'

/** `npm start`: the real program. Ends with every request in flight answered. */
const running = await serve(configOrExit(), () => new Date())
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void running.close())

function configOrExit() {
  try {
    return readConfig()
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exit(2)
  }
}
