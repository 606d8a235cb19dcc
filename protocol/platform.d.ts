// The only two things of the platform that the protocol needs, present in browsers and Node alike.
declare class TextEncoder {
	encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
	constructor(label?: string, options?: { fatal?: boolean });
	decode(bytes: Uint8Array): string;
}
