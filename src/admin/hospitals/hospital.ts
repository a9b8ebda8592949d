import type { FastifyInstance } from 'fastify'
import type { Stores } from '../../db/stores.ts'
import { type AnswerLine, officeLines } from '../../domain/answer/lines.ts'
import { SUBMISSION_STATES, type Submission } from '../../domain/answer/submission.ts'
import { type Hospital, hospitalOf } from '../../domain/master/hospital.ts'
import { roundLabel } from '../../domain/record/round.ts'
import { explain } from '../../domain/selection/explain/explain.ts'
import type { HospitalResult } from '../../domain/selection/result.ts'
import { problemTexts } from '../../domain/selection/words/decision.ts'
import type { Reasons } from '../../domain/selection/words/reasons.ts'
import { safeguardLines } from '../../domain/selection/words/safeguards.ts'
import { explanationTexts } from '../../domain/selection/words/sentences.ts'
import type { Prefecture } from '../../domain/survey/prefecture.ts'
import { labelOf } from '../../domain/text/choice.ts'
import { receptionLines } from '../../office/answers/comparison.ts'
import { furtherOf } from '../../office/answers/further.ts'
import type { HistoryLine } from '../../office/answers/history.ts'
import type { Draft, ReadDraft } from '../../office/draft/draft.ts'
import { draftReasons } from '../../office/draft/reasons.ts'
import { type StabilityStanding, stabilityDone, stabilityStanding } from '../../office/draft/stability.ts'
import { gmisOfHospital, type HospitalGmis } from '../../office/gmis/hospital.ts'
import { UNDRAWN, undrawnCodes } from '../../office/lot/in-force.ts'
import { type MasterChangeLine, masterChanges } from '../../office/master/changes.ts'
import { hospitalHistory } from '../../office/master/history.ts'
import { hospitalLines } from '../../office/master/lines.ts'
import { type SourcedLine, sourcedLines } from '../../office/master/sources.ts'
import { contactLog, type LoggedContact } from '../../office/requests/contact-log.ts'
import { type ConfirmedResult, confirmedResults } from '../../office/rounds/confirmed.ts'
import { leftOutCause } from '../../office/rounds/held-seats.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import { hospitalPath, type Tone } from '../list/cell.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import { hospitalActRoutes } from './act.ts'
import { type ByHand, byHandDone, byHandOf } from './by-hand.ts'
import { closedPage } from './closed.ts'
import { CONFIRMED_TONES } from './columns.ts'
import { type HospitalControls, hospitalControls } from './controls.ts'
import { moveActs } from './move.ts'
import { type NeighbourLine, neighbourLines } from './neighbours.ts'
import { overrideActs } from './override.ts'
import { type HospitalPoints, type HospitalStability, hospitalPoints, hospitalStability } from './points.ts'

/** 確定結果, or how it stands in the selection that is being prepared. */
interface VerdictLine {
  label: string
  tone: Tone
  word: string
  text: string
  /** Of the round; null for the draft. */
  href: string | null
  /** As they were frozen with it; null for the draft, and where none were. */
  reasons: Reasons | null
}

interface HospitalModel {
  code: string
  name: string
  kana: string | null
  /** Where it is and how large: 鹿児島医療圏, 鹿児島市, 20～99床（60床） */
  facts: string[]
  /** Above everything else: what is confirmed, once anything is, and what the draft says. */
  verdicts: VerdictLine[]
  /** Why the draft says so. */
  sentences: string[]
  /** What others would be told of why. */
  told: { label: string; text: string }[]
  /** What keeps the draft from being confirmed and this hospital has a part in. */
  problems: string[]
  controls: HospitalControls
  points: HospitalPoints
  stability: HospitalStability
  neighbours: NeighbourLine[]
  master: AnswerLine[]
  /** What counts, with the sources that say so or otherwise. */
  sources: SourcedLine[]
  masterChanges: MasterChangeLine[]
  gmis: HospitalGmis
  /** What is known of its safeguards, and which source is scored. */
  safeguards: AnswerLine[]
  answer: { number: string; lines: AnswerLine[] } | null
  otherAnswers: { number: string; state: Submission['state']; stateLabel: string }[]
  history: HistoryLine[]
  byHand: ByHand
  /** Calls while it had not answered. */
  contacts: LoggedContact[]
  done: string | null
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/hospitals/hospital': HospitalModel
  }
}

interface Coded {
  Params: { code: string }
}

/** One hospital of the master, and what an officer may decide about it. */
export function hospitalRoutes(app: FastifyInstance, options: AdminOptions, readDraft: ReadDraft): void {
  const { stores } = options

  app.get<Coded>('/hospitals/:code', forReaders, async (request, reply) => {
    const { code } = request.params
    const done = doneText(fieldsOf(request.query).get('done'), request.site.place)
    const known = stores.hospitals.byKey(code) ?? stores.hospitals.byCode(code)
    if (known?.isClosed) return closedPage(reply, stores, known, done)
    const draft = readDraft()
    const hospital = hospitalOf(draft.hospitals, code)
    if (!hospital) return refusal(reply, 'not-found')
    const asked = fieldsOf(request.query).get('stability')
    const standing =
      asked === 'done'
        ? await stabilityDone(draft.reading)
        : stabilityStanding(draft.reading, asked === 'show')
    if (asked === 'show' && standing.kind === 'at-work')
      reply.header('refresh', `0; url=${hospitalPath(hospital.key)}?stability=done#stability`)
    const model = hospitalModel(stores, draft, hospital, { done, standing })
    return adminPage(reply, 'admin/hospitals/hospital', model)
  })

  for (const act of [...overrideActs(stores), ...moveActs(stores)])
    hospitalActRoutes(app, options, readDraft, act)
}

