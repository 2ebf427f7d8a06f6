import { describe, expect, test } from '@jest/globals'
import { sayWarning } from '../../cadence/reasons/leads-file.ts'
import { type ReadOptions, type ReadResult, readLeads } from './read.ts'

const read = (text: string, options?: ReadOptions): ReadResult => readLeads(Buffer.from(text), options)
const codes = (result: ReadResult): [number, string][] => result.refused.map(({ row, code }) => [row, code])

describe('readLeads', () => {
  test('a lead, whole', () => {
    const { leads, refused, warnings, total } = read(
      'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Associated Company,Job Title,Time Zone,Country/Region,Preferred language,Buying Role,Lead Source,Annual Revenue\n' +
        '51,Léa,Fontaine,Lea.Fontaine@Meca.example,+33 5 13 55 91 29,Claire V,NEW,Méca,DAF,europe_brussels,France,fr,Champion,Web,480000\n',
    )
    expect({ refused, warnings, total }).toEqual({ refused: [], warnings: [], total: 1 })
    expect(leads).toEqual([
      {
        row: 2,
        email: 'Lea.Fontaine@meca.example',
        firstName: 'Léa',
        lastName: 'Fontaine',
        company: 'Méca',
        phone: '+33 5 13 55 91 29',
        title: 'DAF',
        owner: 'Claire V',
        country: 'FR',
        zone: 'Europe/Brussels',
        zoneFrom: 'column',
        locale: 'fr',
        role: 'influencer',
        source: 'Web',
        externalId: '51',
        custom: { lead_status: 'NEW', annual_revenue: '480000' },
      },
    ])
  })

  test('where a zone comes from is said', () => {
    const { leads, warnings } = read(
      'email,pays,fuseau horaire\na@x.example,États-Unis,\nb@x.example,,\nc@x.example,Belgique,CET\n',
    )
    expect(leads.map(({ zone, zoneFrom }) => [zone, zoneFrom])).toEqual([
      ['America/New_York', 'country'],
      [undefined, 'default'],
      ['Europe/Brussels', 'country'],
    ])
    expect(warnings).toEqual([{ code: 'not_understood', values: { field: 'zone' }, rows: [4] }])
  })

  test('whole names are split, where first and last name are empty', () => {
    const { leads } = read(
      'email,name,first name,last name\na@x.example,Anne Le Goff,,\nb@x.example,Bob Ray,Robert,Ray\n',
    )
    expect(leads.map(({ firstName, lastName }) => `${firstName}/${lastName}`)).toEqual([
      'Anne/Le Goff',
      'Robert/Ray',
    ])
  })

  test('the first address that is there counts', () => {
    const { leads } = read('Person - Name,Person - Email - Work,Person - Email - Home\nA B,,a@home.example\n')
    expect(leads[0]?.email).toBe('a@home.example')
  })

  test('invalid and missing addresses, and rows that fell apart, are refused with their row', () => {
    const result = read(
      'email,nom,pays\n"a@x.example\nBcc: b@x.example",A,\n,B,\n-,B,\nnobody,C,\nd@x.example,D, Ltd,FR\ne@x.example,E,\n',
    )
    expect(codes(result)).toEqual([
      [2, 'invalid_email'],
      [3, 'missing_field'],
      [4, 'missing_field'],
      [5, 'invalid_email'],
      [6, 'missing_field'],
    ])
    expect(result.total).toBe(6)
  })

  test('required fields', () => {
    const text =
      'email,prénom,CA\na@x.example,Anne,\nb@x.example,,12\nc@x.example,"=A1",3\nd@x.example,Dan,4\n'
    expect(codes(read(text, { required: ['firstName'] }))).toEqual([
      [3, 'missing_field'],
      [4, 'missing_field'],
    ])
    expect(codes(read(text, { required: ['ca', 'first_name'] }))).toEqual([
      [2, 'missing_field'],
      [3, 'missing_field'],
      [4, 'missing_field'],
    ])
    expect(read(text, { required: ['ca', 'first_name'] }).refused[0]?.values).toEqual({
      kind: 'fields',
      fields: ['ca'],
    })
  })

  test('of one address in several rows, the first that can be a lead is one', () => {
    const result = read('email,nom\na@x.example,\nA@X.example,Anne\na@x.example,Anna\n', {
      required: ['full_name'],
    })
    expect(result.leads.map(({ row }) => row)).toEqual([3])
    expect(result.refused).toEqual([
      {
        row: 2,
        email: 'a@x.example',
        code: 'missing_field',
        values: { kind: 'fields', fields: ['full_name'] },
      },
      { row: 4, email: 'a@x.example', code: 'duplicate_row', values: { first: 3 } },
    ])
  })

  test('who opted out in any row is suppressed in every row', () => {
    const result = read('email,nom,unsubscribed\na@x.example,A,\nA@x.example,A,TRUE\nb@x.example,B,false\n')
    expect(result.leads.map(({ email }) => email)).toEqual(['b@x.example'])
    expect(codes(result)).toEqual([
      [2, 'suppressed'],
      [3, 'suppressed'],
    ])
  })

  test.each([
    ['Person - Marketing status', 'unsubscribed', 'subscribed'],
    ['Person - Marketing status', 'no_consent', 'archived'],
    ['Unsubscribed from all email', 'true', 'false'],
    ['Opted out of email: Marketing Information', 'Yes', ''],
    ['Email Opt Out', '1', '0'],
    ['Email hard bounce reason', 'Unknown user', ''],
    ['Consentement RGPD', 'Non', 'Oui'],
    ['Statut', 'Ne plus contacter', 'À rappeler'],
    ['Désabonné', 'x', ''],
  ])('%s: %s is suppressed, %j is not', (column, stop, go) => {
    const result = read(`email,${column}\nstop@x.example,${stop}\ngo@x.example,${go}\n`)
    expect(codes(result)).toEqual([[2, 'suppressed']])
    expect(result.refused[0]?.values).toEqual({
      kind: 'column',
      column,
      value: stop,
      reason: expect.any(String),
    })
    expect(result.leads.map(({ email }) => email)).toEqual(['go@x.example'])
  })

  test('formulas and nonsense count as empty, and are counted', () => {
    const rows = Array.from(
      { length: 7 },
      (_, i) => `u${i}@x.example,"=HYPERLINK(""http://evil.example"",""Tr"")",3.36E+10,@SUM(1)`,
    )
    const { leads, warnings } = read(`email,first_name,phone,note\n${rows.join('\n')}\n`)
    expect(leads[0]).toEqual({ row: 2, email: 'u0@x.example', zoneFrom: 'default', custom: {} })
    const rows7 = { rows: [2, 3, 4, 5, 6], more: 2 }
    expect(warnings).toEqual([
      { code: 'formula', values: { column: 'first_name' }, ...rows7 },
      { code: 'formula', values: { column: 'phone' }, ...rows7 },
      { code: 'formula', values: { column: 'note' }, ...rows7 },
    ])
    expect(warnings.slice(0, 1).map((warning) => sayWarning(warning, 'en'))).toEqual([
      'first_name: a formula, read as empty (rows 2, 3, 4, 5, 6 and 2 more)',
    ])
  })

  test('a template in a name is text, a header smuggled into one is one line, an endless one is none', () => {
    const { leads, warnings } = read(
      `email,first name,last name,company\na@x.example,{{ lead.email }},"B\r\nX-Injected: yes",${'x'.repeat(301)}\n`,
    )
    expect(leads[0]).toMatchObject({ firstName: '{{ lead.email }}', lastName: 'B X-Injected: yes' })
    expect(leads[0]?.company).toBeUndefined()
    expect(warnings).toEqual([{ code: 'too_long', values: { column: 'company' }, rows: [2] }])
  })

  test('an address is no name; an apostrophe before a number is none of it', () => {
    const { leads, warnings } = read(
      "email,first name,last name,phone,company,code\na@x.example,a@x.example,'t Hart,'+33 1 99 00 11 01,<a@x.example>,'0012\n",
    )
    expect(leads[0]).toMatchObject({
      lastName: "'t Hart",
      phone: '+33 1 99 00 11 01',
      custom: { code: '0012' },
    })
    expect([leads[0]?.firstName, leads[0]?.company]).toEqual([undefined, undefined])
    expect(warnings.map(({ code }) => code)).toEqual(['name_is_address', 'name_is_address'])
  })

  test('an encoding that had to be patched is said', () => {
    const bytes = Buffer.concat([
      Buffer.from('email,nom\na@x.example,Zoé '),
      Buffer.from([0xe9]),
      Buffer.from(' é\n'),
    ])
    expect(readLeads(bytes).warnings).toEqual([{ code: 'damaged_text', values: { encoding: 'utf-8' } }])
  })
})
