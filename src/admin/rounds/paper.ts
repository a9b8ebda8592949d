import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Edition } from '../../db/edition-rows.ts'
import type { Stores } from '../../db/stores.ts'
import { editionLabel, roundLabel } from '../../domain/record/round.ts'
import { type AmendedBasis, amendedBasesOf } from '../../domain/selection/amendment.ts'
import { signatureIn } from '../../domain/selection/archive/signature.ts'
import type { BandBoard } from '../../domain/selection/board.ts'
import { hospitalsOnLot } from '../../domain/selection/words/lots.ts'
import { versionLabel } from '../../domain/selection/words/policy.ts'
import { dateText, dateTimeText, dayText } from '../../domain/text/dates.ts'
import { fingerprintText, signingFingerprint } from '../../domain/text/ed25519.ts'
import { type ReasonRow, reasonRows } from '../../files/reports/reasons.ts'
import { draftFacts } from '../../office/draft/confirmation.ts'
import { draftOfQuery, type ReadDraft } from '../../office/draft/draft.ts'
import { officerNames } from '../../office/officer-names.ts'
import { type FrozenRound, frozenRoundReader } from '../../office/rounds/frozen.ts'
import { type RoundLine, type RoundLines, roundLines } from '../../office/rounds/lines.ts'
import { soundArchive } from '../../office/rounds/sound-files.ts'
import { fieldsOf } from '../../web/fields.ts'
import { forReaders } from '../access.ts'
import type { AdminOptions } from '../options.ts'
import { adminPage } from '../page.ts'
import { refusal } from '../refusals.ts'
import {
  type Identified,
  PROPOSAL_ADDRESS,
  proposalAt,
  proposalHref,
  ROUND_ADDRESSES,
  type RoundAddress,
  roundAt,
} from './address.ts'
import { reasonLines } from './edition.ts'
import { addressOf, type Reader, readerOf, readersAt } from './reason-readers.ts'
import { missingPlaces } from './summary.ts'

interface PaperModel {
  label: string
  back: string
  /** 文書番号 and the days of the act: blank lines to write on, but for what is known. */
  fields: { label: string; text: string }[]
  /** 伺い文; null on paper that nobody is asked to approve any more. */
  inquiry: string | null
  /** 案, 起案, 確定: what the paper is. */
  standing: string
  dated: string[]
  board: BandBoard
  selected: RoundLine[]
  /** The same beside each other, so that fifty of them fit one sheet; with long names in smaller print. */
  halves: PaperLine[][]
  isDense: boolean
  /** What the signs of the rules by which they have their seats stand for. */
  signs: { sign: string; label: string }[]
  /** 支援順位 that nobody has any more. */
  missingPlaces: string
  waitlisted: number
  /** Who declined and who moved up: what whoever approves a later edition is asked about. */
  declined: string
  /** Whose seat hung on the lot alone; '' where nobody's did. */
  onLot: string
  reasons: { label: string; text: string }[]
  policy: string
  snapshotSha256: string
  /** Of the key by which the archive is signed, or will be; null where it is not. */
  fingerprint: string | null
  /** For whom the list of reasons is, and the lists there are; none but the ministry's where no reasons were frozen. */
  reader: Reader
  readers: { href: string; label: string; isCurrent: boolean }[]
  /** Every hospital, where the list is not the ministry's. */
  rows: ReasonRow[]
  csv: string
}

interface PaperLine extends RoundLine {
  /** 選定区分 in one character. */
  sign: string
}

declare module '../page.ts' {
  interface AdminViews {
    'admin/rounds/paper-list': PaperModel
    'admin/rounds/paper-reasons': PaperModel
  }
}

/** What is printed, and the page to go back to. */
interface Paper {
  frozen: Pick<FrozenRound, 'reading' | 'register' | 'reasons' | 'questions'>
  policyVersion: number
  /** Null for a draft. */
  edition: Edition | null
  /** 案: a draft, or an edition as it was proposed. */
  isProposed: boolean
  back: string
  /** The list's own address, as it was asked for. */
  url: string
}

