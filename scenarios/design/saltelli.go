package design

// A Saltelli design estimates Sobol' indices, of first order and total (Saltelli and others 2010, Comput. Phys. Commun. 181, 259-270):
// blocks of a point of A, the same with factor 1 as in B, with factor 2 as in B and so on, and the point of B. A and B are the two
// halves of a scrambled Sobol' sequence in twice as many dimensions.
type Saltelli struct {
	Base int `yaml:"base" doc:"number of blocks, a power of two; each has two points more than there are factors" required:"true" min:"2" max:"65536"`
	Seed int `yaml:"seed" doc:"luck of the scrambling" default:"1" min:"0" max:"2147483647"`
}

// Check wants a power of two, and factors that there are direction numbers for.
func (d Saltelli) Check(k int) error {
	if err := factors(k); err != nil {
		return err
	}
	if err := size("base", d.Size(k)); err != nil {
		return err
	}
	return power("base", d.Base)
}

// Size is k + 2 points for each block.
func (d Saltelli) Size(k int) int { return d.Base * (k + 2) }

// A is the number of block j's point of A.
func (d Saltelli) A(k, j int) int { return j * (k + 2) }

// AB is that of block j's point of A with one factor, from 0, as in B.
func (d Saltelli) AB(k, j, factor int) int { return j*(k+2) + 1 + factor }

// B is that of block j's point of B.
func (d Saltelli) B(k, j int) int { return j*(k+2) + k + 1 }

// Points has block after block.
func (d Saltelli) Points(k int) [][]float64 {
	both := matrix(d.Base, 2*k)
	for j := range 2 * k {
		column(both, j, j, d.Seed, false)
	}
	rows := matrix(d.Size(k), k)
	for j, x := range both {
		a, b := x[:k], x[k:]
		copy(rows[d.A(k, j)], a)
		copy(rows[d.B(k, j)], b)
		for i := range k {
			row := rows[d.AB(k, j, i)]
			copy(row, a)
			row[i] = b[i]
		}
	}
	return rows
}

// Group is the block.
func (d Saltelli) Group(k, point int) int { return point / (k + 2) }

// Grows is true: it is a sequence, block by block.
func (d Saltelli) Grows() bool { return true }
