// A Ceph cluster of one monitor and one OSD on loopback, everything under one folder: no systemd,
// no authentication, no manager. It is what radosgw, Debian's S3 server, keeps its objects in.
//
// Settings that are not obvious:
// - `paxos propose interval`: every new pool is a map change, and the monitor gathers map changes
//   for a second by default; starting makes a dozen of them, and that was most of the start.
// - the monitor speaks protocol v2 only: over v1 a client sometimes sends a command before it knows
//   which cluster it talks to, and dies of "wrong fsid" (5 of 180 calls here, 0 of 240 over v2).
// - `ms mon client mode = crc`: radosgw's own default is "secure", which needs authentication.
// - `mon data avail crit`: a nearly full disk of the machine is not the tests' concern.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Daemon, startDaemon } from "./daemon.ts";
import { killWithUs } from "./reaper.ts";

const COMMAND_TIMEOUT_MS = 60_000;

export interface CephCluster {
	folder: string;
	configFile: string;
	/** Aborted when the monitor or the OSD ends unasked. */
	died: AbortSignal;
	stop(): Promise<void>;
}

export interface CephClusterOptions {
	folder: string;
	monitorPort: number;
	/** The port written into the configuration for radosgw. */
	gatewayPort: number;
}

/** Starts both daemons; radosgw can be started at once, it waits for the OSD by itself. */
export async function startCephCluster(options: CephClusterOptions): Promise<CephCluster> {
	const { folder, monitorPort } = options;
	const configFile = join(folder, "ceph.conf");
	const clusterId = randomUUID();
	const daemons: Daemon[] = [];
	const start = (command: string, id: string) => {
		const args = ["-c", configFile, "-i", id, "-f"];
		const logFile = join(folder, `${command}.log`);
		const daemon = startDaemon({ command, args, logFile, folder });
		daemons.push(daemon);
		return daemon;
	};
	const stop = async () => {
		for (const daemon of daemons.reverse()) await daemon.stop();
	};

	await mkdir(join(folder, "mon"), { recursive: true });
	await mkdir(join(folder, "osd"), { recursive: true });
	await writeFile(configFile, describeCluster(clusterId, options));
	try {
		await makeMonitor(folder, configFile, clusterId, monitorPort);
		const monitor = start("ceph-mon", "a");
		await makeOsd(configFile, monitor.died);
		const osd = start("ceph-osd", "0");
		const died = AbortSignal.any([monitor.died, osd.died]);
		return { folder, configFile, died, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Runs one of Ceph's commands to its end; throws with what it said, or with the signal's reason. */
export async function runCeph(
	command: string,
	args: string[],
	signal?: AbortSignal,
): Promise<string> {
	try {
		const running = promisify(execFile)(command, args, { signal, timeout: COMMAND_TIMEOUT_MS });
		// Without its monitor a command waits for it for minutes.
		killWithUs(running.child);
		return (await running).stdout;
	} catch (error) {
		signal?.throwIfAborted();
		throw error;
	}
}

async function makeMonitor(folder: string, configFile: string, clusterId: string, port: number) {
	const map = join(folder, "monmap");
	const keys = join(folder, "keyring");
	const address = `[v2:127.0.0.1:${port}]`;
	// Nothing asks for a key, but the monitor does not make its store without a keyring.
	await runCeph("ceph-authtool", [keys, "--create-keyring", "--gen-key", "-n", "mon."]);
	await runCeph("monmaptool", [map, "--create", "--fsid", clusterId, "--addv", "a", address]);
	const files = ["--monmap", map, "--keyring", keys];
	await runCeph("ceph-mon", ["-c", configFile, "-i", "a", "--mkfs", ...files]);
}

async function makeOsd(configFile: string, died: AbortSignal) {
	const id = randomUUID();
	const ceph = ["-c", configFile, "--connect-timeout", "30"];
	await runCeph("ceph", [...ceph, "osd", "new", id, "0"], died);
	await runCeph("ceph-osd", ["-c", configFile, "-i", "0", "--mkfs", "--osd-uuid", id], died);
}

function describeCluster(clusterId: string, options: CephClusterOptions): string {
	const { folder, monitorPort, gatewayPort } = options;
	return `
[global]
fsid = ${clusterId}
mon host = v2:127.0.0.1:${monitorPort}
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
osd pool default size = 1
osd pool default min size = 1
osd crush chooseleaf type = 0
osd pool default pg num = 8
osd pool default pgp num = 8
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail crit = 1
mon data avail warn = 2
paxos propose interval = 0.05
paxos min wait = 0.02
run dir = ${folder}
crash dir = ${folder}
keyring = ${folder}/keyring
admin socket =
log to file = false
log to stderr = true
debug rocksdb = 0
debug bluestore = 0
[mon]
mon data = ${folder}/mon
mon cluster log to file = false
[osd]
osd data = ${folder}/osd
osd objectstore = bluestore
crush location = root=default host=localhost
osd class load list = *
osd class default list = *
osd memory target = 939524096
bluestore block size = 8589934592
bluestore block create = true
[client.rgw]
ms mon client mode = crc
rgw data = ${folder}
rgw frontends = beast endpoint=127.0.0.1:${gatewayPort} tcp_nodelay=1
rgw dns name = 127.0.0.1
rgw enable usage log = false
rgw enable quota threads = false
rgw thread pool size = 64
`;
}
