import type { Stores } from '../db/stores.ts'
import { deadlineText } from '../domain/survey/period.ts'
import { dayText } from '../domain/text/dates.ts'
import { type LotPhase, type LotStanding, lotStanding, seenLot } from '../office/lot/standing.ts'
import { readValue } from '../office/lot/typed.ts'
import { badInput, type Command, type CommandContext } from './command.ts'
import { withStores } from './database.ts'

const USAGE =
  'draw --method receipts ｜ draw --method announced --value 公表された結果 --witness 氏名 --witness 氏名'

/** The draw of the round that is prepared, as its page does it: once, after the deadline. */
export const drawCommand: Command = {
  usage: USAGE,
  async run(args, context) {
    const typed = typedDraw(args)
    await withStores(context, (stores) => draw(stores, typed, context))
  },
}

interface TypedDraw {
  method: string
  value: string
  witnesses: string[]
}

function draw(stores: Stores, { method, value, witnesses }: TypedDraw, context: CommandContext): void {
  const now = context.now()
  const standing = lotStanding(stores, now)
  if (standing.phase !== 'ready') throw badInput(refusalText(standing))
  if (standing.method !== method)
    throw badInput(`--method ${method}：抽選の方法は「${standing.method}」と定められています。`)
  const by = { actor: 'cli', at: now }
  const outcome = stores.lots.draw(
    standing.round,
    drawnValue(method, value, witnesses),
    seenLot(stores, standing),
    by,
  )
  if (outcome.kind === 'changed-meanwhile')
    throw badInput('抽選の方法または回答期限が変わりました。もう一度実行してください。')
  if (outcome.kind !== 'drawn')
    throw badInput(
      refusalText({ ...standing, phase: outcome.kind === 'already-drawn' ? 'drawn' : 'proposed' }),
    )
  const { lottery } = outcome.draw
  const what =
    lottery.method === 'receipts' ? `くじ番号 ${lottery.list.length}件` : `公表された結果「${lottery.value}」`
  context.print(`抽選を実施しました（${what}）。抽選に用いる文字列：${lottery.seed}`)
}

function drawnValue(method: string, value: string, witnesses: readonly string[]) {
  if (method !== 'announced') return null
  if (witnesses.length > 2) throw badInput('--witness：立会人は2人です。2回だけ指定してください。')
  const read = readValue({ value, witness1: witnesses[0] ?? '', witness2: witnesses[1] ?? '' })
  if (read.ok) return read.value
  const { errors } = read
  throw badInput(
    [
      errors.value && `--value：${errors.value}`,
      ...[errors.witness1, errors.witness2].map((message) => message && `--witness：${message}`),
    ]
      .filter(Boolean)
      .join(' ／ '),
  )
}

const REFUSALS: Record<Exclude<LotPhase, 'before' | 'waiting'>, string> = {
  text: '点数などが同じ病院の順位は、選定基準の文字列から計算します。抽選は行いません。',
  unannounced: '回答期限までに、抽選に用いるものが登録されませんでした。抽選を実施できません。',
  proposed: '決裁を待っている起案があります。決裁、差戻しまたは取下げの後に実施してください。',
  drawn: '抽選は既に実施されています。やり直すことはできません。',
  ready: '',
}

function refusalText({ phase, closesAt, announced }: LotStanding): string {
  if (phase === 'before')
    return closesAt
      ? `抽選は、回答期限（${deadlineText({ closesAt })}）の後に行います。`
      : '抽選は、回答期限の後に行います。回答期限が設定されていません。'
  if (phase === 'waiting') return `結果が公表される日（${dayText(announced!.knownOn)}）から入力できます。`
  return REFUSALS[phase]
}

function typedDraw(args: readonly string[]): TypedDraw {
  const typed: TypedDraw = { method: '', value: '', witnesses: [] }
  for (let index = 0; index < args.length; index += 2) {
    const [option, text] = [args[index]!, args[index + 1]]
    if (text === undefined) throw badInput(`${option}：値を指定してください。使い方：kakuho ${USAGE}`)
    if (option === '--method') typed.method = text
    else if (option === '--value') typed.value = text
    else if (option === '--witness') typed.witnesses.push(text)
    else throw badInput(`${option}：この指定はありません。使い方：kakuho ${USAGE}`)
  }
  if (typed.method !== 'receipts' && typed.method !== 'announced')
    throw badInput(`--method には receipts または announced を指定してください。使い方：kakuho ${USAGE}`)
  if (typed.method === 'receipts' && typed.value + typed.witnesses.join('') !== '')
    throw badInput('--value と --witness は、--method announced のときだけ指定できます。')
  return typed
}
