/** What a template may not do, thrown inside liquidjs, which wraps it. */
import type { TemplateFault } from '../../cadence/error-values.ts'

export class Forbidden extends Error {
  readonly fault: TemplateFault | 'nothing_to_print'

  constructor(fault: Forbidden['fault']) {
    super(typeof fault === 'string' ? fault : fault.kind)
    this.fault = fault
  }
}
