/** What medicine makes its words of: "bronchiolitis", "lobectomy", "zopiclone". */
const medical =
  /([^d]itis|[^w]osis|[iy]asis|[^dh]a?emia|ectomy|os?tomy|oscopy|plegi[ac]|phobi[ac]|[^t]algia|sclerosis|rrho?ea|rrhagi?[ae]?|myeli[ad]|plasia|uria|yhthmia|pathy|azepam|azolam|zodone|oxetine|triptyline|pramine|[^g]azine|olol|sartan|statin|dipine|prazole|conazole|cillin|mycin|cycline|floxacin|gabalin|setron|olone|asone|idone|zapine|oxetine|codone|morphine|racetam|afil|parin)e?s?$/
const notMedical = /^(diagnosis|prognosis|hypnosis|osmosis|symbiosis|metamorphosis|dichotomy|anatomy|.*(em|sym|a|tele)pathy|horoscopy|grandiosity)$/

/** A long word that only medicine makes. */
export const isMedical = (folded: string): boolean => folded.length > 7 && medical.test(folded) && !notMedical.test(folded)
