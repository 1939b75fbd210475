// The lock screen and the keys of headphones.

/** @param {{title: string, artist: string, cover?: string}} about what is playing */
export function mediaSession(player, { title, artist, cover }, { play, skip, seek, signal }) {
  const session = navigator.mediaSession;
  if (!session) return;
  session.metadata = new MediaMetadata({ title, artist, artwork: cover ? [{ src: new URL(cover, location.href).href }] : [] });
  const handlers = {
    play,
    pause: player.pause,
    seekbackward: ({ seekOffset }) => skip(-1000 * (seekOffset ?? 15)),
    seekforward: ({ seekOffset }) => skip(1000 * (seekOffset ?? 30)),
    seekto: ({ seekTime }) => seek(seekTime * 1000),
  };
  for (const [action, handle] of Object.entries(handlers)) session.setActionHandler(action, handle);

  /** The system counts on by itself: it is told only of what it cannot know. */
  function tell() {
    const { state, duration } = player;
    session.playbackState = state === 'playing' || state === 'waiting' ? 'playing' : 'paused';
    if (duration) session.setPositionState({ duration: duration / 1000, position: Math.min(player.now(), duration) / 1000, playbackRate: player.rate });
  }
  for (const name of ['state', 'seeked', 'ratechange']) player.on(name, tell, signal);
}
