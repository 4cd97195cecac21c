import { documentTimeoutSeconds, rpcOperation } from '../rpcOperation';
import { numberOf, numberProperty, type NumberField } from '../numberField';
import { baseName, fileOutputField, withoutFolders } from '../output';
import { imageField } from './imageField';

const quality: NumberField = {
	displayName: 'Quality',
	name: 'quality',
	default: 95,
	min: 1,
	max: 100,
	description: 'How faithful a JPEG or WebP is, from 1 to 100; less is smaller',
};

const maxWidth: NumberField = {
	displayName: 'Max Width',
	name: 'maxWidth',
	default: 0,
	min: 0,
	max: 100_000,
	description: 'The image is made no wider than this, in pixels; 0 sets no limit',
};

const maxHeight: NumberField = {
	...maxWidth,
	displayName: 'Max Height',
	name: 'maxHeight',
	description: 'The image is made no higher than this, in pixels; 0 sets no limit',
};

export const convertImage = rpcOperation('ImageService', 'ConvertImage', {
	resource: 'image',
	name: 'convert',
	displayName: 'Convert',
	action: 'Convert image',
	description:
		'Turn a picture into PNG, JPEG or WebP, and make it smaller where it is larger than allowed',
	aliases: ['convert image', 'resize', 'compress', 'webp', 'jpeg', 'png', 'thumbnail'],
	timeoutSeconds: documentTimeoutSeconds,
	fields: [
		imageField,
		{
			displayName: 'Format',
			name: 'format',
			type: 'options',
			options: [
				{ name: 'JPEG', value: 'jpeg' },
				{ name: 'PNG', value: 'png' },
				{ name: 'WebP', value: 'webp' },
			],
			default: 'png',
			description: 'The kind of image that comes out',
		},
		{
			...numberProperty(quality),
			displayOptions: { show: { format: ['jpeg', 'webp'] } },
		},
		numberProperty(maxWidth),
		numberProperty(maxHeight),
		fileOutputField,
	],
	async toMessage(item) {
		const format = item.field<string>('format');
		return {
			image_data: (await item.file('imageField')).bytes,
			output_format: format,
			quality: format === 'png' ? quality.default : numberOf(item, quality),
			max_width: numberOf(item, maxWidth),
			max_height: numberOf(item, maxHeight),
		};
	},
	async fromResponse({ image_data, ...facts }, item) {
		const name = `${baseName(item.fileName, 'image')}.${facts.format === 'jpeg' ? 'jpg' : facts.format}`;
		const file = await item.store(image_data, withoutFolders(name), facts.content_type);
		return { json: facts, binary: { [item.field<string>('outputField')]: file } };
	},
});
