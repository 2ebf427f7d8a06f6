/** Refusals and warnings of a file of leads, in French. */
import type { RowFault, SuppressionReason } from '../leads-file.ts'
import { countryName } from './fr-problem-words.ts'
import { quoted, t } from './fr-typography.ts'
import type { LeadsFileDictionary } from './leads-file-dictionary.ts'

const REASONS: Record<SuppressionReason, string> = {
  unsubscribed: 'désinscription',
  complained: 'plainte pour courriel indésirable',
  bounced: 'l’adresse refuse les courriels',
  asked: 'à sa demande',
}

function missing(fault: RowFault): string {
  switch (fault.kind) {
    case 'no_address':
      return 'il manque l’adresse de courriel'
    case 'fields':
      return t`il manque : ${fault.fields.join(', ')}`
    case 'cells':
      return t`la ligne a ${fault.cells} cellules, l’en-tête ${fault.header} : une cellule qui contient le séparateur doit être entre guillemets`
    case 'quote':
      return t`un guillemet n’est pas fermé où il faut : une cellule a avalé ${fault.rows} ${fault.rows > 1 ? 'autres lignes' : 'autre ligne'}`
  }
}

export const leadsFileFr: LeadsFileDictionary = {
  refusals: {
    invalid_email: ({ address, fault }, phrases) => t`${quoted(address)} : ${phrases.address(fault)}`,
    missing_field: missing,
    duplicate_row: ({ first }) => `la même adresse qu’à la ligne ${first}`,
    suppressed: (fault) => {
      switch (fault.kind) {
        case 'column':
          return t`le CRM dit de ne pas écrire à cette personne : ${fault.column} vaut ${quoted(fault.value)}`
        case 'row':
          return `la ligne ${fault.row} dit de ne pas écrire à cette adresse`
        case 'record':
          return t`il ne faut plus lui écrire : ${REASONS[fault.reason]}`
      }
    },
    opt_out_unclear: (fault) =>
      fault.kind === 'row'
        ? `la ligne ${fault.row} a la même adresse et dit peut-être de ne pas lui écrire`
        : t`ceci dit peut-être de ne pas écrire à cette personne : ${fault.column} vaut ${quoted(fault.value)}. Sinon, lancez avec --ignore "${fault.column}"`,
    garbled_text: ({ column, value }) =>
      t`${column} vaut ${quoted(value)} : des lettres ont été abîmées, peut-être par un autre logiciel qui l’a lu dans un mauvais encodage`,
    already_launched: ({ cadence, lead }) => `est une piste ouverte de la cadence ${cadence} (${lead})`,
    contact_of_lead: ({ cadence, lead }) =>
      `est un contact d’une piste ouverte de la cadence ${cadence} (${lead}), qui lui écrit`,
    unfillable_template: ({ gaps }, phrases) => gaps.map(phrases.gap).join(phrases.between),
    unwritable_text: ({ faults }, phrases) => faults.map(phrases.textFault).join(phrases.between),
  },
  warnings: {
    damaged_text: ({ encoding }) =>
      t`des caractères ne sont pas de l’${encoding} valable et ont été lus ${quoted('\ufffd')}`,
    preamble: ({ to }) =>
      to === 1
        ? 'la ligne 1 n’est pas encore l’en-tête et a été laissée de côté'
        : `les lignes 1 à ${to} sont au-dessus de l’en-tête et ont été laissées de côté`,
    repeated_header: 'l’en-tête de nouveau, laissé de côté',
    report_footer: ({ from, to }) =>
      `les lignes ${from} à ${to} sont le pied d’un rapport et ont été laissées de côté`,
    unnamed_column: ({ column }) => `la colonne ${column} n’a pas de nom et a été laissée de côté`,
    no_rows: 'le fichier a un en-tête, mais aucune ligne',
    one_sheet: ({ sheet, others }) =>
      t`seule la feuille ${quoted(sheet)} a été lue, et non ${others.map((name) => quoted(name)).join(', ')}`,
    merged_cells: ({ ranges, more }) =>
      t`cellules fusionnées : seule la première ligne de ${ranges.join(', ')}${more > 0 ? ` et de ${more} ${more > 1 ? 'autres plages' : 'autre plage'}` : ''} a la valeur`,
    hidden_rows: t`masquées dans le classeur, laissées de côté ; ce qu’elles disent de ne plus écrire à quelqu’un vaut quand même`,
    error_value: ({ column }) => t`${column} : une formule en échec, tenue pour vide`,
    formula: ({ column }) => t`${column} : une formule, tenue pour vide`,
    dates_unclear: ({ column }) =>
      t`${column} : des dates commencent par le jour ou par le mois, et aucune ne dit lequel : laissées telles quelles ; précisez --dates dmy ou --dates mdy`,
    name_is_address: ({ column }) => t`${column} : une adresse au lieu d’un nom, tenue pour vide`,
    too_long: ({ column }) => t`${column} : un texte trop long, tenu pour vide`,
    not_understood: ({ field }) => t`${field} : valeur incomprise, tenue pour vide`,
    address_corrected: 'lancée auparavant avec cette adresse, corrigée depuis',
    zone_kept: 'lancée auparavant avec un autre fuseau horaire, qui reste le même',
    region_without_days: ({ country }) =>
      t`pas de jours fériés propres connus pour ces régions (${countryName(country)}) : ceux du pays comptent`,
    zone_assumed: ({ zone }) => t`ni fuseau horaire ni pays connus : ${zone} est supposé`,
    zone_guessed: ({ country, zone }) =>
      t`pas de fuseau horaire, et ${country} en a plusieurs : ${zone} est supposé`,
  },
  rows: (rows, more) =>
    `${rows.length > 1 ? 'lignes' : 'ligne'} ${rows.join(', ')}${more > 0 ? ` et ${more} ${more > 1 ? 'autres' : 'autre'}` : ''}`,
}
