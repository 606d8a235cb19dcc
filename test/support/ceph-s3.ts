// A real S3 server for the tests: Ceph's radosgw in front of a cluster of one, or the server that
// SNAG_TEST_S3 names. s3rver was rejected because it corrupts streamed uploads and verifies no
// signature; the in-memory server of fault-s3.ts only plays faults.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import {
	CreateBucketCommand,
	DeleteObjectCommand,
	HeadBucketCommand,
	paginateListObjectsV2,
	S3Client,
} from "@aws-sdk/client-s3";
import { type CephCluster, runCeph, startCephCluster } from "./ceph-cluster.ts";
import { startDaemon } from "./daemon.ts";
import { findFreePort } from "./free-port.ts";
import { openTcpGate } from "./tcp-gate.ts";
import { createTempFolder } from "./temp-folder.ts";
import { waitFor } from "./wait-for.ts";

const START_TIMEOUT_MS = 90_000;

export interface S3Coordinates {
	endpoint: string;
	accessKeyId: string;
	secretAccessKey: string;
	bucket: string;
}

export interface S3Server extends S3Coordinates {
	/** Fresh for every start: keys below it are seen by nobody else, also on a shared server. */
	prefix: string;
	/** The store goes down: connections are cut, new ones refused, what was stored is kept. */
	pause(): Promise<void>;
	/** The store comes back on the same port with its data. */
	resume(): Promise<void>;
	stop(): Promise<void>;
}

/** A client with the options that every S3 server understands; by default it tries 3 times. */
export function createS3Client(server: S3Coordinates, options?: { maxAttempts: number }): S3Client {
	const { accessKeyId, secretAccessKey } = server;
	return new S3Client({
		endpoint: server.endpoint,
		region: "us-east-1",
		credentials: { accessKeyId, secretAccessKey },
		forcePathStyle: true,
		requestChecksumCalculation: "WHEN_REQUIRED",
		responseChecksumValidation: "WHEN_REQUIRED",
		...options,
	});
}

/** Starts Ceph, or connects to `http://key:secret@host:port/bucket` when SNAG_TEST_S3 is set. */
export async function startCephS3(external = process.env.SNAG_TEST_S3): Promise<S3Server> {
	return external ? connectExternal(new URL(external)) : startOwn();
}

async function startOwn(): Promise<S3Server> {
	const folder = await createTempFolder("ceph");
	const gatewayPort = await findFreePort();
	const ports = { monitorPort: await findFreePort(), gatewayPort };
	const coordinates: S3Coordinates = {
		endpoint: `http://127.0.0.1:${gatewayPort}`,
		accessKeyId: "TESTKEY",
		secretAccessKey: "TESTSECRET",
		bucket: "snag-test",
	};
	let stop = () => folder.remove();
	try {
		const cluster = await startCephCluster({ folder: folder.path, ...ports });
		stop = async () => {
			await cluster.stop();
			await folder.remove();
		};
		const gateway = createGateway(cluster, coordinates.endpoint);
		stop = async () => {
			await gateway.kill();
			await cluster.stop();
			await folder.remove();
		};
		await gateway.start();
		await createUser(cluster, coordinates);
		await createBucket(coordinates);
		const { start: resume, kill: pause } = gateway;
		return { ...coordinates, prefix: freshPrefix(), pause, resume, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

interface Gateway {
	start(): Promise<void>;
	/** Not by TERM: radosgw goes on answering for seconds after it, which is not "down". */
	kill(): Promise<void>;
}

function createGateway(cluster: CephCluster, endpoint: string): Gateway {
	let kill = async () => {};
	return {
		async start() {
			const daemon = startDaemon({
				command: "radosgw",
				args: ["-c", cluster.configFile, "-n", "client.rgw", "-f"],
				logFile: join(cluster.folder, "radosgw.log"),
				folder: cluster.folder,
			});
			kill = daemon.kill;
			await waitFor(async () => (await fetch(endpoint)).ok, {
				what: `radosgw to answer at ${endpoint}`,
				timeoutMs: START_TIMEOUT_MS,
				signal: AbortSignal.any([cluster.died, daemon.died]),
			});
		},
		kill: () => kill(),
	};
}

async function createUser(cluster: CephCluster, { accessKeyId, secretAccessKey }: S3Coordinates) {
	const keys = ["--access-key", accessKeyId, "--secret-key", secretAccessKey];
	const user = ["--uid", "test", "--display-name", "test", ...keys];
	const radosgw = ["-c", cluster.configFile, "-n", "client.rgw"];
	await runCeph("radosgw-admin", [...radosgw, "user", "create", ...user], cluster.died);
}

async function createBucket(coordinates: S3Coordinates) {
	const client = createS3Client(coordinates);
	await client.send(new CreateBucketCommand({ Bucket: coordinates.bucket }));
	client.destroy();
}

async function connectExternal(url: URL): Promise<S3Server> {
	const bucket = url.pathname.slice(1);
	if (url.protocol !== "http:" || !url.username || !url.password || !bucket) {
		throw new Error("SNAG_TEST_S3 must look like http://key:secret@host:port/bucket");
	}
	const gate = await openTcpGate({ host: url.hostname, port: Number(url.port || 80) });
	const coordinates: S3Coordinates = {
		endpoint: `http://127.0.0.1:${gate.port}`,
		accessKeyId: decodeURIComponent(url.username),
		secretAccessKey: decodeURIComponent(url.password),
		bucket,
	};
	const prefix = freshPrefix();
	const client = createS3Client(coordinates);
	try {
		await client.send(new HeadBucketCommand({ Bucket: bucket }));
	} catch (error) {
		await gate.close();
		throw new Error(`the bucket of SNAG_TEST_S3 cannot be used: ${bucket}`, { cause: error });
	}
	return {
		...coordinates,
		prefix,
		pause: gate.close,
		resume: gate.open,
		async stop() {
			await deleteBelow(client, bucket, prefix);
			client.destroy();
			await gate.close();
		},
	};
}

async function deleteBelow(client: S3Client, bucket: string, prefix: string) {
	for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
		for (const { Key } of page.Contents ?? []) {
			await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
		}
	}
}

function freshPrefix(): string {
	return `test-${randomBytes(6).toString("hex")}`;
}
