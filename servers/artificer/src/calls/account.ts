import { AsyncLocalStorage } from 'node:async_hooks';

/** What a call has had of the workers. */
export interface Account {
	/**
	 * Ms of workers' time, counted from where the others stood when the call came: whoever comes
	 * late need not make up for it, and can't be outrun for ever.
	 */
	had: number;
	/** Where it has computed: what it opened there, such as a document, is open still. */
	homes: Set<unknown>;
}

const newAccount = (): Account => ({ had: 0, homes: new Set() });

const accounts = new AsyncLocalStorage<Account>();

/** Does work that goes to one account: that of one call. */
export function asOneCall<Result>(work: () => Result): Result {
	return accounts.run(newAccount(), work);
}

/** The account of the call that is worked on; a new one where there is none. */
export function accountOfCall(): Account {
	return accounts.getStore() ?? newAccount();
}
