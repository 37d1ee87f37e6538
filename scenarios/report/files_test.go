package report

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"slices"
	"strings"
	"testing"

	"pasar/scenarios/report/svgpng"
	"pasar/scenarios/report/xlsx"
)

func isInk(c color.Color) bool {
	r, g, b, _ := c.RGBA()
	return min(r, g, b) < 0xa000
}

// inked counts the pixels of a part of a picture that are not pale.
func inked(p image.Image, part image.Rectangle) (n int) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if isInk(p.At(x, y)) {
				n++
			}
		}
	}
	return n
}

// Every figure of every run is a picture of the right size, with a title above, a drawing in the middle, a source below, and
// nothing at its edges.
func TestPictures(t *testing.T) {
	runs := all()
	if testing.Short() {
		delete(runs, "no-ban")
	}
	for name, r := range runs {
		for _, f := range Figures(r, "en") {
			b, err := f.PNG()
			if err != nil {
				t.Fatalf("%s %s: %v", name, f.Name, err)
			}
			p, err := png.Decode(bytes.NewReader(b))
			if err != nil || p.Bounds() != image.Rect(0, 0, 1920, 1080) {
				t.Fatalf("%s %s: %v, error %v", name, f.Name, p.Bounds(), err)
			}
			colours := map[color.Color]bool{}
			for y := 0; y < svgpng.Height; y += 9 {
				for x := range svgpng.Width {
					colours[p.At(x, y)] = true
				}
			}
			if len(colours) < 8 {
				t.Errorf("%s %s: %d colours", name, f.Name, len(colours))
			}
			for part, area := range map[string]image.Rectangle{"title": image.Rect(0, 0, 1500, 90), "drawing": image.Rect(200, 150, 1600, 700), "source": image.Rect(0, 900, 1920, 1080)} {
				if n := inked(p, area); n < 500 {
					t.Errorf("%s %s: %s has %d dark pixels", name, f.Name, part, n)
				}
			}
			for _, edge := range []image.Rectangle{image.Rect(0, 0, 20, 1080), image.Rect(1900, 0, 1920, 1080), image.Rect(0, 0, 1920, 8), image.Rect(0, 1072, 1920, 1080)} {
				if n := inked(p, edge); n > 0 {
					t.Errorf("%s %s: %d dark pixels at the edge %v", name, f.Name, n, edge)
				}
			}
		}
	}
}

func TestBook(t *testing.T) {
	for name, r := range all() {
		var names [2][]string
		for i, lang := range []string{"en", "id"} {
			b, err := Book(r, Options{Lang: lang, Version: "abc", Human: "v0"}, xlsx.Sheet{Name: "more"})
			if err != nil {
				t.Fatal(err)
			}
			page := html(t, r, lang)
			s := newStudy(r, lang)
			for _, x := range b.Sheets {
				names[i] = append(names[i], x.Name)
				if x.Name != "more" && (x.Title == "" || len(x.Head) == 0) {
					t.Errorf("%s %s: sheet %s does not say what it is", name, lang, x.Name)
				}
				heads := map[xlsx.Column]bool{}
				for _, c := range x.Head {
					if heads[c] || c.Name == "" {
						t.Errorf("%s %s %s: two heads %q, or none", name, lang, x.Name, c.Name)
					}
					heads[c] = true
				}
				for _, row := range x.Rows {
					for _, c := range row {
						if c.Kind == xlsx.Figure && strings.Contains(x.Name, "gmv") && !strings.Contains(page, "<td>"+s.cell(c)+"</td>") {
							t.Errorf("%s %s %s: %v is not in the page", name, lang, x.Name, c.Value)
						}
						if c.Kind == xlsx.Words && number.MatchString(c.Text) {
							t.Errorf("%s %s %s: %q", name, lang, x.Name, c.Text)
						}
					}
				}
			}
			out, err := b.Write()
			if err != nil {
				t.Fatalf("%s %s: %v", name, lang, err)
			}
			if again, err := b.Write(); err != nil || !bytes.Equal(out, again) {
				t.Errorf("%s %s: other bytes, error %v", name, lang, err)
			}
		}
		if !slices.Equal(names[0], names[1]) {
			t.Errorf("%s: the sheets are called otherwise in Indonesian: %v", name, names)
		}
		for _, f := range Figures(r, "en") {
			if !slices.Contains(names[0], f.Name) {
				t.Errorf("%s: no sheet of %s", name, f.Name)
			}
		}
	}
	if _, err := Book(nil, Options{}); err == nil {
		t.Error("nothing has tables")
	}
}

// The sums of the sheets are those of the model: shares add up to one, the flow of money to what was paid.
func TestSheetsAddUp(t *testing.T) {
	s := newStudy(pilot(), "en")
	for _, x := range []xlsx.Sheet{s.shareTable(), s.ownerTable()} {
		for i := 1; i < len(x.Head); i++ {
			sum := 0.0
			for _, row := range x.Rows {
				sum += row[i].Value
			}
			if math.Abs(sum-1) > 1e-9 {
				t.Errorf("%s: %s add up to %v", x.Name, x.Head[i].Name, sum)
			}
		}
	}
	m := s.run.Money()
	paid := 0.0
	for _, row := range s.money().table.Rows {
		paid += row[2].Value
	}
	if want := (m.Buyers + m.Vouchers + m.Returns + max(-m.Held, 0)) / 1e12; math.Abs(paid/want-1) > 1e-6 {
		t.Errorf("the flow of money is of %v, not %v", paid, want)
	}
}
