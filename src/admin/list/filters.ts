import type { Choice } from '../../domain/text/choice.ts'

/** One select above a list, with what is chosen. */
export interface Filter {
  name: string
  label: string
  value: string
  choices: readonly Choice<string>[]
}

export interface SortColumn {
  label: string
  /** Sorts by this column, the other way round where it already does; null where it cannot be sorted. */
  href: string | null
  sort: 'ascending' | 'descending' | null
  number: boolean
}
