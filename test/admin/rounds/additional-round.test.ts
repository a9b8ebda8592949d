import { describe, expect, test } from 'vitest'
import type { SelectionResult } from '../../../src/domain/selection/result.ts'
import type { Snapshot } from '../../../src/domain/selection/snapshot.ts'
import {
  AFTER_DEADLINE,
  BO,
  confirm,
  decline,
  HEI,
  KI,
  KO,
  moreSeats,
  OTSU,
  reported,
  SELECTION,
  savePolicy,
  sendForm,
  TEI,
  TWO_BANDS,
  verified,
} from '../../support/decisions.ts'
import { tableRows, textIn } from '../../support/html.ts'
import { officeWith } from '../../support/office.ts'
import { addHospitals, saveSubmission } from '../../support/submissions.ts'

const office = officeWith({ now: AFTER_DEADLINE, ...SELECTION, confirmed: true })
const browser = office.officer({ role: 'admin' })

const draft = async (): Promise<Snapshot> =>
  JSON.parse((await browser.get('/admin/selection/snapshot.json')).body)
const seats = ({ policy }: Snapshot) => policy.bands.map((band) => band.seats)
const candidateOf = ({ candidates }: Snapshot, code: string) =>
  candidates.find((candidate) => candidate.code === code)!

/** Without its pictures. */
const board = async () => {
  const page = await browser.page('/admin')
  const rows = tableRows(page.querySelector('[aria-label="病床規模区分ごとの枠"] table'))
  return rows.map((row) => row.toSpliced(3, 1))
}

describe('after a confirmed round', () => {
  test('with no seat free, the pages say so and nothing can be confirmed', async () => {
    const page = await browser.page('/admin/selection')
    const headings = [...page.querySelectorAll('main h2')].map(textIn)
    expect(headings).toContain('空いている支援枠がないため、追加選定はありません。')
    expect(headings).toContain('補欠の病院')
    const text = textIn(page.querySelector('main'))
    expect(text).not.toMatch(/充足|0％|枠0|（枠/)
    expect(page.querySelector('.rank__shift, .rank__cut, .seat-line')).toBeNull()
    expect([...page.querySelectorAll('.rank__decision')].map(textIn)).toEqual(
      [...page.querySelectorAll('.rank__decision')].map(() => expect.stringMatching(/^補欠第?\d+位$/)),
    )
    expect(page.querySelector('a[href="/admin/selection/confirm"]')).toBeNull()
    const asked = await browser.page('/admin/selection/confirm')
    expect(asked.querySelector('.checks')!.textContent).toContain('空いている支援枠がありません。')
    expect(asked.querySelector('form[action="/admin/selection/confirm"]')).toBeNull()
  })

  test('a seat of a hospital that today’s bands leave out is not forgotten', async () => {
    const [, large] = TWO_BANDS.bands
    savePolicy(office.stores, { ...TWO_BANDS, bands: [{ ...large!, seats: 3 }] })
    expect(await board()).toEqual([
      ['100床以上', '3', '1', '1', '1', '不足 2'],
      ['区分外', '0', '0', '2', '1', '超過 2'],
      ['合計', '3', '1', '3', '2', '充足'],
    ])
    const figure = [...(await browser.page('/admin')).querySelectorAll('.figure')][1]!
    expect(figure.textContent!.replace(/\s+/g, '')).toBe(
      '選定した病院3病院／支援枠3病院分空いている枠はありません',
    )
  })

  test('the dashboard shows all seats against who holds them', async () => {
    await decline(browser, HEI)
    await decline(browser, OTSU)
    expect(await board()).toEqual([
      ['20～99床', '2', '0', '1', '0', '不足 1'],
      ['100床以上', '1', '1', '1', '1', '充足'],
      ['合計', '3', '1', '2', '1', '不足 1'],
    ])
  })

  test('who is selected or declined is left out, and nobody is said to have excluded it', async () => {
    await decline(browser, KO)
    const snapshot = await draft()
    expect(snapshot.round).toBe(2)
    for (const code of [TEI, HEI])
      expect(candidateOf(snapshot, code)).toMatchObject({ otherRound: 'selected', override: null })
    expect(candidateOf(snapshot, KO)).toMatchObject({ otherRound: 'declined', override: null })
    expect(candidateOf(snapshot, BO)).not.toHaveProperty('otherRound')
  })

  test('who declined comes back with a new answer, or designated since', async () => {
    await decline(browser, KO)
    await decline(browser, TEI)
    const { submissionId } = office.stores.submissions.all().find(({ hospitalCode }) => hospitalCode === KO)!
    saveSubmission(office.stores, {
      hospital: KO,
      submissionId,
      at: '2024-03-21T00:00:00Z',
      remarks: '再回答',
    })
    const decision = { actor: 'x', at: new Date('2024-03-21T00:00:00Z'), reason: '県が必要と認めたため' }
    office.stores.overrides.add({ hospitalCode: TEI, kind: 'designate' }, decision)
    const snapshot = await draft()
    for (const code of [KO, TEI]) expect(candidateOf(snapshot, code)).not.toHaveProperty('otherRound')
    expect(candidateOf(snapshot, TEI).override).toEqual({ kind: 'designate', reason: '県が必要と認めたため' })
  })
})

