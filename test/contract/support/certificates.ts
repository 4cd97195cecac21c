import { generate } from 'selfsigned';

/** A certificate that signs itself, and so is its own authority. */
export interface Certificate {
	/** PEM. */
	cert: string;
	/** PEM. */
	key: string;
}

/** Makes a certificate for a host name and 127.0.0.1, valid for a day. */
export async function makeCertificate(host = 'localhost'): Promise<Certificate> {
	const dayMs = 86_400_000;
	const { cert, private: key } = await generate([{ name: 'commonName', value: host }], {
		keyType: 'ec',
		algorithm: 'sha256',
		notAfterDate: new Date(Date.now() + dayMs),
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
		],
	});
	return { cert, key };
}
