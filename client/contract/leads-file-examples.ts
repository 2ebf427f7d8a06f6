/** An example of every refusal of a row and of every warning about a file of leads, complete by type. */

import type { RefusalValues, RowFault, SuppressionReason, WarningValues } from '../../cadence/leads-file.ts'
import { TEXT_FAULTS } from './template-examples.ts'

type Examples<Values> = { [Code in keyof Values]: readonly [Values[Code], ...Values[Code][]] }

const ROW: { [Kind in RowFault['kind']]: RowFault & { kind: Kind } } = {
  no_address: { kind: 'no_address' },
  fields: { kind: 'fields', fields: ['full_name', 'phone'] },
  cells: { kind: 'cells', cells: 4, header: 3 },
  quote: { kind: 'quote', rows: 1 },
}

const REASONS: Record<SuppressionReason, true> = {
  unsubscribed: true,
  complained: true,
  bounced: true,
  asked: true,
}

export const REFUSAL_EXAMPLES: Examples<RefusalValues> = {
  invalid_email: [{ address: 'lea', fault: { kind: 'no_at' } }],
  missing_field: [ROW.no_address, ...Object.values(ROW), { kind: 'quote', rows: 3 }],
  duplicate_row: [{ first: 3 }],
  suppressed: [
    { kind: 'column', column: 'Statut', value: 'Ne plus contacter', reason: 'asked' },
    { kind: 'row', row: 3, reason: 'asked' },
    ...(Object.keys(REASONS) as SuppressionReason[]).map((reason) => ({ kind: 'record' as const, reason })),
  ],
  opt_out_unclear: [
    { kind: 'column', column: 'Remarques', value: 'ne plus contacter avant mars' },
    { kind: 'row', row: 3 },
  ],
  garbled_text: [{ column: 'Nom', value: 'CrŽpin' }],
  already_launched: [{ cadence: 'atelier-erp', lead: 'k3v9x2' }],
  contact_of_lead: [{ cadence: 'atelier-erp', lead: 'k3v9x2', contact: 'c7d1' }],
  unwritable_text: [{ faults: TEXT_FAULTS }],
  unfillable_template: [
    { gaps: [{ text: { template: 'bonjour.md' }, variables: ['contact.first_name'] }] },
    {
      gaps: [
        { text: { step: 'appel' }, variables: ['contact.phone'] },
        { text: { template: 'bonjour.md' }, variables: ['contact.first_name', 'lead.company'] },
      ],
    },
  ],
}

export const WARNING_EXAMPLES: Examples<WarningValues> = {
  damaged_text: [{ encoding: 'utf-8' }],
  preamble: [{ to: 3 }],
  repeated_header: [{}],
  report_footer: [{ from: 12, to: 15 }],
  unnamed_column: [{ column: 4 }],
  no_rows: [{}],
  one_sheet: [
    { sheet: 'Pistes', others: ['Notes'] },
    { sheet: 'Pistes', others: ['Notes', 'Listes'] },
  ],
  merged_cells: [
    { ranges: ['C5:C9'], more: 0 },
    { ranges: ['C5:C9', 'D2:D3'], more: 4 },
  ],
  hidden_rows: [{}],
  formula: [{ column: 'Prénom' }],
  error_value: [{ column: 'Société' }],
  dates_unclear: [{ column: 'Échéance' }],
  name_is_address: [{ column: 'Prénom' }],
  too_long: [{ column: 'Société' }],
  not_understood: [{ field: 'zone' }],
  address_corrected: [{}],
  zone_kept: [{}],
  region_without_days: [{ country: 'DE' }],
  zone_assumed: [{ zone: 'UTC' }],
  zone_guessed: [{ country: 'US', zone: 'America/New_York' }],
}
