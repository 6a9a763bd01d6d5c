// Why this file: amounts must stay exact and read well.
import { describe, expect, it } from 'vitest';
import { amountOf, compareNumbers, fenOf, isNegative, negated, shown, shownNumber, shownPlain, sumOf } from '@/money';

describe('amounts', () => {
  it('go to fen and back without loss', () => {
    for (const amount of ['0.00', '0.01', '-0.01', '1.10', '-1315.63', '90071992547409931234.56']) expect(amountOf(fenOf(amount))).toBe(amount);
  });
  it('refuse what is no amount', () => {
    for (const text of ['1', '1.0', '1.000', '', '1e5', 'NaN', '+1.00', '１.00']) expect(() => fenOf(text)).toThrow();
  });
  it('sum where binary floats would not', () => {
    expect(sumOf(['0.10', '0.20', '90071992547409931.01', '-90071992547409931.00'])).toBe('0.31');
    expect(sumOf([])).toBe('0.00');
  });
  it('of a report are shown with separators when they are numbers or percentages, else as they are', () => {
    for (const [text, read] of [['1234', '1,234'], ['-1234.5', '\u22121,234.5'], ['-12.30%', '\u221212.30%'], ['2026-09', '2026-09'], ['', ''], ['7 of 9', '7 of 9']] as const) expect(shownPlain(text)).toBe(read);
  });
  it('are shown with separators and a true minus', () => {
    expect(shown('-1234567.80')).toBe('\u22121,234,567.80');
    expect(shown('999.99')).toBe('999.99');
    expect(negated('-0.05')).toBe('0.05');
    expect(isNegative('-0.00')).toBe(false);
  });
  it('round away from zero in ten thousands', () => {
    expect(shown('12350.00', 'wan')).toBe('1.24');
    expect(shown('-12350.00', 'wan')).toBe('\u22121.24');
    expect(shown('12349.99', 'wan')).toBe('1.23');
    expect(shown('49.99', 'wan')).toBe('0.00');
    expect(shown('-48.59', 'wan')).toBe('\u22120.00');
  });
});

describe('numbers', () => {
  it('keep their decimals', () => {
    expect(shownNumber('1.0746', 4)).toBe('1.0746');
    expect(shownNumber('2521.629', 4)).toBe('2,521.6290');
    expect(shownNumber('0.99995', 4)).toBe('1.0000');
    expect(shownNumber('-7', 0)).toBe('\u22127');
  });
  it('compare by value, not by text', () => {
    expect(['10', '9.5', '-3.25', '9.50001'].sort(compareNumbers)).toEqual(['-3.25', '9.5', '9.50001', '10']);
  });
});