function doneText(done: string, { kind }: Prefecture): string | null {
  const did = new Map([
    ['designate', `${kind}の指定を登録しました。`],
    ['exclude', `${kind}の判断による除外を登録しました。`],
    ['override-undone', `${kind}の判断を取り消しました。`],
    ['moved', '順位を変更しました。'],
    ['move-undone', '順位の変更を取り消しました。'],
    ['source', '出典の選択を登録しました。'],
  ]).get(done)
  return did === undefined ? (byHandDone(done) ?? null) : `${did}選定案に反映しています。`
}

/** Everything about one hospital: why it is in or out, what would change that, and what is known of it. */
function hospitalModel(
  stores: Stores,
  draft: Draft,
  hospital: Hospital,
  { done, standing: stability }: { done: string | null; standing: StabilityStanding },
): HospitalModel {
  const { reading } = draft
  const explanation = explain(reading, hospital.key)
  const { row, standing } = explanation
  const leftOut = draft.held.leftOut.get(hospital.key)
  const { summary, sentences } = explanationTexts(explanation, reading, leftOut && leftOutCause(leftOut))
  const own = draft.submissions.filter(({ hospitalCode }) => hospitalCode === hospital.key)
  const current = own.find(({ state }) => state === 'current')
  return {
    code: hospital.key,
    name: hospital.name,
    kana: hospital.kana,
    facts: [
      `${hospital.region}医療圏`,
      hospital.municipality,
      `${reading.bandLabel(row.band)}（${hospital.beds}床）`,
      hospital.supportedIn && `過去の支援：${hospital.supportedIn}`,
    ].filter((fact) => fact !== null),
    verdicts: [
      ...confirmedLines(confirmedResults(stores)?.get(hospital.key)),
      draftLine(draft, row, { summary, isNext: draft.snapshot.round > 1 }),
    ],
    sentences: sentences.filter((sentence) => sentence !== summary),
    told: toldLines(draftReasons(draft)(hospital.key)),
    problems: problemTexts(reading, ({ band }) => row.basis === 'designated' && row.band === band),
    controls: hospitalControls(stores, draft, explanation),
    points: hospitalPoints(reading, explanation),
    stability: hospitalStability(reading, row, stability),
    neighbours: standing ? neighbourLines(reading, standing) : [],
    master: hospitalLines(hospital, reading.snapshot.policy.bands),
    sources: sourcedLines(stores, hospital),
    masterChanges: masterChanges(stores, hospital.key),
    gmis: gmisOfHospital(stores, hospital.key),
    safeguards: safeguardLines(reading.candidate(hospital.key), reading.snapshot.policy.unknownValue),
    answer: current
      ? {
          number: current.number,
          lines: [
            ...receptionLines(current),
            ...officeLines(current.answers, furtherOf(stores, [current.answers])),
          ],
        }
      : null,
    otherAnswers: own
      .filter((submission) => submission !== current)
      .map(({ number, state }) => ({ number, state, stateLabel: labelOf(SUBMISSION_STATES, state) })),
    history: hospitalHistory(stores, hospital.key, reading.place),
    byHand: byHandOf(stores, hospital),
    contacts: contactLog(stores.contacts.ofHospital(hospital.key)),
    done,
  }
}

/** What an officer reads of it stands on the page already. */
function toldLines({ hospital, points, ministry }: Reasons): HospitalModel['told'] {
  return [
    { label: '病院に伝える理由', text: hospital },
    { label: '点数の説明（病院に点数を表示する場合）', text: points ?? '' },
    { label: '選定理由（厚生労働省への報告）', text: ministry },
  ].filter(({ text }) => text !== '')
}

function confirmedLines(confirmed: ConfirmedResult | undefined): VerdictLine[] {
  if (!confirmed) return []
  const { kind, text, detail, why, href, reasons } = confirmed
  const told = [detail, why].filter(Boolean).join('。')
  const tone = CONFIRMED_TONES[kind]
  return [{ label: '確定結果', tone, word: text, text: told && `${told}。`, href, reasons }]
}

function draftLine(
  draft: Draft,
  row: HospitalResult,
  { summary, isNext }: { summary: string; isNext: boolean },
): VerdictLine {
  const { reading, snapshot } = draft
  const note = undrawnCodes(draft).has(row.code)
    ? `点数などが同じ病院があり、順位は${UNDRAWN}のものです。`
    : ''
  return {
    label: isNext ? `${roundLabel(snapshot.round)}での扱い` : '選定案での判定',
    tone: row.decision === 'selected' ? 'ok' : 'muted',
    word: reading.texts.decision(row),
    text: summary + note,
    href: null,
    reasons: null,
  }
}
