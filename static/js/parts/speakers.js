// Who speaks: hear only one, pass one over, give them another name.

export function mount() {}
