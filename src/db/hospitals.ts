import type { Hospital } from '../domain/master/hospital.ts'
import type { MasterMerge } from '../domain/master/merge.ts'
import type { CountingFact, Source } from '../domain/master/source.ts'
import type { ImportAct, ReasonedAct } from './acts.ts'
import { shownStamp } from './change-stamp.ts'
import { type FactSettling, settleFact } from './fact-choices.ts'
import { type KnownFacts, knownFacts, knownFactsOf } from './hospital-facts.ts'
import {
  countsOf,
  type Foreseen,
  foreseen,
  type HospitalList,
  type ImportCounts,
  importAll,
} from './hospital-imports.ts'
import { allHospitals, hospitalByKey, hospitalNamed } from './hospital-rows.ts'
import { type Db, immediately } from './open.ts'

/** What an import would do, with what an officer should know before it is done. */
interface ImportPreview extends ImportCounts, Pick<MasterMerge, 'blanks' | 'lost' | 'missing'> {}

type MasterCounts = Omit<ImportCounts, 'proposed'>

const opened = new WeakMap<readonly Hospital[], readonly Hospital[]>()

/** The same ones as long as all are. */
function operating(all: readonly Hospital[]): readonly Hospital[] {
  const known = opened.get(all) ?? Object.freeze(all.filter(({ isClosed }) => !isClosed))
  opened.set(all, known)
  return known
}

export function hospitalStore(db: Db) {
  return {
    /** Closed ones too: for whatever was once about one of them. */
    all: (): readonly Hospital[] => allHospitals(db),

    /** Without the closed: who is asked, offered, counted and ranked. */
    operating: (): readonly Hospital[] => operating(allHospitals(db)),

    /**
     * By the master's key, or by 医療機関コード or 機関コード: whichever somebody has at hand. What was merged into another
     * hospital names that other.
     */
    byCode: keptByCode(db),

    /** The very one, merged into another or not. */
    byKey: (key: string): Hospital | null => hospitalByKey(db, key),

    /** What an import would do, hospital by hospital, without doing it. */
    foresee: (list: HospitalList): Foreseen => foreseen(db, list),

    compare(list: HospitalList): MasterCounts {
      return masterCounts(countsOf(foreseen(db, list)))
    },

    /** The same, counted. */
    preview(list: HospitalList): ImportPreview {
      const would = foreseen(db, list)
      const { blanks, lost, unnamed } = would
      return { ...countsOf(would), blanks, lost, missing: unnamed.length }
    },

    /** All rows or none. Hospitals that the file does not name stay as they are. */
    import(list: HospitalList, by: ImportAct): MasterCounts {
      const done = immediately(db, (tx) => importAll(tx, list, by, null))
      if (done === 'stale') throw new Error('nobody looked before')
      return masterCounts('id' in done ? done : { ...NOTHING, ...done })
    },

    /**
     * The same, where an officer has seen what it would do.
     * @returns the number of the import; `stale` where it would do something else by now
     */
    importAsShown: (list: HospitalList, by: ImportAct, digest: string): number | 'stale' =>
      immediately(db, (tx) => {
        const done = importAll(tx, list, by, digest)
        return done !== 'stale' && 'id' in done ? done.id : 'stale'
      }),

    /** What each source says of a hospital, and what officers have settled. */
    factsOf: (key: string): KnownFacts => knownFactsOf(db, key),
    facts: (): Map<string, KnownFacts> => knownFacts(db),

    /** Makes one source count for a fact of a hospital, whatever later imports say; null: the newest counts again. */
    settleFact: (
      settling: { key: string; fact: CountingFact; source: Source | null },
      act: ReasonedAct,
    ): FactSettling => immediately(db, (tx) => settleFact(tx, settling, act)),
  }
}

/** Asked for several times by nearly every request: each is read once, as long as the master stays as it is. */
function keptByCode(db: Db): (code: string) => Hospital | null {
  const stampNow = shownStamp(db)
  let known = { stamp: '', hospitals: new Map<string, Hospital>() }
  return (code) => {
    const stamp = stampNow()
    if (known.stamp !== stamp) known = { stamp, hospitals: new Map() }
    const hospital = known.hospitals.get(code) ?? hospitalNamed(db, code)
    // Of codes that name none there is no end.
    if (hospital) known.hospitals.set(code, hospital)
    return hospital
  }
}

function masterCounts({ added, changed, unchanged, conflicts }: ImportCounts): MasterCounts {
  return { added, changed, unchanged, conflicts }
}

const NOTHING = { added: 0, changed: 0, unchanged: 0, proposed: 0 }
