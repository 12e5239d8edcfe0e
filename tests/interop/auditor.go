// Auditor is a second verifier of what embargo_monitor publishes, in another
// language and on other people's arithmetic: golang.org/x/mod's note and tlog,
// which guard the checksum database of Go. Added here is only the text layer of
// the C2SP formats (signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof,
// tlog-witness, tlog-tiles) and of embargo_monitor's own bundles.
//
// It reads one JSON request on every line of standard input, and answers each
// with one line, {"ok":true} or {"ok":false,"why":"..."}. Bytes travel as base64.
// A request that it does not understand, or that makes it fail, is answered with
// {"fault":"..."}: that is no verdict.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/bits"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// A request says what to verify, and what the caller trusts.
type request struct {
	// Do is "note", "checkpoint", "inclusion", "consistency", "bundle" or "audit".
	Do string `json:"do"`
	// Vkey is the verifier key of the log; Witnesses are those of cosigners, and
	// Quorum is how many of them have to have cosigned.
	Vkey      string   `json:"vkey"`
	Witnesses []string `json:"witnesses"`
	Quorum    int      `json:"quorum"`

	Note    []byte `json:"note"`
	Proof   []byte `json:"proof"`
	Entry   []byte `json:"entry"`
	Request []byte `json:"request"`
	Bundle  []byte `json:"bundle"`
	// OldRoot is the root that the caller trusts for the old size.
	OldRoot []byte `json:"old_root"`
	// Dir is the folder of a static log.
	Dir string `json:"dir"`
}

// An answer is a verdict, or the fault that kept the auditor from one.
type answer struct {
	Ok    bool   `json:"ok"`
	Why   string `json:"why,omitempty"`
	Fault string `json:"fault,omitempty"`
}

func main() {
	in, out := bufio.NewReader(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		line, err := in.ReadBytes('\n')
		if err == io.EOF {
			return
		}
		if err == nil {
			err = out.Encode(answerTo(line))
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// answerTo answers one line. A panic is a fault, never a refusal: it would hide
// that x/mod met something that it cannot handle.
func answerTo(line []byte) (given answer) {
	defer func() {
		if trouble := recover(); trouble != nil {
			given = answer{Fault: fmt.Sprint("panic: ", trouble)}
		}
	}()
	var r request
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		return answer{Fault: err.Error()}
	}
	verify, known := map[string]func(request, policy) error{
		"note":        verifyNote,
		"checkpoint":  verifyCheckpoint,
		"inclusion":   verifyInclusion,
		"consistency": verifyConsistency,
		"bundle":      verifyBundle,
		"audit":       verifyFolder,
	}[r.Do]
	if !known {
		return answer{Fault: fmt.Sprintf("cannot do %q", r.Do)}
	}
	p, err := parsePolicy(r)
	if err == nil {
		err = verify(r, p)
	}
	if err != nil {
		return answer{Why: err.Error()}
	}
	return answer{Ok: true}
}

// parsePolicy reads the keys of a request.
func parsePolicy(r request) (policy, error) {
	log, err := parseKey(r.Vkey)
	if err != nil {
		return policy{}, err
	}
	p := policy{log: log, quorum: r.Quorum}
	for _, text := range r.Witnesses {
		witness, err := parseKey(text)
		if err != nil {
			return policy{}, err
		}
		p.witnesses = append(p.witnesses, witness)
	}
	return p, nil
}

// verifyNote asks that at least one of the keys signed a note, whatever it says.
func verifyNote(r request, p policy) error {
	opened, err := openNote(r.Note, append([]key{p.log}, p.witnesses...))
	if err == nil && len(opened.keys) == 0 {
		err = errors.New("signed by no known key")
	}
	return err
}

// verifyCheckpoint asks that a checkpoint was signed as the policy asks.
func verifyCheckpoint(r request, p policy) error {
	_, err := openCheckpoint(r.Note, p)
	return err
}

// verifyInclusion asks that an entry is in the log where the proof says it is.
func verifyInclusion(r request, p policy) error {
	proof, err := parseInclusion(r.Proof)
	if err != nil {
		return err
	}
	return checkInclusion(proof, r.Entry, p)
}

// checkInclusion opens the checkpoint of a proof, and follows the proof to its root.
func checkInclusion(proof *inclusionProof, entry []byte, p policy) error {
	head, err := openCheckpoint(proof.note, p)
	if err != nil {
		return err
	}
	if head.size > maxProvable {
		return errors.New("a tree that is too large for tlog")
	}
	leaf := tlog.RecordHash(entry)
	return tlog.CheckRecord(proof.hashes, head.size, head.root, proof.index, leaf)
}

// verifyConsistency asks that the log of a checkpoint continues the one that the
// caller trusts. From no entries, every log does, and there is nothing to prove:
// tlog-witness asks for an empty proof, which tlog.CheckTree does not take.
func verifyConsistency(r request, p policy) error {
	proof, err := parseConsistency(r.Request)
	if err != nil {
		return err
	}
	head, err := openCheckpoint(proof.note, p)
	if err != nil {
		return err
	}
	if len(r.OldRoot) != tlog.HashSize {
		return errors.New("the old root is no hash")
	}
	old := tlog.Hash(r.OldRoot)
	if proof.old == 0 {
		if len(proof.hashes) != 0 || old != sha256.Sum256(nil) {
			return errors.New("a proof from an empty log has to be empty")
		}
		return nil
	}
	if head.size > maxProvable {
		return errors.New("a tree that is too large for tlog")
	}
	return tlog.CheckTree(proof.hashes, head.size, head.root, proof.old, old)
}

// The tiles of C2SP are 8 levels high: 256 hashes, or entries, when full.
const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
)

// A staticLog is the folder of a log in the layout of tlog-tiles.
type staticLog struct {
	dir  string
	size int64
}

// widthOf returns how wide tile n of a level is in a log of that size; entry
// bundles are as wide as the tiles of level 0.
func (l *staticLog) widthOf(level int, n int64) int {
	return int(min(l.size>>(tileHeight*level)-n<<tileHeight, tileWidth))
}

// countOf returns how many tiles a level has, the partial one among them.
func (l *staticLog) countOf(level int) int64 {
	hashes := l.size >> (tileHeight * level)
	return (hashes + tileWidth - 1) >> tileHeight
}

// pathOf returns "tile/<level>/<n>": 1234067 is x001/x234/067.
func (l *staticLog) pathOf(level string, n int64) string {
	elements := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		elements = fmt.Sprintf("x%03d/%s", n%1000, elements)
	}
	return filepath.Join(l.dir, "tile", level, filepath.FromSlash(elements))
}

