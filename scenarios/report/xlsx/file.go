package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// What the format allows.
const (
	maxRows    = 1 << 20
	maxColumns = 1 << 14
	maxLetters = 32767 // of a cell
	maxName    = 31    // letters of the name of a sheet
)

// A workbook is a file that is being written, in the parts that ECMA-376 names: pages, styles, and texts, which cells name by number.
type workbook struct {
	pages  []*page
	styles map[style]int
	order  []style
	words  map[string]int
	texts  bytes.Buffer
}

// A page is a sheet that is being written.
type page struct {
	name   string
	frozen bool // the first row stays in sight
	wraps  int  // a column whose texts may take several lines, from 1; 0: none
	widths []float64
	rows   bytes.Buffer
	links  []link
}

// A link leads from a cell to a sheet.
type link struct{ at, sheet string }

// page begins a sheet.
func (w *workbook) page(name string) (*page, error) {
	if n := len(utf16.Encode([]rune(name))); n == 0 || n > maxName || strings.ContainsAny(name, `:\/?*[]'`) {
		return nil, fmt.Errorf(`sheet %q: a name has 1 to %d letters, without : \ / ? * [ ] '`, name, maxName)
	}
	if slices.ContainsFunc(w.pages, func(p *page) bool { return strings.EqualFold(p.name, name) }) {
		return nil, fmt.Errorf("there are two sheets %q", name)
	}
	p := &page{name: name}
	w.pages = append(w.pages, p)
	return p, nil
}

// row writes cells from the first column on; empty ones are left out.
func (w *workbook) row(p *page, row int, s style, cells ...Cell) {
	fmt.Fprintf(&p.rows, `<row r="%d">`, row)
	for i, c := range cells {
		if c.Empty() {
			continue
		}
		look := s
		look.format, look.wrap = c.format(), s.wrap || i+1 == p.wraps
		fmt.Fprintf(&p.rows, `<c r="%s%d" s="%d"`, letters(i), row, w.style(look))
		if c.Kind == Words {
			fmt.Fprintf(&p.rows, ` t="s"><v>%d</v></c>`, w.text(c.Text))
		} else {
			fmt.Fprintf(&p.rows, `><v>%s</v></c>`, number(c))
		}
	}
	p.rows.WriteString("</row>")
}

// letters name a column: A for 0, AA for 26.
func letters(column int) string {
	if column < 26 {
		return string(rune('A' + column))
	}
	return letters(column/26-1) + letters(column%26)
}

// number is the value of a cell in the 15 digits that spreadsheets keep. A date is the days since the end of 1899, and knows no zone.
func number(c Cell) string {
	if c.Kind == Figure || c.Kind == Part {
		return strconv.FormatFloat(c.Value, 'G', 15, 64)
	}
	y, m, d := c.Time.Date()
	days := float64(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/86400 + 25569)
	if c.Kind == Minute {
		days += float64(c.Time.Hour()*60+c.Time.Minute()) / 1440
	}
	return strconv.FormatFloat(days, 'f', -1, 64) // all digits: a moment just before the hour would show the hour before
}

func (w *workbook) style(s style) int {
	id, known := w.styles[s]
	if !known {
		id = len(w.order)
		w.styles[s], w.order = id, append(w.order, s)
	}
	return id
}

func (w *workbook) text(words string) int {
	if r := []rune(words); len(r) > maxLetters {
		words = string(r[:maxLetters])
	}
	id, known := w.words[words]
	if !known {
		id = len(w.words)
		w.words[words] = id
		fmt.Fprintf(&w.texts, `<si><t xml:space="preserve">%s</t></si>`, escape(words))
	}
	return id
}

func escape(words string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(words)) // a builder takes everything
	return b.String()
}

