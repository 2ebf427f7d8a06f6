/**
 * The one error that people see. `code` is stable (scripts rely on it), `message` says what is wrong and
 * where, `remedy` what would be right. The API turns it into a JSON body, the CLI into two lines.
 */
export class RelanceError extends Error {
  readonly code: string
  readonly remedy: string | undefined
  /** HTTP status the API answers with; 400 unless said otherwise. */
  readonly status: number

  constructor(
    code: string,
    message: string,
    options: { remedy?: string; status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'RelanceError'
    this.code = code
    this.remedy = options.remedy
    this.status = options.status ?? 400
  }
}
