import { locale } from "../i18n/locale";

const counts = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const rates = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const dollars = new Intl.NumberFormat(locale, { style: "currency", currency: "USD", minimumFractionDigits: 2, maximumFractionDigits: 4 });

/** A count with its thousands grouped. */
export function showCount(count: number): string {
  return counts.format(count);
}

/** A rate or a time with one digit after the point. */
export function showRate(rate: number): string {
  return rates.format(rate);
}

/** US dollars, with as many of the ledger's four decimals as they need. */
export function showUsd(usd: number): string {
  return dollars.format(usd);
}
