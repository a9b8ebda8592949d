import { badInput } from './command.ts'

interface Given {
  /** What is no option, in its order. */
  rest: string[]
  /** Every value of an option, as often as it was given. */
  options: Partial<Record<string, string[]>>
}

/** Takes `--name VALUE` out of the arguments; another option than these is refused. */
export function optionsOf(args: readonly string[], names: readonly string[], usage: string): Given {
  const given: Given = { rest: [], options: {} }
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index]!
    if (!arg.startsWith('--')) {
      given.rest.push(arg)
      continue
    }
    if (!names.includes(arg)) throw badInput(`${arg}：この指定はありません。使い方：kakuho ${usage}`)
    index += 1
    const value = args[index]
    if (value === undefined) throw badInput(`${arg}：値を指定してください。使い方：kakuho ${usage}`)
    given.options[arg] = [...(given.options[arg] ?? []), value]
  }
  return given
}
