// Which addresses the server may ask for files: what the whole internet can reach, and nothing that is
// only near. By ranges of the IANA's special-purpose registries; of IPv6 only global unicast is allowed at
// all, which leaves out mapped, translated, local and multicast addresses in one go.
import { BlockList, isIP } from "node:net";

const SPECIAL_V4: readonly [network: string, prefix: number][] = [
	["0.0.0.0", 8],
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["127.0.0.0", 8],
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.0.0.0", 24],
	["192.0.2.0", 24],
	["192.88.99.0", 24],
	["192.168.0.0", 16],
	["198.18.0.0", 15],
	["198.51.100.0", 24],
	["203.0.113.0", 24],
	["224.0.0.0", 3],
];
/** Teredo and other assignments of the IETF, documentation, 6to4, documentation again. */
const SPECIAL_V6: readonly [network: string, prefix: number][] = [
	["2001::", 23],
	["2001:db8::", 32],
	["2002::", 16],
	["3fff::", 20],
];

const special = new BlockList();
for (const [network, prefix] of SPECIAL_V4) special.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of SPECIAL_V6) special.addSubnet(network, prefix, "ipv6");
const global = new BlockList();
global.addSubnet("2000::", 3, "ipv6");

export function isPublicAddress(address: string): boolean {
	switch (isIP(address)) {
		case 4:
			return !special.check(address, "ipv4");
		case 6:
			return global.check(address, "ipv6") && !special.check(address, "ipv6");
		default:
			return false;
	}
}
