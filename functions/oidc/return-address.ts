export const DEFAULT_RETURN = '/v1/monitors';
const MOST_CHARACTERS = 1000;
/** An address of the API with its query, as `URLSearchParams` writes it: nothing in it can lead to another place. */
const ADDRESS = /^\/v1(\/[a-z0-9][a-z0-9.-]*)+(\?[\w%+*.=&-]*)?$/;

/** Where to go after the login: what was asked for if that is an address of ours, the list of monitors else. */
export const returnAddress = (asked: string | undefined): string =>
  asked !== undefined && asked.length <= MOST_CHARACTERS && ADDRESS.test(asked) ? asked : DEFAULT_RETURN;