// read returns the bytes of a tile or bundle, and how wide the file is that they
// come from.
//
// A log may delete a partial tile when the full one is there, so that a reader of
// an older checkpoint falls back on the full one (tlog-tiles, "Partial Tiles").
// A partial one of another width never serves.
func (l *staticLog) read(level string, n int64, width int) ([]byte, int, error) {
	path := l.pathOf(level, n)
	if width < tileWidth {
		data, err := os.ReadFile(fmt.Sprintf("%s.p/%d", path, width))
		if !errors.Is(err, fs.ErrNotExist) {
			return data, width, err
		}
	}
	data, err := os.ReadFile(path)
	return data, tileWidth, err
}

// comparePartials compares the narrower partial files that lie beside a file with how
// it begins. A log may leave them there for readers of older checkpoints, and one that
// says something else would show them another log.
func (l *staticLog) comparePartials(
	level string, n int64, width int, beginning func(width int) []byte,
) error {
	path := l.pathOf(level, n) + ".p"
	found, err := os.ReadDir(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, file := range found {
		narrower, err := parseNumber(file.Name())
		if err != nil || narrower < 1 || narrower >= int64(width) {
			continue // of no reader of this checkpoint or an older one
		}
		data, err := os.ReadFile(filepath.Join(path, file.Name()))
		if err != nil {
			return err
		}
		if !bytes.Equal(data, beginning(int(narrower))) {
			return fmt.Errorf("%s/%s is not how the wider one begins", path, file.Name())
		}
	}
	return nil
}

// readEntries returns the entries of a bundle that belong to this log's size.
func (l *staticLog) readEntries(n int64) ([][]byte, error) {
	width := l.widthOf(0, n)
	data, found, err := l.read("entries", n, width)
	if err != nil {
		return nil, err
	}
	entries, err := decodeBundle(data, found)
	if err != nil {
		return nil, fmt.Errorf("bundle %d: %w", n, err)
	}
	beginning := func(width int) []byte {
		var begun []byte
		for _, entry := range entries[:width] {
			begun = binary.BigEndian.AppendUint16(begun, uint16(len(entry)))
			begun = append(begun, entry...)
		}
		return begun
	}
	return entries[:width], l.comparePartials("entries", n, width, beginning)
}

// readTile returns the hashes of a tile that belong to this log's size.
func (l *staticLog) readTile(level int, n int64) ([]byte, error) {
	width := l.widthOf(level, n)
	data, found, err := l.read(fmt.Sprint(level), n, width)
	if err != nil {
		return nil, err
	}
	if len(data) != found*tlog.HashSize {
		return nil, fmt.Errorf("tile %d of level %d has %d bytes", n, level, len(data))
	}
	return data[:width*tlog.HashSize], nil
}

// Height, ReadTiles and SaveTiles let tlog make proofs from the files.
func (l *staticLog) Height() int { return tileHeight }

func (l *staticLog) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		data, err := l.readTile(tile.L, tile.N)
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

func (l *staticLog) SaveTiles([]tlog.Tile, [][]byte) {}

// verifyFolder audits a static log from its files alone.
//
// Every entry is hashed again, every tile of this size is compared byte for byte
// with what the entries give, and so is the root. Then proofs are made from the
// tiles and checked: what a reader of the log does who does not fetch it all.
func verifyFolder(r request, p policy) error {
	data, err := os.ReadFile(filepath.Join(r.Dir, "checkpoint"))
	if err != nil {
		return err
	}
	head, err := openCheckpoint(data, p)
	if err != nil {
		return err
	}
	l := &staticLog{dir: r.Dir, size: head.size}
	hashes, err := l.hashEntries()
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(l.size, hashes)
	if err != nil {
		return err
	}
	if root != head.root {
		return fmt.Errorf("the entries have the root %v, the checkpoint %v", root, head.root)
	}
	if err := l.compareTiles(hashes); err != nil {
		return err
	}
	return l.proveSome(root, hashes)
}

// storedHashes are those of a tree, in the order of tlog.StoredHashIndex.
type storedHashes []tlog.Hash

func (s storedHashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, index := range indexes {
		found = append(found, s[index])
	}
	return found, nil
}

// hashEntries hashes every entry, and builds the tree over them.
func (l *staticLog) hashEntries() (storedHashes, error) {
	var hashes storedHashes
	for n := range l.countOf(0) {
		entries, err := l.readEntries(n)
		if err != nil {
			return nil, err
		}
		for i, entry := range entries {
			more, err := tlog.StoredHashes(n<<tileHeight+int64(i), entry, hashes)
			if err != nil {
				return nil, err
			}
			hashes = append(hashes, more...)
		}
	}
	return hashes, nil
}

// compareTiles compares every tile with the tree. They are counted here, since
// which partial ones tlog.NewTiles lists depends on the version of x/mod.
func (l *staticLog) compareTiles(hashes storedHashes) error {
	for level := 0; l.size>>(tileHeight*level) > 0; level++ {
		for n := range l.countOf(level) {
			data, err := l.readTile(level, n)
			if err != nil {
				return err
			}
			tile := tlog.Tile{H: tileHeight, L: level, N: n, W: l.widthOf(level, n)}
			want, err := tlog.ReadTileData(tile, hashes)
			if err != nil {
				return err
			}
			if !bytes.Equal(data, want) {
				return fmt.Errorf("tile %d of level %d is not of these entries", n, level)
			}
			beginning := func(width int) []byte { return data[:width*tlog.HashSize] }
			name := fmt.Sprint(level)
			if err := l.comparePartials(name, n, tile.W, beginning); err != nil {
				return err
			}
		}
	}
	return nil
}

// proveSome makes proofs at the ends of the log and on both sides of every power
// of two in it, from the tiles, and checks them against the entries.
func (l *staticLog) proveSome(root tlog.Hash, hashes storedHashes) error {
	if l.size == 0 {
		return nil
	}
	tiles := tlog.TileHashReader(tlog.Tree{N: l.size, Hash: root}, l)
	places := []int64{0, l.size / 3, l.size - 1}
	for power := range bits.Len64(uint64(l.size)) - 1 {
		places = append(places, 1<<power-1, 1<<power)
	}
	var failed []string
	for _, place := range places {
		if err := proveOne(place, l.size, root, tiles, hashes); err != nil {
			failed = append(failed, fmt.Sprintf("%d: %v", place, err))
		}
	}
	if failed != nil {
		return fmt.Errorf("proofs from tiles fail: %s", strings.Join(failed, "; "))
	}
	return nil
}

// proveOne proves that the entry at a place is in the log, and that the log
// continues the one that ended with it.
func proveOne(
	place, size int64, root tlog.Hash, tiles tlog.HashReader, hashes storedHashes,
) error {
	record, err := tlog.ProveRecord(size, place, tiles)
	if err != nil {
		return err
	}
	leaf := hashes[tlog.StoredHashIndex(0, place)]
	if err := tlog.CheckRecord(record, size, root, place, leaf); err != nil {
		return err
	}
	old, err := tlog.TreeHash(place+1, hashes)
	if err != nil {
		return err
	}
	grown, err := tlog.ProveTree(size, place+1, tiles)
	if err != nil {
		return err
	}
	return tlog.CheckTree(grown, size, root, place+1, old)
}
