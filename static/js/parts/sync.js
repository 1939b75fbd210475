// Puts a text right that is ahead of the voice or behind it.

export function mount() {}
