import { expect, it } from 'vitest';
import { allDone } from '../../layers/quality/engine/all-done.ts';

it('what fails is thrown when all the rest has ended, for they share a database that is closed then', async () => {
  const ended: string[] = [];
  const ends = async (name: string, milliseconds: number): Promise<string> => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    ended.push(name);
    return name;
  };
  await expect(allDone([Promise.reject(new Error('out of memory')), ends('scan', 20), ends('hash', 5)])).rejects.toThrow('out of memory');
  expect(ended).toEqual(['hash', 'scan']);
  expect(await allDone([ends('a', 1), 2, null])).toEqual(['a', 2, null]);
});
