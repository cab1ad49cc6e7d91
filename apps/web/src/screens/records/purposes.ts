// The purposes of the policy under which data support works. Each call that reads rows names one; the server refuses any other.
export const purposes = { read: 'retrieve', download: 'download', findCode: 'find-code', report: 'report' } as const
