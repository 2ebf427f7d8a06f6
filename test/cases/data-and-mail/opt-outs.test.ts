/**
 * Who said no is never a lead: exports of CRMs as people have them (the files beside this one, and wordings from the
 * documentation of others), and any row with any wording of the table in any column.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { WORDINGS } from '../../../client/import/opt-out-words.ts'
import { type ReadOptions, readLeads } from '../../../client/import/read.ts'

const file = (name: string): Buffer => readFileSync(new URL(`opt-outs/${name}`, import.meta.url))

/** Who becomes a lead, by the part before the @; and who doesn't, with the reason. */
function told(csv: string | Buffer, options?: ReadOptions) {
  const { leads, refused } = readLeads(Buffer.from(csv), options)
  const who = (email: string | undefined): string => email?.split('@')[0] ?? ''
  return {
    leads: leads.map(({ email }) => who(email)),
    refused: Object.fromEntries(
      refused.map((one) => [who(one.email), one.code === 'suppressed' ? one.values.reason : one.code]),
    ),
  }
}

test.each([
  ['apollo.csv', ['a3', 'a4'], { a1: 'bounced', a2: 'opt_out_unclear' }],
  ['dnc-status.csv', ['z3'], { z1: 'asked', z2: 'asked' }],
  ['dynamics.csv', ['d2'], { d1: 'unsubscribed' }],
  ['klaviyo.csv', ['k4'], { k1: 'unsubscribed', k2: 'unsubscribed', k3: 'opt_out_unclear' }],
  ['listmonk-export.csv', ['fine'], { blocked: 'asked', disabled: 'opt_out_unclear' }],
  ['mailchimp-unsubscribed.csv', [], { unsub: 'unsubscribed' }],
  ['mautic.csv', ['m2'], { m1: 'asked' }],
])('%s', (name, leads, refused) => expect(told(file(name))).toEqual({ leads, refused }))

describe('exports of other programs', () => {
  test.each([
    // Mailchimp's cleaned members, and its one file of all with their state.
    ['CLEAN_TIME,CLEAN_CAMPAIGN_TITLE', '2023-05-05 10:00:00,May', ',', 'bounced'],
    // HubSpot's internal names.
    ['hs_email_optout', 'true', 'false', 'unsubscribed'],
    ['hs_email_hard_bounce_reason_enum', 'UNKNOWN_USER', '', 'bounced'],
    ['Email address quarantined', 'TRUE', 'FALSE', 'bounced'],
    ['emailAddressIsInvalid', '1', '0', 'bounced'],
    // Salesforce.
    ['EmailBouncedDate', '2026-01-05T10:00:00Z', '', 'bounced'],
    ['HasOptedOutOfEmail', 'true', 'false', 'unsubscribed'],
    // Dynamics by its API's names.
    ['donotbulkemail', 'True', 'False', 'unsubscribed'],
    ['donotsendmm', '1', '0', 'unsubscribed'],
    // Zoho, Brevo, Intercom, Odoo, Sugar, ActiveCampaign, Sendinblue, Shopify, Lemlist, Close.
    ['Unsubscribed Mode', 'Manual', '', 'unsubscribed'],
    ['EMAIL_BLACKLISTED', 'true', 'false', 'asked'],
    ['Unsubscribed from emails', 'true', 'false', 'unsubscribed'],
    ['Marked email as spam', 'true', 'false', 'complained'],
    ['is_blacklisted', 'True', 'False', 'asked'],
    ['Invalid Email', '1', '0', 'bounced'],
    ['Status', 'Unsubscribed', 'Active', 'unsubscribed'],
    ['Accepts Email Marketing', 'no', 'yes', 'unsubscribed'],
    ['suppressed', 'true', 'false', 'unsubscribed'],
    ['Contactable', 'N', 'Y', 'unsubscribed'],
    ['Email valid', 'false', 'true', 'bounced'],
    // As people name them.
    ['Ne pas contacter', 'X', '', 'asked'],
    ['Werbesperre', 'ja', 'nein', 'unsubscribed'],
    ['Abgemeldet am', '12.03.2024', '', 'unsubscribed'],
    ['Einwilligung', 'Nein', 'Ja', 'unsubscribed'],
    ['Fecha de baja', '2024-03-12', '', 'unsubscribed'],
    ['No contactar', 'Sí', 'No', 'asked'],
    ['Disiscritto', 'sì', 'no', 'unsubscribed'],
    ['Consenso marketing', 'no', 'sì', 'unsubscribed'],
    ['Afgemeld', 'ja', 'nee', 'unsubscribed'],
    ['Toestemming', 'geen toestemming', 'ja', 'unsubscribed'],
    ['Descadastrado em', '2024-03-12', '', 'unsubscribed'],
    ['Não contatar', 'sim', 'não', 'asked'],
    ['Xyz', 'UNSUBSCRIBED', 'SUBSCRIBED', 'unsubscribed'],
  ])('%s: %s is a no, %s is none', (columns, stop, go, reason) => {
    expect(told(`email,${columns}\nstop@x.example,${stop}\ngo@x.example,${go}\n`)).toEqual({
      leads: ['go'],
      refused: { stop: reason },
    })
  })

  test.each([
    ['Lead Status', 'Open - Not Contacted'],
    ['Lead Status', 'ATTEMPTED_TO_CONTACT'],
    ['Email Status', 'Verified'],
    ['Email Status', 'Catch-all'],
    ['Email Status', 'unverified'],
    ['Consent', 'Legitimate interest'],
    ['Do Not Call', 'Yes'],
    ['SMS opt out', '1'],
    ['Unsubscribe link', 'https://x.example/unsubscribe?id=1'],
    ['Emails bounced rate', '3'],
    ['Notes', 'refused our last offer, call again'],
    ['Company', 'Baja California Foods'],
    ['Last Name', 'Robinson'],
    ['Marketing contact status', 'Non-marketing contact'],
    ['Work phone status', 'invalid'],
  ])('%s: %s is none', (column, value) => {
    expect(told(`email,${column}\ngo@x.example,"${value}"\n`).leads).toEqual(['go'])
  })
})

