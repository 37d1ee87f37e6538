package svgplot

import (
	"math"
	"slices"
	"strings"
)

// Flow shows who pays whom: payers on the left, receivers on the right, between them bands as
// thick as the money.
type Flow struct {
	Title    string
	Subtitle string
	Unit     string
	Note     string
	Source   string
	Badge    string
	Lang     string
	Height   float64
	Links    []Link
}

// A Link is one payment. Key picks a colour as in Series; links without one are all alike.
type Link struct {
	From, To string
	Key      string
	Value    float64 // above zero; others are named under the figure but not drawn
}

// A node is a payer or a receiver: a bar with its name.
type node struct {
	name        string
	sum         float64
	top, height float64
	used        float64 // by bands so far
	lines       []string
	label       float64 // middle of the words
}

const (
	nodeThick = 14.0
	nodeGap   = 10.0
	nameRoom  = 250.0
)

// flowPlot is where the bands go.
type flowPlot struct {
	paper
	words       words
	links       []Link
	from, to    []int // the nodes of each link
	left, right []node
	total       float64
	x1, x2      float64
}

// SVG draws the flow.
func (f Flow) SVG() []byte {
	c := caption{f.Title, f.Subtitle, f.Note, f.Source, f.Badge, wordsOf(f.Lang)}
	p := &flowPlot{words: c.words}
	undrawn := p.collect(f.Links)
	if undrawn != "" {
		c.note = strings.TrimSpace(c.note + " " + c.words.undrawn + ": " + undrawn + ".")
	}
	if len(p.links) == 0 {
		return c.nothing(c.words.noFlows)
	}
	y := c.head(&p.paper)
	for _, line := range wrap(f.Unit, fontSize, pageWidth-2*pageMargin) {
		p.text(pageMargin, y+14, line, small())
		y += lineHeight
	}
	y += 10
	foot := c.foot(nil)
	height := f.Height
	if height <= 0 {
		height = 480
	}
	p.name()
	room := max(height-y-foot.height()-10, 120+max(stack(p.left, 0), stack(p.right, 0)))
	p.place(y, room)
	p.drawBands()
	p.drawNodes()
	foot.draw(&p.paper, y+room+12)
	return p.page(y+room+12+foot.height(), f.Title, p.describe(f.Unit))
}

// collect finds the nodes, in the order in which they are first named, and says what is left out.
func (p *flowPlot) collect(links []Link) string {
	var undrawn []string
	for _, link := range links {
		if v, ok := at([]float64{link.Value}, 0); !ok || v <= 0 {
			undrawn = append(undrawn, link.From+" → "+link.To+" "+p.words.brief(link.Value))
			continue
		}
		p.links = append(p.links, link)
		p.from = append(p.from, add(&p.left, link.From, link.Value))
		p.to = append(p.to, add(&p.right, link.To, link.Value))
		p.total += link.Value
	}
	return strings.Join(undrawn, "; ")
}

func add(nodes *[]node, name string, value float64) int {
	for i := range *nodes {
		if (*nodes)[i].name == name {
			(*nodes)[i].sum += value
			return i
		}
	}
	*nodes = append(*nodes, node{name: name, sum: value})
	return len(*nodes) - 1
}

// name breaks the names into lines under which the sum and the share stand.
func (p *flowPlot) name() {
	for _, nodes := range [][]node{p.left, p.right} {
		for i := range nodes {
			n := &nodes[i]
			n.lines = wrap(n.name, fontSize, nameRoom)
			n.lines = append(n.lines, p.sum(n.sum, len(nodes) > 1))
		}
	}
}

// sum is an amount, with its share of all if asked for.
func (p *flowPlot) sum(v float64, share bool) string {
	text := p.words.brief(v)
	if share {
		part := 100 * v / p.total
		decimals := 0
		if part < 9.95 {
			decimals = 1
		}
		text += " (" + p.words.number(part, decimals, false) + "%)"
	}
	return text
}

