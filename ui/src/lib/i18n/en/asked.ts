// What a link, a second start or a path on the command line led to.
export const asked = {
  noRecord: (reference: string, name: string) => `${name} has no record ${reference}. It may be on another branch, or renumbered.`,
  several: (reference: string, name: string) => `${name} has several records ${reference}. Search for the one you want.`,
  followLink: "Follow this link",
};
