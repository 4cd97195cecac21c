import sharp from 'sharp';
import { ArtificerClient, failureOf } from '../support/artificerClient';
import { type ArtificerServer, startArtificerServer } from '../support/artificerServer';
import { picture } from './fixtures/images';
import { twoColoursPdf } from './fixtures/pdfs';

let server: ArtificerServer;
let client: ArtificerClient;

beforeAll(async () => {
	server = await startArtificerServer({ ARTIFICER_MAX_MEGAPIXELS: '20' });
	client = new ArtificerClient(server.address);
});

afterAll(async () => {
	client.close();
	await server.stop();
});

const convert = (request: object) => client.call('ImageService/ConvertImage', request);

/** Red, green and blue of a pixel. */
async function colourAt(image: unknown, left: number, top: number): Promise<number[]> {
	const pixel = sharp(image as Buffer).extract({ left, top, width: 1, height: 1 });
	return [...(await pixel.removeAlpha().raw().toBuffer())];
}

describe('ConvertImage', () => {
	const inputs = ['png', 'jpeg', 'webp', 'avif', 'gif', 'tiff'] as const;
	const outputs = ['png', 'jpeg', 'webp'] as const;
	const pairs = inputs.flatMap((input) => outputs.map((output) => ({ input, output })));

	// Breaks when a format isn't read, or the bytes aren't what the answer says they are.
	it.each(pairs)('makes $output of $input', async ({ input, output }) => {
		const image_data = await picture(64, 48, input);
		const answer = await convert({ image_data, output_format: output, quality: 90 });
		expect(answer).toMatchObject({
			format: output,
			content_type: `image/${output}`,
			width: 64,
			height: 48,
			size_bytes: (answer.image_data as Buffer).length,
		});
		const { format, width, height } = await sharp(answer.image_data as Buffer).metadata();
		expect({ format, width, height }).toEqual({ format: output, width: 64, height: 48 });
		const [red = 0, , blue = 255] = await colourAt(answer.image_data, 10, 10);
		expect(red).toBeGreaterThan(blue);
	});

	// Breaks when a limit is passed over, the aspect ratio is lost, or a small image is enlarged.
	it.each([
		[{ max_width: 100 }, 100, 50],
		[{ max_height: 100 }, 200, 100],
		[{ max_width: 100, max_height: 10 }, 20, 10],
		[{ max_width: 5000, max_height: 5000 }, 400, 200],
		[{}, 400, 200],
	])('keeps to %j', async (limits, width, height) => {
		const image_data = await picture(400, 200, 'png');
		expect(await convert({ image_data, ...limits })).toMatchObject({ width, height });
	});

	// Breaks when EXIF's orientation is left out: every second phone picture would lie on its side.
	it('turns a picture upright', async () => {
		const upright = await sharp(await picture(60, 40, 'jpeg'))
			.rotate(-90)
			.jpeg()
			.toBuffer();
		const image_data = await sharp(upright).withMetadata({ orientation: 6 }).jpeg().toBuffer();
		const answer = await convert({ image_data, output_format: 'png' });
		expect(answer).toMatchObject({ width: 60, height: 40 });
		const [red = 0, , blue = 255] = await colourAt(answer.image_data, 5, 5);
		expect(red).toBeGreaterThan(blue);
	});

	// Breaks when transparency becomes black in a format that has none.
	it('puts transparent pictures on white for JPEG', async () => {
		const create = {
			width: 8,
			height: 8,
			channels: 4 as const,
			background: { r: 0, g: 0, b: 0, alpha: 0 },
		};
		const image_data = await sharp({ create }).png().toBuffer();
		const answer = await convert({ image_data, output_format: 'jpeg' });
		expect(await colourAt(answer.image_data, 4, 4)).toEqual([255, 255, 255]);
	});

	// Breaks when quality is not handed on.
	it('writes smaller files at lower quality', async () => {
		const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 };
		const create = { width: 200, height: 200, channels: 3 as const, background: '#888', noise };
		const image_data = await sharp({ create }).png().toBuffer();
		const small = await convert({ image_data, output_format: 'jpeg', quality: 20 });
		const large = await convert({ image_data, output_format: 'jpeg', quality: 95 });
		expect(Number(small.size_bytes)).toBeLessThan(Number(large.size_bytes) / 2);
	});

	const svg =
		'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
	const refused: [string, object, RegExp][] = [
		['an empty file', { image_data: Buffer.alloc(0) }, /image_data is empty/],
		['noise', { image_data: Buffer.from('no image at all') }, /broken, cut off, or not PNG/],
		['an SVG', { image_data: Buffer.from(svg) }, /not PNG, JPEG/],
		[
			'a format that it does not write',
			{ image_data: Buffer.alloc(9), output_format: 'bmp' },
			/"bmp", but has to be one of png/,
		],
		['a quality over 100', { image_data: Buffer.alloc(9), quality: 101 }, /quality is 101/],
		['a negative width', { image_data: Buffer.alloc(9), max_width: -1 }, /max_width is -1/],
	];
	// Breaks when bad input is answered by another status, or one that doesn't say what is allowed.
	it.each(refused)('refuses %s', async (_, request, details) => {
		const failure = await failureOf(convert(request));
		expect(failure.status).toBe('INVALID_ARGUMENT');
		expect(failure.details).toMatch(details);
	});

	// Breaks when half a picture is answered as a whole one.
	it.each(['png', 'jpeg', 'webp'] as const)('refuses a %s that is cut off', async (format) => {
		const whole = await picture(300, 300, format);
		const failure = await failureOf(convert({ image_data: whole.subarray(0, whole.length / 2) }));
		expect(failure.status).toBe('INVALID_ARGUMENT');
	});

	// Breaks when a picture bomb is decoded: 100 megapixels in a few kilobytes.
	it('refuses a picture of more pixels than it may read', async () => {
		const create = { width: 10_000, height: 10_000, channels: 3 as const, background: '#000' };
		const image_data = await sharp({ create }).png({ compressionLevel: 9 }).toBuffer();
		const failure = await failureOf(convert({ image_data }));
		expect(failure.status).toBe('RESOURCE_EXHAUSTED');
		expect(failure.details).toContain('20 megapixels');
	});
});

describe('ExtractPagesToImages', () => {
	// Breaks when colours change places, or rows that PDFium pads shift against each other.
	it.each(['png', 'jpeg', 'webp'])('keeps colours and places as %s', async (format) => {
		const pdf_data = await twoColoursPdf(101, 60);
		const request = { pdf_data, dpi: 72, format };
		const [page] = await client.all('PDFService/ExtractPagesToImages', request);
		expect(page).toMatchObject({ width: 101, height: 60, format });
		for (const top of [1, 30, 58]) {
			const [red = 0, green = 255, blue = 255] = await colourAt(page?.image_data, 4, top);
			const [otherRed = 255, , otherBlue = 0] = await colourAt(page?.image_data, 96, top);
			expect(Math.min(red, otherBlue)).toBeGreaterThan(240);
			expect(Math.max(green, blue, otherRed)).toBeLessThan(20);
		}
	});
});