describe('the floors of an additional round', () => {
  /** 戊 and 己 of 奄美, the others of 鹿児島: the first round selects in 鹿児島 alone. */
  const twoRegions = async (floor: number, declining: string | null = null) => {
    const ofAmami = new Set<string>([BO, KI])
    await office.restock({
      ...SELECTION,
      hospitals: SELECTION.hospitals!.map((each) => ({
        ...each,
        region: ofAmami.has(each.key!) ? '奄美' : '鹿児島',
      })),
      answers: [...SELECTION.answers!, { hospital: KI }],
      policy: { ...TWO_BANDS, regionFloor: 0 },
      confirmed: true,
    })
    if (declining) await decline(browser, declining)
    moreSeats(office.stores, 3, 1)
    const { policy } = office.stores.policies.current()
    savePolicy(office.stores, { ...policy, regionFloor: floor })
  }
  const basisOf = async (code: string) => {
    const { results }: SelectionResult = JSON.parse((await browser.get('/admin/selection/result.json')).body)
    return results.find((row) => row.code === code)!.basis
  }
  const floors = async () => {
    const { regions }: SelectionResult = JSON.parse((await browser.get('/admin/selection/result.json')).body)
    return Object.fromEntries(regions.map(({ id, floor }) => [id, floor]))
  }

  test('a region that has its floor by the first one is not served a second time, the other one is', async () => {
    await twoRegions(1)
    expect((await draft()).policy.regionFloor).toBe(1)
    expect(await floors()).toEqual({ 奄美: 1, 鹿児島: 0 })
    expect(await basisOf(KI)).toBe('region_floor')
    expect(await basisOf(HEI)).toBeNull()
    expect(await confirm(browser)).toBe('/admin/rounds/2')
    expect((await verified(browser, '/admin/rounds/2')).querySelector('main')!.textContent).toContain(
      '一致：',
    )
  })

  test('a higher floor is less by the seats that are held, and a seat that came back counts no more', async () => {
    await twoRegions(4)
    expect(await floors()).toEqual({ 奄美: 2, 鹿児島: 1 })
    await twoRegions(4, TEI)
    // 丁 gave its seat to 戊 of 奄美.
    expect(await floors()).toEqual({ 奄美: 1, 鹿児島: 1 })
  })

  test('a seat counts where its hospital lies today, for the floor as on the first page', async () => {
    await twoRegions(4)
    const tile = async (name: string) => {
      const tiles = [...(await browser.page('/admin')).querySelectorAll('.tile')].map(textIn)
      return tiles.find((text) => text.startsWith(`${name} `))!
    }
    expect(await tile('鹿児島')).toMatch(/ 選定 3$/)
    addHospitals(office.stores, { ...SELECTION.hospitals!.find(({ key }) => key === KO)!, region: '熊毛' })
    expect(await tile('熊毛')).toMatch(/ 選定 1$/)
    expect(await tile('鹿児島')).toMatch(/ 選定 2$/)
  })
})

