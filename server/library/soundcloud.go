package library

import (
	"net/url"
	"regexp"
	"strings"
)

// soundCloud plays a track from its page, https://soundcloud.com/user/track,
// from its API address, https://api.soundcloud.com/tracks/1234, or from a frame
// that somebody has put into an article, whose parameter url is one of these.
var soundCloud = Player{
	Kind:  "soundcloud",
	Name:  "SoundCloud",
	Host:  "w.soundcloud.com",
	Track: soundCloudTrack,
	Frame: func(track string) string {
		q := url.Values{"url": {track}, "auto_play": {"false"}, "visual": {"false"}, "show_comments": {"false"}, "hide_related": {"true"}}
		return "https://w.soundcloud.com/player/?" + q.Encode()
	},
}

var (
	soundCloudPage = regexp.MustCompile(`^/[^/]+/[^/]+(?:/s-[A-Za-z0-9]+)?/?$`) // the last is the secret of a private track
	soundCloudAPI  = regexp.MustCompile(`^/tracks/[A-Za-z0-9:%_-]+$`)
)

func soundCloudTrack(u *url.URL) (string, bool, error) {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	switch {
	case u.Port() != "" && (host == "soundcloud.com" || strings.HasSuffix(host, ".soundcloud.com")):
		return "", true, notATrack(u)
	case host == "w.soundcloud.com":
		inner, err := url.Parse(u.Query().Get("url"))
		if err != nil || inner.Hostname() == "w.soundcloud.com" {
			return "", true, notATrack(u)
		}
		track, ok, err := soundCloudTrack(inner)
		if err == nil && !ok {
			err = notATrack(u)
		}
		return track, true, err
	case host == "api.soundcloud.com" && soundCloudAPI.MatchString(u.EscapedPath()):
		return "https://api.soundcloud.com" + u.EscapedPath() + secretOf(u), true, nil
	case (host == "soundcloud.com" || host == "www.soundcloud.com" || host == "m.soundcloud.com") && soundCloudPage.MatchString(u.EscapedPath()):
		return "https://soundcloud.com" + strings.TrimSuffix(u.EscapedPath(), "/"), true, nil
	case host == "soundcloud.com" || strings.HasSuffix(host, ".soundcloud.com"):
		return "", true, notATrack(u)
	}
	return "", false, nil
}

// secretOf keeps the secret of a private track and drops what else follows
// people around.
func secretOf(u *url.URL) string {
	if secret := u.Query().Get("secret_token"); secret != "" {
		return "?" + url.Values{"secret_token": {secret}}.Encode()
	}
	return ""
}

func notATrack(u *url.URL) error {
	return Errorf(Invalid, "%q is no track of SoundCloud; open the track there and take the address of its page, https://soundcloud.com/somebody/something.", u.Redacted())
}
