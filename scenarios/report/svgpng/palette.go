package svgpng

import (
	"cmp"
	"image"
	"image/color"
	"slices"
)

// A bin is all colours that are alike in the five upper bits of red, green and blue, with the sums of their pixels.
type bin struct{ pixels, red, green, blue int }

func binOf(red, green, blue uint8) int { return int(red)>>3<<10 | int(green)>>3<<5 | int(blue)>>3 }

func (b bin) mean() color.RGBA {
	of := func(sum int) uint8 { return uint8((sum + b.pixels/2) / b.pixels) }
	return color.RGBA{of(b.red), of(b.green), of(b.blue), 255}
}

// indexed is a picture in 256 colours: the means of the commonest bins; others become the nearest of these. A figure has
// few colours and many shades of their edges, so nobody sees it, and the file is a third as large.
func indexed(picture *image.RGBA) *image.Paletted {
	bins := make([]bin, 1<<15)
	for p := picture.Pix; len(p) >= 4; p = p[4:] {
		b := &bins[binOf(p[0], p[1], p[2])]
		b.pixels++
		b.red += int(p[0])
		b.green += int(p[1])
		b.blue += int(p[2])
	}
	var common []int
	for i := range bins {
		if bins[i].pixels > 0 {
			common = append(common, i)
		}
	}
	slices.SortStableFunc(common, func(a, b int) int { return cmp.Compare(bins[b].pixels, bins[a].pixels) })
	var palette color.Palette
	index := make([]uint8, len(bins))
	for i, b := range common {
		mean := bins[b].mean()
		if i < 256 {
			palette = append(palette, mean)
		}
		index[b] = nearest(palette, mean)
	}
	out := image.NewPaletted(picture.Bounds(), palette)
	for i := range out.Pix {
		p := picture.Pix[4*i : 4*i+3]
		out.Pix[i] = index[binOf(p[0], p[1], p[2])]
	}
	return out
}

// nearest is the place of the most similar colour, the first of those alike.
func nearest(palette color.Palette, c color.RGBA) (best uint8) {
	least := 1 << 30
	for i, p := range palette {
		q := p.(color.RGBA)
		red, green, blue := int(q.R)-int(c.R), int(q.G)-int(c.G), int(q.B)-int(c.B)
		if far := red*red + green*green + blue*blue; far < least {
			best, least = uint8(i), far
		}
	}
	return best
}
