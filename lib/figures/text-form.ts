/** How text is written: as outlines that need no font, or as words in the fonts that a PDF embeds. */
export type TextForm = 'outlines' | 'words';
