// Makes goVectors.json with golang.org/x/mod/sumdb, the transparency log of the Go project. With the Debian packages
// golang-go and golang-golang-x-mod-dev: GO111MODULE=off GOPATH=/usr/share/gocode go run makeGoVectors.go
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	const most = 300
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, at := range indexes {
			out[i] = stored[at]
		}
		return out, nil
	})
	check := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	roots := sha256.New()
	inclusion := sha256.New()
	consistency := sha256.New()
	tiles := sha256.New()
	for size := int64(1); size <= most; size++ {
		hashes, err := tlog.StoredHashes(size-1, []byte(fmt.Sprintf("leaf %d", size-1)), reader)
		check(err)
		stored = append(stored, hashes...)
		root, err := tlog.TreeHash(size, reader)
		check(err)
		roots.Write(root[:])
		for index := int64(0); index < size; index++ {
			proof, err := tlog.ProveRecord(size, index, reader)
			check(err)
			for _, hash := range proof {
				inclusion.Write(hash[:])
			}
		}
		for from := int64(1); from <= size; from++ {
			proof, err := tlog.ProveTree(size, from, reader)
			check(err)
			for _, hash := range proof {
				consistency.Write(hash[:])
			}
		}
		for _, tile := range tlog.NewTiles(8, 0, size) {
			// Go lists every width that a partial tile has had; a log serves the last one.
			if tile.W < 256 && int64(tile.W) != size>>(8*uint(tile.L))%256 {
				continue
			}
			data, err := tlog.ReadTileData(tile, reader)
			check(err)
			// Go writes the height of its tiles into the path, C2SP does not.
			tiles.Write([]byte(strings.Replace(tile.Path(), "tile/8/", "tile/", 1) + "\n"))
			tiles.Write(data)
		}
	}
	signer, err := note.NewSigner("PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")
	check(err)
	root, err := tlog.TreeHash(most, reader)
	check(err)
	signed, err := note.Sign(&note.Note{Text: fmt.Sprintf("PeterNeumann\n%d\n%s\n", most, root.String())}, signer)
	check(err)
	sum := func(h interface{ Sum([]byte) []byte }) string { return hex.EncodeToString(h.Sum(nil)) }
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", "  ")
	check(encoder.Encode(map[string]interface{}{
		"sizes": most, "roots": sum(roots), "inclusion": sum(inclusion), "consistency": sum(consistency), "tiles": sum(tiles), "checkpoint": string(signed),
	}))
}
