// When two sites are one.

/**
 * What all spellings of a site have in common. People do not see blanks at an end, two in a row, or by which code points an accent is
 * written (Unicode Standard Annex 15), and nobody means two sites by them.
 */
export const siteKey = (site: string): string => site.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
