package load

import "slices"

// A Template is a scenario that was read once, with all files it builds on, and from which many are made that differ in their Overrides.
// Several goroutines may use it at a time.
type Template struct {
	d     *draft
	found Errors // in the files
}

// Template reads the scenario that a value of a file names: one of the library, or one of some files, seen from dir; nil files are none
// at all. The result is nil where there is none, which is reported.
func (p *problems) Template(ref *Node, path, dir string, files *Files) *Template {
	src, data, ok := p.open(source{dir: dir, closed: files == nil, files: files}, ref, path)
	if !ok {
		return nil
	}
	own := &problems{}
	d := own.gather(src, data, nil)
	if d == nil {
		p.list = append(p.list, own.list...)
		return nil
	}
	return &Template{d, own.list}
}

// Scenario makes a scenario. The error is of type Errors.
func (t *Template) Scenario(o Overrides) (*Scenario, error) {
	d := *t.d
	return (&problems{list: slices.Clone(t.found)}).finish(&d, o)
}