describe('what looks like a no and is not understood', () => {
  const rows =
    'email,Remarques\na@x.example,à revoir\nb@x.example,"ne plus contacter, sauf salon"\nB@x.example,rien\n'

  test('stops the row, says the remedy, and is another row’s business, too', () => {
    expect(readLeads(Buffer.from(rows)).refused).toEqual([
      {
        row: 3,
        email: 'b@x.example',
        code: 'opt_out_unclear',
        values: { kind: 'column', column: 'Remarques', value: 'ne plus contacter, sauf salon' },
      },
      { row: 4, email: 'B@x.example', code: 'opt_out_unclear', values: { kind: 'row', row: 3 } },
    ])
  })

  test('goes where a person ignores the column; what is clear never does', () => {
    expect(told(rows, { ignore: ['remarques'] }).leads).toEqual(['a', 'b'])
    expect(told('email,Remarques\na@x.example,Unsubscribed\n', { ignore: ['Remarques'] }).leads).toEqual([])
    expect(() => readLeads(Buffer.from(rows), { ignore: ['Remarque'] })).toThrow(
      expect.objectContaining({ code: 'csv_unknown_column' }),
    )
  })

  test('the reading of every column is told, with two values', () => {
    const csv =
      'email,Statut,Désabonné,Zone\na@x.example,Neuf,non,12\nb@x.example,Neuf,,13\nc@x.example,,,14\n'
    expect(readLeads(Buffer.from(csv), { map: { secteur: 'Zone' }, ignore: ['Statut'] }).columns).toEqual([
      { column: 'email', fields: ['email'], samples: ['a@x.example', 'b@x.example'] },
      { column: 'Statut', fields: ['status', 'statut'], ignored: true, samples: ['Neuf'] },
      { column: 'Désabonné', fields: ['opted_out'], consent: 'opted_out', samples: ['non'] },
      { column: 'Zone', fields: ['secteur'], samples: ['12', '13'] },
    ])
  })
})

describe('any row', () => {
  // biome-ignore format: a list
  const COLUMNS = [
    'First Name', 'Last Name', 'Société', 'Title', 'Phone', 'Notes', 'Stage', 'Status', 'Tags', 'Email Status',
    'Opted out', 'Unsubscribed', 'Consent', 'Marketing status', 'Country', 'Owner', 'foo', '会社', 'Langue',
  ]
  const OTHER_CHANNELS = ['SMS status', 'Phone consent']
  /** Letters of any case, with or without accents, as people retype them. */
  const disguised = (text: string): fc.Arbitrary<string> =>
    fc
      .tuple(
        fc.constantFrom('as it is', 'lower', 'UPPER', 'mixed'),
        fc.boolean(),
        fc.constantFrom(' ', '_', '-', '  ', '\u00a0'),
        fc.constantFrom('', ' ', '!', '.'),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      )
      .map(([form, plain, space, end, upper]) => {
        const cased = {
          'as it is': text,
          lower: text.toLowerCase(),
          UPPER: text.toUpperCase(),
          mixed: [...text].map((c, i) => (upper[i % 12] ? c.toUpperCase() : c.toLowerCase())).join(''),
        }[form] as string
        const letters = plain ? cased.normalize('NFD').replace(/\p{M}/gu, '') : cased
        return letters.replaceAll(' ', space) + end
      })
  const ordinary = fc.constantFrom('', 'Anne', 'Acme', 'yes', '1', '2026-01-05', 'à rappeler', 'FR')

  test('that says no in any wording, in any column, is never a lead', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(...WORDINGS)
          .chain((wording) => fc.tuple(fc.constant(wording), disguised(wording.text))),
        fc.shuffledSubarray([...COLUMNS, ...OTHER_CHANNELS], { minLength: 1 }),
        fc.infiniteStream(ordinary),
        fc.nat(),
        fc.boolean(),
        fc.boolean(),
        ([{ sense }, text], columns, others, pick, mapped, ignored) => {
          // Of other channels, only what can't be meant otherwise is heard.
          const heard = columns.filter((name) => sense === 'clear' || !OTHER_CHANNELS.includes(name))
          fc.pre(heard.length > 0)
          const said = heard[pick % heard.length] as string
          const cells = columns.map((name) => (name === said ? text : (others.next().value as string)))
          const csv = `${columns.join(';')};email\n${cells.join(';')};no@x.example\n`
          const clearly = sense === 'clear' && !OTHER_CHANNELS.includes(said)
          const options = {
            ...(mapped && { map: { something_of_ours: said } }),
            ...(ignored && clearly && { ignore: [said] }),
          }
          expect(told(csv, options).leads).toEqual([])
        },
      ),
      { numRuns: 4000 },
    )
  })

  test('no wording is lost among the others', () => {
    for (const { text, sense } of WORDINGS) {
      expect([text, told(`email,Unsubscribed,Notes\nno@x.example,,${text}\n`).leads]).toEqual([text, []])
      expect([text, told(`email,Email status\nno@x.example,${text}\n`).leads]).toEqual([text, []])
      if (sense !== 'clear') continue
      expect([text, told(`email,Notes\nno@x.example,Anne: ${text} SVP\n`).leads]).toEqual([text, []])
    }
  })
})
