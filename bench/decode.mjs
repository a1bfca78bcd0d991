// The least that reading a file can cost: DuckDB decodes and hashes every column, with its default threads. Plain JavaScript, so that no compiler counts.
import { DuckDBInstance } from '@duckdb/node-api';

const path = process.argv[2].replaceAll("'", "''");
const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet('${path}')`);
const names = described.getColumns()[0];
const hashes = names.map((name) => `bit_xor(hash("${name.replaceAll('"', '""')}"))`);
const result = await connection.runAndReadAll(`SELECT ${hashes.join(', ')} FROM read_parquet('${path}')`);
console.log(result.getRows()[0].join(' '));
