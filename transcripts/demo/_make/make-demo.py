#!/usr/bin/env python3
"""Makes the demo episodes from the texts beside this file.

    apt-get install flite ffmpeg python3
    python3 transcripts/demo/_make/make-demo.py

A text begins with lines `key: value`; a `voice:` is a speaker, a voice of flite
and how much slower than usual it speaks. Then come chapters (`# Title`) and
turns: a speaker's name with a colon, and one spoken line a line. Every line is
spoken by itself, so where it stands in the sound is known to the sample, and
the times of its words come from the synthesis: they are never estimated.

Beside the-light-keepers.mp3 stand its times as WebVTT and what is known about
it as YAML. la-note-absente.mp3 is the other case: its text is a translation,
written by hand, and of its times only the laugh is known. This program checks
that the one time in that text is true.
"""

import array
import ctypes
import pathlib
import re
import subprocess
import sys
import wave
from dataclasses import dataclass, field

HERE = pathlib.Path(__file__).resolve().parent
DEMO = HERE.parent
RATE = 16000  # samples a second, of every voice used
LOUDNESS = 4000  # root mean square of a spoken line, of 32767
LEAD, LINE_GAP, TURN_GAP, CHAPTER_GAP = 0.6, 0.32, 0.5, 1.1  # seconds of silence


@dataclass
class Word:
    start: float  # seconds
    end: float
    text: str


@dataclass
class Line:
    speaker: str
    text: str
    chapter: str  # the title of the chapter it opens, "" if none
    mark: str = ""  # a name for what is heard here, such as laugh
    words: list = field(default_factory=list)


# --- reading the texts -----------------------------------------------------


def read_script(path):
    """Returns the keys of the head, the voices by speaker, and the lines."""
    head, body = path.read_text(encoding="utf-8").split("\n\n", 1)
    about, voices = {}, {}
    for entry in head.splitlines():
        key, value = entry.split(": ", 1)
        if key == "voice":
            name, voice, stretch = value.split(", ")
            voices[name] = (voice, float(stretch))
        else:
            about[key] = value
    return about, voices, list(read_lines(body, voices))


def read_lines(body, voices):
    speaker = chapter = ""
    for entry in filter(None, body.splitlines()):
        if entry.startswith("# "):
            chapter = entry[2:]
        elif entry.removesuffix(":") in voices:
            speaker = entry.removesuffix(":")
        else:
            mark, text = re.fullmatch(r"(?:\[(\w+)\] )?(.+)", entry).groups("")
            yield Line(speaker, text, chapter, mark)
            chapter = ""


# --- speaking --------------------------------------------------------------