// scale is units of height for money: the most with which both sides fit into the room, where a
// node takes the height of its bar or of its words, whichever is more.
func (p *flowPlot) scale(room float64) float64 {
	low, high := 0.0, room/p.total
	for range 50 {
		middle := (low + high) / 2
		if max(stack(p.left, middle), stack(p.right, middle)) <= room {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// slot is the height that a node takes.
func (n node) slot(scale float64) float64 {
	return max(float64(n.sum*scale), float64(len(n.lines))*(lineHeight-2))
}

// stack is the height of all nodes of a side.
func stack(nodes []node, scale float64) float64 {
	height := nodeGap * float64(len(nodes)-1)
	for _, n := range nodes {
		height += n.slot(scale)
	}
	return height
}

// place stacks the nodes of both sides between top and top+room, on one scale.
func (p *flowPlot) place(top, room float64) {
	scale := p.scale(room)
	for side, nodes := range [][]node{p.left, p.right} {
		y := top + (room-stack(nodes, scale))/2
		names := 0.0
		for i := range nodes {
			n := &nodes[i]
			n.height = n.sum * scale
			n.label = y + n.slot(scale)/2
			n.top = n.label - n.height/2
			y += n.slot(scale) + nodeGap
			names = max(names, widest(n.lines, fontSize*boldFactor))
		}
		if side == 0 {
			p.x1 = pageMargin + names + 10 + nodeThick
		} else {
			p.x2 = pageWidth - pageMargin - names - 10 - nodeThick
		}
	}
}

// drawBands draws the money. Bands leave and arrive in the order of the nodes on the other side,
// so that they cross as little as they can.
func (p *flowPlot) drawBands() {
	starts, ends := make([]float64, len(p.links)), make([]float64, len(p.links))
	for other := range max(len(p.left), len(p.right)) {
		for i, link := range p.links {
			l, r := &p.left[p.from[i]], &p.right[p.to[i]]
			if p.to[i] == other {
				starts[i] = l.top + l.used
				l.used += link.Value / l.sum * l.height
			}
			if p.from[i] == other {
				ends[i] = r.top + r.used
				r.used += link.Value / r.sum * r.height
			}
		}
	}
	colours := p.colours()
	for i, link := range p.links {
		height := link.Value / p.left[p.from[i]].sum * p.left[p.from[i]].height
		p.group("sp-flow", link.From+" → "+link.To+": "+p.words.brief(link.Value))
		p.band(starts[i], ends[i], height, colours[i])
		p.end()
	}
}

// colours are those of the links with a key; money without one is all of one colour.
func (p *flowPlot) colours() []colour {
	var keys []string
	for _, link := range p.links {
		if link.Key != "" && !slices.Contains(keys, link.Key) {
			keys = append(keys, link.Key)
		}
	}
	looks := stylesFor(keys)
	colours := make([]colour, len(p.links))
	for i, link := range p.links {
		colours[i] = barColour()
		if k := slices.Index(keys, link.Key); k >= 0 {
			colours[i] = looks[k].colour
		}
	}
	return colours
}

// band draws one payment: an S-shaped ribbon, edged with paper so that neighbours stay apart.
func (p *flowPlot) band(start, end, height float64, c colour) {
	height = math.Max(height, 1)
	middle := (p.x1 + p.x2) / 2
	p.path()
	p.move(p.x1, start)
	p.point('C', middle, start)
	p.point(' ', middle, end)
	p.point(' ', p.x2, end)
	p.lineTo(p.x2, end+height)
	p.point('C', middle, end+height)
	p.point(' ', middle, start+height)
	p.point(' ', p.x1, start+height)
	if height < 3 {
		p.b.WriteByte('Z')
		p.endFill(c, 0.6)
		return
	}
	p.b.WriteString(`Z" fill-opacity="0.42" stroke-width="1"`)
	p.paintBoth(c, paperColour())
	p.b.WriteString("/>\n")
}

// drawNodes draws the bars of payers and receivers with their words outside.
func (p *flowPlot) drawNodes() {
	for side, nodes := range [][]node{p.left, p.right} {
		bar, edge, out := p.x1-nodeThick, p.x1-nodeThick, -1.0
		anchor := "end"
		if side == 1 {
			bar, edge, out, anchor = p.x2, p.x2+nodeThick, 1, ""
		}
		for _, n := range nodes {
			p.rect(bar, n.top, nodeThick, math.Max(n.height, 1.5), ink(), 1)
			y := n.label + 6 - float64(len(n.lines)-1)*(lineHeight-2)/2
			for i, line := range n.lines {
				look := plainTo(anchor)
				look.bold = i == len(n.lines)-1
				p.text(edge+out*10, y+float64(i)*(lineHeight-2), line, look)
			}
		}
	}
}

// describe is the flow in words, for those who do not see it.
func (p *flowPlot) describe(unit string) string {
	parts := []string{unit}
	for _, link := range p.links {
		parts = append(parts, link.From+" → "+link.To+": "+p.words.brief(link.Value))
	}
	return strings.Join(parts, ". ") + "."
}
