// Test S3 servers as storage of the server: coordinates as configuration, keys as the AWS chain has them.
import type { S3Storage } from "../../server/config.ts";
import type { S3Coordinates } from "../support/ceph-s3.ts";

/** Puts the keys into the environment of this process. */
export function useS3Keys(server: S3Coordinates, prefix: string): S3Storage {
	Object.assign(process.env, s3Environment(server));
	return {
		kind: "s3",
		bucket: server.bucket,
		prefix: prefix === "" ? "" : `${prefix}/`,
		region: "us-east-1",
		endpoint: server.endpoint,
		pathStyle: true,
	};
}

/** Environment of a server process that stores on a test S3 server. */
export function s3Environment(server: S3Coordinates): Record<string, string> {
	const query = new URLSearchParams({ endpoint: server.endpoint, pathStyle: "true" });
	return {
		SNAG_STORAGE: `s3://${server.bucket}/tests?${query}`,
		AWS_ACCESS_KEY_ID: server.accessKeyId,
		AWS_SECRET_ACCESS_KEY: server.secretAccessKey,
	};
}
