import { Ajv } from 'ajv';
import { Type, type Static } from 'typebox';

/** What the model must answer, as a schema that OpenAI's strict structured output takes. */
export const ModelAnswer = Type.Object(
	{
		refined_text: Type.String({ description: 'The translated and refined document, alone' }),
		confidence: Type.Number({ description: 'How sure you are of it, from 0 to 1' }),
		improvements: Type.Array(Type.String(), { description: 'What was done, a sentence each' }),
	},
	{ additionalProperties: false },
);

/** A model's answer that has the right shape. */
export type ModelAnswer = Static<typeof ModelAnswer>;

const hasRightShape = new Ajv().compile<ModelAnswer>(ModelAnswer);

/** Reads a model's answer; gives the rest of a sentence about it where it is of no use. */
export function readAnswer(content: string): ModelAnswer | string {
	let answer: unknown;
	try {
		answer = JSON.parse(content);
	} catch {
		return 'answered something that is not JSON';
	}
	if (!hasRightShape(answer)) return 'answered JSON of another shape than it was asked for';
	if (answer.refined_text.trim() === '') return 'answered without a text';
	if (answer.confidence < 0 || answer.confidence > 1) {
		return `answered a confidence of ${answer.confidence}, which is not between 0 and 1`;
	}
	return answer;
}
