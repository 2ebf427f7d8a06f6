/** What the YAML parser finds wrong, in French, by its own codes; in English it speaks for itself. */

import { t } from './fr-typography.ts'
import type { Told } from './problem-dictionary.ts'

const QUOTES = 'mettez le texte entre guillemets droits'

const ERRORS: Record<string, Told> = {
  ALIAS_PROPS: ['un alias (*) n’a ni ancre ni balise', 'retirez ce qui est devant'],
  BAD_ALIAS: ['cet alias (*) est mal écrit', `${QUOTES} s’il commence par *`],
  BAD_COLLECTION_TYPE: ['la balise (!) ne va pas avec cette valeur', 'retirez la balise'],
  BAD_DIRECTIVE: ['cette ligne en % n’est pas comprise', 'retirez-la'],
  BAD_DQ_ESCAPE: [
    'la barre oblique inverse n’est suivie de rien de connu',
    'doublez-la, ou prenez des apostrophes au lieu des guillemets',
  ],
  BAD_INDENT: [
    'le retrait de cette ligne ne va pas',
    'commencez toutes les clés d’un ensemble dans la même colonne',
  ],
  BAD_PROP_ORDER: ['une ancre ou une balise n’est pas à sa place', 'mettez-la juste avant la valeur'],
  BAD_SCALAR_START: ['un texte ne peut pas commencer par ce signe', QUOTES],
  BLOCK_AS_IMPLICIT_KEY: [
    'un second deux-points suit sur cette ligne',
    'mettez ce qui suit le premier entre guillemets droits, ou sur ses propres lignes',
  ],
  BLOCK_IN_FLOW: [
    'des lignes en retrait ne vont pas entre { } ou [ ]',
    'écrivez tout entre les accolades ou les crochets',
  ],
  DUPLICATE_KEY: ['cette clé est là deux fois', 'gardez-en une'],
  KEY_OVER_1024_CHARS: ['cette clé est trop longue', 'écrivez-la en 1024 caractères au plus'],
  MISSING_CHAR: [
    'il manque un signe',
    t`fermez ce qui est ouvert : guillemets, ] ou }, et mettez entre guillemets les textes où il y a ${'{{ }}'}`,
  ],
  MULTILINE_IMPLICIT_KEY: [
    'une clé tient sur une seule ligne',
    `finissez la ligne du dessus par un deux-points, ou ${QUOTES}`,
  ],
  MULTIPLE_ANCHORS: ['une valeur n’a qu’une ancre (&)', 'gardez-en une'],
  MULTIPLE_TAGS: ['une valeur n’a qu’une balise (!)', 'gardez-en une'],
  NON_STRING_KEY: ['une clé doit être un mot', QUOTES],
  UNEXPECTED_TOKEN: [
    'il y a ici quelque chose d’inattendu',
    `${QUOTES} s’il contient ${'`{`, `}`, `[`, `]`, `:` ou `#`'}`,
  ],
}

const OTHERWISE: Told = [
  'ceci ne se lit pas comme du YAML',
  'vérifiez les guillemets, les deux-points et les retraits autour',
]

/** What is wrong with the YAML, and what would be right. */
export const yamlFr = (error: string): Told => ERRORS[error] ?? OTHERWISE
