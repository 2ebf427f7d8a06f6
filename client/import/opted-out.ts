/** The addresses of a file that some row says, or may say, must not be written to: it counts for all of its rows. */
import type { RefusalData, RefusedRow, SuppressionReason } from '../../cadence/leads-file.ts'
import { emailKey } from '../../store/email-key.ts'

export class OptedOut {
  readonly #clear = new Map<string, { row: number; reason: SuppressionReason }>()
  readonly #unclear = new Map<string, { row: number }>()

  /** Takes in a row that is refused. */
  note(refused: RefusedRow): void {
    if (refused.email === undefined) return
    const { row } = refused
    if (refused.code === 'suppressed') {
      this.#clear.set(emailKey(refused.email), { row, reason: refused.values.reason })
    }
    if (refused.code === 'opt_out_unclear') this.#unclear.set(emailKey(refused.email), { row })
  }

  /** Why an address is refused for what another row says, if it is. */
  of(key: string): RefusalData<'suppressed' | 'opt_out_unclear'> | undefined {
    const clear = this.#clear.get(key)
    if (clear) return { code: 'suppressed', values: { kind: 'row', ...clear } }
    const unclear = this.#unclear.get(key)
    return unclear && { code: 'opt_out_unclear', values: { kind: 'row', ...unclear } }
  }
}
