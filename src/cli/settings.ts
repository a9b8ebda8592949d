import type { Stores } from '../db/stores.ts'
import { furtherField } from '../domain/answer/further.ts'
import { typedSeedProblem } from '../domain/lot/lottery.ts'
import { policySettings, policyWith } from '../domain/selection/policy-settings.ts'
import { isFurtherColumn } from '../domain/survey/ministry-columns.ts'
import { SETTING_DEFAULTS, type Settings, type SettingsRefusal } from '../domain/survey/settings.ts'
import { isSettingKey, parseSettings } from '../domain/survey/settings-schema.ts'
import { badInput, type Command, type CommandContext } from './command.ts'
import { withNewStores, withStores } from './database.ts'

const USAGE = 'settings set KEY=VALUE … | settings show'

export const settingsCommand: Command = {
  usage: USAGE,
  async run([act, ...args], context) {
    if (act === 'show' && args.length === 0) return withStores(context, (stores) => show(stores, context))
    if (act === 'set' && args.length > 0)
      return withNewStores(context, (stores) => set(stores, args, context))
    throw badInput(`使い方：kakuho ${USAGE}`)
  },
}

function show(stores: Stores, { print }: CommandContext): void {
  for (const [key, value] of Object.entries(all(stores))) print(`${key}=${value}`)
}

/** Everything is checked before anything is stored. */
function set(stores: Stores, args: string[], context: CommandContext): void {
  const changes = Object.fromEntries(args.map(pair))
  const known = all(stores)
  const unknown = Object.keys(changes).find((key) => !Object.hasOwn(known, key))
  if (unknown !== undefined) {
    throw badInput(`${unknown}：この設定項目はありません。kakuho settings show で項目名を確認してください。`)
  }
  const surveyChanges = pick(changes, isSettingKey)
  const policyChanges = pick(changes, (key) => !isSettingKey(key))
  const policy = policyWith(stores.policies.current().policy, policyChanges, stores.questions.all())
  const settings = parseSettings({ ...stores.settings.stored(), ...surveyChanges })
  if ('lotterySeed' in policyChanges && stores.lots.method() !== 'text')
    throw badInput(
      'lotterySeed：抽選に用いる文字列は、抽選により定まるため、設定できません。kakuho draw または「抽選」の画面で抽選を実施してください。',
    )
  const asDrawn = typedSeedProblem(policyChanges.lotterySeed ?? '')
  const refusals = [
    ...(asDrawn ? [{ key: 'lotterySeed', message: asDrawn }] : []),
    ...(policy.ok ? [] : policy.refusals),
    ...(settings.ok ? unknownQuestions(stores, settings.settings) : settings.refusals),
  ]
  if (!policy.ok || refusals.length > 0) {
    throw badInput(refusals.map(({ key, message }) => `${key}：${message}`).join(' ／ '))
  }
  const by = { actor: 'cli', at: context.now() }
  stores.together(() => {
    const refused = stores.settings.change(surveyChanges, by)
    if (refused.length > 0)
      throw badInput(refused.map(({ key, message }) => `${key}：${message}`).join(' ／ '))
    if (Object.keys(policyChanges).length > 0)
      stores.policies.save(policy.policy, { ...by, note: `コマンドで変更：${args.join(' ')}` })
  })
  const stored = all(stores)
  for (const key of Object.keys(changes)) context.print(`${key}=${stored[key]}`)
}

/** A column of the report that no question of this edition gives. */
function unknownQuestions({ questions }: Stores, { ministryColumns }: Settings): SettingsRefusal[] {
  const known = new Set(questions.all().map(({ id }) => furtherField(id)))
  return ministryColumns
    .filter((id) => isFurtherColumn(id) && !known.has(id))
    .map((id) => ({ key: 'ministryColumns', message: `「${id}」という質問はありません。` }))
}

function all(stores: Stores): Record<string, string> {
  const policy = stores.policies.current().policy
  return {
    ...SETTING_DEFAULTS,
    ...stores.settings.stored(),
    ...policySettings(policy, stores.questions.all()),
  }
}

function pair(argument: string): [key: string, value: string] {
  const [key, ...value] = argument.split('=')
  if (!key || value.length === 0) throw badInput(`${argument}：KEY=VALUE の形で指定してください。`)
  return [key, value.join('=')]
}

function pick(changes: Record<string, string>, wanted: (key: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(changes).filter(([key]) => wanted(key)))
}