describe('an additional round', () => {
  test('fills the seats that a new version of the policy adds', async () => {
    moreSeats(office.stores, 3, 2)
    expect(seats(await draft())).toEqual([1, 1])
    const page = await browser.page('/admin/selection')
    expect(textIn(page.querySelector('main'))).toContain('残っている枠（2病院分）')
    expect(await confirm(browser)).toBe('/admin/rounds/2')
    expect(await reported(browser, '/admin/rounds/2')).toEqual([BO, HEI])
    expect(await reported(browser, '/admin/rounds/1')).toEqual([TEI, KO, OTSU])
    const round = await browser.page('/admin/rounds/2')
    expect(round.querySelector('h1')!.textContent).toBe('追加選定（第2回）の結果')
    expect(round.querySelector('main')!.textContent).toContain('支援順位は、この回の中での順位です')
    expect(tableRows((await browser.page('/admin/rounds')).querySelector('table'))).toMatchObject([
      { 0: '初回選定', 2: '3', 3: '0' },
      { 0: '追加選定（第2回）', 2: '2', 3: '0' },
    ])
    expect((await verified(browser, '/admin/rounds/2')).querySelector('main')!.textContent).toContain(
      '一致：',
    )
  })

  test('fills the seat of one that declined where nobody waited, with who answered since', async () => {
    await decline(browser, KO)
    await decline(browser, HEI)
    expect(seats(await draft())).toEqual([1, 0])
    saveSubmission(office.stores, { hospital: KI, at: '2024-03-18T10:00:00Z' })
    await confirm(browser)
    expect(await reported(browser, '/admin/rounds/2')).toEqual([KI])
  })

  test('never gives a hospital a second seat, nor a seat twice, through declines and further rounds', async () => {
    moreSeats(office.stores, 3, 2)
    await confirm(browser)
    await decline(browser, BO, 2)
    await decline(browser, TEI, 1)
    moreSeats(office.stores, 4, 3)
    saveSubmission(office.stores, { hospital: KI, at: '2024-03-18T10:00:00Z' })
    await confirm(browser, { freeSeatsReason: '希望する病院がないため' })
    const rounds = await Promise.all([1, 2, 3].map((number) => reported(browser, `/admin/rounds/${number}`)))
    expect(rounds).toEqual([[KO, OTSU], [HEI], [KI]])
    expect(new Set(rounds.flat()).size).toBe(rounds.flat().length)
    const first = await browser.page('/admin/rounds/1')
    const passedOver = first.querySelector('[aria-label="繰上げの対象にならなかった病院"] table')
    expect(tableRows(passedOver)).toEqual([
      [
        expect.stringContaining(BO),
        expect.stringMatching(/^追加選定（第2回）の後に辞退（繰上げの対象外） 理由の詳細/),
      ],
    ])
    const { amendments } = JSON.parse((await browser.get('/admin/rounds/1/amended.json')).body)
    expect(amendments).toMatchObject([{ code: BO, kind: 'passed-over' }, { code: TEI }])
    expect((await verified(browser, '/admin/rounds/1')).querySelector('main')!.textContent).toContain(
      '一致：',
    )
  })

  test('and the first one selected again: neither takes from the other', async () => {
    moreSeats(office.stores, 3, 2)
    await confirm(browser)
    await sendForm(browser, '/admin/rounds/1/reopen', { reason: '算定誤り' })
    expect(await reported(browser, '/admin/rounds/1')).toEqual([TEI, KO, OTSU])
    expect(await reported(browser, '/admin/rounds/2')).toEqual([BO, HEI])
  })

  test('compares scenarios on the seats that are left', async () => {
    moreSeats(office.stores, 3, 1)
    const { policy, version } = office.stores.policies.current()
    const by = { actor: 'test', at: new Date(AFTER_DEADLINE), note: '試験' }
    office.stores.policies.scenarios.create({ name: '同じ案', basedOn: version, policy }, by)
    const page = await browser.page(`/admin/scenarios/compare?b=${encodeURIComponent('同じ案')}`)
    expect(page.querySelector('main')!.textContent).not.toContain('乙病院')
    expect(page.querySelector('.compared')!.textContent!.replace(/\s+/g, '')).toMatch(
      /変更前後とも選定の病院1病院$/,
    )
  })
})
