package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// The caps. C2SP asks for at least 16 signatures and some upper limit, and for
// at most 63 hashes in a proof; the rest is what this project agreed on.
const (
	maxNoteBytes  = 64 << 10
	maxSignatures = 32
	maxHashes     = 63
	maxKeyText    = 8192
	maxExtraBytes = 64 << 10
	maxProofBytes = 4 * maxNoteBytes
)

// maxProvable is the largest tree that tlog can compute with: above it, the loop
// of its maxpow2 never ends, because 1<<63 is negative in an int64.
const maxProvable = 1 << 62

// The kinds of keys that are understood: the type bytes of signed-note.
const (
	kindEd25519     = 0x01
	kindCosignature = 0x04
)

// number is how C2SP writes sizes and indexes. It is matched before anything is
// converted: strconv takes signs and leading zeros.
var number = regexp.MustCompile(`\A(0|[1-9][0-9]{0,18})\z`)

// parseNumber reads a size or an index, which must fit in an int64.
func parseNumber(text string) (int64, error) {
	if !number.MatchString(text) {
		return 0, fmt.Errorf("not a number as the formats write it: %q", text)
	}
	return strconv.ParseInt(text, 10, 64)
}

// parseBase64 decodes the one text that encodes those bytes.
//
// Strict refuses padding bits that are not zero; newlines inside, which it skips,
// are found by encoding again.
func parseBase64(text string) ([]byte, error) {
	data, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil {
		return nil, err
	}
	if base64.StdEncoding.EncodeToString(data) != text {
		return nil, fmt.Errorf("not base64 as it is written: %q", text)
	}
	return data, nil
}

// parseHash reads a hash of 32 bytes. tlog.ParseHash alone would take padding
// bits that are not zero.
func parseHash(text string) (tlog.Hash, error) {
	if _, err := parseBase64(text); err != nil {
		return tlog.Hash{}, err
	}
	return tlog.ParseHash(text)
}

// checkName refuses what cannot be the name of a key. x/mod takes control
// characters in it, which no note could contain.
func checkName(name string) error {
	wrong := func(r rune) bool { return r < 0x20 || r == '+' || unicode.IsSpace(r) }
	if name == "" || !utf8.ValidString(name) || strings.ContainsFunc(name, wrong) {
		return fmt.Errorf("not a name of a key: %q", name)
	}
	return nil
}

// A key is a verifier key: who may sign, and in which way.
type key struct {
	note.Verifier // nil for a kind that is not understood
	kind          byte
	public        string
}

// parseKey reads "<name>+<8 hex digits>+<base64 of kind and public key>".
//
// note.NewVerifier knows only kind 0x01, and takes upper-case hex digits and lax
// base64; so the text is taken apart here, strictly, in front of it. A key of an
// unknown kind is no error: it is a witness of tomorrow, whose lines are passed over.
func parseKey(text string) (key, error) {
	if utf8.RuneCountInString(text) > maxKeyText {
		return key{}, errors.New("the key is too long")
	}
	name, rest, _ := strings.Cut(text, "+")
	id, encoded, _ := strings.Cut(rest, "+")
	if err := checkName(name); err != nil {
		return key{}, err
	}
	data, err := parseBase64(encoded)
	if err != nil {
		return key{}, err
	}
	if len(data) < 2 || data[0] == 0 {
		return key{}, errors.New("the key is no kind and bytes")
	}
	// x/mod compares the id too, but as a number, and only of the kind it knows.
	if want := fmt.Sprintf("%08x", keyID(name, data)); id != want {
		return key{}, fmt.Errorf("the id of the key is %q, not %q", want, id)
	}
	read := key{kind: data[0], public: string(data[1:])}
	switch read.kind {
	case kindEd25519:
		read.Verifier, err = note.NewVerifier(text)
	case kindCosignature:
		if len(read.public) != ed25519.PublicKeySize {
			return key{}, errors.New("the key is not 32 bytes long")
		}
		read.Verifier = &cosigner{name, keyID(name, data), data[1:]}
	}
	return read, err
}

// keyID hashes the name and the encoded key, kind first (signed-note).
func keyID(name string, encoded []byte) uint32 {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s", name, encoded))
	return binary.BigEndian.Uint32(sum[:])
}

// A cosigner verifies timestamped Ed25519 cosignatures (tlog-cosignature, 0x04).
type cosigner struct {
	name   string
	id     uint32
	public ed25519.PublicKey
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.id }

// Verify reports whether sig is 8 bytes of time and a signature over both.
func (c *cosigner) Verify(text, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(sig)
	if time > math.MaxInt64 { // "It MUST NOT exceed 2^63 - 1"
		return false
	}
	signed := fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", time, text)
	return ed25519.Verify(c.public, signed, sig[8:])
}

