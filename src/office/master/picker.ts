import { type Hospital, hospitalOf } from '../../domain/master/hospital.ts'
import type { Geography } from '../../domain/master/region.ts'
import { variantsIn } from '../../domain/text/folding.ts'
import { type HospitalChoices, hospitalChoices } from './groups.ts'

/** A choice among the hospitals as officers make it; `views/admin/partials/hospital-picker.eta` shows it. */
export interface HospitalPicker {
  groups: HospitalChoices[]
  /** The chosen one by the master's key, by whichever code it was named; '' where none is. */
  chosen: string
  /** For the script that narrows the list: 浜濱濵 崎﨑. */
  variants: string
}

interface PickerState {
  /** As typed or asked for: a key or either code. */
  chosen?: string
  /** First come the hospitals whose name resembles it. */
  typedName?: string
}

/** @param hospitals those to choose from */
export function hospitalPicker(
  hospitals: readonly Hospital[],
  geography: Geography,
  { chosen = '', typedName = '' }: PickerState = {},
): HospitalPicker {
  const choices =
    typedName === '' ? offered(hospitals, geography) : choicesOf(hospitals, geography, typedName)
  return { ...choices, chosen: hospitalOf(hospitals, chosen)?.key ?? chosen }
}

type Choices = Pick<HospitalPicker, 'groups' | 'variants'>

/** The master is the same one until something changes: so is what it offers. */
const known = new WeakMap<readonly Hospital[], { geography: Geography; choices: Choices }>()

function offered(hospitals: readonly Hospital[], geography: Geography): Choices {
  const before = known.get(hospitals)
  if (before?.geography === geography) return before.choices
  const choices = choicesOf(hospitals, geography, '')
  known.set(hospitals, { geography, choices })
  return choices
}

function choicesOf(hospitals: readonly Hospital[], geography: Geography, typedName: string): Choices {
  const groups = hospitalChoices(hospitals, geography, typedName)
  return { groups, variants: variantsIn(groups.flatMap(textsOf)).join(' ') }
}

function textsOf({ label, options }: HospitalChoices): string[] {
  return [label, ...options.flatMap((option) => [option.label, option.facts])]
}