/** Beyond this many one list would not fit the sheet. */
const ONE_COLUMN = 24
/** So many characters of a name stand on one line of the list, and so many lines on the sheet in its usual print. */
const NAME_LINE = 16
const SHEET_LINES = 32

const SIGNS: Record<AmendedBasis, string> = {
  designated: '指',
  rank: '順',
  region_floor: '圏',
  redistributed: '配',
  promoted: '繰',
}

/** 起案用: the selection on paper, for the seals, out of the draft, a proposal or a confirmed edition. */
export function paperRoutes(app: FastifyInstance, { stores, now }: AdminOptions, readDraft: ReadDraft): void {
  const frozenOf = frozenRoundReader(stores)

  for (const [path, view] of [
    ['list', 'admin/rounds/paper-list'],
    ['reasons', 'admin/rounds/paper-reasons'],
  ] as const) {
    const show = (reply: FastifyReply, edition: Edition | null, isProposed: boolean, back: string) => {
      const { url } = reply.request
      if (!edition) return refusal(reply, 'not-found')
      const { policyVersion } = edition
      const paper = { frozen: frozenOf(edition), policyVersion, edition, isProposed, back, url }
      return adminPage(reply, view, paperModel(stores, paper, now()))
    }

    app.get(`/selection/${path}`, forReaders, async (request, reply) => {
      const draft = draftOfQuery(stores, readDraft, fieldsOf(request.query).get('round'))
      const { policyVersion } = draft
      const frozen = draftFacts(draft, request.site)
      const paper = {
        frozen,
        policyVersion,
        edition: null,
        isProposed: true,
        back: '/admin/selection',
        url: request.url,
      }
      return adminPage(reply, view, paperModel(stores, paper, now()))
    })
    app.get<Identified>(`${PROPOSAL_ADDRESS}/${path}`, forReaders, async ({ params: { id } }, reply) =>
      show(reply, proposalAt(stores, id), true, proposalHref(Number(id))),
    )
    for (const address of ROUND_ADDRESSES)
      app.get<RoundAddress>(`${address}/${path}`, forReaders, async ({ params }, reply) => {
        const editions = params.edition === undefined ? '' : `/editions/${params.edition}`
        return show(reply, roundAt(stores, params), false, `/admin/rounds/${params.number}${editions}`)
      })
  }
}

function paperModel(stores: Stores, paper: Paper, now: Date): PaperModel {
  const { frozen, policyVersion, edition, isProposed, back, url } = paper
  const reader = readerOf(frozen, url)
  const { snapshot, result } = frozen.reading
  const { selected, waitlisted, declined } = roundLines(frozen)
  const signs = amendedBasesOf(frozen.reading.place).map(({ id, label }) => ({ sign: SIGNS[id], label }))
  const halves = halvesOf(selected.map((line) => ({ ...line, sign: signOf(line, signs) })))
  return {
    label: edition ? editionLabel(edition.number, edition.edition) : roundLabel(snapshot.round),
    back,
    fields: fieldsOnPaper(stores, paper),
    // The other lists are for looking up: nobody is asked by them.
    inquiry: reader === 'ministry' ? inquiryOf(paper) : null,
    standing: isProposed ? '案' : '確定',
    dated: [`作成：${dateText(now)}`, ...datedTexts(stores, paper)],
    board: frozen.reading.board(),
    selected,
    halves,
    isDense: halves.some((lines) => linesOnPaper(lines) > SHEET_LINES),
    signs: signs.filter(({ label }) => selected.some(({ basis }) => basis === label)),
    missingPlaces: missingPlaces(selected.map(({ order }) => order!)),
    waitlisted: waitlisted.length,
    declined: declined.map(declineOnPaper).join('、'),
    onLot: hospitalsOnLot(frozen.reading)
      .map(({ name, decision }) => `${name}（${decision}）`)
      .join('、'),
    reasons: edition ? reasonLines(edition) : [],
    policy: versionLabel(policyVersion),
    snapshotSha256: result.snapshotSha256,
    fingerprint: fingerprintOnPaper(stores, edition),
    reader,
    readers: frozen.reasons ? readersAt(url, reader) : [],
    rows: reader === 'ministry' ? [] : reasonRows(frozen),
    csv: addressOf(url, (path) => `${path}.csv`),
  }
}

