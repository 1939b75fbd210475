// How it is heard and read: loop, size of the text, a screen that stays on, the delay of the sound.

export function mount() {}
