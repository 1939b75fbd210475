// The lock screen and the keys of headphones.

/** @param {{title: string, artist: string}} about what is playing */
export function mediaSession(player, about, { toggle, skip, seek, signal }) {
  const session = navigator.mediaSession;
  if (!session) return;
  session.metadata = new MediaMetadata(about);
  const handlers = {
    play: toggle,
    pause: toggle,
    seekbackward: ({ seekOffset }) => skip(-1000 * (seekOffset ?? 15)),
    seekforward: ({ seekOffset }) => skip(1000 * (seekOffset ?? 30)),
    seekto: ({ seekTime }) => seek(seekTime * 1000),
  };
  for (const [action, handle] of Object.entries(handlers)) session.setActionHandler(action, handle);

  function tell() {
    const duration = player.duration;
    if (!duration) return;
    session.playbackState = player.state === 'playing' ? 'playing' : 'paused';
    session.setPositionState({ duration: duration / 1000, position: Math.min(player.now(), duration) / 1000, playbackRate: player.rate });
  }
  for (const name of ['state', 'seeked', 'ratechange']) player.on(name, tell, signal);
}
