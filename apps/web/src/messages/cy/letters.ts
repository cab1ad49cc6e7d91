export const letters = {
  'letters.title': 'Llythyrau',
  'letters.nav': 'Llythyrau',
  'letters.navSays': 'Llythyrau sy’n aros yma am nad oes gweinydd post.',
  'letters.says': 'Heb weinydd post nid oes dim yn gadael y peiriant hwn. Mae llythyrau’n aros yma, dan sêl, a gellir eu darllen ar y dudalen hon.',
  'letters.sending': 'Mae gweinydd post wedi’i osod. Dim ond llythyrau a wrthododd sydd yma.',
  'letters.none': 'Nid oes llythyr yn aros',
  'letters.noneSays': 'Mae gwahoddiadau, adroddiadau a nodiadau atgoffa yn ymddangos yma pan gânt eu hysgrifennu.',
  'letters.to': ({ to, when }: { to: string; when: string }) => `At ${to}, ${when}`,
}
