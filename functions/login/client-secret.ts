/** A secret that was changed is used at the latest after that. */
const KEPT_MS = 300_000;

/** The client's secret from Secrets Manager, whose client is loaded by the first login; null where there is none. */
export function secretReader(arn: string | undefined, now: () => number): () => Promise<string | null> {
  if (arn === undefined) return async () => null;
  let kept: { text: string; until: number } | undefined;
  return async () => {
    if (kept === undefined || kept.until <= now()) kept = { text: await readSecret(arn), until: now() + KEPT_MS };
    return kept.text;
  };
}

async function readSecret(arn: string): Promise<string> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const client = new SecretsManagerClient({});
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    if (SecretString) return SecretString;
    throw new Error(`the secret ${arn} has no text`);
  } finally {
    client.destroy();
  }
}
