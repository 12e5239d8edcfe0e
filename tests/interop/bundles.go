package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// The caps of a bundle, embargo_monitor's own format.
const (
	maxBundleBytes = 512 << 20
	maxEntryBytes  = 65_535
	maxExhibits    = 1024
	maxLineBytes   = 255
)

// An exhibit stands in the bundle, or the bundle says that it is absent.
var (
	exhibitLine = regexp.MustCompile(
		`\Aexhibit ((?:hmac-)?sha256:[0-9a-f]{64}) ([0-9]+)(?: salt ([0-9a-f]{64}))?\z`)
	absentLine = regexp.MustCompile(
		`\Aabsent ((?:hmac-)?sha256:[0-9a-f]{64}) (?:missing|restricted|withheld)\z`)
)

// A reader takes a bundle apart from the front.
type reader struct{ rest []byte }

// line takes a line without its newline.
func (r *reader) line() (string, error) {
	line, rest, found := bytes.Cut(r.rest, []byte("\n"))
	if !found || len(line) > maxLineBytes {
		return "", errors.New("no end of a line")
	}
	r.rest = rest
	return string(line), nil
}

// take takes so many bytes.
func (r *reader) take(count int64) ([]byte, error) {
	if count > int64(len(r.rest)) {
		return nil, errors.New("fewer bytes than it says")
	}
	taken := r.rest[:count]
	r.rest = r.rest[count:]
	return taken, nil
}

// verifyBundle asks that the entry of a bundle is in the log, and that its exhibits
// are what their digests say. Whether the entry cites them is not asked: what is in
// an entry is for embargo_monitor to read.
func verifyBundle(r request, p policy) error {
	if len(r.Bundle) > maxBundleBytes {
		return errors.New("the bundle is too long")
	}
	reading := &reader{r.Bundle}
	header, err := reading.line()
	if err != nil || header != "embargo_monitor.bundle@v1" {
		return errors.New("not a bundle")
	}
	entry, err := reading.entry()
	if err != nil {
		return err
	}
	if err := reading.exhibits(); err != nil {
		return err
	}
	proof, err := parseInclusion(reading.rest)
	if err != nil {
		return err
	}
	if proof.hasExtra {
		return errors.New("extra data in the proof of a bundle")
	}
	return checkInclusion(proof, entry, p)
}

// entry takes the line that says how long the entry is, and the entry: one line.
func (r *reader) entry() ([]byte, error) {
	line, err := r.line()
	if err != nil {
		return nil, err
	}
	digits, found := strings.CutPrefix(line, "entry ")
	if !found {
		return nil, errors.New("no entry")
	}
	size, err := parseNumber(digits)
	if err != nil {
		return nil, err
	}
	if size < 1 || size > maxEntryBytes {
		return nil, fmt.Errorf("an entry of %d bytes", size)
	}
	taken, err := r.take(size + 1)
	if err != nil {
		return nil, err
	}
	entry, ended := bytes.CutSuffix(taken, []byte("\n"))
	control := func(c rune) bool { return c < 0x20 }
	if !ended || !utf8.Valid(entry) || bytes.ContainsFunc(entry, control) {
		return nil, errors.New("the entry is not one line of text")
	}
	return entry, nil
}

// exhibits takes the exhibits, those that are absent, and the empty line after them.
func (r *reader) exhibits() error {
	here, absent := []string{""}, []string{""} // before every digest
	seen := map[string]bool{}
	for {
		line, err := r.line()
		if err != nil || line == "" {
			return err
		}
		list := &here
		found := exhibitLine.FindStringSubmatch(line)
		if found != nil && len(absent) == 1 {
			if err := r.exhibit(found[1], found[2], found[3]); err != nil {
				return err
			}
		} else if found = absentLine.FindStringSubmatch(line); found != nil {
			list = &absent
		} else {
			return fmt.Errorf("not an exhibit, or not at its place: %q", line)
		}
		digest := found[1]
		if digest <= (*list)[len(*list)-1] || seen[digest] {
			return errors.New("the exhibits are not in order, each once")
		}
		*list = append(*list, digest)
		seen[digest] = true
		if len(seen) > maxExhibits {
			return errors.New("too many exhibits")
		}
	}
}

// exhibit takes the bytes of one, base64 in lines of 76, and hashes them.
func (r *reader) exhibit(digest, digits, salt string) error {
	size, err := parseNumber(digits)
	if err != nil {
		return err
	}
	if size > maxBundleBytes {
		return errors.New("the exhibit is too long")
	}
	characters := (size + 2) / 3 * 4
	taken, err := r.take(characters + (characters+75)/76)
	if err != nil {
		return err
	}
	data, err := parseBase64(strings.ReplaceAll(string(taken), "\n", ""))
	if err != nil {
		return err
	}
	if int64(len(data)) != size || wrapped(data) != string(taken) {
		return errors.New("the exhibit is not written in lines of 76")
	}
	kind, hash := "sha256:", sha256.New()
	if salt != "" {
		key, err := hex.DecodeString(salt)
		if err != nil {
			return err
		}
		kind, hash = "hmac-sha256:", hmac.New(sha256.New, key)
	}
	hash.Write(data)
	if want := kind + hex.EncodeToString(hash.Sum(nil)); digest != want {
		return fmt.Errorf("an exhibit is %s, not %s", want, digest)
	}
	return nil
}

// wrapped encodes in lines of 76 characters.
func wrapped(data []byte) string {
	var lines strings.Builder
	for rest := base64.StdEncoding.EncodeToString(data); rest != ""; {
		width := min(76, len(rest))
		lines.WriteString(rest[:width] + "\n")
		rest = rest[width:]
	}
	return lines.String()
}
