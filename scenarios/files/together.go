package files

import "io"

// Together streams several files at once. All of them appear when the last is written, or none.
func Together(paths []string, write func(to []io.Writer) error) error {
	return together(paths, nil, write)
}

func together(paths []string, open []io.Writer, write func(to []io.Writer) error) error {
	if len(paths) == 0 {
		return write(open)
	}
	return Stream(paths[0], func(w io.Writer) error { return together(paths[1:], append(open, w), write) })
}
