/** A script that lies beside the library in the layer; undefined where it does not, and what it is for runs in this thread. */
export function layerFile(name: string): string | undefined {
  try {
    return require.resolve(`@assay/quality/${name}`);
  } catch {
    return undefined;
  }
}