// A signedNote is the text of a note and the known keys that signed it, each once.
type signedNote struct {
	text string
	keys []key
}

// openNote parses a note and verifies every signature of a known key.
//
// It calls note.Open once for every signature line, since for a note as a whole
// x/mod skips repeated signatures of a key without verifying them, where the
// specification says that they MUST be verified. Checked in front of it are the
// caps, the form of the base64, and the layout of the lines.
func openNote(data []byte, known []key) (*signedNote, error) {
	if len(data) > maxNoteBytes {
		return nil, fmt.Errorf("a note of %d bytes", len(data))
	}
	split := bytes.LastIndex(data, []byte("\n\n"))
	if split < 0 {
		return nil, errors.New("no empty line in front of signatures")
	}
	text := data[:split+1]
	lines, ended := strings.CutSuffix(string(data[split+2:]), "\n")
	if !ended {
		return nil, errors.New("the last line does not end")
	}
	signatures := strings.Split(lines, "\n")
	if len(signatures) > maxSignatures {
		return nil, fmt.Errorf("%d signatures", len(signatures))
	}
	// The layout of all lines comes first: what a note is does not depend on who
	// reads it.
	for _, line := range signatures {
		if err := checkSignatureLine(line); err != nil {
			return nil, err
		}
	}
	byID := map[string]key{}
	var verifiers []note.Verifier
	for _, k := range known {
		if k.Verifier == nil {
			continue
		}
		// One key given twice is one key; for x/mod it would be ambiguous.
		id := keyedBy(k.Name(), k.KeyHash())
		if _, given := byID[id]; !given {
			verifiers = append(verifiers, k)
		}
		byID[id] = k
	}
	opened := &signedNote{text: string(text)}
	seen := map[string]bool{}
	for _, line := range signatures {
		single := fmt.Appendf(nil, "%s\n%s\n", text, line)
		n, err := note.Open(single, note.VerifierList(verifiers...))
		var unverified *note.UnverifiedNoteError
		if errors.As(err, &unverified) {
			continue // by an unknown key
		}
		if err != nil {
			return nil, err
		}
		id := keyedBy(n.Sigs[0].Name, n.Sigs[0].Hash)
		if !seen[id] {
			seen[id] = true
			opened.keys = append(opened.keys, byID[id])
		}
	}
	return opened, nil
}

// keyedBy is what tells keys apart in a note: name and id together.
func keyedBy(name string, id uint32) string { return fmt.Sprintf("%s+%08x", name, id) }

// checkSignatureLine holds a line to "— <name> <base64 of 4 + n bytes>".
func checkSignatureLine(line string) error {
	rest, found := strings.CutPrefix(line, "— ")
	if !found {
		return fmt.Errorf("not a line of a signature: %q", line)
	}
	name, encoded, _ := strings.Cut(rest, " ")
	if err := checkName(name); err != nil {
		return err
	}
	data, err := parseBase64(encoded)
	if err != nil {
		return err
	}
	if len(data) < 5 {
		return fmt.Errorf("a signature of %d bytes", len(data))
	}
	return nil
}

// A policy says who has to have signed.
type policy struct {
	log       key
	witnesses []key
	quorum    int
}

// A checkpoint is a tree head that was signed as a policy asks.
type checkpoint struct {
	size int64
	root tlog.Hash
}

// checkPolicy refuses what could not be meant: a log that cosigns, or one public key
// that would be counted for two (tlog-cosignature: they are never shared).
func checkPolicy(p policy) error {
	if p.log.kind != kindEd25519 {
		return errors.New("the key of the log is none that signs notes")
	}
	holders := map[string]bool{p.log.public: true}
	able := 0
	for _, k := range p.witnesses {
		holders[k.public] = true
		if k.kind == kindCosignature {
			able++
		}
	}
	if len(holders) != 1+len(p.witnesses) {
		return errors.New("one public key stands twice")
	}
	if p.quorum < 0 || p.quorum > able {
		return fmt.Errorf("a quorum of %d among %d witnesses", p.quorum, able)
	}
	return nil
}

// openCheckpoint parses a signed tree head (tlog-checkpoint) and holds it to p.
func openCheckpoint(data []byte, p policy) (*checkpoint, error) {
	if err := checkPolicy(p); err != nil {
		return nil, err
	}
	opened, err := openNote(data, append([]key{p.log}, p.witnesses...))
	if err != nil {
		return nil, err
	}
	head, err := parseTreeHead(opened.text, p.log.Name())
	if err != nil {
		return nil, err
	}
	witnesses, byLog := 0, false
	for _, k := range opened.keys {
		if k.kind == kindCosignature {
			witnesses++
		}
		byLog = byLog || k.public == p.log.public
	}
	if !byLog {
		return nil, errors.New("not signed by the log")
	}
	if witnesses < p.quorum {
		return nil, fmt.Errorf("cosigned by %d of %d", witnesses, p.quorum)
	}
	return head, nil
}

