import { rfmFeatures } from '../features/recency-frequency-monetary.ts';
import { logStandardise } from '../features/standardise.ts';
import { readRows } from '../test-data.ts';

/** Recency, frequency and value of the 4,338 customers of Online Retail, log-standardised, [customers × 3]. */
export function onlineRetailPoints(): Float64Array {
  const users = new Map<string, number>();
  const orders = new Map<string, { user: number; timeMs: number; value: number }>();
  for (const [invoice, , , quantity, date, price, customer] of readRows('online-retail/online_retail.csv.gz')) {
    if (!customer || invoice.startsWith('C') || Number(quantity) <= 0 || Number(price) <= 0) continue;
    const user = users.get(customer) ?? users.size;
    users.set(customer, user);
    const order = orders.get(invoice) ?? { user, timeMs: Date.parse(date.slice(0, 10)), value: 0 };
    order.value += Number(quantity) * Number(price);
    orders.set(invoice, order);
  }
  const rows = [...orders.values()];
  const columns = { userIndex: rows.map((o) => o.user), timeMs: rows.map((o) => o.timeMs), valueMinor: rows.map((o) => o.value) };
  const rfm = rfmFeatures(columns, users.size, Date.parse('2011-12-10'));
  return logStandardise([rfm.recencyDays, rfm.frequency, rfm.monetaryMinor]);
}
