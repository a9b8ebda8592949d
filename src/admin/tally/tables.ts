import { EMR_CHOICES, INTENT_CHOICES } from '../../domain/answer/choices.ts'
import type { ConsentLine, RateLine, Tally } from '../../office/tally/tally.ts'
import { address, counted, share, type TallyRow, type TallyTable } from './cells.ts'
import { furtherTables } from './further-tables.ts'

export function tallyTables(tally: Tally): TallyTable[] {
  return [
    emrByIntent(tally),
    rates('regions', '二次医療圏別の回答率', '二次医療圏', tally.regions, tally.hospitals, 'region'),
    rates('bands', '病床規模区分別の回答率', '病床規模区分', tally.bands, tally.hospitals, 'band'),
    ratesByBoth(tally),
    consents(tally),
    ...furtherTables(tally.questions, tally.answers(null, null)),
    reasons(tally),
  ]
}

function emrByIntent(tally: Tally): TallyTable {
  const cell = (emr: (typeof EMR_CHOICES)[number] | null, intent: (typeof INTENT_CHOICES)[number] | null) =>
    counted(
      tally.answers(emr?.id ?? null, intent?.id ?? null),
      address('/admin/submissions', { state: 'current', emr: emr?.id, intent: intent?.id }),
    )
  const closed = tally.closed > 0 ? `閉院した病院の回答${tally.closed}件を含みます。` : ''
  return {
    id: 'emr-intent',
    title: '電子カルテの導入状況と活用意向',
    note: `有効な回答の件数です。${closed}`,
    rowHead: '電子カルテの導入状況',
    columns: [...INTENT_CHOICES.map(({ short }) => short), '計'],
    rows: [...EMR_CHOICES, null].map((emr) => ({
      label: emr?.short ?? '計',
      isTotal: emr === null,
      cells: [...INTENT_CHOICES, null].map((intent) => cell(emr, intent)),
    })),
  }
}

function rates(
  id: string,
  title: string,
  rowHead: string,
  lines: readonly RateLine[],
  total: RateLine,
  parameter: 'region' | 'band',
): TallyTable {
  const rowOf = ({ id, label, hospitals, answered }: RateLine): TallyRow => {
    const href = (answered?: string) =>
      address('/admin/hospitals', { [parameter]: id || undefined, answered })
    return {
      label,
      isTotal: id === '',
      cells: [
        counted(hospitals, href()),
        counted(answered, href('yes')),
        counted(hospitals - answered, href('no')),
        share(answered, hospitals),
      ],
    }
  }
  return {
    id,
    title,
    note: '閉院した病院は含みません。',
    rowHead,
    columns: ['病院', '回答', '未回答', '回答率'],
    rows: [...lines, total].map(rowOf),
  }
}

function ratesByBoth({ regions, bands, hospitals, rate }: Tally): TallyTable {
  const cell = ({ hospitals, answered }: Omit<RateLine, 'id' | 'label'>, of: Record<string, string>) => ({
    ...counted(answered, address('/admin/hospitals', { ...of, answered: 'yes' })),
    text: hospitals === 0 ? '－' : `${answered}／${hospitals}`,
  })
  return {
    id: 'regions-bands',
    title: '二次医療圏・病床規模区分別の回答',
    note: '回答した病院／病院の数です。',
    rowHead: '二次医療圏',
    columns: [...bands.map(({ label }) => label), '計'],
    rows: [
      ...regions.map((region) => ({
        label: region.label,
        isTotal: false,
        cells: [
          ...bands.map((band) => cell(rate(region.id, band.id), { region: region.id, band: band.id })),
          cell(region, { region: region.id }),
        ],
      })),
      {
        label: '計',
        isTotal: true,
        cells: [...bands.map((band) => cell(band, { band: band.id })), cell(hospitals, {})],
      },
    ],
  }
}

function consents({ consents, consent }: Tally): TallyTable {
  const rowOf = ({ id, label, answers, consented, kept }: ConsentLine): TallyRow => {
    const href = (more: Record<string, string>) =>
      address('/admin/submissions', { state: 'current', band: id || undefined, ...more })
    return {
      label,
      isTotal: id === '',
      cells: [
        counted(answers, href({})),
        counted(consented, href({ consent: 'yes' })),
        counted(answers - consented, href({ consent: 'no' })),
        share(consented, answers),
        counted(kept, href({ consent: 'yes', gmis: 'yes' })),
        counted(consented - kept, href({ consent: 'yes', gmis: 'no' })),
      ],
    }
  }
  return {
    id: 'gmis',
    title: 'GMIS調査の回答の活用への同意',
    note: '有効な回答の件数です。取込みは、同意した病院のうち、GMIS調査の回答を取り込んだ病院の数です。',
    rowHead: '病床規模区分',
    columns: ['回答', '活用してよい', '活用を希望しない', '同意の割合', '取込み済み', '取込みなし'],
    rows: [...consents, consent].map(rowOf),
  }
}

function reasons({ eligible, reasons, hospitals: { hospitals } }: Tally): TallyTable {
  const rowOf = (label: string, count: number, query: Record<string, string>, isTotal = false): TallyRow => ({
    label,
    isTotal,
    cells: [counted(count, `${address('/admin/selection', query)}#ranking`), share(count, hospitals)],
  })
  return {
    id: 'reasons',
    title: '選定対象とならない理由',
    note: '現在の選定案によります。理由が2つ以上ある病院は、初めに当たる理由で数えています。',
    rowHead: '区分',
    columns: ['病院', '割合'],
    rows: [
      rowOf('選定対象', eligible, { decision: 'eligible' }),
      ...reasons.map(({ id, label, count }) => rowOf(label, count, { reason: id })),
      rowOf('計', hospitals, {}, true),
    ],
  }
}