function fingerprintOnPaper(stores: Stores, edition: Edition | null): string | null {
  const archive = edition?.state === 'confirmed' ? soundArchive(stores, edition) : undefined
  const key = archive === undefined ? stores.signer?.publicKey : archive && signatureIn(archive)?.publicKey
  return !key ? null : fingerprintText(signingFingerprint(key))
}

/** The days that are known are those of the acts in here; whoever signs on paper writes the day beside the seal. */
function fieldsOnPaper(stores: Stores, { edition, isProposed }: Paper): PaperModel['fields'] {
  const { proposed = null, settled = null } = edition ?? {}
  const recorded = edition && !isProposed ? approvalOf(stores, edition) : undefined
  const approvedAt = proposed !== null && !isProposed ? settled?.at : undefined
  const dayOf = (at: Date | undefined) => (at ? dateText(at) : BLANK_DAY)
  return [
    { label: '文書番号', text: recorded?.documentNumber ?? '第　　　　　号' },
    { label: '起案日', text: dayOf(proposed?.at) },
    { label: '決裁日', text: recorded ? dayText(recorded.decidedOn) : dayOf(approvedAt) },
    { label: '施行日', text: BLANK_DAY },
  ]
}

function approvalOf({ approvalPapers }: Stores, { number, edition }: Edition) {
  return approvalPapers.ofEdition(number, edition).at(-1)
}

const BLANK_DAY = '令和　　年　　月　　日'

/** An edition that one person confirmed in here may still go round on paper; after the 決裁 in here there is nothing to ask. */
function inquiryOf({ edition, isProposed }: Paper): string | null {
  if (edition?.proposed && !isProposed) return null
  const isChange = edition !== null && edition.edition > 1
  return `標記の調査の結果に基づき、次のとおり支援対象病院${isChange ? 'の選定を変更' : 'を選定'}し、厚生労働省に報告してよろしいか伺います。`
}

function halvesOf(lines: PaperLine[]): PaperLine[][] {
  const half = lines.length > ONE_COLUMN ? Math.ceil(lines.length / 2) : lines.length
  return [lines.slice(0, half), lines.slice(half)].filter((each) => each.length > 0)
}

function declineOnPaper({ name, band, promoted }: RoundLines['declined'][number]): string {
  return `${name}（${band}。${promoted === null ? '繰上げなし' : `繰上げは${promoted}`}）`
}

function signOf({ basis }: RoundLine, signs: PaperModel['signs']): string {
  return signs.find(({ label }) => label === basis)?.sign ?? ''
}

function linesOnPaper(lines: readonly RoundLine[]): number {
  return lines.reduce((sum, { name }) => sum + Math.ceil([...name].length / NAME_LINE), 0)
}

function datedTexts(stores: Stores, { frozen, edition, isProposed }: Paper): string[] {
  const nameOf = officerNames(stores)
  const lines = [`選定に用いたデータの時点：${dateTimeText(new Date(frozen.reading.snapshot.takenAt))}`]
  if (edition?.proposed)
    lines.push(`起案：${dateTimeText(edition.proposed.at)}　${nameOf(edition.proposed.actor)}`)
  if (edition?.settled && !isProposed) {
    const verb = edition.proposed === null ? '確定' : '決裁'
    lines.push(`${verb}：${dateTimeText(edition.settled.at)}　${nameOf(edition.settled.actor)}`)
  }
  return lines
}