// The names of the parts' languages.
const (
	head     = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	main     = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	packages = "http://schemas.openxmlformats.org/package/2006/"
	relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	kind     = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// file packs the parts.
func (w *workbook) file(title string) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	var failed error
	part := func(name, format string, args ...any) {
		f, err := z.Create(name) // without a time
		if err == nil {
			_, err = fmt.Fprintf(f, head+format, args...)
		}
		if failed == nil {
			failed = err
		}
	}
	var types, sheets, relations strings.Builder
	for i, p := range w.pages {
		name := fmt.Sprintf("worksheets/sheet%d.xml", i+1)
		fmt.Fprintf(&types, `<Override PartName="/xl/%s" ContentType="%sworksheet+xml"/>`, name, kind)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="r%[2]d"/>`, escape(p.name), i+1)
		fmt.Fprintf(&relations, `<Relationship Id="r%d" Type="%s/worksheet" Target="%s"/>`, i+1, relation, name)
		part("xl/"+name, `<worksheet %s>%s</worksheet>`, main, p.body(i == 0))
	}
	part("[Content_Types].xml", `<Types xmlns="%scontent-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
		`<Override PartName="/xl/workbook.xml" ContentType="%ssheet.main+xml"/>%s<Override PartName="/xl/styles.xml" ContentType="%[2]sstyles+xml"/>`+
		`<Override PartName="/xl/sharedStrings.xml" ContentType="%[2]ssharedStrings+xml"/>`+
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`, packages, kind, types.String())
	part("_rels/.rels", `<Relationships xmlns="%srelationships"><Relationship Id="r1" Type="%s/officeDocument" Target="xl/workbook.xml"/>`+
		`<Relationship Id="r2" Type="%[1]srelationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`, packages, relation)
	part("xl/workbook.xml", `<workbook %s xmlns:r="%s"><bookViews><workbookView/></bookViews><sheets>%s</sheets></workbook>`, main, relation, sheets.String())
	part("xl/_rels/workbook.xml.rels", `<Relationships xmlns="%srelationships">%s<Relationship Id="styles" Type="%s/styles" Target="styles.xml"/>`+
		`<Relationship Id="texts" Type="%[3]s/sharedStrings" Target="sharedStrings.xml"/></Relationships>`, packages, relations.String(), relation)
	part("xl/styles.xml", `<styleSheet %s>%s</styleSheet>`, main, w.looks())
	part("xl/sharedStrings.xml", `<sst %s>%s</sst>`, main, w.texts.String())
	const created = `xsi:type="dcterms:W3CDTF">2023-01-01T00:00:00Z</dcterms:` // the format wants a date, the same bytes want always the same
	part("docProps/core.xml", `<cp:coreProperties xmlns:cp="%smetadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" `+
		`xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>%s</dc:title><dc:creator>Pasar</dc:creator><cp:lastModifiedBy>Pasar</cp:lastModifiedBy>`+
		`<dcterms:created %screated><dcterms:modified %[3]smodified></cp:coreProperties>`, packages, escape(title), created)
	if err := z.Close(); failed == nil {
		failed = err
	}
	return out.Bytes(), failed
}

// body is what stands in the part of a page.
func (p *page) body(first bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<sheetViews><sheetView tabSelected="%t" workbookViewId="0">`, first)
	if p.frozen {
		b.WriteString(`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>`)
	}
	b.WriteString("</sheetView></sheetViews>")
	for i, width := range p.widths {
		if i == 0 {
			b.WriteString("<cols>")
		}
		fmt.Fprintf(&b, `<col min="%d" max="%[1]d" width="%g" customWidth="true"/>`, i+1, width)
		if i == len(p.widths)-1 {
			b.WriteString("</cols>")
		}
	}
	fmt.Fprintf(&b, "<sheetData>%s</sheetData>", p.rows.Bytes())
	if len(p.links) > 0 {
		b.WriteString("<hyperlinks>")
		for _, l := range p.links {
			fmt.Fprintf(&b, `<hyperlink ref="%s" location="'%s'!A1"/>`, l.at, escape(l.sheet))
		}
		b.WriteString("</hyperlinks>")
	}
	return b.String()
}

// looks is what stands in the part of styles.
func (w *workbook) looks() string {
	var formats, cells strings.Builder
	for i, s := range w.order {
		format, font, border := 0, 0, 0
		if s.format != "" && s.format != "General" {
			format = 164 + i // lower ones are the format's own
			fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, format, escape(s.format))
		}
		if s.bold {
			font = 1
		}
		if s.line {
			border = 1
		}
		fmt.Fprintf(&cells, `<xf numFmtId="%d" fontId="%d" fillId="0" borderId="%d" xfId="0" applyNumberFormat="true" applyFont="true" applyBorder="true" applyAlignment="true">`+
			`<alignment vertical="top" wrapText="%t"/></xf>`, format, font, border, s.wrap)
	}
	const font, sides = `<sz val="11"/><name val="Calibri"/><family val="2"/>`, `<left/><right/><top/>`
	return fmt.Sprintf(`<numFmts count="%d">%s</numFmts><fonts count="2"><font>%s</font><font><b/>%[3]s</font></fonts>`+
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>`+
		`<borders count="2"><border>%s<bottom/></border><border>%[4]s<bottom style="thin"><color rgb="FF1F2328"/></bottom></border></borders>`+
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="%d">%s</cellXfs>`+
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>`,
		strings.Count(formats.String(), "<numFmt "), formats.String(), font, sides, len(w.order), cells.String())
}
