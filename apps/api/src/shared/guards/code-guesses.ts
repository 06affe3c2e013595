import { createHash } from 'node:crypto';
import { AppError, type Principal } from '@promolift/domain';
import { appendAudit, type CodeGuesses, depsFor, type Installation } from '@promolift/services';

const WINDOW_MS = 600_000;
/** Different wrong codes in ten minutes. A shopper mistypes a few; a shop's visitors behind one address some more. */
const WRONG_PER_SHOPPER = 10;
const WRONG_PER_ADDRESS = 60;
/** Of one caller's shoppers together: nobody is stopped for what others do, but somebody should know. */
const WRONG_UNTIL_ALARM = 100;
/** So that invented shopper ids cannot fill the memory: past it everything is counted anew, which forgives, never locks out. */
const MAX_COUNTED = 200_000;

/** Told apart from what is only slow: `onWrong` and `onAlarm` feed the metrics. */
type Listeners = { onWrong(count: number): void; onAlarm(): void };
type Caller = { principal: Principal; address: string };

/**
 * Slows guessing of codes down in this process and raises an alarm in log, metrics and audit log. Different wrong codes count, by
 * shopper and, for carts that come from a browser, by address; the same wrong code again is a cart that was only read again. Behind
 * it stands the code itself: a guess hits one of ten million codes with probability 1e-11.
 */
export function createCodeGuesses(installation: Installation, { onWrong, onAlarm }: Listeners, now: () => number = Date.now) {
  let window = openWindow(now());
  const current = () => {
    if (now() >= window.endsAt || window.wrong.size > MAX_COUNTED) window = openWindow(now());
    return window;
  };
  const alarm = async (principal: Principal, caller: string, count: number) => {
    onAlarm();
    installation.log.warn({ caller, count }, 'somebody tries codes');
    const system = depsFor(installation, { kind: 'system', name: 'api' });
    await system.em.transactional((em) =>
      appendAudit(
        { em, actor: system.actor },
        {
          action: 'codes.guessed',
          subjectKind: principal.kind === 'key' ? 'api-key' : 'manager',
          subjectId: caller,
          details: { wrongCodes: count },
        },
      ),
    );
  };
  return (from: Caller): CodeGuesses => ({
    async before(shopperKey) {
      const { wrong, endsAt } = current();
      if (!placesOf(from, shopperKey).some(({ key, most }) => (wrong.get(key)?.size ?? 0) >= most)) return;
      const retryAfterSeconds = Math.max(1, Math.ceil((endsAt - now()) / 1_000));
      throw new AppError('RATE_LIMITED', `Too many wrong codes; try again in ${retryAfterSeconds} seconds.`, { retryAfterSeconds });
    },
    async after(shopperKey, wrongCodes) {
      const { wrong, perCaller } = current();
      const places = placesOf(from, shopperKey).map(({ key }) => key);
      const fresh = wrongCodes.filter((code) => places.map((key) => add(wrong, key, code)).some(Boolean));
      if (fresh.length === 0) return;
      onWrong(fresh.length);
      const caller = callerOf(from.principal);
      const before = perCaller.get(caller) ?? 0;
      perCaller.set(caller, before + fresh.length);
      if (before < WRONG_UNTIL_ALARM && before + fresh.length >= WRONG_UNTIL_ALARM)
        await alarm(from.principal, caller, before + fresh.length);
    },
  });
}

const openWindow = (startsAt: number) => ({
  endsAt: startsAt + WINDOW_MS,
  /** Place → short hashes of the wrong codes tried there; neither codes nor shoppers are kept in clear. */
  wrong: new Map<string, Set<string>>(),
  perCaller: new Map<string, number>(),
});

/** Where attempts are counted. A secret key speaks for all shoppers from one server, whose address says nothing. */
function placesOf({ principal, address }: Caller, shopperKey: string | null): { key: string; most: number }[] {
  const caller = callerOf(principal);
  const isServer = principal.kind === 'key' && principal.keyKind === 'storefront_secret';
  return [
    ...(shopperKey === null ? [] : [{ key: shortHash(`${caller} ${shopperKey}`), most: WRONG_PER_SHOPPER }]),
    ...(isServer ? [] : [{ key: shortHash(address), most: WRONG_PER_ADDRESS }]),
  ];
}

const callerOf = (principal: Principal): string =>
  principal.kind === 'key' ? principal.apiKeyId : principal.kind === 'manager' ? principal.managerId : 'anonymous';

const shortHash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 12);

/** Is this code new there? */
function add(wrong: Map<string, Set<string>>, key: string, code: string): boolean {
  const tried = wrong.get(key) ?? new Set();
  const hash = shortHash(code);
  if (tried.has(hash)) return false;
  wrong.set(key, tried.add(hash));
  return true;
}
