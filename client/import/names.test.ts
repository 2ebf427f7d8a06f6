import { expect, test } from '@jest/globals'
import { splitName } from './names.ts'

test.each([
  ['Camille Girard', 'Camille', 'Girard'],
  ['Jean-Marie Le Goff', 'Jean-Marie', 'Le Goff'],
  ['María de la Cruz', 'María', 'de la Cruz'],
  ['DUPONT Jean', 'Jean', 'DUPONT'],
  ['LE GOFF Anne Marie', 'Anne Marie', 'LE GOFF'],
  ['JEAN DUPONT', 'JEAN', 'DUPONT'],
  ['Dupont, Jean', 'Jean', 'Dupont'],
  ['M. Jean Dupont', 'Jean', 'Dupont'],
  ['J. Smith', 'J.', 'Smith'],
  ['Mme Durand', undefined, 'Durand'],
  ['van der Berg', undefined, 'van der Berg'],
  ['DUPONT', undefined, 'DUPONT'],
  ['Camille', 'Camille', undefined],
  ['', undefined, undefined],
])('%j is %j, %j', (name, firstName, lastName) => expect(splitName(name)).toEqual({ firstName, lastName }))

test('a column that says so holds the last name first', () => {
  expect(splitName('Le Goff Anne', true)).toEqual({ firstName: 'Anne', lastName: 'Le Goff' })
  expect(splitName('Dupont', true)).toEqual({ lastName: 'Dupont' })
})
