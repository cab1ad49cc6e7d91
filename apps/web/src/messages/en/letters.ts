// Words of the screen in screens/outbox-letters. Keys begin with "letters.".
export const letters = {
  'letters.title': 'Letters',
  'letters.nav': 'Letters',
  'letters.navSays': 'Letters that wait here because no mail server is set.',
  'letters.says': 'Without a mail server nothing leaves this machine. Letters wait here, sealed, and can be read on this page.',
  'letters.sending': 'A mail server is set. Only letters that it refused are here.',
  'letters.none': 'No letter waits',
  'letters.noneSays': 'Invitations, reports and reminders appear here when they are written.',
  'letters.to': ({ to, when }: { to: string; when: string }) => `To ${to}, ${when}`,
}
