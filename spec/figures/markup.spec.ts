import { parseLabel, type Span } from '../../lib/figures/markup.js';

/** Spans in short: italic in slashes, scripts after ^ and _. */
function short(label: string): string {
  const marks = { '-1': '_', '0': '', '1': '^' };
  return parseLabel(label)
    .map(({ text, italic, level }: Span) => marks[`${level}`] + (italic ? `/${text}/` : text))
    .join('|');
}

describe('parseLabel', () => {
  it('sets single letters and small Greek in italics, words, digits and signs upright', () => {
    expect(short('t = steps/N')).toBe('/t/| = steps/|/N/');
    expect(short('γ')).toBe('/γ/');
    expect(short('WN')).toBe('WN');
    expect(short('R')).toBe('/R/');
    expect(short('Σ x')).toBe('Σ |/x/');
    expect(short('load α = P/N')).toBe('load |/α/| = |/P/|/|/N/');
  });

  it('lowers and raises one character or a group', () => {
    expect(short('ε_g')).toBe('/ε/|_/g/');
    expect(short('η_{max}γ')).toBe('/η/|_max|/γ/');
    expect(short('10^{-3}')).toBe('10|^−3');
    expect(short('w_ij')).toBe('/w/|_/i/|/j/');
    expect(short('w_{ij}^2')).toBe('/w/|_ij|^2');
  });

  it('reads typed script digits', () => {
    expect(short('10⁻³ N² x₀')).toBe('10|^−3| |/N/|^2| |/x/|_0');
  });

  it('tells minus signs from hyphens', () => {
    expect(short('teacher-student')).toBe('teacher-student');
    expect(short('x-axis')).toBe('/x/|-axis');
    expect(short('α - 1')).toBe('/α/| − 1');
    expect(short('1 - R')).toBe('1 − |/R/');
    expect(short('-5')).toBe('−5');
  });

  it('sets a character after a backslash upright as it stands', () => {
    expect(short('rule \\A')).toBe('rule A');
    expect(short('a\\_b')).toBe('/a/|_|/b/');
    expect(short('x^\\T')).toBe('/x/|^T');
  });

  it('replaces characters that the fonts lack', () => {
    expect(short('‖w‖ · w^*')).toBe('∥|/w/|∥ ⋅ |/w/|^∗');
  });

  it('refuses scripts without a body, inside each other, and stray braces, naming the argument', () => {
    for (const label of ['x_', 'x^', 'x^{a_b}', '{x}', 'x}', 'x_^2']) {
      expect(() => parseLabel(label, 'panels[0].x.label')).toThrow(
        `\`panels[0].x.label\` must be markup where each _ or ^ is followed by one character or {…}; got "${label}"`,
      );
    }
    expect(() => parseLabel('x_{ab', 'y')).toThrow('`y` must be markup with a } for each {; got "x_{ab"');
  });
});
