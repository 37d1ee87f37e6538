package svgpng

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strconv"

	"golang.org/x/image/vector"
)

// A canvas is the picture so far, and how the page lies on it.
type canvas struct {
	image  *image.RGBA
	scale  float64 // pixels for a unit of the page
	origin point   // of the page, in pixels
	raster vector.Rasterizer
	inked  image.Rectangle // what would have been covered without the edge of the picture
}

func newCanvas() *canvas {
	c := &canvas{image: image.NewRGBA(image.Rect(0, 0, Width, Height))}
	draw.Draw(c.image, c.image.Bounds(), image.White, image.Point{}, draw.Src)
	return c
}

// fit puts a page into the middle, as large as there is room.
func (c *canvas) fit(width, height float64) {
	if width <= 0 || height <= 0 {
		width, height = Width, Height
	}
	c.scale = min(Width/width, Height/height)
	c.origin = point{(Width - c.scale*width) / 2, (Height - c.scale*height) / 2}
}

// fill paints all that lies within some polygons, which may overlap where they turn the same way.
func (c *canvas) fill(shape []polygon, paint color.NRGBA) {
	if c.inked.Empty() && paint == white {
		return // the paper of the page, on a sheet that is white
	}
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, polygon := range shape {
		for _, p := range polygon {
			low, high = point{min(low.x, p.x), min(low.y, p.y)}, point{max(high.x, p.x), max(high.y, p.y)}
		}
	}
	if !(low.x < high.x && low.y < high.y) {
		return
	}
	low, high = c.pixel(low), c.pixel(high)
	area := image.Rect(int(math.Floor(low.x)), int(math.Floor(low.y)), int(math.Ceil(high.x)), int(math.Ceil(high.y)))
	c.inked = c.inked.Union(area)
	if area = area.Intersect(c.image.Bounds()); area.Empty() {
		return
	}
	c.raster.Reset(area.Dx(), area.Dy())
	corner := point{float64(area.Min.X), float64(area.Min.Y)}
	for _, polygon := range shape {
		for i, p := range polygon {
			p = c.pixel(p).minus(corner)
			if i == 0 {
				c.raster.MoveTo(float32(p.x), float32(p.y))
			} else {
				c.raster.LineTo(float32(p.x), float32(p.y))
			}
		}
		c.raster.ClosePath()
	}
	c.raster.Draw(c.image, area, image.NewUniform(paint), image.Point{})
}

// pixel is where a place on the page lies in the picture.
func (c *canvas) pixel(p point) point { return c.origin.plus(p.times(c.scale)) }

var white = color.NRGBA{255, 255, 255, 255}

// colour reads a paint and its opacity, and says whether there is one. Inside is black where nothing is said, edges are not
// drawn.
func (e *element) colour(paint, opacity string) (color.NRGBA, bool) {
	text := e.attrs[paint]
	switch {
	case text == "none", text == "" && paint == "stroke", e.name == "line" && paint == "fill":
		return color.NRGBA{}, false
	case text == "":
		text = "#000000"
	}
	if rgb, err := strconv.ParseUint(text[1:], 16, 24); err == nil && text[0] == '#' && len(text) == 7 {
		alpha := math.Round(255 * min(max(e.numberOr(opacity, 1), 0), 1))
		return color.NRGBA{uint8(rgb >> 16), uint8(rgb >> 8), uint8(rgb), uint8(alpha)}, true
	}
	e.fail("%s=%q is not a colour like #1f2328", paint, text)
	return color.NRGBA{}, false
}