// parseTreeHead reads the lines of a checkpoint: origin, size, root, and perhaps
// extension lines, none of them empty.
func parseTreeHead(text, origin string) (*checkpoint, error) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 3 {
		return nil, fmt.Errorf("%d lines", len(lines))
	}
	if lines[0] != origin {
		return nil, fmt.Errorf("the origin is %q, not %q", lines[0], origin)
	}
	size, err := parseNumber(lines[1])
	if err != nil {
		return nil, err
	}
	root, err := parseHash(lines[2])
	if err != nil {
		return nil, err
	}
	if size == 0 && root != sha256.Sum256(nil) {
		return nil, errors.New("not the root of an empty tree")
	}
	for _, line := range lines[3:] {
		if line == "" {
			return nil, errors.New("an empty line among the extensions")
		}
	}
	return &checkpoint{size, root}, nil
}

// parseHashLines reads the lines up to the first empty one, a hash on each, and
// returns what follows it.
func parseHashLines(rest []byte) ([]tlog.Hash, []byte, error) {
	var hashes []tlog.Hash
	for {
		line, after, found := bytes.Cut(rest, []byte("\n"))
		if !found {
			return nil, nil, errors.New("no empty line after the hashes")
		}
		rest = after
		if len(line) == 0 {
			return hashes, rest, nil
		}
		if len(hashes) == maxHashes {
			return nil, nil, fmt.Errorf("more than %d hashes", maxHashes)
		}
		hash, err := parseHash(string(line))
		if err != nil {
			return nil, nil, err
		}
		hashes = append(hashes, hash)
	}
}

// cutField takes "<word> <value>\n" from the front.
func cutField(data []byte, word string) (value string, rest []byte, found bool) {
	line, rest, ended := bytes.Cut(data, []byte("\n"))
	value, found = strings.CutPrefix(string(line), word+" ")
	return value, rest, found && ended
}

// An inclusionProof is a c2sp.org/tlog-proof@v1 file.
type inclusionProof struct {
	index    int64
	hashes   tlog.RecordProof
	note     []byte
	hasExtra bool
}

// parseInclusion reads a proof that an entry is in a log.
func parseInclusion(data []byte) (*inclusionProof, error) {
	if len(data) > maxProofBytes {
		return nil, fmt.Errorf("a proof of %d bytes", len(data))
	}
	rest, found := bytes.CutPrefix(data, []byte("c2sp.org/tlog-proof@v1\n"))
	if !found {
		return nil, errors.New("not a c2sp.org/tlog-proof@v1")
	}
	extra, after, hasExtra := cutField(rest, "extra")
	if hasExtra {
		decoded, err := parseBase64(extra)
		if err != nil {
			return nil, err
		}
		// "If no extra data is present, this line is omitted."
		if len(decoded) == 0 || len(decoded) > maxExtraBytes {
			return nil, fmt.Errorf("%d bytes of extra data", len(decoded))
		}
		rest = after
	}
	digits, rest, found := cutField(rest, "index")
	if !found {
		return nil, errors.New("no index")
	}
	index, err := parseNumber(digits)
	if err != nil {
		return nil, err
	}
	hashes, rest, err := parseHashLines(rest)
	if err != nil {
		return nil, err
	}
	return &inclusionProof{index, hashes, rest, hasExtra}, nil
}

// A consistencyProof is the body of an add-checkpoint request (tlog-witness).
type consistencyProof struct {
	old    int64
	hashes tlog.TreeProof
	note   []byte
}

// parseConsistency reads a proof that a log only grew.
func parseConsistency(data []byte) (*consistencyProof, error) {
	if len(data) > maxProofBytes {
		return nil, fmt.Errorf("a proof of %d bytes", len(data))
	}
	digits, rest, found := cutField(data, "old")
	if !found {
		return nil, errors.New("no old size")
	}
	old, err := parseNumber(digits)
	if err != nil {
		return nil, err
	}
	hashes, rest, err := parseHashLines(rest)
	if err != nil {
		return nil, err
	}
	return &consistencyProof{old, hashes, rest}, nil
}

// decodeBundle parts an entry bundle (tlog-tiles) into exactly count entries.
func decodeBundle(data []byte, count int) ([][]byte, error) {
	var entries [][]byte
	for len(data) > 0 {
		if len(data) < 2 {
			return nil, errors.New("half a length")
		}
		length := int(binary.BigEndian.Uint16(data))
		data = data[2:]
		if len(data) < length {
			return nil, fmt.Errorf("%d bytes of an entry of %d", len(data), length)
		}
		entries = append(entries, data[:length])
		data = data[length:]
	}
	if len(entries) != count {
		return nil, fmt.Errorf("%d entries in a bundle of %d", len(entries), count)
	}
	return entries, nil
}
