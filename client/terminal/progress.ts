/** A progress bar on a terminal; elsewhere a line now and then. */
import { note } from './output.ts'

export interface ProgressBar {
  /** `total` where it is known better by now. */
  to(done: number, total?: number): void
  end(): void
}

/** Work of fewer items than this prints no lines. */
const LONG = 500

/** Without a terminal it says little, and with `--json` nothing. */
export async function progress(what: string, total: number, quiet: boolean): Promise<ProgressBar> {
  if (process.stderr.isTTY) {
    const { default: cliProgress } = await import('cli-progress')
    const bar = new cliProgress.SingleBar({
      format: `${what} {bar} {value}/{total}`,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
    })
    bar.start(total, 0)
    return {
      to: (done, now) => {
        if (now !== undefined) bar.setTotal(now)
        bar.update(done)
      },
      end: () => bar.stop(),
    }
  }
  let said = 0
  return {
    to: (done, now = total) => {
      if (quiet || now < LONG || done - said < now / 10) return
      said = done
      note(`${what} ${done}/${now}`)
    },
    end: () => undefined,
  }
}