class Wave(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("num_samples", ctypes.c_int),
        ("num_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    ]


class VoiceHead(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("features", ctypes.c_void_p)]


def function(library, name, result, *arguments):
    f = getattr(library, name)
    f.restype, f.argtypes = result, arguments
    return f


flite = ctypes.CDLL("libflite.so.1", ctypes.RTLD_GLOBAL)
ctypes.CDLL("libflite_usenglish.so.1", ctypes.RTLD_GLOBAL)
ctypes.CDLL("libflite_cmulex.so.1", ctypes.RTLD_GLOBAL)
flite.flite_init()
pointer, string = ctypes.c_void_p, ctypes.c_char_p
synth_text = function(flite, "flite_synth_text", pointer, string, pointer)
delete_utterance = function(flite, "delete_utterance", None, pointer)
utt_wave = function(flite, "utt_wave", ctypes.POINTER(Wave), pointer)
utt_relation = function(flite, "utt_relation", pointer, pointer, string)
relation_head = function(flite, "relation_head", pointer, pointer)
item_next = function(flite, "item_next", pointer, pointer)
item_daughter = function(flite, "item_daughter", pointer, pointer)
item_last_daughter = function(flite, "item_last_daughter", pointer, pointer)
feature = function(flite, "flite_ffeature_float", ctypes.c_float, pointer, string)
set_float = function(flite, "flite_feat_set_float", None, pointer, string, ctypes.c_float)

WORD_START = b"R:SylStructure.daughter1.daughter1.R:Segment.p.end"
WORD_END = b"R:SylStructure.daughtern.daughtern.R:Segment.end"


def load_voice(name, stretch):
    library = ctypes.CDLL(f"libflite_cmu_us_{name}.so.1")
    voice = function(library, f"register_cmu_us_{name}", pointer, string)(None)
    features = ctypes.cast(voice, ctypes.POINTER(VoiceHead)).contents.features
    set_float(features, b"duration_stretch", stretch)
    return voice


def speak(voice, text):
    """Returns the samples of one line, without the silence around it, and its words."""
    utterance = synth_text(text.encode("ascii"), voice)
    spoken = utt_wave(utterance).contents
    assert (spoken.sample_rate, spoken.num_channels) == (RATE, 1)
    samples = array.array("h", spoken.samples[: spoken.num_samples])
    times, item = [], relation_head(utt_relation(utterance, b"Token"))
    while item:
        first, last = item_daughter(item), item_last_daughter(item)
        times.append((feature(first, WORD_START), feature(last, WORD_END)))
        item = item_next(item)
    delete_utterance(utterance)
    tokens = text.split()
    assert len(tokens) == len(times), f"flite sees other words in: {text}"
    begin, end = times[0][0], times[-1][1]
    words = [Word(s - begin, e - begin, t) for (s, e), t in zip(times, tokens)]
    return level(samples[round(begin * RATE) : round(end * RATE)]), words


def level(samples):
    """Brings a line to the common loudness and softens its cut ends."""
    gain = LOUDNESS / (sum(s * s for s in samples) / len(samples)) ** 0.5
    gain = min(gain, 30000 / max(abs(s) for s in samples))
    fade = RATE // 200
    return array.array(
        "h",
        (round(s * gain * min(1, i / fade, (len(samples) - i) / fade)) for i, s in enumerate(samples)),
    )


def perform(lines, voices):
    """Speaks all lines into one sound and sets the times of their words."""
    loaded = {name: load_voice(*voice) for name, voice in voices.items()}
    sound, before = array.array("h", [0] * round(LEAD * RATE)), None
    for line in lines:
        if before:
            turn = TURN_GAP if line.speaker != before.speaker else LINE_GAP
            sound.extend([0] * round((CHAPTER_GAP if line.chapter else turn) * RATE))
        at = len(sound) / RATE
        samples, words = speak(loaded[line.speaker], line.text)
        line.words = [Word(at + w.start, at + w.end, w.text) for w in words]
        sound.extend(samples)
        before = line
    sound.extend([0] * round(LEAD * RATE))
    return sound


# --- writing ---------------------------------------------------------------


def clock(seconds):
    ms = round(seconds * 1000)
    return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def vtt(lines):
    """One cue a line, the voice named, a time before each word but the first."""
    cues = ["WEBVTT\n"]
    for line in lines:
        first, *others = line.words
        text = first.text + "".join(f" <{clock(w.start)}>{w.text}" for w in others)
        span = f"{clock(first.start)} --> {clock(line.words[-1].end)}"
        cues.append(f"{span}\n<v {line.speaker}>{text}\n")
    return "\n".join(cues)


def yaml(about, voices, lines, language):
    keys = [f"{key}: {value}" for key, value in about.items()]
    keys += [f"language: {language}", "spoken: en", "people:"]
    keys += [f"  - {name}" for name in voices]
    keys += ["rights: MIT, text and synthetic voices by the makers of Hearsay"]
    chapters = [line for line in lines if line.chapter]
    if chapters:
        keys.append("chapters:")
    for line in chapters:
        keys += [f'  - start: "{clock(line.words[0].start)}"', f"    title: {line.chapter}"]
    return "\n".join(keys) + "\n"


def run(*command):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *command], check=True)


def mp3(sound, about, cover, path):
    """Encodes at 44.1 kHz, where a player that ignores the encoder's delay is
    out by only 25 ms."""
    wav, png = path.with_suffix(".wav"), path.with_suffix(".png")
    with wave.open(str(wav), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        out.writeframes(sound.tobytes())
    run("-i", cover, "-frames:v", "1", png)
    tags = {"title": about["title"], "album": about["show"], "date": about["date"], "genre": "Podcast"}
    tag_flags = [flag for key, value in tags.items() for flag in ("-metadata", f"{key}={value}")]
    run(
        *("-i", wav, "-i", png, "-map", "0", "-map", "1", "-map_metadata", "-1", *tag_flags),
        *("-c:a", "libmp3lame", "-b:a", "48k", "-ar", "44100", "-ac", "1", "-fflags", "+bitexact"),
        *("-c:v", "copy", "-disposition:v", "attached_pic", "-id3v2_version", "3", path),
    )
    wav.unlink()
    png.unlink()


def make(name, show, language):
    about, voices, lines = read_script(HERE / f"{name}.txt")
    sound = perform(lines, voices)
    base = DEMO / show / name
    mp3(sound, about, HERE / f"{name}.svg", base.with_suffix(".mp3"))
    base.with_suffix(".yaml").write_text(yaml(about, voices, lines, language), encoding="utf-8")
    return base, lines


def check_mark(path, lines):
    """Refuses a text whose one time is not that of the laugh."""
    laugh = next(clock(line.words[0].start) for line in lines if line.mark == "laugh")
    marks = re.findall(r"\[rires (\d\d:\d\d:\d\d)\]", path.read_text(encoding="utf-8"))
    if marks != [laugh[:8]]:
        sys.exit(f"{path.name}: the laugh is at {laugh}, the text says {marks}")


def main():
    base, lines = make("the-light-keepers", "shoreline", "en")
    base.with_suffix(".vtt").write_text(vtt(lines), encoding="utf-8")
    base, lines = make("la-note-absente", "ateliers", "fr")
    check_mark(base.with_suffix(".txt"), lines)


if __name__ == "__main__":
    main()
