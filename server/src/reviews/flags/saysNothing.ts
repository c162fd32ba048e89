/** Words that fit every incident and so explain none, and words that only join others. */
const emptyWords = new Set(
  `a an and are as at by for from i in is it me my of on or our per see the this to up was we with
  investigation investigations investigate investigating investigative inv invest
  police pd le officer officers official law enforcement department detective
  business work working purpose purposes use used reason reasons other misc miscellaneous general various stuff
  check checks checking checked look looks looking watch watching monitor monitoring observe observing observation
  view viewing review reviewing search searching verify verifying confirm
  case cases crime criminal crim incident incidents matter info intel information data
  active ongoing open current pending routine patrol duty follow following followup
  security safety surveillance camera cameras cam cams video feed feeds footage live
  test tests testing tested tst training train demo demonstration sample example
  susp suspicious suspect subject person activity area location place
  request requested requests needed need assist assistance support supervisor sgt lt
  none nothing na tbd unknown unk ok okay yes no x xx xxx asdf qwerty abc foo bar`.split(/\s+/),
);

/** Whether a text has no word that could belong to one incident rather than to any. */
export function saysNothing(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.every((word) => emptyWords.has(word) || word.length === 1 || /^(.)\1+$/u.test(word));
}
