import { type SupportedHospital, supportedHospitals } from '../../domain/record/supported.ts'
import { verifyArchive } from '../../domain/selection/archive/verification.ts'
import { inThread } from '../thread/in-thread.ts'

type EarlierArchive =
  | {
      ok: true
      prefecture: string
      round: number
      edition: number
      /** Of the whole. */
      sha256: string
      supported: SupportedHospital[]
    }
  /** What is not as it was confirmed, in Japanese. */
  | { ok: false; message: string }

/** An archive of an earlier survey, checked and computed again, however long it or whoever made it up takes. */
export async function readEarlierArchive(bytes: Uint8Array): Promise<EarlierArchive> {
  const read = await inThread<EarlierArchive>('archive', { bytes })
  return read.ok ? read.value : read
}

/** The same within the thread that does nothing else. */
export function earlierArchiveOf(bytes: Uint8Array): EarlierArchive {
  const verified = verifyArchive(bytes)
  if (!verified.ok)
    return { ok: false, message: `保存用一式が、確定したときと一致しません。${verified.message}` }
  const { prefecture, round, edition } = verified.archive.record
  return {
    ok: true,
    ...{ prefecture, round, edition, sha256: verified.sha256 },
    supported: supportedHospitals(verified.archive),
  }
}
