package svgplot

import (
	"strings"
	"unicode/utf8"
)

// asciiWidths are the widths of the characters from space to tilde in thousandths of the font
// size, of DejaVu Sans: the widest of the usual screen fonts, so that in any other there is room.
func asciiWidths() [95]int {
	return [95]int{
		318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
		636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
		1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
		603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
		500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
		635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
	}
}

// boldFactor is how much wider bold letters are.
const boldFactor = 1.13

// textWidth is about how wide a text is, rather too much than too little.
func textWidth(text string, size float64) float64 {
	widths := asciiWidths()
	sum := 0
	for _, r := range text {
		switch {
		case r >= ' ' && r <= '~':
			sum += widths[r-' ']
		case r > '~' && r < 0x1100:
			sum += 700
		default:
			sum += 1000
		}
	}
	return float64(sum) * size / 1000
}

func widest(lines []string, size float64) float64 {
	width := 0.0
	for _, line := range lines {
		width = max(width, textWidth(line, size))
	}
	return width
}

// wrap breaks a text into lines of at most a width; words that are longer are cut.
func wrap(text string, size, width float64) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && textWidth(line+" "+word, size) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for textWidth(word, size) > width && utf8.RuneCountInString(word) > 1 {
			n := cut(word, size, width)
			lines = append(lines, word[:n])
			word = word[n:]
		}
		line = word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// cut is how many bytes of a word fit, at least one letter.
func cut(word string, size, width float64) int {
	n := 0
	for i, r := range word {
		end := i + utf8.RuneLen(r)
		if r == utf8.RuneError {
			end = i + 1
		}
		if n > 0 && textWidth(word[:end], size) > width {
			break
		}
		n = end
	}
	return n
}

// spread moves things that lie on a line apart until none overlap, as little as possible in the
// sense of least squares, and keeps them between low and high if there is room. Things are given
// by the centres they want, in rising order, and their sizes.
func spread(want, size []float64, low, high float64) []float64 {
	n := len(want)
	if n == 0 {
		return nil
	}
	// With the sizes before them taken off, centres must only not fall: a monotone regression.
	before := make([]float64, n)
	for i := 1; i < n; i++ {
		before[i] = before[i-1] + (size[i-1]+size[i])/2
	}
	type block struct {
		sum   float64
		count int
	}
	var blocks []block
	for i := range want {
		b := block{want[i] - before[i], 1}
		for len(blocks) > 0 {
			last := blocks[len(blocks)-1]
			if last.sum/float64(last.count) <= b.sum/float64(b.count) {
				break
			}
			b = block{last.sum + b.sum, last.count + b.count}
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	lowest := low + size[0]/2
	highest := max(lowest, high-size[n-1]/2-before[n-1])
	centres := make([]float64, 0, n)
	for _, b := range blocks {
		mean := min(max(b.sum/float64(b.count), lowest), highest)
		for range b.count {
			centres = append(centres, mean+before[len(centres)])
		}
	}
	return centres
}
