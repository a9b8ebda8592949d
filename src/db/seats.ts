import type { Texts } from '../domain/record/shown.ts'
import type { Policy } from '../domain/selection/policy.ts'
import type { SettingsRefusal } from '../domain/survey/settings.ts'
import { type Db, immediately } from './open.ts'
import { policyStore } from './policies.ts'
import type { PolicySave } from './policy-versions.ts'
import { settingsStore } from './settings.ts'

/** What the one form of the seats says: how they are shared out, and how many the prefecture has. */
interface SeatChange {
  /** The version of the policy that was changed. */
  version: number
  /** Null where the policy stays as it is. */
  policy: Policy | null
  /** The prefecture's number, and what the form showed of it; null where it stays as it is. */
  prefecture: string | null
  shown: string
}

/** 支援枠: the bands' seats are in the policy, the prefecture's number is a setting, and both are changed at once. */
export function seatStore(db: Db) {
  const [policies, settings] = [policyStore(db), settingsStore(db)]
  return {
    /** Both or neither; nothing over what somebody else has changed since. */
    save: (
      { version, policy, ...number }: SeatChange,
      by: PolicySave,
    ): 'saved' | 'prefecture' | 'unchanged' | 'policy-changed' | 'prefecture-changed' =>
      immediately(db, () => {
        if (policies.current().version !== version) return 'policy-changed'
        const outcome =
          number.prefecture === null ? 'unchanged' : saveNumber(number.prefecture, number.shown, by)
        if (outcome === 'prefecture-changed' || policy === null) return outcome
        policies.save(policy, by)
        return 'saved'
      }),

    /**
     * What one command sets: settings, and the policy beside them where it changes. All of it or nothing.
     * @returns why nothing was stored
     */
    set: (changes: Texts, policy: Policy | null, by: PolicySave): SettingsRefusal[] =>
      immediately(db, () => {
        const refusals = settings.change(changes, { actor: by.actor, at: by.at })
        if (refusals.length === 0 && policy !== null) policies.save(policy, by)
        return refusals
      }),
  }

  function saveNumber(prefectureSeats: string, shown: string, { actor, at, note: reason }: PolicySave) {
    const before = settings.read().prefectureSeats
    const seen = shown === '' ? {} : { prefectureSeats: shown }
    const { kind } = settings.changeShown({ prefectureSeats }, seen, { actor, at, reason })
    if (kind !== 'changed') return 'prefecture-changed'
    return settings.read().prefectureSeats === before ? 'unchanged' : 'prefecture'
  }
}
