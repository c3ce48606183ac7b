// What is wrong with a record. The back end says it exactly, in English; other languages put their own words for the code before.
interface Said {
  readonly code: string;
  readonly message: string;
}

export const problems = {
  said: (problem: Said): string => problem.message,
};
