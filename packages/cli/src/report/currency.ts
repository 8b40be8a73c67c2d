const signs: Readonly<Record<string, string>> = { EUR: '€', USD: '$', GBP: '£' };

/** `€`, or the currency's code where it has no sign of its own. */
export const currencySign = (currency: string): string => signs[currency] ?? currency;
