import { SETTINGS_BEFORE_RECORD } from '../../../domain/survey/settings-before-record.ts'
import { detailOf } from '../sentence.ts'
import { settingLabel, settingValue } from '../setting-changes.ts'
import { type Comparison, contradiction, placeOf } from './facts.ts'

interface Recorded {
  /** Null: it has not been set. */
  value: string | null
  seq: number | null
}

/** Every setting is what was last written down of it, and none was set without that. */
export const settingsAgainstRecord: Comparison = ({ settings }) => {
  const stored = settings.stored()
  return (facts) => {
    const recorded = new Map<string, Recorded>()
    for (const { seq, action, subject, detail } of facts)
      if (action === 'settings.changed') recorded.set(subject, { value: detail.text('after'), seq })
      else if (action === 'survey.begun')
        for (const [key, value] of Object.entries(detail.object('settings') ?? {}))
          if (typeof value === 'string') recorded.set(key, { value, seq })
    // Earlier programs did not write down what the next edition began with.
    const isBegunBefore = facts.some(
      ({ action, detail }) => action === 'survey.begun' && detail.object('settings') === null,
    )
    return contradiction('設定', differences(stored, recorded, isBegunBefore))
  }
}

function* differences(
  stored: Readonly<Record<string, string>>,
  recorded: ReadonlyMap<string, Recorded>,
  isBegunBefore: boolean,
): Generator<string> {
  for (const key of new Set([...recorded.keys(), ...Object.keys(stored)])) {
    const known = recorded.get(key)
    const value = Object.hasOwn(stored, key) ? stored[key]! : null
    if (known ? known.value === value : isBegunBefore || SETTINGS_BEFORE_RECORD[key] === value) continue
    const label = `設定の「${settingLabel(key)}」が、記録と異なります。現在の値は${wordsOf(key, value)}`
    yield known
      ? `${label}ですが、${placeOf({ seq: known.seq! })}では${wordsOf(key, known.value)}です。`
      : `${label}ですが、設定した記録がありません。`
  }
}

function wordsOf(key: string, value: string | null): string {
  if (value === null) return '（設定なし）'
  const words = settingValue({ subject: key, detail: detailOf({ after: value }) }, 'after')
  return /^（.*）$/.test(words) ? words : `「${words}」`
}
