import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUnits, conversion, priceUnit, unitByName } from '../src/meaning/units.js';

describe('units', () => {
  it('converts memory in binary steps', () => {
    expect(8 * conversion(unitByName('UnitTemplateCamelModel.UnitTemplateModel.GigaBytes')!, canonicalUnits.memory)!).toBe(8192);
    expect(conversion(unitByName('TeraBytes')!, canonicalUnits.storage)).toBe(1024);
  });
  it('reads money per month as 1/730 per hour', () => {
    expect(priceUnit(unitByName('EurosPerMonth')!)).toEqual({ currency: 'EUR', factor: 1 / 730 });
    expect(priceUnit(unitByName('Dollars')!)).toEqual({ currency: 'USD', factor: 1 });
    expect(priceUnit(unitByName('Cores')!)).toBeUndefined();
  });
  it('refuses to convert what measures different things', () => {
    expect(conversion(unitByName('Seconds')!, canonicalUnits.memory)).toBeUndefined();
    expect(unitByName('Bananas')).toBeUndefined();
  });
  it('converts there and back to the same value', () => {
    const names = ['Bytes', 'KiloBytes', 'MegaBytes', 'GigaBytes', 'TeraBytes', 'MegaBits'];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.constantFrom(...names), fc.integer({ min: 1, max: 1e6 }), (a, b, value) => {
        const there = value * conversion(unitByName(a)!, unitByName(b)!)!;
        expect(there * conversion(unitByName(b)!, unitByName(a)!)!).toBeCloseTo(value, 6);
      }),
    );
  });
});
