// Which keys there are, and whether letters are among them.

export function mount() {}
