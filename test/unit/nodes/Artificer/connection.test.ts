import {
	defaultMaxMessageMb,
	connectionOf,
	type ArtificerCredential,
} from '../../../../nodes/Artificer/transport/connection';

const local: ArtificerCredential = {
	address: 'localhost:50051',
	security: 'plaintext',
	authentication: 'none',
};

function of(more: Partial<ArtificerCredential>) {
	return connectionOf({ ...local, ...more });
}

describe('the address of a credential', () => {
	// Broken by a target that grpc-js takes for something else.
	test.each([
		['localhost:50051', 'localhost:50051'],
		[' artificer.example.com:443 ', 'artificer.example.com:443'],
		['dns:///artificer.example.com:443', 'dns:///artificer.example.com:443'],
		['unix:/run/artificer.sock', 'unix:/run/artificer.sock'],
		['[::1]:50051', '[::1]:50051'],
		['10.0.0.1:1, 10.0.0.2:2', 'ipv4:10.0.0.1:1,10.0.0.2:2'],
		['ipv4:10.0.0.1:1,10.0.0.2:2', 'ipv4:10.0.0.1:1,10.0.0.2:2'],
		['localhost:1,127.0.0.1:2,', 'ipv4:127.0.0.1:1,127.0.0.1:2'],
		['[::1]:1,[::1]:2', 'ipv6:[::1]:1,[::1]:2'],
	])('%j is dialled as %j', (address, target) => {
		expect(of({ address }).target).toBe(target);
	});

	// Broken by an address that is only refused by a time-out.
	test.each([
		['', 'The credential has no address'],
		[' , ', 'The credential has no address'],
		['http://localhost:50051', 'begins like a web address'],
		['HTTPS://localhost:50051', 'begins like a web address'],
		['localhost', 'has no port from 1 to 65535'],
		['localhost:', 'has no port'],
		['localhost:http', 'has no port'],
		['localhost:70000', 'has no port from 1 to 65535'],
		['a.example.com:1,b.example.com:2', 'Several addresses have to be numeric'],
	])('%j is refused in one sentence', (address, sentence) => {
		expect(() => of({ address })).toThrow(sentence);
	});

	// Broken by a message that shows the target instead of what the user wrote.
	test('is shown as the user wrote it', () => {
		expect(of({ address: '10.0.0.1:1,10.0.0.2:2' }).displayName).toBe('10.0.0.1:1, 10.0.0.2:2');
	});
});

describe('the security of a credential', () => {
	// Broken by TLS that is silently plaintext, or the reverse.
	test('is what was chosen', () => {
		expect(of({}).credentials._isSecure()).toBe(false);
		expect(of({ security: 'tls' }).credentials._isSecure()).toBe(true);
	});

	// Broken by a half mutual TLS that fails only on the wire.
	test.each([
		{},
		{ publicClientCertificate: '-----BEGIN CERTIFICATE-----' },
		{ privateKey: '-----BEGIN PRIVATE KEY-----' },
		{ publicClientCertificate: '-----BEGIN CERTIFICATE-----', privateKey: ' ' },
	])('mutual TLS with only %j is refused', (fields) => {
		expect(() => of({ security: 'mutualTls', ...fields })).toThrow(
			'Mutual TLS needs a client certificate and its key',
		);
	});

	// Broken by telling of an untrusted certificate where something else was pasted.
	test('says so where what was pasted is no PEM', () => {
		expect(() => of({ security: 'tls', publicCaCertificate: 'MIIB' })).toThrow(
			'CA Certificate in the credential is no PEM',
		);
	});

	// Broken by a server name that only one of the two options gets.
	test('takes another server name into account', () => {
		expect(of({ security: 'tls', serverName: 'artificer.internal' }).options).toMatchObject({
			'grpc.ssl_target_name_override': 'artificer.internal',
			'grpc.default_authority': 'artificer.internal',
		});
		expect(of({ security: 'tls' }).options).not.toHaveProperty('grpc.default_authority');
	});
});

describe('what is sent with each call', () => {
	// Broken by a secret in the wrong header, or one that was chosen off and is still sent.
	test('is the chosen authentication and nothing of the others', () => {
		const secrets = { token: 't', apiKey: 'k', headerName: 'X-Key' };
		expect(of({ ...secrets }).metadata.getMap()).toEqual({});
		expect(of({ ...secrets, authentication: 'bearerToken' }).metadata.getMap()).toEqual({
			authorization: 'Bearer t',
		});
		expect(of({ ...secrets, authentication: 'apiKey' }).metadata.getMap()).toEqual({
			'x-key': 'k',
		});
		expect(of({ apiKey: 'k', headerName: '', authentication: 'apiKey' }).metadata.getMap()).toEqual(
			{ 'x-api-key': 'k' },
		);
	});

	// Broken by a metadata entry left empty in the form, which grpc-js refuses with words of its own.
	test('is the metadata of the credential, empty names left out', () => {
		const entries = [
			{ name: ' X-Tenant ', value: 'a' },
			{ name: '', value: 'b' },
		];
		expect(of({ metadata: { entries } }).metadata.getMap()).toEqual({ 'x-tenant': 'a' });
		expect(of({ metadata: {} }).metadata.getMap()).toEqual({});
	});

	// Broken by gRPC's own limit of 4 MB in one of the two directions.
	test('may be as large as the credential says, both ways', () => {
		const limits = (options: object) =>
			['grpc.max_receive_message_length', 'grpc.max_send_message_length'].map(
				(name) => (options as Record<string, number>)[name],
			);
		const standard = defaultMaxMessageMb * 1024 * 1024;
		expect(limits(of({}).options)).toEqual([standard, standard]);
		expect(limits(of({ maxMessageMb: 1.5 }).options)).toEqual([1_572_864, 1_572_864]);
	});
});
