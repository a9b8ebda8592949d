import type { Scale } from './scale.ts'

/** 都道府県, and what of a survey is the country's: its hospitals, and how many answer a second in the last hour. */
const PREFECTURES = 47
const HOSPITALS = 8_200
const ANSWERS_A_SECOND = 2.3
/** As deploy/systemd keeps them. */
const BACKUPS = 30
/** Each hospital answers, and every other one corrects once. */
const ANSWERS_A_HOSPITAL = 1.5

const MB = 1_000_000

/** What the whole country would take on one machine, by what one survey of the run has taken. */
export function nation(run: Scale): readonly (readonly [what: string, figure: string, by: string])[] {
  const largest = Math.max(...run.afterLoad.map(({ pss }) => pss))
  const rest = run.atRest.reduce((sum, { pss }) => sum + pss, 0) / run.atRest.length
  const litestream = run.litestream.pss / run.afterLoad.length
  const journey = run.cpu.program + run.cpu.nginx + run.cpu.litestream
  const idle = PREFECTURES * run.idleLitestream
  const { empty, full, answers, replica } = run.disk
  const anAnswer = (full - empty) / answers
  const all = HOSPITALS * ANSWERS_A_HOSPITAL
  const surveys = PREFECTURES * empty + all * anAnswer
  return [
    [
      'memory',
      `${size(PREFECTURES * (rest + litestream) + run.nginx.pss)} at rest, ${size(PREFECTURES * (largest + litestream) + run.nginx.pss)} if all were answered at once`,
      `47 × (program ${size(rest)} or ${size(largest)}, Litestream ${size(litestream)}), nginx ${size(run.nginx.pss)}, PSS`,
    ],
    [
      'processor, last hour',
      `${percent((ANSWERS_A_SECOND * journey + idle) / 1_000)} of one core`,
      `${ANSWERS_A_SECOND}/s × ${journey.toFixed(1)} ms a journey, and 47 Litestreams that look each second: ${idle.toFixed(0)} ms a second`,
    ],
    [
      'answers a second, one core',
      `${Math.floor(1_000 / journey)}, ${Math.floor(1_000 / journey / ANSWERS_A_SECOND)} × the last hour`,
      'of surveys on several cores in all as many times more: they share nothing',
    ],
    [
      'start after the machine was off',
      `${((PREFECTURES * run.killed.cpuMs) / 1_000).toFixed(0)} s of one core until the last of them answers`,
      `47 × ${run.killed.cpuMs.toFixed(0)} ms`,
    ],
    [
      'disk: the surveys',
      size(surveys),
      `47 × ${size(empty)} and ${all.toLocaleString('en-US')} answers × ${(anAnswer / 1_000).toFixed(1)} kB`,
    ],
    ['disk: thirty backups of each, on another machine', size(BACKUPS * surveys), `30 × ${size(surveys)}`],
    [
      'disk: replicas, on another machine',
      size((all * replica) / answers),
      `${size(replica)} of ${answers.toLocaleString('en-US')} answers`,
    ],
  ]
}

/** In MB, or in GB from one on. */
export function size(bytes: number): string {
  if (bytes >= 1_000 * MB) return `${(bytes / 1_000 / MB).toFixed(1)} GB`
  return `${(bytes / MB).toFixed(bytes < 10 * MB ? 1 : 0)} MB`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`
}
